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
//
// Weights that are NaN need no guarding: clipping leaves them as they are, and
// comparisons with a virtual weight that is NaN fail, so that all are clipped.
type guard struct {
	bound       float64
	listed      []int32
	floor, ceil float64 // the unlisted weights are within [floor, ceil]
	reach       float64 // weights this near to a bound are listed
	clips       int     // of listed weights since the list was made
}

// newGuard returns a guard of n weights that makes its list at the first
// occasion: its floor is below 0.
func newGuard(n int, bound float64) guard {
	return guard{bound: bound, listed: make([]int32, 0, n), floor: -1, reach: 1}
}

// clip brings all weights into [0, bound] after a trial that has mapped the
// active ones by on and the silent ones by off.
func (g *guard) clip(w []float64, on, off affine) {
	if on.scale >= 0 && off.scale >= 0 {
		g.floor = min(on.of(g.floor), off.of(g.floor))
		g.ceil = max(on.of(g.ceil), off.of(g.ceil))
	} else {
		g.floor = -1
	}
	g.keep(w)
}

// shifted is clip where d has been added to the active weights and no other
// has changed.
func (g *guard) shifted(w []float64, d float64) {
	g.floor += min(d, 0)
	g.ceil += max(d, 0)
	if len(g.listed) > 0 || !(g.floor >= 0 && g.ceil <= g.bound) {
		g.keep(w)
	}
}

func (g *guard) keep(w []float64) {
	if !(g.floor >= 0 && g.ceil <= g.bound) {
		for i, x := range w {
			w[i] = clipped(x, g.bound)
		}
		g.list(w)
		return
	}
	for _, i := range g.listed {
		w[i] = clipped(w[i], g.bound)
	}
	g.clips += len(g.listed)
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

// list lists the weights that are near a bound. A longer reach makes lists
// that are longer and last longer. The cheapest one makes clipping the listed
// weights cost as much as making the list.
func (g *guard) list(w []float64) {
	if g.clips < len(w) {
		g.reach *= 2
	} else {
		g.reach /= 2
	}
	g.listed, g.floor, g.ceil, g.clips = g.listed[:0], g.bound, 0, 0
	low, high := g.reach, g.bound-g.reach
	for i, x := range w {
		if x < low || x > high {
			g.listed = append(g.listed, int32(i))
			continue
		}
		g.floor, g.ceil = min(g.floor, x), max(g.ceil, x)
	}
}
