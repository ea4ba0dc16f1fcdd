package recordings

import (
	"fmt"
	"math"
)

// halves splits the sweeps behind a mean into odd and even ones, whose errors
// are independent; both are NaN where there are fewer than four.
func (m Mean) halves() [2]Mean {
	if len(m.Sweeps) < 4 {
		none := Mean{Value: math.NaN(), Variance: math.NaN()}
		return [2]Mean{none, none}
	}
	var half [2][]float64
	for k, v := range m.Sweeps {
		half[k%2] = append(half[k%2], v)
	}
	return [2]Mean{fromSweeps(half[0]), fromSweeps(half[1])}
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
	var halves [2][]Cell
	for _, c := range cells {
		for h := range halves {
			halves[h] = append(halves[h], Cell{Animal: c.Animal, Name: c.Name, Treatment: c.Treatment, Channels: make([]Track, len(c.Channels))})
		}
		for k, t := range c.Channels {
			for h := range halves {
				part := t
				for p := range part.E {
					part.E[p] = t.E[p].halves()[h]
				}
				part.I[Before] = t.I[Before].halves()[h]
				halves[h][len(halves[h])-1].Channels[k] = part
			}
		}
	}
	d := form{constant: offset}.plus(own(e1, slope)).plus(own(i0, -1))
	var parts [2]samples
	for h := range parts {
		var err error
		if parts[h], err = gather(halves[h], from, e0, e0, i0, e1, i1); err != nil {
			return Asymmetry{}, fmt.Errorf("%w, by four sweeps or more", err)
		}
	}
	sides, evoked := make([]moments, parts[0].n), make([]moments, parts[0].n)
	for g := range sides {
		sides[g], evoked[g] = newMoments(2), newMoments(1)
	}
	fired := 0.0
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
					fired += s
				}
			}
		}
	}
	c := estimate(sides)
	a := Asymmetry{
		TooLittle: c.interval(level, 1, 0), TooMuch: c.interval(level, 0, 1), Difference: c.interval(level, 1, -1),
		Channels: parts[0].channel, Missing: parts[0].missing,
		Evoked: undefined(),
	}
	if fired > 0 {
		a.Evoked = estimate(evoked).interval(level, 1)
	}
	return a, nil
}
