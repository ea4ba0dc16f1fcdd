package estimate

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
)

// Tuning is the correlation of excitation and inhibition over the channels of a
// cell, in each phase, about the cell's own means and pooled over cells,
//
//	ρ = Σ w (E − Ē)(I − Ī) / √(Σ w (E − Ē)² Σ w (I − Ī)²),  w = 1/(Ē Ī),
//
// with the sums rid of errors of measurement (Spearman's correction for
// attenuation). Intervals are Student's from the jackknife over animals.
type Tuning struct {
	Raw, Corrected [3]Estimate // by Phase; Raw without the correction
	// Paired is the P value, by phase, of the null that the inhibition of a cell
	// is not paired with its excitation channel by channel: permutation of
	// inhibition within cells, one-sided.
	Paired  [3]float64
	Broken  Estimate // ρ early − before, with P of no change
	Healed  Estimate // ρ late − early
	Draws   int      // permutations
	Missing [3]int   // channels without excitation or inhibition in a phase
}

// Correlate estimates the tuning. What was not measured in a phase in at least
// two animals is NaN; it is an error if that is so in all phases.
func Correlate(cells []Cell, level float64, draws int, rng *rand.Rand) (Tuning, error) {
	t := Tuning{Draws: draws}
	t.Broken, t.Healed = undefined(), undefined()
	var first error
	for p := Before; p <= Late; p++ {
		t.Raw[p], t.Corrected[p], t.Paired[p] = undefined(), undefined(), math.NaN()
		s, err := gather(inPhases(cells, p), AfterPairing, e0, e0, i0)
		t.Missing[p] = s.missing
		if err != nil {
			first = err
			continue
		}
		t.Corrected[p] = correlation(s.tuning(true)).linear(level, 1)
		t.Raw[p] = correlation(s.tuning(false)).linear(level, 1)
		t.Paired[p] = s.permuteTuning(draws, rng)
	}
	if t.Corrected[Before].N+t.Corrected[Early].N+t.Corrected[Late].N == 0 {
		return t, fmt.Errorf("recordings: no phase with excitation and inhibition: %w", first)
	}
	t.Broken, t.Healed = difference(cells, Before, Early, level), difference(cells, Early, Late, level)
	return t, nil
}

// inPhases returns the cells with the given phase put in the place of Before;
// channels are those in which all given phases have both currents.
func inPhases(cells []Cell, of Phase, both ...Phase) []Cell {
	return each(cells, func(t Track) Track {
		t.E[Before], t.I[Before] = t.E[of], t.I[of]
		for _, p := range both {
			t.E[Before].Value += 0 * (t.E[p].Value + t.I[p].Value) // NaN where it lacks one
		}
		return t
	})
}

// tuning returns sums of each cluster: EE, EI, II in xx and nothing in xy.
func (s samples) tuning(corrected bool) []moments {
	x := []form{own(e0, 1).plus(mean(e0, -1)), own(i0, 1).plus(mean(i0, -1))}
	out := newMomentsOf(s.n, 2)
	for c, list := range s.cells {
		list = append([]sample{}, list...)
		var e, i float64
		for k := range list {
			list[k].weight = 1
			e, i = e+list[k].value[e0], i+list[k].value[i0]
			if !corrected {
				list[k].variance = [quantities]float64{}
			}
		}
		n := float64(len(list))
		out[s.cluster[c]].add(within(list, one, x...), n*n/math.Abs(e*i))
	}
	return out
}

// correlation returns ρ of the sums of one phase, and jackknifes it.
func correlation(clusters []moments) clustered {
	return jackknife(clusters, func(m moments) []float64 { return []float64{rho(m.xx)} })
}

func rho(xx []float64) float64 { return xx[1] / math.Sqrt(xx[0]*xx[3]) }

// difference returns ρ in phase q minus ρ in phase p, over channels that have both.
func difference(cells []Cell, p, q Phase, level float64) Estimate {
	a, err := gather(inPhases(cells, p, p, q), AfterPairing, e0, e0, i0)
	b, bad := gather(inPhases(cells, q, p, q), AfterPairing, e0, e0, i0)
	if err != nil || bad != nil || a.n != b.n {
		return undefined()
	}
	both := a.tuning(true)
	for g, m := range b.tuning(true) {
		both[g].xx = append(both[g].xx, m.xx...)
	}
	return jackknife(both, func(m moments) []float64 { return []float64{rho(m.xx[4:]) - rho(m.xx)} }).linear(level, 1)
}

// permuteTuning has the statistic Σ (E/Ē − 1)(I/Ī − 1).
func (s samples) permuteTuning(draws int, rng *rand.Rand) float64 {
	e, i := make([][]float64, len(s.cells)), make([][]float64, len(s.cells))
	for c, list := range s.cells {
		var meanE, meanI float64
		for _, one := range list {
			meanE, meanI = meanE+one.value[e0]/float64(len(list)), meanI+one.value[i0]/float64(len(list))
		}
		for _, one := range list {
			e[c], i[c] = append(e[c], one.value[e0]/meanE-1), append(i[c], one.value[i0]/meanI-1)
		}
	}
	return permute(i, func() (v float64) {
		for c := range e {
			v += floats.Dot(e[c], i[c])
		}
		return v
	}, draws, rng)
}
