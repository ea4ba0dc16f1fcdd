package experiment

import (
	"cmp"
	"math"
	"slices"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// Task returns the task that a circuit is meant for: random associations of
// its coding f and target coding f_Y, round(load N) of them on N channels, with
// inhibitory inputs that copy the excitatory ones.
func Task(c rules.Circuit, channels int, load float64) model.Task {
	return model.Task{
		Channels: channels, Patterns: int(math.Round(load * float64(channels))), CoTuning: 1,
		Coding: c.Coding, TargetCoding: c.TargetCoding,
	}
}

// Design is the default experiment with a circuit: a neuron of equal weights of
// either kind is taught a task for a time T = λ × epochs.
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
