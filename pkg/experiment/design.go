package experiment

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"credo/internal/domain"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// Design is the default experiment with a circuit: a neuron of equal weights of
// either kind is taught a task for a time T = λ × epochs. With Points it is a study
// of that experiment over named parameters of task, circuit and training.
type Design struct {
	Circuit  rules.Circuit
	Task     model.Task
	Weight   float64 // w_E at the start; large enough that weights keep off 0
	Rate     float64 // λ > 0
	Duration float64 // T ≥ 0
	Seed     uint64
	// Potential is the mean potential at the start, default 0; inhibitory weights
	// start (V+θ)/(f √N) below the excitatory ones.
	Potential float64
	// Entries is about how many the history has; 0 means 80.
	Entries int

	// What follows makes the design a study of many points; see [Design.Run].

	Name   string // of the study; part of the key of its streams
	Points Points // at which it is studied; nil: the one point as the design stands
	Seeds  int    // independent runs at each point; 0 means 1
	// Measure makes one run and returns what it measured, the same names for all runs; nil trains a
	// neuron and asks it without neuromodulators, see [Recalled].
	Measure func(ctx context.Context, r Run, rng *rand.Rand) (Values, error)

	load float64 // P/N as set by a point; 0: patterns are as they are
}

// Epochs is round(T/λ).
func (d Design) Epochs() int { return int(math.Round(d.Duration / d.Rate)) }

// Neuron returns a new neuron as the experiment starts with it. A weight below 0
// is left for training to refuse. It panics as [model.NewNeuron] does.
func (d Design) Neuron() *model.Neuron {
	n := model.NewNeuron(d.Task.Channels, d.Weight)
	n.Threshold = d.Circuit.Threshold
	if v := d.Potential + n.Threshold; v != 0 {
		less := v / (d.Task.Coding * math.Sqrt(float64(d.Task.Channels)))
		for i := range n.Inhibitory {
			n.Inhibitory[i] -= less
		}
	}
	if m := d.Task.InhibitoryChannels; m != 0 {
		n.Inhibitory = slices.Repeat(n.Inhibitory[:1], m)
	}
	return n
}

// Learner returns a new learner with that neuron.
func (d Design) Learner() *model.Learner {
	l := d.Circuit.Learner(d.Neuron(), d.Rate)
	l.Every = max(1, d.Epochs()/cmp.Or(d.Entries, 80))
	return l
}

// Study returns the experiment.
func (d Design) Study() Study {
	return Study{Task: d.Task, Learner: d.Learner, Epochs: d.Epochs(), Seed: d.Seed}
}

// check returns an error that names the first field outside its domain.
func (d Design) check() error {
	if err := cmp.Or(d.Circuit.Check(), d.Task.Check()); err != nil {
		return err
	}
	return domain.Check("experiment: ",
		domain.Field{Name: "Weight", Value: d.Weight, In: domain.NonNegative},
		domain.Field{Name: "Rate", Value: d.Rate, In: domain.Positive},
		domain.Field{Name: "Duration", Value: d.Duration, In: domain.NonNegative},
		domain.Field{Name: "Potential", Value: d.Potential, In: domain.Finite},
		domain.Field{Name: "Entries", Value: float64(d.Entries), In: domain.NonNegative},
		domain.Field{Name: "Duration/Rate", Value: d.Duration / d.Rate, In: domain.Interval{High: math.MaxInt32}})
}
