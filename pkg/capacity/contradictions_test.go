package capacity

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Counted among drawn patterns, by the words of the definition.
func TestContradictionsBySimulation(t *testing.T) {
	const patterns, draws = 12, 4000
	rng := rand.New(rand.NewPCG(6, 19))
	for _, c := range []Contradictions{
		{9, 4, 0.2, 0.3, 0.4, PositiveThreshold}, {9, 4, 0.2, 0.3, 0.4, FreeThreshold}, {6, 0, 0.3, 0, 0.5, PositiveThreshold},
	} {
		var alone, pairs float64
		for range draws {
			var e, i [patterns]uint
			var y, silent [patterns]bool
			for mu := range e {
				for k := range c.Excitatory {
					if rng.Float64() < c.Coding {
						e[mu] |= 1 << k
					}
				}
				for k := range c.Inhibitory {
					if rng.Float64() < c.InhibitoryCoding {
						i[mu] |= 1 << k
					}
				}
				y[mu] = rng.Float64() < c.TargetCoding
				if silent[mu] = c.Threshold == PositiveThreshold && y[mu] && e[mu] == 0; silent[mu] {
					alone++
				}
			}
			for mu := range e {
				for nu := range e {
					if y[mu] && !y[nu] && !silent[mu] && e[mu]&^e[nu] == 0 && i[nu]&^i[mu] == 0 {
						pairs++
					}
				}
			}
		}
		wantAlone, wantPairs, err := c.Expected(patterns)
		if alone, pairs = alone/draws, pairs/draws; err != nil || math.Abs(alone-wantAlone) > 0.05*wantAlone || math.Abs(pairs-wantPairs) > 0.05*wantPairs {
			t.Errorf("%+v: %v alone and %v pairs, %v; simulated %v and %v", c, wantAlone, wantPairs, err, alone, pairs)
		}
	}
}

func TestContradictionsFails(t *testing.T) {
	good := Contradictions{10, 10, 0.1, 0, 0.5, PositiveThreshold}
	for want, change := range map[string]func(c *Contradictions){
		"Excitatory = -1":         func(c *Contradictions) { c.Excitatory = -1 },
		"Coding = 0 ":             func(c *Contradictions) { c.Coding = 0 },
		"InhibitoryCoding = 2":    func(c *Contradictions) { c.InhibitoryCoding = 2 },
		"TargetCoding = 1":        func(c *Contradictions) { c.TargetCoding = 1 },
		"Threshold = NoThreshold": func(c *Contradictions) { c.Threshold = NoThreshold },
	} {
		c := good
		change(&c)
		fails(t, want, func() error { _, _, err := c.Expected(5); return err })
	}
	fails(t, "patterns = -1", func() error { _, _, err := good.Expected(-1); return err })
}
