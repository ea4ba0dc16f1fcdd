package recordings

import (
	"fmt"
	"math"
	"math/rand/v2"
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
		t.Corrected[p] = correlation(s.tuning(true)).interval(level, 1)
		t.Raw[p] = correlation(s.tuning(false)).interval(level, 1)
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
	out := make([]Cell, len(cells))
	for c, cell := range cells {
		out[c] = Cell{Animal: cell.Animal, Name: cell.Name, Treatment: cell.Treatment}
		for _, t := range cell.Channels {
			for _, p := range both {
				if math.IsNaN(t.E[p].Value + t.I[p].Value) {
					t.E[of].Value = math.NaN()
				}
			}
			t.E[Before], t.I[Before] = t.E[of], t.I[of]
			out[c].Channels = append(out[c].Channels, t)
		}
	}
	return out
}

// tuning returns sums of each cluster: EE, EI, II in xx and nothing in xy.
func (s samples) tuning(corrected bool) []moments {
	x := []form{own(e0, 1).plus(mean(e0, -1)), own(i0, 1).plus(mean(i0, -1))}
	out := make([]moments, s.n)
	for g := range out {
		out[g] = newMoments(2)
	}
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

// correlation returns ρ of the sums with its jackknife variance.
func correlation(clusters []moments) clustered {
	of := func(m moments) float64 { return m.xx[1] / math.Sqrt(m.xx[0]*m.xx[3]) }
	return jackknife(clusters, of)
}

// jackknife returns any number f made of sums over clusters with its variance.
func jackknife(clusters []moments, f func(moments) float64) clustered {
	all := sum(clusters)
	g, v, at := float64(len(clusters)), 0.0, f(all)
	for _, m := range clusters {
		all.add(m, -1)
		d := f(all) - at
		v += d * d * (g - 1) / g
		all.add(m, 1)
	}
	return clustered{theta: []float64{at}, v: []float64{v}, n: len(clusters)}
}

// difference returns ρ in phase q minus ρ in phase p, over channels that have both.
func difference(cells []Cell, p, q Phase, level float64) Estimate {
	a, err := gather(inPhases(cells, p, p, q), AfterPairing, e0, e0, i0)
	b, bad := gather(inPhases(cells, q, p, q), AfterPairing, e0, e0, i0)
	if err != nil || bad != nil || a.n != b.n {
		return undefined()
	}
	ma, mb := a.tuning(true), b.tuning(true)
	both := make([]moments, a.n)
	for g := range both {
		both[g] = newMoments(4)
		copy(both[g].xx, ma[g].xx)
		copy(both[g].xx[4:], mb[g].xx)
	}
	return jackknife(both, func(m moments) float64 {
		return m.xx[5]/math.Sqrt(m.xx[4]*m.xx[7]) - m.xx[1]/math.Sqrt(m.xx[0]*m.xx[3])
	}).interval(level, 1)
}

func (s samples) permuteTuning(draws int, rng *rand.Rand) float64 {
	type pair struct{ e, i float64 }
	cells := make([][]pair, len(s.cells))
	for c, list := range s.cells {
		var e, i float64
		for _, one := range list {
			e, i = e+one.value[e0]/float64(len(list)), i+one.value[i0]/float64(len(list))
		}
		for _, one := range list {
			cells[c] = append(cells[c], pair{one.value[e0]/e - 1, one.value[i0]/i - 1})
		}
	}
	statistic := func() (v float64) {
		for _, list := range cells {
			for _, p := range list {
				v += p.e * p.i
			}
		}
		return v
	}
	observed, above := statistic(), 1
	for range draws {
		for _, list := range cells {
			rng.Shuffle(len(list), func(a, b int) { list[a].i, list[b].i = list[b].i, list[a].i })
		}
		if statistic() >= observed {
			above++
		}
	}
	return float64(above) / float64(draws+1)
}
