package estimate

import (
	"cmp"
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
	// channel, Total of all, with P of no change. Unpaired is below 0 for
	// acetylcholine, 0 for noradrenaline, above 0 where it lingers. All channels of a
	// cell of which none was paired count as such.
	Paired, Unpaired, Total Estimate
	// Beta is the depression of unpaired channels as a share of what conserves
	// the sum,
	//
	//	β = −(1−f)/f ⟨ΔE unpaired⟩/⟨ΔE paired⟩,
	//
	// with f = 1/K for one paired of K channels, so that β = −Σ unpaired/paired:
	// a ratio of means over animals, with Fieller's interval and P of β = 0.
	Beta    Estimate
	Cells   int // with paired and unpaired channels
	Control int // with unpaired channels alone
	Missing int // channels without excitation before or after
}

// Potentiate estimates the change of excitation. Coding is the f of β in [0, 1), 0 for
// one over the number of channels of each cell. What needs a paired channel is NaN if
// fewer than two animals have one.
func Potentiate(cells []Cell, coding, level float64) (Potentiation, error) {
	p := Potentiation{Paired: undefined(), Total: undefined(), Beta: undefined()}
	if err := domain.Check("recordings: ", domain.Field{Name: "coding", Value: coding, In: domain.Below1}); err != nil {
		return p, err
	}
	s, err := gather(cells, usual, nil, e0, e1)
	if err != nil {
		return p, err
	}
	p.Missing = s.Missing
	// The number of cells and the sums of their values: of the change of unpaired
	// channels, and in cells with a paired one of that of paired ones, of all, and of β.
	unpaired, paired := zeros(len(s.names), 2), zeros(len(s.names), 4)
	for _, c := range s.cells {
		var all, gain, np, size float64 // of all channels, of paired ones
		k := float64(len(c.channels))
		for _, ch := range c.channels {
			// All blocks count alike, before and after.
			size += average(slices.Concat(ch.measured[e0], ch.measured[e1])) / k
			d := ch.values[1+e1] - ch.values[1+e0]
			if all += d; ch.paired {
				gain, np = gain+d, np+1
			}
		}
		if np == k {
			continue
		}
		u, f := (all-gain)/(k-np)/size, cmp.Or(coding, np/k)
		floats.Add(unpaired[c.cluster], []float64{1, u})
		if np == 0 {
			p.Control++
			continue
		}
		p.Cells++
		floats.Add(paired[c.cluster], []float64{1, gain / np / size, all / k / size, -u * (1 - f) / f})
	}
	all := averages(s.names, unpaired)
	if len(all.names) < 2 {
		return p, fmt.Errorf("recordings: %d animals or cells with unpaired channels, need two", len(all.names))
	}
	all.into(level, &p.Unpaired)
	if all = averages(s.names, paired); len(all.names) > 1 {
		all.into(level, &p.Paired, &p.Total)
		p.Beta = all.ratio(2, 0, level)
	}
	return p, nil
}

// averages returns the means of rows over the clusters that have one, each with the
// weight of one, from their numbers and sums.
func averages(names []string, clusters []moments) clustered {
	var of []string
	var rows []moments
	for g, m := range clusters {
		if n := m[0]; n > 0 {
			floats.Scale(1/n, m)
			of, rows = append(of, names[g]), append(rows, m)
		}
	}
	if len(rows) < 2 {
		return clustered{names: of}
	}
	return jackknife(of, rows, func(m moments) []float64 { return floats.ScaleTo(make([]float64, len(m)-1), 1/m[0], m[1:]) })
}
