package volume

import (
	"fmt"
	"math"

	"credo/pkg/model"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// Overlap returns the cosine of the angle between the weights of two neurons, q
// in Gardner's theory if inputs of both kinds have one variance; NaN if one has no weights above 0.
// It panics if they differ in the number of weights.
func Overlap(m, n *model.Neuron) float64 {
	product := floats.Dot(m.Excitatory, n.Excitatory) + floats.Dot(m.Inhibitory, n.Inhibitory)
	norm := func(n *model.Neuron) float64 {
		return math.Hypot(floats.Norm(n.Excitatory, 2), floats.Norm(n.Inhibitory, 2))
	}
	return product / (norm(m) * norm(n))
}

// EffectiveSize returns how many independent values have a mean as certain as
// that of the given ones, of which each depends on those before:
//
//	n / (1 + 2 Σ_{k≥1} ρ_k),
//
// ρ the autocorrelation, summed in pairs ρ_{2m} + ρ_{2m+1} up to the first that
// is not positive. It is at most n; NaN if all values are equal. Below four
// values it panics.
//
// Source: Geyer, Statistical Science 7, 473 (1992), initial positive sequence.
func EffectiveSize(values []float64) float64 {
	n := len(values)
	if n < 4 {
		panic(fmt.Sprintf("volume: %d values, must be at least 4", n))
	}
	mean := stat.Mean(values, nil)
	covariance := func(lag int) (sum float64) {
		for i := lag; i < n; i++ {
			sum += float64((values[i] - mean) * (values[i-lag] - mean))
		}
		return sum
	}
	variance, sum := covariance(0), -0.5
	for lag := 0; lag+1 < n; lag += 2 {
		pair := (covariance(lag) + covariance(lag+1)) / variance
		if pair <= 0 {
			break
		}
		sum += pair
	}
	return math.Min(float64(n), float64(n)/(2*sum))
}
