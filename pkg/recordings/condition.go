package recordings

import "fmt"

// Condition is what was paired with the tone of the paired channel. It names
// the experiment, so it is the same before and after pairing.
type Condition uint8

const (
	None Condition = iota // the tone alone, or nothing
	ACh                   // acetylcholine, or stimulation of the nucleus basalis
	NE                    // noradrenaline, or stimulation of the locus coeruleus
	Drug                  // with a drug, for example an antagonist
)

var conditions = [...]string{None: "none", ACh: "ACh", NE: "NE", Drug: "drug"}

// String returns the word of the schemas.
func (c Condition) String() string { return word(conditions[:], int(c)) }

// word is the name of a value of an enumeration.
func word(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("unknown (%d)", i)
}
