package page

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Program is the script that the pages load when a reader first presses Run: a
// program for WebAssembly, compressed by gzip, with Go's own support of the
// version that built it, and by chapter the digest of the code that is in it.
func Program(wasm []byte, support string, chapters map[string]string) ([]byte, error) {
	worker, err := files.ReadFile("files/worker.js")
	if err != nil {
		return nil, err
	}
	about, err := json.Marshal(struct {
		Chapters map[string]string `json:"chapters"`
		Worker   string            `json:"worker"`
		Size     int               `json:"size"`
	}{chapters, support + "\n" + string(worker), len(wasm)})
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "credoProgram(%s, \"%s\");\n", about, z85(wasm)), nil
}

// digits are those of Z85 (ZeroMQ RFC 32): four bytes in five characters, none of
// which a string of JavaScript must escape. Base64 would be a fifteenth longer.
const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"

// z85 encodes the bytes, with zeros behind them where their number is no multiple of four.
func z85(b []byte) string {
	var out strings.Builder
	out.Grow(len(b)/4*5 + 5)
	for i := 0; i < len(b); i += 4 {
		var four [4]byte
		copy(four[:], b[i:])
		v := uint32(four[0])<<24 | uint32(four[1])<<16 | uint32(four[2])<<8 | uint32(four[3])
		var five [5]byte
		for k := 4; k >= 0; k-- {
			five[k] = digits[v%85]
			v /= 85
		}
		out.Write(five[:])
	}
	return out.String()
}
