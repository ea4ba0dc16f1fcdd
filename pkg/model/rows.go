package model

import (
	"math"

	"credo/internal/lanes"
)

// weights are those of up to eight neurons, of both kinds, a row for each channel,
// with what a trial adds to them.
type weights struct {
	kinds                 [2]rows // excitatory and inhibitory
	sums                  [2]lanes.Row
	response              lanes.Response // what is added to the active weights, and then to all
	low, high             [2]lanes.Row   // bounds
	bounded               bool           // there is an upper bound
	lowActive, highActive [2]lanes.Row   // those of the active weights on a trial
}

// rows are the weights of one kind.
type rows struct {
	w, saved []lanes.Row
	all      []int32               // the list of all channels
	on, off  [lanes.Neurons]affine // by which a lane is mapped, where adding does not do
	mapped   []int                 // such lanes
	spare    []float64
}

// below and above are no bounds.
var below, above = filled(math.Inf(-1)), filled(math.Inf(1))

func filled(x float64) (r lanes.Row) {
	for l := range r {
		r[l] = x
	}
	return r
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

// learn changes all weights and brings them within their bounds, once. Where
// nothing is added they are what they were.
func (w *weights) learn(excitatory, inhibitory []int32) {
	low, high := &w.low, w.upper()
	sweeps := w.response.Sweeps != [2]int{}
	if sweeps {
		low, high = w.between()
	}
	if one(excitatory, inhibitory) {
		lanes.StepBoth(w.kinds[0].w, w.kinds[1].w, excitatory, &w.response.Extra, low, high)
	} else {
		if high == nil {
			high = &w.high
		}
		lanes.Step(w.kinds[0].w, excitatory, &w.response.Extra[0], &low[0], &high[0])
		lanes.Step(w.kinds[1].w, inhibitory, &w.response.Extra[1], &low[1], &high[1])
	}
	if sweeps {
		w.sweep(0)
		w.sweep(1)
	}
	w.apply(0, excitatory)
	w.apply(1, inhibitory)
}

// sweeps reports whether something is added to all weights of a kind in a half of the
// lanes.
func (w *weights) sweeps(kind, part int) bool {
	return w.response.Sweeps[kind]>>(part*half)&(1<<half-1) != 0
}

// sweep adds to all weights of a kind, of those lanes to which there is something to add.
func (w *weights) sweep(kind int) {
	r, by, low, high := w.kinds[kind].w, &w.response.Common[kind], &w.low[kind], &w.high[kind]
	if !w.bounded {
		high = nil
	}
	switch first, last := w.sweeps(kind, 0), w.sweeps(kind, 1); {
	case first && last:
		lanes.Sweep(r, by, low, high)
	case first:
		lanes.SweepHalf(r, 0, by, low, high)
	case last:
		lanes.SweepHalf(r, 1, by, low, high)
	}
}

// between are the bounds of the active weights: none of those to which more is
// added, which are clipped after that.
func (w *weights) between() (low, high *[2]lanes.Row) {
	w.lowActive, w.highActive = w.low, w.high
	for k := range w.kinds {
		for part := range 2 {
			if w.sweeps(k, part) {
				copy(w.lowActive[k][part*half:], below[:half])
				copy(w.highActive[k][part*half:], above[:half])
			}
		}
	}
	if !w.bounded {
		return &w.lowActive, nil
	}
	return &w.lowActive, &w.highActive
}

// upper are the upper bounds, nil if there is none.
func (w *weights) upper() *[2]lanes.Row {
	if !w.bounded {
		return nil
	}
	return &w.high
}

// apply maps the active weights of those lanes that are to be mapped by on and the
// silent ones by off, as population.apply does.
func (w *weights) apply(kind int, active []int32) {
	r := &w.kinds[kind]
	for _, lane := range r.mapped {
		on, off, bound := r.on[lane], r.off[lane], w.high[kind][lane]
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
