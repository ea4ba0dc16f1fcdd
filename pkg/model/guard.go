package model

// guard keeps weights within [0, bound] at the price of looking only at the
// few that could have left it.
//
// It lists the weights that are near a bound and follows, through every
// trial's maps, how low the lowest and how high the highest weight can be that
// it does not list. Both maps are increasing, and floating-point rounding is
// monotone, so following these two virtual weights bounds all of them without
// any error. While they stay within the bounds only the listed weights need
// clipping; when one leaves, all weights are clipped and the list is made
// anew. The result is the same, bit for bit, as clipping every weight on every
// trial.
type guard struct {
	listed      []int32
	floor, ceil float64 // the unlisted weights are within [floor, ceil]
	reach       float64 // weights this near to a bound are listed
	trials      int     // since the list was made
	dirty       bool    // the list does not belong to the weights
}

func newGuard(n int) guard { return guard{listed: make([]int32, 0, n), dirty: true} }

// Lists are made so that they last about this many trials: long enough for
// making one to cost little, short enough for it to stay short.
const (
	lastsAtLeast = 64
	lastsAtMost  = 512
	initialReach = 0.01 // adapts within a few lists
)

// clip brings all weights into [0, bound] after a trial that has mapped the
// active ones by on and the silent ones by off.
func (g *guard) clip(w []float64, bound float64, on, off affine) {
	g.trials++
	g.floor = min(on.of(g.floor), off.of(g.floor))
	g.ceil = max(on.of(g.ceil), off.of(g.ceil))
	increasing := on.scale >= 0 && off.scale >= 0
	if increasing && g.floor >= 0 && g.ceil <= bound && g.trials < lastsAtMost && !g.dirty {
		for _, i := range g.listed {
			w[i] = clipped(w[i], bound)
		}
		return
	}
	for i, x := range w {
		w[i] = clipped(x, bound)
	}
	g.list(w, bound)
}

// clipped returns x brought into [0, bound]. NaN stays NaN.
func clipped(x, bound float64) float64 {
	if x < 0 {
		return 0
	}
	if x > bound {
		return bound
	}
	return x
}

// list lists the weights that are near a bound.
func (g *guard) list(w []float64, bound float64) {
	switch {
	case g.reach == 0:
		g.reach = initialReach
	case g.trials < lastsAtLeast:
		g.reach *= 2
	case g.trials >= lastsAtMost:
		g.reach /= 2
	}
	g.listed, g.floor, g.ceil, g.trials, g.dirty = g.listed[:0], bound, 0, 0, false
	low, high := g.reach, bound-g.reach
	for i, x := range w {
		if x < low || x > high {
			g.listed = append(g.listed, int32(i))
			continue
		}
		g.floor, g.ceil = min(g.floor, x), max(g.ceil, x)
	}
}
