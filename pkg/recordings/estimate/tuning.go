package estimate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// Tuning is the correlation of excitation and inhibition over the channels of a
// cell, in each phase, about the cell's own means and pooled over cells,
//
//	ρ = Σ w (E − Ē)(I − Ī) / √(Σ w (E − Ē)² Σ w (I − Ī)²),
//
// with sums of products from different blocks (Spearman's correction for
// attenuation), w the weight of the cell. Intervals are Student's of Fisher's
// z = atanh ρ. By chance a corrected ρ may exceed 1;
// where one does, with all animals or without one, the interval is that of the scores
//
//	u_g = C_g − ρ (λ V_g + W_g/λ)/2,  λ² = Σ W/Σ V,
//
// with C, V and W the three sums of an animal, of the ρ for which their mean does not
// differ from 0, cut to [−1, 1]; it is all of that, not bounded, where variances do
// not differ from 0 or nothing of it is left.
type Tuning struct {
	Corrected [3]Estimate // by Phase
	// Paired is P, by phase, of the null that the inhibition of a cell is not paired
	// with its excitation channel by channel: permutation within cells, one-sided.
	Paired     [3]float64
	Broken     Estimate // ρ early − before, with P of no change
	Healed     Estimate // ρ late − early
	Cells      [3]int   // used, by Phase
	Replicated [3]int   // of these, with all products from different blocks
	Missing    [3]int   // channels without excitation or inhibition in a phase
}

// Correlate estimates the tuning. What was not measured in a phase in at least two
// animals is NaN; it is an error if that is so in all phases.
func Correlate(cells []Cell, level float64, draws int, rng *rand.Rand) (Tuning, error) {
	var t Tuning
	var first error
	for p := Before; p <= Late; p++ {
		t.Corrected[p], t.Paired[p] = undefined(), math.NaN()
		s, err := gather(cells, phases(p, p), []quantity{e0, i0})
		if t.Missing[p] = s.Missing; err != nil {
			first = err
			continue
		}
		t.Cells[p], t.Replicated[p] = s.Cells, s.Replicated
		t.Corrected[p] = correlation(s, level)
		t.Paired[p] = s.permuteTuning(draws, rng)
	}
	if t.Corrected[Before].N+t.Corrected[Early].N+t.Corrected[Late].N == 0 {
		return t, fmt.Errorf("recordings: no phase with excitation and inhibition: %w", first)
	}
	t.Broken, t.Healed = difference(cells, Before, Early, level), difference(cells, Early, Late, level)
	return t, nil
}

// phases is the view that takes one phase for before and another for after.
func phases(p, q Phase) view { return view{e0: in(p), i0: in(p), e1: in(q), i1: in(q)} }

// tuning returns the sums of each cluster, Σ w (E − Ē)², twice Σ w (E − Ē)(I − Ī), with
// the one and with the other as the instrument, and Σ w (I − Ī)².
func (s samples) tuning(e, i quantity) []moments {
	x := []form{own(e, 1).plus(mean(e, -1)), own(i, 1).plus(mean(i, -1))}
	out := zeros(len(s.names), 4)
	for of, c := range s.all() {
		floats.AddScaled(out[of.cluster], of.weight, c.times(x, x))
	}
	return out
}

// correlation returns ρ of e0 and i0.
func correlation(s samples, level float64) Estimate {
	clusters := s.tuning(e0, i0)
	var v, z Estimate
	jackknife(s.names, clusters, func(m moments) []float64 { return []float64{rho(m), math.Atanh(rho(m))} }).into(level, &v, &z)
	switch {
	case !math.IsNaN(z.Low) && !math.IsInf(z.Low, 0):
		v.Low, v.High, v.P = math.Tanh(z.Low), math.Tanh(z.High), z.P
	case !math.IsNaN(v.Value):
		all := sum(clusters)
		lambda := math.Sqrt(all[3] / all[0])
		var above, below []float64
		for _, m := range clusters {
			above, below = append(above, (m[1]+m[2])/2), append(below, (lambda*m[0]+m[3]/lambda)/2)
		}
		f := quotient(above, below, level)
		if v.Low, v.High, v.P = max(-1, f.Low), min(1, f.High), f.P; v.Low >= v.High {
			v.Low, v.High = -1, 1
		}
	}
	return v
}

func rho(m moments) float64 { return (m[1] + m[2]) / 2 / math.Sqrt(m[0]*m[3]) }

// difference returns ρ in phase q minus ρ in phase p, over channels that have both.
func difference(cells []Cell, p, q Phase, level float64) (v Estimate) {
	s, err := gather(cells, phases(p, q), []quantity{e0, i0, e1, i1})
	if err != nil {
		return undefined()
	}
	both := s.tuning(e0, i0)
	for g, m := range s.tuning(e1, i1) {
		both[g] = append(both[g], m...)
	}
	jackknife(s.names, both, func(m moments) []float64 { return []float64{rho(m[4:]) - rho(m)} }).into(level, &v)
	if v.Low, v.High = max(-2, v.Low), min(2, v.High); math.IsNaN(v.Low) && !math.IsNaN(v.Value) {
		v.Low, v.High = -2, 2
	}
	return v
}

// permuteTuning has the statistic Σ w [E I], products of channels of excitation and
// of inhibition from different blocks: where an error is shared by the two in a
// block it adds nothing to a channel's own.
func (s samples) permuteTuning(draws int, rng *rand.Rand) float64 {
	var pairs [][]float64 // of each channel, by the channel of its cell that lends inhibition
	lists := make([][]int, len(s.cells))
	for c, of := range s.cells {
		for k := range of.channels {
			row := make([]float64, len(of.channels))
			folds, _ := of.channels[k].folds([]quantity{e0, i0})
			for _, f := range folds {
				e := of.channels[k].split(e0, f).left
				for l := range row {
					row[l] += of.weight * e * of.channels[l].split(i0, f).right / float64(len(folds))
				}
			}
			pairs, lists[c] = append(pairs, row), append(lists[c], k)
		}
	}
	return permute(lists, func() (v float64) {
		for k, l := range slices.Concat(lists...) {
			v += pairs[k][l]
		}
		return v
	}, draws, rng)
}
