package recordings

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
)

// seen are the rows of a file by what makes them one row, and the channels by
// what makes them one channel: digests of 128 bits, so that a row takes the same
// memory whatever the length of its words.
type seen struct {
	what     string           // makes two rows the same
	rows     map[[16]byte]int // line
	channels map[[16]byte]flagged
	bytes    []byte // of the key under way
}

type flagged struct {
	paired, best bool
	line         int
}

func newSeen(what string) *seen {
	return &seen{what: what, rows: map[[16]byte]int{}, channels: map[[16]byte]flagged{}}
}

// add goes on with a key and returns its digest. Words have no control
// characters, and 0 and −0 are the same.
func (s *seen) add(parts ...any) [16]byte {
	for _, p := range parts {
		switch x := p.(type) {
		case string:
			s.bytes = append(append(s.bytes, x...), 0)
		case float64:
			s.bytes = binary.LittleEndian.AppendUint64(s.bytes, math.Float64bits(x+0)) // −0 + 0 = 0
		default:
			s.bytes = append(fmt.Append(s.bytes, p), 0)
		}
	}
	sum := sha256.Sum256(s.bytes)
	return [16]byte(sum[:16])
}

// check returns what is wrong with a row of a channel: a flag that contradicts an
// earlier row of it, or that an earlier row is the same. The name of the channel
// ends with its number, cell and animal.
func (s *seen) check(line int, paired, best bool, channel []any, rest ...any) (column, reason string) {
	s.bytes = s.bytes[:0]
	key := s.add(channel...)
	first, ok := s.channels[key]
	switch {
	case !ok:
		s.channels[key] = flagged{paired, best, line}
	case first.paired != paired:
		column = "is_paired"
	case first.best != best:
		column = "is_best"
	}
	if column != "" {
		name := channel[len(channel)-3:]
		return column, fmt.Sprintf("contradicts line %d for channel %v of cell %s of animal %s", first.line, name[0], name[1], name[2])
	}
	key = s.add(rest...)
	if earlier := s.rows[key]; earlier > 0 {
		return "", fmt.Sprintf("the same %s as line %d", s.what, earlier)
	}
	s.rows[key] = line
	return "", ""
}
