package capacity

import (
	"math"
	"math/rand/v2"
	"testing"

	"credo/internal/gauss"

	"gonum.org/v1/gonum/integrate/quad"
)

var weightExamples = []WeightDistribution{
	{Shift: 0, Scale: math.Sqrt(0.5)},
	{Shift: -1.3, Scale: 0.3},
	{Shift: 0.7, Scale: 0.9, Bound: 1.1},
	{Shift: -0.4, Scale: 0.5, Bound: 2},
}

// mean and square are those of a normalised weight, silent and saturated ones included: (M₁(τ) - M₁(τ-c))/s and
// (M₂(τ) - M₂(τ-c) - 2c M₁(τ-c))/s².
func mean(w WeightDistribution) float64 {
	_, m1, _ := w.moments()
	return m1 / w.Scale
}

func square(w WeightDistribution) float64 {
	_, _, m2 := w.moments()
	return m2 / (w.Scale * w.Scale)
}

func TestWeightDistribution(t *testing.T) {
	for _, w := range weightExamples {
		end := (w.Shift + 12) / w.Scale
		if w.Bound != 0 {
			end = w.Bound / w.Scale
		}
		moment := func(k float64) float64 {
			f := func(u float64) float64 { return w.Density(u) * math.Pow(u, k) }
			return quad.Fixed(f, 0, end, 200, quad.Legendre{}, 0) + w.Saturated()*math.Pow(end, k)
		}
		if got := moment(0) + w.CDF(0); relative(got, 1) > 1e-12 {
			t.Errorf("%+v: total probability %v", w, got)
		}
		if relative(mean(w), moment(1)) > 1e-12 || relative(square(w), moment(2)) > 1e-12 {
			t.Errorf("%+v: mean %v and square %v; by quadrature %v and %v", w, mean(w), square(w), moment(1), moment(2))
		}
		u := end / 3
		if got := w.CDF(0) + quad.Fixed(w.Density, 0, u, 100, quad.Legendre{}, 0); relative(w.CDF(u), got) > 1e-12 {
			t.Errorf("%+v: CDF(%v) = %v, want %v", w, u, w.CDF(u), got)
		}
		if w.CDF(-1e-9) != 0 || relative(w.CDF(0), gauss.CDF(-w.Shift)) > 1e-14 || w.Density(-1) != 0 || w.Density(0) != 0 {
			t.Errorf("%+v: CDF or density wrong at 0 or below", w)
		}
		if w.Bound != 0 && (w.CDF(end*1.001) != 1 || w.Density(end*1.001) != 0 || math.Abs(1-w.CDF(end*(1-1e-9))-w.Saturated()) > 1e-8) {
			t.Errorf("%+v: CDF or density wrong at the bound", w)
		}
	}
}

func TestWeightDistributionBySimulation(t *testing.T) {
	const n = 100000
	rng := rand.New(rand.NewPCG(2, 2004))
	for _, w := range weightExamples {
		var silent, saturated, below, sum float64
		for range n {
			u := max(0, rng.NormFloat64()+w.Shift)
			if u == 0 {
				silent++
			}
			if w.Bound != 0 && u >= w.Bound {
				u = w.Bound
				saturated++
			}
			u /= w.Scale
			sum += u
			if u <= 0.8 {
				below++
			}
		}
		for name, c := range map[string][2]float64{
			"silent": {silent / n, w.CDF(0)}, "saturated": {saturated / n, w.Saturated()}, "CDF(0.8)": {below / n, w.CDF(0.8)},
		} {
			if math.Abs(c[0]-c[1]) > 4*math.Sqrt(c[1]*(1-c[1])/n) {
				t.Errorf("%+v: %s %v, simulated %v", w, name, c[1], c[0])
			}
		}
		if se := math.Sqrt((square(w) - mean(w)*mean(w)) / n); math.Abs(sum/n-mean(w)) > 4*se {
			t.Errorf("%+v: mean %v, simulated %v ± %.4f", w, mean(w), sum/n, se)
		}
	}
}

// Over all synapses of a neuron the mean square of a normalised weight is 1, and the mean current is that of the solution.
func TestWeightsOfSolutions(t *testing.T) {
	c := Capacity{TargetCoding: 0.2, Margin: 0.3}
	p := Composition{0.8, 0.2, 0, PositiveThreshold}
	pinned := p
	pinned.Threshold = NoThreshold
	solve := map[string]func() (Solution, error){
		"free mean": func() (Solution, error) { return p.Solve(c) },
		"balanced":  func() (Solution, error) { return pinned.Solve(c) },
		"threshold": func() (Solution, error) { return p.SolveAtThreshold(0.2, 1) },
		"bounded":   func() (Solution, error) { return p.SolveBounded(c, 6) },
		"finite":    func() (Solution, error) { return pinned.SolveFinite(c, 300) },
	}
	for name, f := range solve {
		s, err := f()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		nE, nI := p.ExcitatoryFraction, 1-p.ExcitatoryFraction
		rE, rI := p.ratios()
		whole := nE*square(s.Excitatory) + nI*square(s.Inhibitory)
		current := nE*rE*mean(s.Excitatory) - nI*rI*mean(s.Inhibitory)
		if relative(whole, 1) > 1e-13 || math.Abs(current-s.Mean) > 1e-14 {
			t.Errorf("%s: mean square weight %v, want 1; mean current %v, want %v", name, whole, current, s.Mean)
		}
		if a, _ := (Capacity{0.2, s.Margin}).Unconstrained(); name != "finite" && relative(s.Load, s.Dimension*a) > 1e-14 {
			t.Errorf("%s: load %v, dimension %v times A %v", name, s.Load, s.Dimension, a)
		}
	}
}
