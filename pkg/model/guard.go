package model

// guard keeps weights within [0, bound] at the price of looking only at the
// few that could have left it. It is not needed where loops clip as they add at no
// price, population.fast.
//
// It lists the weights that are near a bound and follows, through every
// trial's operations, how low the lowest and how high the highest weight can
// be that it does not list. The operations are increasing, and floating-point
// rounding is monotone, so following these two virtual weights bounds all the
// others without any error. While the two stay within the bounds only the
// listed weights need clipping; when one leaves, all weights are clipped and
// the list is made anew. The result is the same, bit for bit, as clipping
// every weight on every trial.
//
// Weights that are NaN need no guard: clipping leaves them as they are. If a
// virtual weight is NaN its comparisons fail, and all weights are clipped.
//
// Where many weights sit at a bound the guard is off duty: then each trial
// clips what it has changed.
type guard struct {
	bound       float64
	listed      []int32
	floor, ceil float64 // the unlisted weights are within [floor, ceil]
	reach       float64 // weights this near to a bound are listed
	trials      int     // since the list was made
	off         bool    // duty
}

const (
	lastsAtLeast = 64  // trials; else the next list is longer
	lastsAtMost  = 512 // trials; else the next list is shorter
	offDuty      = 256 // trials, where a sixteenth of the weights would be listed
	sixteenth    = 16

	minReach, maxReach = 1.0 / (1 << 20), 1 << 20
)

// newGuard returns a guard of n weights that are within their bounds.
func newGuard(n int, bound float64) guard {
	g := guard{bound: bound, listed: make([]int32, 0, n), reach: 1.0 / 64}
	g.restart()
	return g
}

// restart tells the guard that the weights, within their bounds, are others.
// It is on duty after the next trial.
func (g *guard) restart() { g.off, g.trials = true, offDuty }

// added brings all weights into [0, bound] after a trial that has added extra
// to the active ones and then common to all.
func (g *guard) added(w []float64, active []int32, extra, common float64) {
	g.floor = g.floor + min(extra, 0) + common
	g.ceil = g.ceil + max(extra, 0) + common
	if g.off && common == 0 {
		clipActive(w, active, g.bound)
		g.rest(w)
		return
	}
	g.clip(w)
}

// mapped brings all weights into [0, bound] after a trial that has mapped the
// active ones by on and the silent ones by off.
func (g *guard) mapped(w []float64, on, off affine) {
	g.floor = min(on.of(g.floor), off.of(g.floor))
	g.ceil = max(on.of(g.ceil), off.of(g.ceil))
	if !(on.scale >= 0 && off.scale >= 0) {
		g.floor = -1 // a map is not increasing
	}
	g.clip(w)
}

func (g *guard) clip(w []float64) {
	if !g.off && g.floor >= 0 && g.ceil <= g.bound {
		clipActive(w, g.listed, g.bound)
		g.trials++
		return
	}
	clipAll(w, g.bound)
	if g.off {
		g.rest(w)
	} else {
		g.list(w)
	}
}

// clipped returns x brought into [0, bound]. NaN stays NaN.
func clipped(x, bound float64) float64 { return min(max(x, 0), bound) }

// rest passes a trial off duty.
func (g *guard) rest(w []float64) {
	if g.trials++; g.trials >= offDuty {
		g.list(w)
	}
}

// list lists the weights that are near a bound. With a longer reach the list is
// longer and lasts longer. One that is too long ends duty.
func (g *guard) list(w []float64) {
	switch {
	case g.trials < lastsAtLeast:
		g.reach = min(g.reach*2, maxReach)
	case g.trials > lastsAtMost:
		g.reach = max(g.reach/2, minReach)
	}
	g.listed, g.floor, g.ceil, g.trials = g.listed[:0], g.bound, 0, 0
	low, high := g.reach, g.bound-g.reach
	for i, x := range w {
		if x < low || x > high {
			g.listed = append(g.listed, int32(i))
			continue
		}
		g.floor, g.ceil = min(g.floor, x), max(g.ceil, x)
	}
	if g.off = len(g.listed) > len(w)/sixteenth; g.off {
		g.reach = max(g.reach/2, minReach)
	}
}
