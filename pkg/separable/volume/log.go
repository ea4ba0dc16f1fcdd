package volume

import (
	"cmp"
	"errors"
	"math"
	"math/rand/v2"
	"slices"

	"credo/internal/domain"
	"credo/pkg/model"
	"credo/pkg/separable"
)

// Logarithm is ln V of one task: V is the share of the directions of
// non-negative weights that store its associations.
type Logarithm struct {
	Value float64 // in nats; unbiased for independent walkers
	Error float64 // its standard deviation for such
}

// Log measures the volume of the weights that store the associations by
// splitting. Walkers start evenly from all directions of non-negative weights;
// patterns may at first be wrong by G Σ w with G = 1, and so all are right. G is
// lowered to the median of what the walkers need, those above it start anew from
// one of the others, and all walk the given number of sweeps; until G is 0, after
// about |ln V|/ln 2 times. Of n walkers the k-th smallest G cuts the volume by a
// factor whose logarithm has mean −Σ_{i=k}^n 1/i and variance Σ 1/i².
//
// Twenty walkers do for a mean over tasks, which differ by more. Short walks make
// ln V too low: with one sweep by 1, 2 and 5 percent at 40, 60 and 80 percent of
// capacity at N = 100, with two by about half as much.
// Multiplying the fractions of solutions that store one more pattern would need
// events that are never seen: of the mean of ln fraction at 80 percent of capacity
// three quarters are due to fractions below 1e-4.
//
// It fails as [NewWalk], for fewer than ten walkers or no sweep, or if the
// walkers no longer move.
//
// Source: Botev & Kroese, Methodology and Computing in Applied Probability 10,
// 471 (2008); Skilling, Bayesian Analysis 1, 833 (2006), for the unbiased
// logarithm. That G makes all sets cones is derived here.
func Log(a *model.Associations, c separable.Constraints, walkers, sweeps int, rng *rand.Rand) (Logarithm, error) {
	if err := domain.Check("volume: ",
		domain.Field{Name: "walkers", Value: float64(walkers), In: domain.AtLeast(10)},
		domain.Field{Name: "sweeps", Value: float64(sweeps), In: domain.AtLeast(1)}); err != nil {
		return Logarithm{}, err
	}
	start, err := NewWalk(a, c) // ln V is finite
	if err != nil {
		return Logarithm{}, err
	}
	crowd := make([]*Walk, walkers)
	for i := range crowd {
		crowd[i] = start.walk(orthant(len(start.weights), rng))
	}
	var log, variance float64
	for level := 1.0; ; {
		for _, w := range crowd {
			w.need = w.excessive()
		}
		slices.SortStableFunc(crowd, func(v, w *Walk) int { return cmp.Compare(v.need, w.need) })
		half := walkers / 2
		next := crowd[half].need
		if !(next > 0) {
			inside := half
			for inside < walkers && !(crowd[inside].need > 0) {
				inside++
			}
			share := float64(inside) / float64(walkers)
			return Logarithm{log + math.Log(share), math.Sqrt(variance + (1-share)/(share*float64(walkers)))}, nil
		}
		if next >= level {
			return Logarithm{}, errors.New("volume: the walkers no longer move")
		}
		level = next
		for i, w := range crowd {
			if i >= half {
				log -= 1 / float64(i+1)
				variance += 1 / (float64(i+1) * float64(i+1))
				w.copy(crowd[rng.IntN(half)])
			}
			w.slack = level
		}
		for _, w := range crowd {
			for range sweeps {
				w.Sweep(rng)
			}
		}
	}
}

// orthant returns a vector of non-negative elements whose direction is drawn evenly.
func orthant(n int, rng *rand.Rand) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = math.Abs(rng.NormFloat64())
	}
	return v
}

// copy puts the walker where another is.
func (w *Walk) copy(other *Walk) {
	copy(w.weights, other.weights)
	copy(w.excess, other.excess)
	w.sum, w.square, w.most = other.sum, other.square, other.most
}
