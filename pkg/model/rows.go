package model

import (
	"math"

	"credo/internal/lanes"
)

// rows is the weights of one kind of up to eight neurons, a row for each
// channel, with what a trial adds to them.
type rows struct {
	w, saved  []lanes.Row
	all       []int32 // the list of all channels
	sums      lanes.Row
	low, high lanes.Row // bounds

	extra, common lanes.Row             // what is added to the active weights, and then to all
	on, off       [lanes.Neurons]affine // by which a lane is mapped instead
	mapped        []int                 // such lanes
	spare         []float64
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

// load puts a neuron's weights and their bound into a lane, and store takes
// the weights out.
func (r *rows) load(lane int, w []float64, bound float64) {
	for i, x := range w {
		r.w[i][lane] = x
	}
	r.high[lane] = bound
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

// bring notes by how much the trial changes the weights of a lane; the numbers
// are those of population.learn.
func (r *rows) bring(lane int, c Change, rate, decay float64) {
	on, off := float64(rate*c.Active), float64(rate*c.Silent)
	if !c.additive(off, decay) {
		r.extra[lane], r.common[lane], r.mapped = 0, 0, append(r.mapped, lane)
		r.on[lane] = affine{1 - decay - float64(rate*c.ActiveLoss), on}
		r.off[lane] = affine{1 - decay - float64(rate*c.SilentLoss), off}
		return
	}
	r.extra[lane], r.common[lane] = on-off, off
}

// learn changes all weights and brings them within their bounds. Where nothing
// is added they are what they were.
func (r *rows) learn(active []int32) {
	switch {
	case !zero(&r.common):
		lanes.Step(r.w, active, &r.extra, &below, &above)
		lanes.Sweep(r.w, &r.common, &r.low, &r.high)
	case !zero(&r.extra):
		lanes.Step(r.w, active, &r.extra, &r.low, &r.high)
	}
	for _, lane := range r.mapped {
		r.apply(lane, active)
	}
	r.mapped = r.mapped[:0]
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
func (r *rows) apply(lane int, active []int32) {
	on, off, bound := r.on[lane], r.off[lane], r.high[lane]
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

// gather adds up the active weights of each lane.
func (r *rows) gather(active []int32) { lanes.Gather(&r.sums, r.w, active) }
