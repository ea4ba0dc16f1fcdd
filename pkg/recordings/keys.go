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
	rows     map[[16]byte]int // line
	channels map[[16]byte]flagged
	bytes    []byte // of the key under way
}

type flagged struct {
	paired, best bool
	line         int
}

func newSeen() *seen {
	return &seen{rows: map[[16]byte]int{}, channels: map[[16]byte]flagged{}}
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

// row returns the flag of a row that contradicts an earlier row of its channel,
// or the line of an earlier row that is the same, "" and 0 if there is none.
func (s *seen) row(line int, paired, best bool, channel []any, rest ...any) (flag string, earlier int) {
	s.bytes = s.bytes[:0]
	key := s.add(channel...)
	first, ok := s.channels[key]
	switch {
	case !ok:
		s.channels[key] = flagged{paired, best, line}
	case first.paired != paired:
		return "is_paired", first.line
	case first.best != best:
		return "is_best", first.line
	}
	key = s.add(rest...)
	if earlier = s.rows[key]; earlier == 0 {
		s.rows[key] = line
	}
	return "", earlier
}
