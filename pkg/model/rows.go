package model

import (
	"math"

	"credo/internal/lanes"
)

// weights are those of up to eight neurons, of both kinds, a row for each channel,
// with what a trial adds to them.
type weights struct {
	kinds    [2]rows // excitatory and inhibitory
	sums     [2]lanes.Row
	response lanes.Response // what is added to the active weights, and then to all
	bounds   [16]bounds     // of the active weights, by weights.swept
	bounded  bool           // there is an upper bound
}

// bounds are those of the weights of both kinds.
type bounds struct{ low, high [2]lanes.Row }

// rows are the weights of one kind.
type rows struct {
	w, saved []lanes.Row
	all      []int32               // the list of all channels
	on, off  [lanes.Neurons]affine // by which a lane is mapped, where adding does not do
	mapped   []int                 // such lanes
	spare    []float64
}

// skew is rows that are left out before the inhibitory weights. Where rows of both
// kinds start at equal places of a page the processor takes what is written to the one
// for what is read of the other, and waits: a tenth of the time at N = 1000.
const skew = 21

func newRows(channels, skew int) rows {
	r := rows{w: lanes.Rows(channels + skew)[skew:], saved: lanes.Rows(channels), all: make([]int32, channels), spare: make([]float64, channels)}
	for i := range r.all {
		r.all[i] = int32(i)
	}
	return r
}

// count is the number of excitatory weights.
func (w *weights) count() int { return lanes.Neurons * len(w.kinds[0].w) }

// load puts a neuron's weights into a lane, zeros as positive ones as in
// newPopulation, and store takes them out.
func (r *rows) load(lane int, w []float64) {
	for i, x := range w {
		r.w[i][lane] = x + 0
	}
}

func (r *rows) store(lane int, w []float64) {
	for i := range w {
		w[i] = r.w[i][lane]
	}
}

// finite reports whether all weights are finite; given that they are within
// their bounds or NaN, a sum of them tells, but for one that overflows.
func (r *rows) finite() bool {
	var sums lanes.Row
	lanes.Gather(&sums, r.w, r.all)
	for _, x := range sums {
		if !(x <= math.MaxFloat64) {
			return false
		}
	}
	return true
}

// gather adds up the active weights of each lane and kind.
func (w *weights) gather(excitatory, inhibitory []int32) {
	if one(excitatory, inhibitory) {
		lanes.GatherBoth(&w.sums, w.kinds[0].w, w.kinds[1].w, excitatory)
		return
	}
	lanes.Gather(&w.sums[0], w.kinds[0].w, excitatory)
	lanes.Gather(&w.sums[1], w.kinds[1].w, inhibitory)
}

// one reports whether the two lists are one.
func one(e, i []int32) bool {
	return len(e) > 0 && len(e) == len(i) && &e[0] == &i[0]
}

// bring notes by how much the trial changes the weights of a kind and lane; the
// numbers are those of population.learn.
func (w *weights) bring(kind, lane int, c Change, rate, decay float64) {
	on, off := float64(rate*c.Active), float64(rate*c.Silent)
	if c.additive(off, decay) {
		w.response.Extra[kind][lane], w.response.Common[kind][lane] = on-off, off
		if off != 0 {
			w.response.Sweeps[kind] |= 1 << lane
		}
		return
	}
	r := &w.kinds[kind]
	w.response.Extra[kind][lane], w.response.Common[kind][lane], r.mapped = 0, 0, append(r.mapped, lane)
	r.on[lane] = affine{1 - decay - float64(rate*c.ActiveLoss), on}
	r.off[lane] = affine{1 - decay - float64(rate*c.SilentLoss), off}
}

// half is the lanes that are swept together.
const half = lanes.Neurons / 2

// bound sets the upper bounds of the weights of a lane. Active ones to which more is
// added have none, and are clipped after that.
func (w *weights) bound(lane int, high [2]float64) {
	for swept := range w.bounds {
		b := &w.bounds[swept]
		for kind := range high {
			b.low[kind][lane], b.high[kind][lane] = 0, high[kind]
			if swept>>(2*kind+lane/half)&1 != 0 {
				b.low[kind][lane], b.high[kind][lane] = math.Inf(-1), math.Inf(1)
			}
		}
	}
	w.bounded = w.bounded || min(high[0], high[1]) <= math.MaxFloat64
}

// swept is a bit for each kind and half of the lanes: whether something is added to all
// of their weights.
func (w *weights) swept() (bits int) {
	for kind, lanes := range w.response.Sweeps {
		if lanes&(1<<half-1) != 0 {
			bits |= 1 << (2 * kind)
		}
		if lanes>>half != 0 {
			bits |= 2 << (2 * kind)
		}
	}
	return bits
}

// learn changes all weights and brings them within their bounds, once. Where
// nothing is added they are what they were.
func (w *weights) learn(excitatory, inhibitory []int32) {
	swept, b := 0, &w.bounds[0]
	if w.response.Sweeps != [2]int{} { // seldom; else no bound need wait for it
		swept = w.swept()
		b = &w.bounds[swept]
	}
	low, high := &b.low, &b.high
	switch {
	case !one(excitatory, inhibitory):
		lanes.Step(w.kinds[0].w, excitatory, &w.response.Extra[0], &low[0], &high[0])
		lanes.Step(w.kinds[1].w, inhibitory, &w.response.Extra[1], &low[1], &high[1])
	case w.bounded:
		lanes.StepBoth(w.kinds[0].w, w.kinds[1].w, excitatory, &w.response.Extra, low, high)
	default:
		lanes.StepBoth(w.kinds[0].w, w.kinds[1].w, excitatory, &w.response.Extra, low, nil)
	}
	if swept != 0 {
		w.sweep(0, swept&3)
		w.sweep(1, swept>>2)
	}
	w.apply(0, excitatory)
	w.apply(1, inhibitory)
}

// sweep adds to all weights of a kind, in these halves of the lanes.
func (w *weights) sweep(kind, halves int) {
	r, by, low, high := w.kinds[kind].w, &w.response.Common[kind], &w.bounds[0].low[kind], &w.bounds[0].high[kind]
	if !w.bounded {
		high = nil
	}
	switch halves {
	case 1:
		lanes.SweepHalf(r, 0, by, low, high)
	case 2:
		lanes.SweepHalf(r, 1, by, low, high)
	case 3:
		lanes.Sweep(r, by, low, high)
	}
}

// apply maps the active weights of those lanes that are to be mapped by on and the
// silent ones by off, as population.apply does.
func (w *weights) apply(kind int, active []int32) {
	r := &w.kinds[kind]
	for _, lane := range r.mapped {
		on, off, bound := r.on[lane], r.off[lane], w.bounds[0].high[kind][lane]
		for k, i := range active {
			r.spare[k] = clipped(on.of(r.w[i][lane]), bound)
		}
		if identity := (affine{scale: 1}); off != identity {
			for i := range r.w {
				r.w[i][lane] = clipped(off.of(r.w[i][lane]), bound)
			}
		}
		for k, i := range active {
			r.w[i][lane] = r.spare[k]
		}
	}
	r.mapped = r.mapped[:0]
}
