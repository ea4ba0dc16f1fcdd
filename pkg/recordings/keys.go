package recordings

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
)

// keys finds rows with the same key by a digest of 128 bits, so that a key
// takes the same memory whatever its length.
type keys struct {
	line  map[digest]int // of the first row with that key
	bytes []byte         // of the key under way
}

type digest [16]byte

func newKeys() *keys { return &keys{line: make(map[digest]int)} }

// text begins a key with words, which have no control characters.
func (k *keys) text(words ...string) {
	k.bytes = k.bytes[:0]
	for _, w := range words {
		k.bytes = append(append(k.bytes, w...), 0)
	}
}

// numbers goes on with numbers; 0 and −0 are the same, and so are all NaN.
func (k *keys) numbers(x ...float64) {
	for _, v := range x {
		switch {
		case v == 0:
			v = 0
		case v != v:
			v = math.NaN()
		}
		k.bytes = binary.LittleEndian.AppendUint64(k.bytes, math.Float64bits(v))
	}
}

func (k *keys) sum() digest {
	sum := sha256.Sum256(k.bytes)
	return digest(sum[:16])
}

// add keeps the key and returns the line that had it before, or 0.
func (k *keys) add(line int) int {
	d := k.sum()
	if first := k.line[d]; first > 0 {
		return first
	}
	k.line[d] = line
	return 0
}

// flags finds channels that are paired or best in one row and not in another.
type flags map[digest]flagged

type flagged struct {
	paired, best bool
	line         int
}

func newFlags() flags { return make(flags) }

func (f flags) check(channel digest, paired, best bool, line int) (column, reason string) {
	first, ok := f[channel]
	if !ok {
		f[channel] = flagged{paired, best, line}
		return "", ""
	}
	switch {
	case first.paired != paired:
		column = "is_paired"
	case first.best != best:
		column = "is_best"
	default:
		return "", ""
	}
	return column, fmt.Sprintf("contradicts line %d", first.line)
}
