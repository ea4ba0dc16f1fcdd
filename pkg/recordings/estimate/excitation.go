package estimate

import (
	"fmt"
	"math"
	"slices"

	"credo/internal/domain"
	"credo/pkg/recordings"

	"gonum.org/v1/gonum/stat"
)

// Potentiation is what pairing did to excitation under one condition. Changes are
// relative to the cell's mean excitation over its channels, in which before and
// after are weighted by their precision: then its error does not go with that of
// the change, and the ratio does not lean to one side.
type Potentiation struct {
	Treatment recordings.Treatment
	// Paired and Unpaired are the mean changes of a paired and of an unpaired
	// channel, with P of no change, two-sided: unpaired below 0 for
	// acetylcholine, 0 for noradrenaline, above 0 where it lingers.
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
	Cells   int // used
	Missing int // channels without excitation before or after
	rows    []moments
}

// Potentiate estimates the change of excitation in the cells of one condition.
// Coding is the f of β, 0 for one over the number of channels of each cell. It
// returns an error if coding is outside [0, 1), or if fewer than two animals
// have paired and unpaired channels measured before and after.
func Potentiate(cells []Cell, treatment recordings.Treatment, coding, level float64) (Potentiation, error) {
	p := Potentiation{Treatment: treatment}
	if err := domain.Check("recordings: ", domain.Field{Name: "coding", Value: coding, In: domain.Below1}); err != nil {
		return p, err
	}
	chosen := slices.DeleteFunc(slices.Clone(cells), func(c Cell) bool { return c.Treatment != treatment })
	s, err := gather(chosen, AfterPairing, e0, e0, e1)
	if err != nil {
		return p, fmt.Errorf("%w, condition %v", err, treatment)
	}
	clusters := make([][][]float64, s.n)
	p.Missing = s.missing
	for c, list := range s.cells {
		var paired, unpaired, size, np float64
		k := float64(len(list))
		before, after := precision(list)
		for _, one := range list {
			size += (before*one.value[e0] + after*one.value[e1]) / k
			if d := one.value[e1] - one.value[e0]; one.paired {
				paired, np = paired+d, np+1
			} else {
				unpaired += d
			}
		}
		if np == 0 || np == k {
			continue
		}
		f := coding
		if f == 0 {
			f = np / k
		}
		row := []float64{paired / np / size, unpaired / (k - np) / size, (paired + unpaired) / k / size, 0}
		row[3] = -row[1] * (1 - f) / f
		g := s.cluster[c]
		clusters[g] = append(clusters[g], row)
		p.Cells++
	}
	for _, rows := range clusters {
		if len(rows) > 0 {
			p.rows = append(p.rows, averages(rows))
		}
	}
	if len(p.rows) < 2 {
		return p, fmt.Errorf("recordings: condition %v: %d animals or cells with paired and unpaired channels, need two", treatment, len(p.rows))
	}
	m := estimate(p.rows)
	p.Paired, p.Unpaired, p.Total = m.linear(level, 1, 0, 0, 0), m.linear(level, 0, 1, 0, 0), m.linear(level, 0, 0, 1, 0)
	p.Beta = m.ratio(3, 0, level)
	return p, nil
}

// precision returns the weights of excitation before and after, of sum 1, in
// inverse proportion to the variances of their errors.
func precision(list []sample) (before, after float64) {
	var v0, v1 float64
	for _, one := range list {
		v0, v1 = v0+one.variance[e0], v1+one.variance[e1]
	}
	if !(v0+v1 > 0) {
		return 0.5, 0.5
	}
	return v1 / (v0 + v1), v0 / (v0 + v1)
}

// averages returns moments of which the solution is the mean of rows, each
// cluster counting once.
func averages(rows [][]float64) moments {
	m := newMoments(len(rows[0]))
	for i := range m.xy {
		m.xx[i*len(m.xy)+i] = 1
		for _, r := range rows {
			m.xy[i] += r[i] / float64(len(rows))
		}
	}
	return m
}

// Contrast returns the difference of the unpaired changes of two conditions, with
// Welch's interval and P of no difference.
func Contrast(a, b Potentiation, level float64) Estimate {
	unpaired := func(p Potentiation) (mean, variance, n float64) {
		var x []float64
		for _, m := range p.rows {
			x = append(x, m.xy[1])
		}
		mean, variance = stat.MeanVariance(x, nil)
		return mean, variance / float64(len(x)), float64(len(x))
	}
	ma, va, na := unpaired(a)
	mb, vb, nb := unpaired(b)
	nu := (va + vb) * (va + vb) / (va*va/(na-1) + vb*vb/(nb-1))
	return withDegrees(ma-mb, math.Sqrt(va+vb), nu, len(a.rows)+len(b.rows), level)
}
