package memory

import (
	"context"
	"math/rand/v2"

	"credo/pkg/experiment"
	"credo/pkg/model"
)

// Sequence teaches the associations one after another, in their own order and
// each presented once, and changes l as [model.Learner.Train] does; it counts
// every pattern as an epoch. It returns the error of Train.
func Sequence(ctx context.Context, l *model.Learner, a *model.Associations, rng *rand.Rand) error {
	channels, _ := a.Channels()
	for mu := range a.Len() {
		one, err := model.NewAssociations(channels, [][]int32{a.Excitatory(mu)}, [][]int32{a.Inhibitory(mu)}, []bool{a.Target(mu)})
		if err != nil {
			return err
		}
		if _, err := l.Train(ctx, one, 1, rng); err != nil {
			return err
		}
	}
	return nil
}

// Study returns the experiment: neurons whose weights start at 100 are taught
// that many patterns, each once, by [Sequence].
func (p Palimpsest) Study(patterns int, seed uint64) experiment.Study {
	task := experiment.Task(p.Circuit, p.Channels, 1)
	task.Patterns = patterns
	return experiment.Study{
		Task: task, Seed: seed,
		Learner: func() *model.Learner {
			l := p.Circuit.Learner(model.NewNeuron(p.Channels, 100), p.Rate)
			l.Decay = p.Decay
			return l
		},
		Train: func(ctx context.Context, l *model.Learner, a *model.Associations, rng *rand.Rand) (model.History, error) {
			return nil, Sequence(ctx, l, a, rng)
		},
	}
}

// ByAge returns the difference of the class means of the potentials of patterns
// in equal bins of age, the last pattern being the youngest; NaN for a bin
// without patterns of both classes.
func ByAge(t experiment.Trained, bins int) []float64 {
	v := t.Learner.Neuron.Potentials(t.Associations)
	signal := make([]float64, bins)
	for k := range signal {
		var sum, n [2]float64
		for mu := len(v) * (bins - 1 - k) / bins; mu < len(v)*(bins-k)/bins; mu++ {
			class := 0
			if t.Associations.Target(mu) {
				class = 1
			}
			sum[class] += v[mu]
			n[class]++
		}
		signal[k] = sum[1]/n[1] - sum[0]/n[0]
	}
	return signal
}
