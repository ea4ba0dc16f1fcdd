package estimate

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// Resampled are percentile intervals of the hierarchical bootstrap: animals are
// drawn with replacement, and cells within each animal drawn. Channels and
// sweeps are not drawn again: what varies between them varies between animals
// too, and drawing both would count it twice. With a dozen animals percentiles
// are too narrow; the intervals of [Restore] are to be preferred.
type Resampled struct{ Slope, Offset, Rate Estimate }

// Bootstrap returns the percentile intervals of what [Restore] estimates, from
// draws resamples. P is that of 0, two-sided. Errors are those of Restore.
func Bootstrap(cells []Cell, from Reference, level float64, draws int, rng *rand.Rand) (Resampled, error) {
	s, err := gather(cells, from, e0, e0, i0, e1, i1)
	if err != nil {
		return Resampled{}, err
	}
	animals := make([][]moments, s.n)
	for c, list := range s.cells {
		animals[s.cluster[c]] = append(animals[s.cluster[c]], within(list, change, toLine()...))
	}
	whole := estimate(s.moments(change, toLine()...)).theta
	var a, b, r []float64
	for range draws {
		m := newMoments(3)
		for range animals {
			of := animals[rng.IntN(len(animals))]
			if len(of) == 1 {
				m.add(of[0], 1)
				continue
			}
			for range of {
				m.add(of[rng.IntN(len(of))], 1)
			}
		}
		t := m.solve()
		a, b, r = append(a, t[1]/t[2]), append(b, t[0]/t[2]), append(r, t[2])
	}
	return Resampled{
		Slope:  percentiles(whole[1]/whole[2], a, s.n, level),
		Offset: percentiles(whole[0]/whole[2], b, s.n, level),
		Rate:   percentiles(whole[2], r, s.n, level),
	}, nil
}

func percentiles(estimate float64, draws []float64, n int, level float64) Estimate {
	v := Estimate{Value: estimate, Low: math.NaN(), High: math.NaN(), P: math.NaN(), N: n}
	if draws = slices.DeleteFunc(draws, math.IsNaN); len(draws) == 0 {
		return v
	}
	slices.Sort(draws)
	v.Low = stat.Quantile((1-level)/2, stat.LinInterp, draws, nil)
	v.High = stat.Quantile((1+level)/2, stat.LinInterp, draws, nil)
	k, _ := slices.BinarySearch(draws, 0)
	below := float64(k) / float64(len(draws))
	v.P = min(1, 2*min(below, 1-below)+2/float64(len(draws)))
	return v
}
