package estimate

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// Rescaled takes a common drift of gain out of cells: in each phase all currents
// of a cell are multiplied by
//
//	⟨E before⟩/⟨E in the phase⟩,
//
// means over the unpaired channels that have both. A change of access, which
// multiplies excitation and inhibition of a phase alike, is then gone but for
// the error of these means, and so is any true change of the mean unpaired
// excitation: a few percent by the rule of acetylcholine. Cells without such
// channels, and times after pairing without a phase's factor, are as they were.
//
// It cures only what excitation and inhibition share. Inhibition that fluctuates
// by itself between phases, by 20 percent common to the channels of a cell, still
// gives restoration in some 40 percent of sets of 12 cells where nothing is
// plastic, rescaled or not; only cells that were not paired, or a second block
// before pairing, tell it from plasticity.
//
// It is for the estimates of inhibition; those of excitation lose their object.
func Rescaled(cells []Cell) []Cell {
	var out []Cell
	for _, cell := range cells {
		factor := [3]float64{1, 1, 1}
		for p := Early; p <= Late; p++ {
			var before, now float64
			for _, t := range cell.Channels {
				if v := t.E[Before].Value + t.E[p].Value; !t.Paired && !math.IsNaN(v) {
					before, now = before+t.E[Before].Value, now+t.E[p].Value
				}
			}
			if before > 0 && now > 0 {
				factor[p] = before / now
			}
		}
		out = append(out, each([]Cell{cell}, func(t Track) Track {
			for p := Early; p <= Late; p++ {
				t.E[p], t.I[p] = t.E[p].times(factor[p]), t.I[p].times(factor[p])
			}
			t.Course = slices.Clone(t.Course)
			for k, point := range t.Course {
				t.Course[k].Mean = point.times(factor[point.Phase])
			}
			return t
		})...)
	}
	return out
}

func (m Mean) times(f float64) Mean {
	out := Mean{Value: f * m.Value, Variance: f * f * m.Variance, Sweeps: slices.Clone(m.Sweeps)}
	floats.Scale(f, out.Sweeps)
	return out
}
