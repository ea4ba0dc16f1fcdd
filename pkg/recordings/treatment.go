package recordings

import "fmt"

// Treatment is what was paired with the tone of the paired channel. It names
// the experiment, so it is the same before and after pairing.
type Treatment uint8

const (
	None Treatment = iota // the tone alone, or nothing
	ACh                   // acetylcholine, or stimulation of the nucleus basalis
	NE                    // noradrenaline, or stimulation of the locus coeruleus
	Drug                  // with a drug, for example an antagonist
)

var treatments = [...]string{None: "none", ACh: "ACh", NE: "NE", Drug: "drug"}

// String returns the word of the schemas.
func (c Treatment) String() string { return word(treatments[:], int(c)) }

// word is the name of a value of an enumeration.
func word(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("unknown (%d)", i)
}
