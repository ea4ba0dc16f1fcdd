package estimate

import (
	"fmt"
	"slices"

	"credo/internal/domain"
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
	both, alone := make([][][]float64, s.n), make([][][]float64, s.n)
	for _, c := range s.cells {
		var paired, unpaired, np float64
		k := float64(len(c.channels))
		for i := range c.channels {
			if d := c.channels[i].products[0][1+e1] - c.channels[i].products[0][1+e0]; c.channels[i].paired {
				paired, np = paired+d, np+1
			} else {
				unpaired += d
			}
		}
		size := c.excitation()
		if np == k {
			continue
		}
		alone[c.cluster] = append(alone[c.cluster], []float64{unpaired / (k - np) / size})
		if np == 0 {
			p.Control++
			continue
		}
		f := coding
		if f == 0 {
			f = np / k
		}
		row := []float64{paired / np / size, unpaired / (k - np) / size, (paired + unpaired) / k / size, 0}
		row[3] = -row[1] * (1 - f) / f
		both[c.cluster] = append(both[c.cluster], row)
		p.Cells++
	}
	names, rows := averages(s.names, alone)
	if len(rows) < 2 {
		return p, fmt.Errorf("recordings: %d animals or cells with unpaired channels, need two", len(rows))
	}
	p.Unpaired = jackknife(names, rows, moments.solve).linear(level, 1)
	if names, rows = averages(s.names, both); len(rows) < 2 {
		return p, nil
	}
	m := jackknife(names, rows, moments.solve)
	p.Paired, p.Total, p.Beta = m.linear(level, 1), m.linear(level, 0, 0, 1), m.ratio(3, 0, level)
	return p, nil
}

// excitation is the mean over the channels of a cell, all blocks before and after
// counting alike.
func (c *cell) excitation() float64 {
	var all []Mean
	for _, ch := range c.channels {
		m := Mean{Value: average(append(slices.Clone(ch.measured[e0]), ch.measured[e1]...))}
		all = append(all, m)
	}
	return average(all)
}

// averages returns moments of which the solution is the mean of rows, each cluster
// counting once, of the clusters that have rows.
func averages(names []string, clusters [][][]float64) (of []string, out []moments) {
	for g, rows := range clusters {
		if len(rows) == 0 {
			continue
		}
		m := newMoments(len(rows[0]))
		for i := range m.xy {
			m.xx[i*len(m.xy)+i] = 1
			for _, r := range rows {
				m.xy[i] += r[i] / float64(len(rows))
			}
		}
		of, out = append(of, names[g]), append(out, m)
	}
	return of, out
}
