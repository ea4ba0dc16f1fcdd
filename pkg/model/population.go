package model

import (
	"math"

	"credo/internal/lanes"
	"credo/internal/sparse"
)

// population is the weights of one kind during training, with what is needed
// to change and to bound them fast.
type population struct {
	w     []float64 // the neuron's own slice
	saved []float64 // w at the beginning of the epoch
	spare []float64 // room for the active weights of one trial
	guard guard
	// fast: there are loops that clip as they add, and nothing is to be guarded
	fast bool
}

// newPopulation returns the population of weights that are within [0, bound]; of
// zeros it makes those that are positive, which a clipped weight is.
func newPopulation(w []float64, bound float64) population {
	for i := range w {
		w[i] += 0
	}
	return population{
		w: w, saved: make([]float64, len(w)), spare: make([]float64, len(w)),
		guard: newGuard(len(w), bound), fast: lanes.Fast(),
	}
}

// save notes the weights, and restore brings them back.
func (p *population) save()    { copy(p.saved, p.w) }
func (p *population) restore() { copy(p.w, p.saved); p.guard.restart() }

// finite reports whether all weights are finite, given that they are within
// their bounds or NaN, as they are between trials.
func (p *population) finite() bool {
	all := true
	for _, x := range p.w {
		all = all && x <= math.MaxFloat64
	}
	return all
}

// A trial without losses adds one number to the active weights and another to
// the silent ones. It is done by adding their difference to the active weights
// and then the second number to all, which reads the list of the active ones
// once, and often all that is to be added to all is 0.
//
// additive reports whether c, which adds silent to the silent weights, is to be
// done so. It is not if silent is so large that active weights of order 1 would
// lose digits as it is subtracted and added.
func (c *Change) additive(silent, decay float64) bool {
	return c.ActiveLoss == 0 && c.SilentLoss == 0 && decay == 0 && math.Abs(silent) <= 1
}

// learn changes the weights by c at the rate λ/√N and clips them.
func (p *population) learn(active []int32, c Change, rate, decay float64) {
	on, off := float64(rate*c.Active), float64(rate*c.Silent)
	if c.additive(off, decay) {
		p.move(active, on-off, off)
		return
	}
	p.apply(active,
		affine{1 - decay - float64(rate*c.ActiveLoss), on},
		affine{1 - decay - float64(rate*c.SilentLoss), off})
}

// learnBoth is learn for two populations in which the same channels are active.
func learnBoth(p, q *population, active []int32, c, d Change, rate, decay float64) {
	pOn, pOff := float64(rate*c.Active), float64(rate*c.Silent)
	qOn, qOff := float64(rate*d.Active), float64(rate*d.Silent)
	if pOn != 0 && qOn != 0 && c.additive(pOff, decay) && d.additive(qOff, decay) {
		moveBoth(p, q, active, pOn-pOff, qOn-qOff, pOff, qOff)
		return
	}
	p.learn(active, c, rate, decay)
	q.learn(active, d, rate, decay)
}

// move adds extra to the active weights and then common to all, and clips them.
func (p *population) move(active []int32, extra, common float64) {
	if extra == 0 && common == 0 {
		return
	}
	if p.fast {
		lanes.Shift(p.w, active, p.moves(extra, common))
	} else {
		shift(p.w, active, extra)
	}
	p.shiftAll(active, extra, common)
}

// moveBoth is move for two populations in which the same channels are active.
func moveBoth(p, q *population, active []int32, extraP, extraQ, commonP, commonQ float64) {
	if p.fast && q.fast {
		lanes.ShiftBoth(p.w, q.w, active, p.moves(extraP, commonP), q.moves(extraQ, commonQ))
	} else {
		shiftBoth(p.w, q.w, active, extraP, extraQ)
	}
	p.shiftAll(active, extraP, commonP)
	q.shiftAll(active, extraQ, commonQ)
}

// moves is what is done to the active weights: where more is added to all, they
// are clipped after that.
func (p *population) moves(extra, common float64) lanes.Move {
	if common != 0 {
		return lanes.Move{By: extra, Low: math.Inf(-1), High: math.Inf(1)}
	}
	return lanes.Move{By: extra, High: p.guard.bound}
}

// shiftAll completes a trial that has added extra to the active weights: it
// adds common to all weights and clips them. Mostly nothing is left to do.
func (p *population) shiftAll(active []int32, extra, common float64) {
	if common != 0 || !p.fast {
		p.shiftMore(active, extra, common)
	}
}

func (p *population) shiftMore(active []int32, extra, common float64) {
	if p.fast {
		lanes.ShiftAll(p.w, &lanes.Move{By: common, High: p.guard.bound})
		return
	}
	if common != 0 {
		sweep(p.w, common)
	}
	p.guard.added(p.w, active, extra, common)
}

// gather adds up the active weights of both populations, as sparse.Sum does.
func gather(p, q *population, activeP, activeQ []int32) (sumP, sumQ float64) {
	switch fast, shared := p.fast && q.fast, one(activeP, activeQ); {
	case fast && shared:
		return lanes.Sums(p.w, q.w, activeP)
	case fast:
		return lanes.Sum(p.w, activeP), lanes.Sum(q.w, activeQ)
	case shared:
		return gatherBoth(p.w, q.w, activeP)
	}
	return sparse.Sum(p.w, activeP), sparse.Sum(q.w, activeQ)
}

// affine is the map w ← scale·w + shift that a trial with losses applies to the
// active, or to the silent, weights.
type affine struct{ scale, shift float64 }

func (m affine) of(w float64) float64 { return float64(m.scale*w) + m.shift }

// apply maps the active weights by on and the silent ones by off, and clips
// them.
func (p *population) apply(active []int32, on, off affine) {
	spare := p.spare[:len(active)]
	for k, i := range active {
		spare[k] = on.of(p.w[i])
	}
	if identity := (affine{scale: 1}); off != identity {
		for i, x := range p.w {
			p.w[i] = off.of(x)
		}
	}
	for k, i := range active {
		p.w[i] = spare[k]
	}
	if p.fast {
		lanes.ShiftAll(p.w, &lanes.Move{High: p.guard.bound})
		return
	}
	p.guard.mapped(p.w, on, off)
}
