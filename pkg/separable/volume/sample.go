package volume

import (
	"math"
	"math/rand/v2"

	"credo/internal/domain"
	"credo/pkg/model"
	"credo/pkg/separable"
)

// Neuron returns the neuron of the present direction, with Σ w² = N_E + N_I, or,
// where a threshold other than 0 is given, of the length that goes with it. The
// threshold is in the middle of what the patterns allow.
func (w *Walk) Neuron() *model.Neuron {
	low, high := w.most[0], -w.most[1]
	t := low + (high-low)/2
	if math.IsInf(low, -1) {
		t = high - w.sum
	} else if math.IsInf(high, 1) {
		t = low + w.sum
	}
	root := math.Sqrt(float64(w.excitatory))
	factor, threshold := math.Sqrt(float64(len(w.weights))/w.square), w.threshold
	if threshold != 0 {
		factor = threshold / t * root
	} else if math.IsInf(w.floor[0], -1) {
		threshold = t * factor / root
	}
	all := make([]float64, len(w.weights))
	for j, x := range w.weights {
		all[j] = factor * x
	}
	return &model.Neuron{Excitatory: all[:w.excitatory:w.excitatory], Inhibitory: all[w.excitatory:], Threshold: threshold}
}

// Sample returns neurons that store the associations, their directions drawn
// evenly from all that do: those of a [Walk], the first after ten times the given
// number of sweeps and each further one after so many. It fails as [NewWalk], or
// if one of the numbers is not positive.
func Sample(a *model.Associations, c separable.Constraints, neurons, sweeps int, rng *rand.Rand) ([]*model.Neuron, error) {
	if err := domain.Check("volume: ",
		domain.Field{Name: "neurons", Value: float64(neurons), In: domain.AtLeast(1)},
		domain.Field{Name: "sweeps", Value: float64(sweeps), In: domain.AtLeast(1)}); err != nil {
		return nil, err
	}
	w, err := NewWalk(a, c)
	if err != nil {
		return nil, err
	}
	result := make([]*model.Neuron, neurons)
	for i := range 9 + neurons {
		for range sweeps {
			w.Sweep(rng)
		}
		if i >= 9 {
			result[i-9] = w.Neuron()
		}
	}
	return result, nil
}
