package memory

import (
	"cmp"
	"credo/internal/domain"
	"credo/pkg/model"
	"fmt"
	"math/rand/v2"
)

// Prototypes draws correlated inputs. Each of K hidden causes has a prototype,
// random and active at density f; pattern μ has cause μ mod K, and each of its
// entries is its prototype's with probability r and else random. Activities are
// those of independent patterns, and the overlaps of two patterns are on average
//
//	E[x^μ·x^ν]/N = f² + r² f(1−f) of one cause, f² of two.
//
// Targets are random, exactly round(f_Y P) of them 1, and know nothing of the
// causes. Inhibitory inputs are co-tuned.
type Prototypes struct {
	Task       model.Task // CoTuning must be 1
	Causes     int        // K, at least 1
	Similarity float64    // r in [0, 1)
}

// Draw returns an error that names the first field outside its domain.
func (p Prototypes) Draw(rng *rand.Rand) (*model.Associations, error) {
	if p.Task.CoTuning != 1 || p.Task.InhibitoryChannels != 0 {
		return nil, fmt.Errorf("memory: CoTuning = %v with %d inhibitory channels, must be 1 with as many as excitatory", p.Task.CoTuning, p.Task.InhibitoryChannels)
	}
	err := cmp.Or(domain.Check("memory: Prototypes.",
		domain.Field{Name: "Causes", Value: float64(p.Causes), In: domain.AtLeast(1)},
		domain.Field{Name: "Similarity", Value: p.Similarity, In: domain.Below1},
	), p.Task.Check())
	if err != nil {
		return nil, err
	}
	targets := p.Task
	targets.Channels = 1
	labels, err := targets.Draw(rng) // their inputs are not used
	if err != nil {
		return nil, err
	}
	causes := make([][]bool, p.Causes)
	for k := range causes {
		causes[k] = make([]bool, p.Task.Channels)
		for i := range causes[k] {
			causes[k][i] = rng.Float64() < p.Task.Coding
		}
	}
	inputs, y := make([][]int32, p.Task.Patterns), make([]bool, p.Task.Patterns)
	for mu := range inputs {
		y[mu] = labels.Target(mu)
		for i, active := range causes[mu%p.Causes] {
			if rng.Float64() >= p.Similarity {
				active = rng.Float64() < p.Task.Coding
			}
			if active {
				inputs[mu] = append(inputs[mu], int32(i))
			}
		}
	}
	return model.NewAssociations(p.Task.Channels, inputs, nil, y)
}
