package estimate

import (
	"fmt"
	"math"
)

// half is the mean of the even sweeps, or of the odd ones: their errors are
// independent. It is NaN where there are fewer than four.
func (m Mean) half(h int) Mean {
	if len(m.Sweeps) < 4 {
		return Mean{Value: math.NaN(), Variance: math.NaN()}
	}
	var half []float64
	for k := h; k < len(m.Sweeps); k += 2 {
		half = append(half, m.Sweeps[k])
	}
	return fromSweeps(half)
}

// Asymmetry is the restoration on either side of the line,
//
//	ΔI = r_± d,  d = a E + b − I,
//
// for channels with too little inhibition (d > 0) and too much (d < 0). An error
// that puts a channel on one side would also be seen as its change, so one half
// of the sweeps chooses the side and the other is the baseline, both ways round.
type Asymmetry struct {
	TooLittle, TooMuch Estimate // r₊, r₋
	Difference         Estimate // r₊ − r₋, with P of no difference
	// Evoked is the mean change of inhibition, in the unit of the currents, at
	// channels with too much of it, weighted by their spikes: negative by a rule
	// that restores the line when the neuron fires, positive if spikes always
	// potentiate (D'amour & Froemke 2015). NaN without spikes.
	Evoked   Estimate
	Channels int // used
	Missing  int // channels that lack a measurement it needs, or four sweeps
}

// Sides estimates the asymmetry about a given line, such as that of [Restore]. It
// returns an error if fewer than two animals can be used.
func Sides(cells []Cell, from Reference, slope, offset, level float64) (Asymmetry, error) {
	d := distance(slope, offset)
	var parts [2]samples
	for h := range parts {
		half := each(cells, func(t Track) Track {
			for p := range t.E {
				t.E[p] = t.E[p].half(h)
			}
			t.I[Before] = t.I[Before].half(h)
			return t
		})
		var err error
		if parts[h], err = gather(half, from, e0, e0, i0, e1, i1); err != nil {
			return Asymmetry{}, fmt.Errorf("%w, by four sweeps or more", err)
		}
	}
	sides, evoked := newMomentsOf(parts[0].n, 2), newMomentsOf(parts[0].n, 1)
	for h := range parts {
		chooser := parts[1-h]
		for c, list := range parts[h].cells {
			g := parts[h].cluster[c]
			for k, one := range list {
				side := 0
				if !(d.at(chooser.cells[c][k], sample{}) > 0) {
					side = 1
				}
				m := within([]sample{one}, change, d)
				sides[g].xx[3*side] += m.xx[0]
				sides[g].xy[side] += m.xy[0]
				if s := one.value[s1]; side == 1 && s > 0 {
					evoked[g].xx[0] += s
					evoked[g].xy[0] += s * change.at(one, sample{})
				}
			}
		}
	}
	c := estimate(sides)
	a := Asymmetry{
		TooLittle: c.linear(level, 1, 0), TooMuch: c.linear(level, 0, 1), Difference: c.linear(level, 1, -1),
		Channels: parts[0].channel, Missing: parts[0].missing,
		Evoked: undefined(),
	}
	if sum(evoked).xx[0] > 0 {
		a.Evoked = estimate(evoked).linear(level, 1)
	}
	return a, nil
}
