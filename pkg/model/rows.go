package model

import (
	"math"

	"credo/internal/lanes"
)

// weights are those of up to eight neurons, of both kinds, a row for each channel,
// with what a trial adds to them.
type weights struct {
	kinds         [2]rows // excitatory and inhibitory
	sums          [2]lanes.Row
	extra, common [2]lanes.Row // what is added to the active weights, and then to all
	low, high     [2]lanes.Row // bounds
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

func newRows(channels int) rows {
	r := rows{w: lanes.Rows(channels), saved: lanes.Rows(channels), all: make([]int32, channels), spare: make([]float64, channels)}
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
func (w *weights) gather(lists *[2][]int32) {
	if one(lists) {
		lanes.GatherBoth(&w.sums, w.kinds[0].w, w.kinds[1].w, lists[0])
		return
	}
	for k := range w.kinds {
		lanes.Gather(&w.sums[k], w.kinds[k].w, lists[k])
	}
}

// one reports whether the two lists are one.
func one(lists *[2][]int32) bool {
	e, i := lists[0], lists[1]
	return len(e) > 0 && len(e) == len(i) && &e[0] == &i[0]
}

// bring notes by how much the trial changes the weights of a kind and lane; the
// numbers are those of population.learn.
func (w *weights) bring(kind, lane int, c Change, rate, decay float64) {
	on, off := float64(rate*c.Active), float64(rate*c.Silent)
	if c.additive(off, decay) {
		w.extra[kind][lane], w.common[kind][lane] = on-off, off
		return
	}
	r := &w.kinds[kind]
	w.extra[kind][lane], w.common[kind][lane], r.mapped = 0, 0, append(r.mapped, lane)
	r.on[lane] = affine{1 - decay - float64(rate*c.ActiveLoss), on}
	r.off[lane] = affine{1 - decay - float64(rate*c.SilentLoss), off}
}

// learn changes all weights and brings them within their bounds, once. Where
// nothing is added they are what they were.
func (w *weights) learn(lists *[2][]int32) {
	low, high := w.low, w.high
	var sweeps, moves [2]bool
	for k := range w.kinds {
		sweeps[k], moves[k] = !zero(&w.common[k]), !zero(&w.extra[k])
		if sweeps[k] {
			low[k], high[k] = below, above
		}
	}
	if moves[0] && moves[1] && one(lists) {
		lanes.StepBoth(w.kinds[0].w, w.kinds[1].w, lists[0], &w.extra, &low, &high)
		moves = [2]bool{}
	}
	for k := range w.kinds {
		r := &w.kinds[k]
		if moves[k] {
			lanes.Step(r.w, lists[k], &w.extra[k], &low[k], &high[k])
		}
		if sweeps[k] {
			lanes.Sweep(r.w, &w.common[k], &w.low[k], &w.high[k])
		}
		for _, lane := range r.mapped {
			r.apply(lane, lists[k], w.high[k][lane])
		}
		r.mapped = r.mapped[:0]
	}
}

// zero reports whether all of a row is 0 or −0.
func zero(r *lanes.Row) bool {
	var any uint64
	for _, x := range r {
		any |= math.Float64bits(x) << 1
	}
	return any == 0
}

// apply maps the active weights of a lane by on and the silent ones by off, as
// population.apply does.
func (r *rows) apply(lane int, active []int32, bound float64) {
	on, off := r.on[lane], r.off[lane]
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
