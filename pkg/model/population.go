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

// learn changes the weights by c, which has no losses, at the rate λ/√N.
func (p *population) learn(active []int32, c Change, rate, decay float64) {
	on, off := float64(rate*c.Active), float64(rate*c.Silent)
	if c.additive(off) && decay == 0 {
		shift(p.w, active, on-off)
		p.added(active, on-off, off)
		return
	}
	p.apply(active,
		affine{1 - decay - float64(rate*c.ActiveLoss), on},
		affine{1 - decay - float64(rate*c.SilentLoss), off})
}

// learnBoth is learn for two populations of which the same channels are
// active.
func learnBoth(p, q *population, active []int32, c, d Change, rate, decay float64) {
	pOn, pOff := float64(rate*c.Active), float64(rate*c.Silent)
	qOn, qOff := float64(rate*d.Active), float64(rate*d.Silent)
	if c.additive(pOff) && d.additive(qOff) && decay == 0 {
		shiftBoth(p.w, q.w, active, pOn-pOff, qOn-qOff)
		p.added(active, pOn-pOff, pOff)
		q.added(active, qOn-qOff, qOff)
		return
	}
	p.learn(active, c, rate, decay)
	q.learn(active, d, rate, decay)
}

func (c *Change) additive(off float64) bool {
	return c.ActiveLoss == 0 && c.SilentLoss == 0 && math.Abs(off) <= 1
}

// apply applies
func (p *population) apply(active []int32, on, off affine) {
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

func (p *population) added(active []int32, extra, common float64) {
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
		w1 += w[j]
		w2 += w[k]
		w3 += w[l]
		x0 += x[i]
		x1 += x[j]
		x2 += x[k]
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
		w[j] += dw
		w[k] += dw
		w[l] += dw
		x[i] += dx
		x[j] += dx
		x[k] += dx
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
