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

// finite reports whether all weights are finite. Between trials all are
// between the bounds, or NaN.
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

// learn applies one trial's change to the weights and clips them to [0, bound].
func (p *population) learn(active []int32, c Change, rate, decay float64) {
	if c.Silent == 0 && c.ActiveLoss == 0 && c.SilentLoss == 0 && decay == 0 {
		p.guard.add(p.w, active, float64(rate*c.Active))
		return
	}
	on := affine{1 - decay - float64(rate*c.ActiveLoss), float64(rate * c.Active)}
	off := affine{1 - decay - float64(rate*c.SilentLoss), float64(rate * c.Silent)}
	spare := p.spare[:len(active)]
	for k, i := range active {
		spare[k] = on.of(p.w[i])
	}
	sweep(p.w, off)
	for k, i := range active {
		p.w[i] = spare[k]
	}
	p.guard.mapped(p.w, on, off)
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

// gatherBoth returns the sums of the active weights of two populations of one
// size: one pass over the list serves both.
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

// shiftClipped is shift followed by clipping to [0, bound].
func shiftClipped(w []float64, active []int32, d, bound float64) {
	for ; len(active) >= 4; active = active[4:] {
		i, j, k, l := active[0], active[1], active[2], active[3]
		w[i] = clipped(w[i]+d, bound)
		w[j] = clipped(w[j]+d, bound)
		w[k] = clipped(w[k]+d, bound)
		w[l] = clipped(w[l]+d, bound)
	}
	for _, i := range active {
		w[i] = clipped(w[i]+d, bound)
	}
}

// sweep applies m to all weights.
func sweep(w []float64, m affine) {
	if m.scale == 1 {
		for ; len(w) >= 8; w = w[8:] {
			w[0] += m.shift
			w[1] += m.shift
			w[2] += m.shift
			w[3] += m.shift
			w[4] += m.shift
			w[5] += m.shift
			w[6] += m.shift
			w[7] += m.shift
		}
		for i := range w {
			w[i] += m.shift
		}
		return
	}
	for i := range w {
		w[i] = m.of(w[i])
	}
}
