package estimate

import (
	"fmt"
	"slices"

	"credo/internal/domain"

	"gonum.org/v1/gonum/floats"
)

// Potentiation is what pairing did to excitation under one condition. Changes are
// relative to the cell's mean excitation over its channels, in which all its blocks
// before and after count alike: then its error does not go with that of the change,
// and the ratio does not lean to one side.
//
// A channel that was chosen for its baseline, as the one that measured weakest or
// strongest, falls back when it is measured again, which looks like a change:
// choose paired and best channels beforehand, or by other sweeps. A decline of all
// excitation in time is told from depression by the control alone.
type Potentiation struct {
	// Paired and Unpaired are the mean changes of a paired and of an unpaired
	// channel, with P of no change, two-sided: unpaired below 0 for
	// acetylcholine, 0 for noradrenaline, above 0 where it lingers. Unpaired are
	// all channels of a cell of which none was paired.
	Paired, Unpaired Estimate
	// Total is the change of the mean over all channels, with P of conservation.
	Total Estimate
	// Beta is the depression of unpaired channels as a share of what conserves
	// the sum,
	//
	//	β = −(1−f)/f ⟨ΔE unpaired⟩/⟨ΔE paired⟩,
	//
	// with f = 1/K for one paired of K channels, so that β = −Σ unpaired/paired:
	// a ratio of means over animals, not a mean of ratios, with Fieller's
	// interval and P of β = 0, two-sided.
	Beta    Estimate
	Laws    Contest // of the change of unpaired channels
	Cells   int     // with paired and unpaired channels
	Control int     // with unpaired channels alone
	Missing int     // channels without excitation before or after
}

// Potentiate estimates the change of excitation in cells of one condition. Coding is
// the f of β, 0 for one over the number of channels of each cell. What needs a
// paired channel is NaN if fewer than two animals have one. It returns an error if
// coding is outside [0, 1), if conditions are mixed, or if fewer than two animals
// have unpaired channels measured before and after.
func Potentiate(cells []Cell, coding, level float64) (Potentiation, error) {
	p := Potentiation{Paired: undefined(), Total: undefined(), Beta: undefined()}
	if err := domain.Check("recordings: ", domain.Field{Name: "coding", Value: coding, In: domain.Below1}); err != nil {
		return p, err
	}
	s, err := gather(cells, usual, nil, e0, e1)
	if err != nil {
		return p, err
	}
	p.Missing, p.Laws = s.missing, depression(cells)
	rows := [2][]moments{newMomentsOf(s.n, 1), newMomentsOf(s.n, 4)} // of unpaired channels; of cells with a paired one
	for _, c := range s.cells {
		var paired, unpaired, np, size float64
		k := float64(len(c.channels))
		for _, ch := range c.channels {
			// All blocks count alike, before and after.
			size += average(append(slices.Clone(ch.measured[e0]), ch.measured[e1]...)) / k
			if d := ch.values[1+e1] - ch.values[1+e0]; ch.paired {
				paired, np = paired+d, np+1
			} else {
				unpaired += d
			}
		}
		if np == k {
			continue
		}
		rows[0][c.cluster].row(unpaired / (k - np) / size)
		if np == 0 {
			p.Control++
			continue
		}
		f := coding
		if f == 0 {
			f = np / k
		}
		p.Cells++
		rows[1][c.cluster].row(paired/np/size, unpaired/(k-np)/size, (paired+unpaired)/k/size, -unpaired/(k-np)/size*(1-f)/f)
	}
	names, means := averages(s.names, rows[0])
	if len(means) < 2 {
		return p, fmt.Errorf("recordings: %d animals or cells with unpaired channels, need two", len(means))
	}
	p.Unpaired = jackknife(names, means, moments.solve).coefficient(0, len(means), level)
	if names, means = averages(s.names, rows[1]); len(means) > 1 {
		m := jackknife(names, means, moments.solve)
		p.Paired, p.Total, p.Beta = m.coefficient(0, len(means), level), m.coefficient(2, len(means), level), m.ratio(3, 0, level)
	}
	return p, nil
}

// row adds values of a cell, so that the solution is their mean.
func (m *moments) row(values ...float64) {
	for i, x := range values {
		m.xx[i*len(values)+i]++
		m.xy[i] += x
	}
}

// averages returns the clusters that have rows, each with the weight of one.
func averages(names []string, clusters []moments) (of []string, out []moments) {
	for g, m := range clusters {
		if n := m.xx[0]; n > 0 {
			floats.Scale(1/n, m.xx)
			floats.Scale(1/n, m.xy)
			of, out = append(of, names[g]), append(out, m)
		}
	}
	return of, out
}
