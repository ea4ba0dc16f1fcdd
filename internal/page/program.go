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
	return fmt.Appendf(nil, "credoProgram(%s, \"%s\");\n", about, sevens(wasm)), nil
}

// barred are the letters of ASCII that a string of JavaScript cannot hold as they
// are, or that may not come through.
const barred = "\x00\n\r\"\\"

// sevens writes bytes as text, seven bits a letter: the letter of that number, or, where
// it is barred, one letter beyond ASCII, of two bytes in UTF-8, for it and for the seven
// bits after it. So the text is 8/7 of the bytes, whatever they are; base64 would be 4/3.
func sevens(b []byte) string {
	var out strings.Builder
	out.Grow(len(b)/7*8 + 16)
	held, bits, before := 0, 0, -1
	put := func(v int) {
		switch at := strings.IndexByte(barred, byte(v)); {
		case before >= 0:
			out.WriteRune(rune(128 + before<<7 + v))
			before = -1
		case at >= 0:
			before = at
		default:
			out.WriteByte(byte(v))
		}
	}
	for _, c := range b {
		held, bits = held<<8|int(c), bits+8
		for bits >= 7 {
			bits -= 7
			put(held >> bits & 127)
		}
		held &= 127
	}
	if bits > 0 {
		put(held << (7 - bits) & 127)
	}
	if before >= 0 {
		put(0)
	}
	return out.String()
}
