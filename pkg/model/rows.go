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

	extra, common lanes.Row // what is added to the active weights, and then to all
	moves, sweeps bool      // not all of it is 0
	on, off       [lanes.Neurons]affine
	mapped        [lanes.Neurons]bool // by on and off instead
	spare         []float64
}

// none is no lower bound.
var none = func() (r lanes.Row) {
	for l := range r {
		r[l] = math.Inf(-1)
	}
	return r
}()

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
		r.extra[lane], r.common[lane], r.mapped[lane] = 0, 0, true
		r.on[lane] = affine{1 - decay - float64(rate*c.ActiveLoss), on}
		r.off[lane] = affine{1 - decay - float64(rate*c.SilentLoss), off}
		return
	}
	r.extra[lane], r.common[lane] = on-off, off
	r.moves, r.sweeps = r.moves || on != 0, r.sweeps || off != 0
}

// learn changes all weights and brings them within their bounds. Where nothing
// is added they are what they were.
func (r *rows) learn(active []int32) {
	var zero lanes.Row
	switch {
	case r.sweeps:
		unbounded := zero
		for l := range unbounded {
			unbounded[l] = math.Inf(1)
		}
		lanes.Step(r.w, active, &r.extra, &none, &unbounded)
		lanes.Sweep(r.w, &r.common, &zero, &r.high)
	case r.moves:
		lanes.Step(r.w, active, &r.extra, &zero, &r.high)
	}
	r.moves, r.sweeps = false, false
	for lane, mapped := range r.mapped {
		if mapped {
			r.apply(lane, active)
			r.mapped[lane] = false
		}
	}
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
