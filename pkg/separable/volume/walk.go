package volume

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"credo/pkg/model"
	"credo/pkg/separable"
)

// Walk is hit-and-run sampling of the weights that store associations, started
// at those of [separable.Store]. It goes through the weights of norm at most 1,
// which it visits evenly, and so all directions evenly. A step changes one
// weight, to a place drawn evenly from the chord of all that the other weights
// allow; the ends of the chord are a ratio test over the rows.
//
// How many sweeps make samples independent grows with the load: 20 to 50 at 40
// percent of capacity, 150 to 1200 at 80, for N = 50 to 200. Steps in random
// directions take up to seven times as many, and twenty times as long each.
//
// Source: Smith, Operations Research 32, 1296 (1984), for hit-and-run, whose
// steps go in any direction; with steps along coordinates, Berbee et al.,
// Mathematical Programming 37, 184 (1987). That the chord of a neuron with a
// threshold needs four numbers is derived here.
type Walk struct {
	*cone
	weights     []float64
	sum, square float64    // Σ w and Σ w²
	excess      []float64  // by row
	most        [2]float64 // E₀ and E₁
	slack, need float64    // G, and the least that the weights need, where Log compares
	held        []float64  // room for others
}

// NewWalk returns the walk at its start, or an error if the associations cannot
// be stored, if that is undecided, or if the weights that do have no volume:
// at threshold 0 a pattern of target 0 with excitatory inputs alone makes their
// weights 0. With a margin or a bound of weights it fails, as lengths then matter.
func NewWalk(a *model.Associations, c separable.Constraints) (*Walk, error) {
	k, err := newCone(a, c)
	if err != nil {
		return nil, err
	}
	for mu := range a.Len() {
		if k.floor == [2]float64{} && !a.Target(mu) && len(a.Excitatory(mu)) > 0 && len(a.Inhibitory(mu)) == 0 {
			return nil, fmt.Errorf("volume: only weights that are 0 keep pattern %d at threshold 0, and such have no volume", mu)
		}
	}
	proof, err := separable.Store(a, c)
	switch {
	case err != nil:
		return nil, err
	case proof.Answer != separable.Feasible:
		return nil, fmt.Errorf("volume: whether the associations can be stored is %v, must be %v", proof.Answer, separable.Feasible)
	}
	w := k.walk(slices.Concat(proof.Neuron.Excitatory, proof.Neuron.Inhibitory))
	if w.excessive() > 0 {
		return nil, errors.New("volume: the weights that store the associations do so by less than rounding errors")
	}
	return w, nil
}

// walk returns a walk at given weights, of norm 1 unless all are 0.
func (k *cone) walk(weights []float64) *Walk {
	w := &Walk{cone: k, weights: weights, excess: make([]float64, k.rows)}
	w.scale(1)
	return w
}

// scale gives the weights the norm r, and sums all anew so that the rounding
// errors of steps do not add up. Weights that are 0 it leaves.
func (w *Walk) scale(r float64) {
	square := 0.0
	for _, x := range w.weights {
		square += float64(x * x)
	}
	if square > 0 {
		r /= math.Sqrt(square)
	}
	w.sum, w.square = 0, 0
	clear(w.excess)
	for j := range w.weights {
		w.weights[j] *= r
		x := w.weights[j]
		w.sum += x
		w.square += float64(x * x)
		for target, rows := range w.columns[j] {
			change := w.rise(target, j) * x
			for _, row := range rows {
				w.excess[row] += change
			}
		}
	}
	for target := range w.most {
		w.most[target] = w.largest(target, w.excess)
	}
}

// excessive returns the least G at which the weights are in the cone; −∞ if
// the rows ask for nothing.
func (w *Walk) excessive() float64 {
	return (w.most[0] + w.most[1]) / w.sum
}

// Sweep makes one step along each weight and draws the norm anew. A step takes
// 2 f P operations, and P more if one of the rows that decide has the input.
func (w *Walk) Sweep(rng *rand.Rand) {
	for j := range w.weights {
		w.step(j, rng)
	}
	w.scale(math.Pow(1-rng.Float64(), 1/float64(len(w.weights))))
}

// step moves weight j. Where E_k is that of the rows that have the input and E'_k
// that of the others, a change s of the weight keeps to the cone if
//
//	E₀ + σ s + E'₁ ≤ G (Σ w + s),   E'₀ + E₁ − σ s ≤ G (Σ w + s),
//	E₀ + E₁ ≤ G (Σ w + s),          E'₀ + E'₁ ≤ G (Σ w + s).
func (w *Walk) step(j int, rng *rand.Rand) {
	on, off := [2]float64{math.Inf(-1), math.Inf(-1)}, w.most
	for target, rows := range w.columns[j] {
		for _, row := range rows {
			if e := w.excess[row]; e > on[target] {
				on[target] = e
			}
		}
		if on[target] >= off[target] {
			off[target] = w.others(target, rows)
		}
	}
	x, sigma := w.weights[j], w.rise(0, j)
	low, high := -x, math.Sqrt(math.Max(0, 1-w.square+float64(x*x)))-x
	for _, row := range [4]struct{ slope, sum float64 }{
		{sigma, on[0] + off[1]}, {-sigma, off[0] + on[1]}, {0, on[0] + on[1]}, {0, off[0] + off[1]},
	} {
		slope, room := row.slope-w.slack, float64(w.slack*w.sum)-row.sum
		if slope > 0 {
			high = math.Min(high, room/slope)
		} else if slope < 0 {
			low = math.Max(low, room/slope)
		}
	}
	s := 0.0
	if low < high {
		s = math.Max(-x, low+float64(rng.Float64()*(high-low)))
	}
	y := x + s
	w.weights[j] = y
	w.sum += s
	w.square += float64(s * (x + y))
	for target, rows := range w.columns[j] {
		change := w.rise(target, j) * s
		for _, row := range rows {
			w.excess[row] += change
		}
		w.most[target] = math.Max(off[target], on[target]+change)
	}
}

// others returns E_k without the given rows.
func (w *Walk) others(target int, rows []int32) float64 {
	w.held = w.held[:0]
	for _, row := range rows {
		w.held = append(w.held, w.excess[row])
		w.excess[row] = math.Inf(-1)
	}
	most := w.largest(target, w.excess)
	for i, row := range rows {
		w.excess[row] = w.held[i]
	}
	return most
}
