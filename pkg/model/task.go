package model

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"credo/internal/domain"
)

// Stream returns the generator of one run. Each pair (seed, run) has its own,
// so a run is the same whether it comes first or last, alone or beside others
// on any number of cores.
func Stream(seed, run uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, run)) }

// Task describes a random set of associations between binary input patterns
// and a binary target.
//
// Inputs are independent and 1 with probability f. Exactly round(f_Y P) of the
// targets are 1, in random order; the reports draw them independently, and
// fixing their number is our choice. An inhibitory input is a copy of the
// excitatory input of its channel to the degree r, the co-tuning.
type Task struct {
	Channels     int     // N, excitatory channels; at least 1
	Patterns     int     // P, associations; at least 1
	Coding       float64 // f = P(x = 1), in (0, 1)
	TargetCoding float64 // f_Y, fraction of targets that are 1, in (0, 1)

	// CoTuning is r in [0, 1]; 0 means independent inhibitory inputs and 1
	// that inhibition receives exactly the excitatory pattern.
	CoTuning float64
	// ByChannel chooses what r is a fraction of: false, each entry is a copy
	// with probability r; true, the first round(r N) channels are copies and
	// the others independent.
	ByChannel bool
	// InhibitoryChannels is N_I where it differs from N; 0 means N. Other
	// numbers need CoTuning = 0, as there is then no excitatory twin to copy.
	InhibitoryChannels int
}

// Check returns an error that names the first field outside its domain.
func (t Task) Check() error {
	if err := domain.Check("model: ",
		domain.Field{Name: "Channels", Value: float64(t.Channels), In: domain.Interval{Low: 1, High: math.MaxInt32}},
		domain.Field{Name: "Patterns", Value: float64(t.Patterns), In: domain.AtLeast(1)},
		domain.Field{Name: "Coding", Value: t.Coding, In: domain.Fraction},
		domain.Field{Name: "TargetCoding", Value: t.TargetCoding, In: domain.Fraction},
		domain.Field{Name: "CoTuning", Value: t.CoTuning, In: domain.Probability},
		domain.Field{Name: "InhibitoryChannels", Value: float64(t.InhibitoryChannels), In: domain.Interval{High: math.MaxInt32}}); err != nil {
		return err
	}
	if t.inhibitory() != t.Channels && t.CoTuning != 0 {
		return fmt.Errorf("model: CoTuning = %v with InhibitoryChannels = %d and Channels = %d; only equal numbers can be co-tuned",
			t.CoTuning, t.InhibitoryChannels, t.Channels)
	}
	return nil
}

// inhibitory is N_I.
func (t Task) inhibitory() int { return cmp.Or(t.InhibitoryChannels, t.Channels) }

// Draw returns a random set of associations. It returns an error if a field of
// t is outside its domain.
func (t Task) Draw(rng *rand.Rand) (*Associations, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	a := &Associations{t.Channels, t.inhibitory(), make([][]int32, t.Patterns), make([][]int32, t.Patterns), make([]bool, t.Patterns)}
	for mu := range int(math.Round(t.TargetCoding * float64(t.Patterns))) {
		a.targets[mu] = true
	}
	rng.Shuffle(t.Patterns, func(i, j int) { a.targets[i], a.targets[j] = a.targets[j], a.targets[i] })

	pattern := make([]int32, 0, max(t.Channels, t.inhibitory()))
	for mu := range t.Patterns {
		a.excitatory[mu] = slices.Clone(draw(pattern, t.Channels, t.Coding, rng))
		a.inhibitory[mu] = a.excitatory[mu]
		if t.CoTuning < 1 {
			a.inhibitory[mu] = slices.Clone(t.companion(pattern, a.excitatory[mu], rng))
		}
	}
	return a, nil
}

// draw appends to p the active ones of n channels, each active with
// probability f.
func draw(p []int32, n int, f float64, rng *rand.Rand) []int32 {
	for i := range int32(n) {
		if rng.Float64() < f {
			p = append(p, i)
		}
	}
	return p
}

// companion appends to p the inhibitory pattern that goes with the excitatory
// one.
func (t Task) companion(p, excitatory []int32, rng *rand.Rand) []int32 {
	copied := int32(math.Round(t.CoTuning * float64(t.Channels)))
	for i := range int32(t.inhibitory()) {
		twin := len(excitatory) > 0 && excitatory[0] == i
		if twin {
			excitatory = excitatory[1:]
		}
		copies := i < copied
		if !t.ByChannel {
			copies = t.CoTuning > 0 && rng.Float64() < t.CoTuning
		}
		if copies && twin || !copies && rng.Float64() < t.Coding {
			p = append(p, i)
		}
	}
	return p
}
