package model

import "math"

// population is the weights of one kind during training, with what is needed
// to change and to bound them fast.
type population struct {
	w     []float64 // the neuron's own slice
	saved []float64 // w at the beginning of the epoch
	spare []float64 // room for the active weights of one trial
	guard guard
}

func newPopulation(w []float64, bound float64) population {
	return population{w: w, saved: make([]float64, len(w)), spare: make([]float64, len(w)), guard: newGuard(len(w), bound)}
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

// affine is the map w ← scale·w + shift that a trial applies to the active, or
// to the silent, weights.
type affine struct{ scale, shift float64 }

func (m affine) of(w float64) float64 { return float64(m.scale*w) + m.shift }

// maps returns the maps of the active and of the silent weights that a change
// stands for.
func (c Change) maps(rate, decay float64) (on, off affine) {
	on = affine{1 - decay - float64(rate*c.ActiveLoss), float64(rate * c.Active)}
	off = affine{1 - decay - float64(rate*c.SilentLoss), float64(rate * c.Silent)}
	return on, off
}

// only additions: 
func additions(on, off affine) bool {
	return on.scale == 1 && off.scale == 1 && math.Abs(off.shift) <= 1
}

// learnBoth lets two populations learn from a trial in which the same channels
// of both are active.
func learnBoth(p, q *population, active []int32, pOn, pOff, qOn, qOff affine) {
	if !additions(pOn, pOff) || !additions(qOn, qOff) {
		p.learn(active, pOn, pOff)
		q.learn(active, qOn, qOff)
		return
	}
	pExtra, qExtra := pOn.shift-pOff.shift, qOn.shift-qOff.shift
	shiftBoth(p.w, q.w, active, pExtra, qExtra)
	p.shiftAll(active, pExtra, pOff.shift)
	q.shiftAll(active, qExtra, qOff.shift)
}

// learn changes the active weights by on, the silent ones by off, and clips
// them.
func (p *population) learn(active []int32, on, off affine) {
	if additions(on, off) {
		extra := on.shift - off.shift
		shift(p.w, active, extra)
		p.shiftAll(active, extra, off.shift)
		return
	}
	spare := p.spare[:len(active)]
	for k, i := range active {
		spare[k] = on.of(p.w[i])
	}
	for i, x := range p.w {
		p.w[i] = off.of(x)
	}
	for k, i := range active {
		p.w[i] = spare[k]
	}
	p.guard.mapped(p.w, on, off)
}

func (p *population) shiftAll(active []int32, extra, common float64) {
	if common != 0 {
		sweep(p.w, common)
	}
	p.guard.added(p.w, active, extra, common)
}

// gather returns the sum of the active weights.
func gather(w []float64, active []int32) float64 {
	var s0, s1, s2, s3 float64
	for ; len(active) >= 4; active = active[4:] {
		s0 += w[active[0]]
		s1 += w[active[1]]
		s2 += w[active[2]]
		s3 += w[active[3]]
	}
	for _, i := range active {
		s0 += w[i]
	}
	return (s0 + s1) + (s2 + s3)
}

// gatherBoth is gather for two populations of one size.
func gatherBoth(w, x []float64, active []int32) (sumW, sumX float64) {
	var w0, w1, w2, w3, x0, x1, x2, x3 float64
	x = x[:len(w)]
	for ; len(active) >= 4; active = active[4:] {
		i, j, k, l := active[0], active[1], active[2], active[3]
		w0 += w[i]
		x0 += x[i]
		w1 += w[j]
		x1 += x[j]
		w2 += w[k]
		x2 += x[k]
		w3 += w[l]
		x3 += x[l]
	}
	for _, i := range active {
		w0 += w[i]
		x0 += x[i]
	}
	return (w0 + w1) + (w2 + w3), (x0 + x1) + (x2 + x3)
}

// shift adds d to the active weights.
func shift(w []float64, active []int32, d float64) {
	for ; len(active) >= 4; active = active[4:] {
		w[active[0]] += d
		w[active[1]] += d
		w[active[2]] += d
		w[active[3]] += d
	}
	for _, i := range active {
		w[i] += d
	}
}

// shiftBoth is shift for two populations of one size.
func shiftBoth(w, x []float64, active []int32, dw, dx float64) {
	x = x[:len(w)]
	for ; len(active) >= 4; active = active[4:] {
		i, j, k, l := active[0], active[1], active[2], active[3]
		w[i] += dw
		x[i] += dx
		w[j] += dw
		x[j] += dx
		w[k] += dw
		x[k] += dx
		w[l] += dw
		x[l] += dx
	}
	for _, i := range active {
		w[i] += dw
		x[i] += dx
	}
}

// sweep adds d to all weights.
func sweep(w []float64, d float64) {
	for ; len(w) >= 8; w = w[8:] {
		w[0] += d
		w[1] += d
		w[2] += d
		w[3] += d
		w[4] += d
		w[5] += d
		w[6] += d
		w[7] += d
	}
	for i := range w {
		w[i] += d
	}
}
