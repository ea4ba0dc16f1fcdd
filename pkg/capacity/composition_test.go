package capacity

import (
	"math"
	"math/rand/v2"
	"testing"

	"credo/internal/root"
)

func TestBalancedBranch(t *testing.T) {
	// n_E, f_E, f_I, γ₀ and D₀: 40-digit evaluation, root by Newton's method.
	for _, c := range [][5]float64{
		{0.8, 0.2, 0.2, -1.09831164219860799, 0.374869555963676156},
		{0.6, 0.2, 0.2, -0.323315013491708788, 0.4871575569000740126},
		{0.95, 0.2, 0.2, -2.28034229167148328, 0.1643967527268151269},
		{0.2, 0.2, 0.5, 0.980846965492607474, 0.2682838592622747124},
		{0.3, 0.5, 0.2, 0.0827661705251564515, 0.4983410537154629143},
		{0.8, 0.1, 0.2, -0.97059391216694101, 0.4357705901494839019},
		{1e-6, 0.2, 0.2, 8.24504976115143018, 0.00001973706852218359408},
		{0.999999, 0.3, 0.1, -6.71691101030795245, 6.468956542743797853e-6},
		{0.7, 1e-6, 0.5, 2.73850789728721005, 0.351690534207892066},
		{0.3, 0.999999, 1e-6, -0.00443972129795614884, 0.3500025909810837161},
	} {
		p := Composition{c[0], c[1], c[2], NoThreshold}
		s, err := p.Solve(Capacity{TargetCoding: 0.2, Margin: 0.5})
		if err != nil {
			t.Errorf("%+v: %v", p, err)
			continue
		}
		rE, rI := p.ratios()
		if relative(s.Dimension, c[4]) > 1e-14 || relative(s.Excitatory.Shift, rE*c[3]) > 1e-13 || relative(s.Inhibitory.Shift, -rI*c[3]) > 1e-13 {
			t.Errorf("%+v: D₀ = %v, want %v (relative error %.1e); shifts %v and %v, want γ₀ = %v times ±r", p,
				s.Dimension, c[4], relative(s.Dimension, c[4]), s.Excitatory.Shift, s.Inhibitory.Shift, c[3])
		}
		if want := c[4] * 1.305693539788335831; relative(s.Load, want) > 1e-14 || s.Mean != 0 || s.Margin != 0.5 { // A(0.2, 0.5), 50 digits
			t.Errorf("%+v: load %v, want %v; mean %v, margin %v", p, s.Load, want, s.Mean, s.Margin)
		}
	}
}

// Weights and patterns are exchangeable half-spaces: D₀ at n_E equals 1/A at f_Y = n_E.
func TestDuality(t *testing.T) {
	for _, n := range []float64{1e-6, 1e-3, 0.1, 0.2, 0.37, 0.5, 0.8, 0.95} {
		s, err := Composition{ExcitatoryFraction: n, Coding: 0.3}.Solve(Capacity{TargetCoding: n})
		if err != nil || relative(s.Load, 1) > 1e-14 {
			t.Errorf("n_E = f_Y = %v: balanced capacity %v, %v; want 1", n, s.Load, err)
		}
	}
}

func TestThresholds(t *testing.T) {
	half, free := Capacity{TargetCoding: 0.2}, Composition{Coding: 0.2, InhibitoryCoding: 0.5}
	a, _ := half.Unconstrained()
	want := a / 2
	for _, n := range []float64{0, 0.2, 2. / 3, 0.8, 1} {
		p := free
		p.ExcitatoryFraction = n
		balanced, err := p.Solve(half)
		if err != nil {
			t.Fatal(err)
		}
		p.Threshold = FreeThreshold
		got, err := p.Solve(half)
		if err != nil || got.Load != want || got.Dimension != 0.5 {
			t.Errorf("n_E = %v, free threshold: %+v, %v; want load %v", n, got, err, want)
		}
		excitation, inhibition := p.currents()
		if natural := (excitation - inhibition) / math.Sqrt(math.Pi); math.Abs(got.Mean-natural) > 1e-15 { // derived: m* = (n_E r_E - n_I r_I)/√π
			t.Errorf("n_E = %v: mean %v, want %v", n, got.Mean, natural)
		}
		p.Threshold = PositiveThreshold
		fixed, err := p.Solve(half)
		if err != nil {
			t.Fatal(err)
		}
		if excitation >= inhibition && fixed.Load != want || excitation < inhibition && (fixed.Load != balanced.Load || fixed.Load > want) {
			t.Errorf("n_E = %v: positive threshold %v, balanced %v, free %v", n, fixed.Load, balanced.Load, want)
		}
		for _, w := range []WeightDistribution{got.Excitatory, got.Inhibitory} {
			if s := w.CDF(0); s != 0.5 && !math.IsNaN(s) {
				t.Errorf("n_E = %v, free threshold: silent fraction %v, want 1/2", n, s)
			}
		}
		if math.IsNaN(got.Excitatory.CDF(0)) != (n == 0) || math.IsNaN(got.Inhibitory.CDF(0)) != (n == 1) {
			t.Errorf("n_E = %v: weights %+v and %+v", n, got.Excitatory, got.Inhibitory)
		}
	}
}

func TestThresholdKindNames(t *testing.T) {
	for k, want := range map[ThresholdKind]string{
		NoThreshold: "NoThreshold", FreeThreshold: "FreeThreshold", PositiveThreshold: "PositiveThreshold", 7: "ThresholdKind(7)", -1: "ThresholdKind(-1)",
	} {
		if k.String() != want {
			t.Errorf("%d is called %v, want %v", int(k), k, want)
		}
	}
}

func TestNothingToBalance(t *testing.T) {
	for _, p := range []Composition{{1, 0.2, 0, NoThreshold}, {0, 0.2, 0, NoThreshold}, {0, 0.2, 0, PositiveThreshold}} {
		s, err := p.Solve(Capacity{TargetCoding: 0.5})
		w := s.Excitatory
		if p.ExcitatoryFraction == 0 {
			w = s.Inhibitory
		}
		if err != nil || s.Load != 0 || s.Dimension != 0 || w.CDF(0) != 1 {
			t.Errorf("%+v: %+v, %v; want load 0 and all synapses silent", p, s, err)
		}
	}
}

// D is the squared length over N of a Gaussian vector projected onto the cone of allowed weights. For m = 0 the projection
// is [g+λsr]₊ with the λ that makes its mean current vanish, found here for the vector at hand.
func TestDimensionBySimulation(t *testing.T) {
	const n = 40000
	rng := rand.New(rand.NewPCG(7, 1988))
	for _, p := range []Composition{{0.8, 0.2, 0.2, NoThreshold}, {0.3, 0.2, 0.5, NoThreshold}, {0.8, 0.2, 0.2, FreeThreshold}} {
		g, sr := make([]float64, n), make([]float64, n)
		rE, rI := p.ratios()
		for i := range g {
			g[i] = rng.NormFloat64()
			if sr[i] = rE; i >= int(p.ExcitatoryFraction*n) {
				sr[i] = -rI
			}
		}
		projected := func(lambda float64) (mean, square float64) {
			for i := range g {
				u := max(0, g[i]+lambda*sr[i])
				mean += sr[i] * u
				square += u * u
			}
			return mean / n, square / n
		}
		lambda := 0.0
		if p.Threshold == NoThreshold {
			var err error
			if lambda, err = root.Find(func(l float64) float64 { m, _ := projected(l); return m }, -5, 5); err != nil {
				t.Fatal(err)
			}
		}
		_, got := projected(lambda)
		want, err := p.Solve(Capacity{TargetCoding: 0.5})
		if se := math.Sqrt(4 * want.Dimension / n); err != nil || math.Abs(got-want.Dimension) > 4*se {
			t.Errorf("%+v: projection has dimension %v, want %v ± %.4f", p, got, want.Dimension, se)
		}
	}
}

// For 200 and 400 binary inputs, 20 percent excitatory, f_Y = 0.5, load 0.4, quadratic programming gave a margin of
// 0.424 ± 0.020 and 0.416 ± 0.018, and 31.4 ± 1.0 and 70.2 ± 0.7 percent of silent synapses.
func TestSolveAgainstMargins(t *testing.T) {
	p := Composition{0.2, 0.2, 0, PositiveThreshold}
	s, err := p.Solve(Capacity{0.5, 0.4232})
	if err != nil || math.Abs(s.Load-0.4) > 3e-5 || math.Abs(s.Excitatory.CDF(0)-0.314) > 0.03 || math.Abs(s.Inhibitory.CDF(0)-0.702) > 0.021 {
		t.Errorf("%+v: %+v, %v, silent %v and %v", p, s, err, s.Excitatory.CDF(0), s.Inhibitory.CDF(0))
	}
}

func TestCompositionFails(t *testing.T) {
	nan := math.NaN()
	good := Capacity{TargetCoding: 0.5}
	for _, c := range []struct {
		Composition
		want string
	}{
		{Composition{-0.1, 0.2, 0, NoThreshold}, "capacity: ExcitatoryFraction = -0.1 outside [0, 1]"},
		{Composition{1.1, 0.2, 0, NoThreshold}, "ExcitatoryFraction = 1.1"},
		{Composition{nan, 0.2, 0, NoThreshold}, "ExcitatoryFraction = NaN"},
		{Composition{0.5, 0, 0, NoThreshold}, "capacity: Coding = 0 outside (0, 1)"},
		{Composition{0.5, 1, 0, NoThreshold}, "Coding = 1"},
		{Composition{0.5, 0.2, -0.2, NoThreshold}, "capacity: InhibitoryCoding = -0.2 outside (0, 1)"},
		{Composition{0.5, 0.2, nan, NoThreshold}, "InhibitoryCoding = NaN"},
		{Composition{0.5, 0.2, 0, 3}, "Threshold = 3 is none of"},
	} {
		fails(t, c.want, func() error { _, err := c.Solve(good); return err })
		fails(t, c.want, func() error { _, err := c.SolveAtThreshold(0.5, 1); return err })
		fails(t, c.want, func() error { _, _, err := c.transition(0.5); return err })
		fails(t, c.want, func() error { _, err := c.SolveBounded(good, 10); return err })
		fails(t, c.want, func() error { _, err := c.SolveFinite(good, 100); return err })
		fails(t, c.want, func() error { _, err := c.Slaved(good); return err })
	}
	p := Composition{0.8, 0.2, 0, PositiveThreshold}
	for _, f := range []func() error{
		func() error { _, err := p.Solve(Capacity{}); return err },
		func() error { _, err := p.SolveAtThreshold(0, 1); return err },
		func() error { _, _, err := p.transition(0); return err },
		func() error { _, err := p.SolveBounded(Capacity{}, 10); return err },
		func() error { _, err := p.SolveFinite(Capacity{}, 10); return err },
		func() error { _, err := p.Slaved(Capacity{}); return err },
	} {
		fails(t, "TargetCoding = 0 outside (0, 1)", f)
	}
}

// Inside its domain nothing fails, and no constraint raises the load.
func TestNothingFailsInsideTheDomain(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	fraction := func() float64 { // from 1e-6 to 1-1e-6, often close to the ends
		x := math.Exp(math.Log(1e-6) * rng.Float64())
		if rng.IntN(2) == 0 {
			x = 1 - x
		}
		return min(max(x, 1e-6), 1-1e-6)
	}
	for range 150 {
		c := Capacity{fraction(), 10 * rng.Float64()}
		p := Composition{fraction(), fraction(), 0, PositiveThreshold}
		if rng.IntN(6) == 0 {
			p.ExcitatoryFraction = 1
		}
		rE, _ := p.ratios()
		bound := (1 + math.Exp(8*rng.NormFloat64())) / (p.ExcitatoryFraction * rE)
		inputs := 1 + int(math.Exp(15*rng.Float64()))
		reliability := math.Exp(6 * rng.NormFloat64())
		limit, _ := c.Unconstrained()
		limit /= 2
		open, _ := Capacity{TargetCoding: c.TargetCoding}.Unconstrained()
		for name, f := range map[string]func() (Solution, error){
			"Solve":        func() (Solution, error) { return p.Solve(c) },
			"SolveBounded": func() (Solution, error) { return p.SolveBounded(c, bound) },
			"SolveFinite":  func() (Solution, error) { return p.SolveFinite(c, inputs) },
			"SolveAtThreshold": func() (Solution, error) {
				s, err := p.SolveAtThreshold(c.TargetCoding, reliability)
				s.Load *= limit / (open / 2)
				return s, err
			},
		} {
			if s, err := f(); err != nil || !(s.Load > 0 && s.Load <= limit*(1+1e-14)) {
				t.Errorf("%s, %+v, %+v, bound %v, N = %d, ρ = %v: %+v, %v; at most %v", name, p, c, bound, inputs, reliability, s, err, limit)
			}
		}
		load := limit * 2 * (1 + math.Exp(6*rng.NormFloat64()))
		c.Margin = 0
		if e, err := c.MinimalError(load); err != nil || !(e.Error >= 0 && e.Error < c.TargetCoding) {
			t.Errorf("%+v, load %v: %+v, %v", c, load, e, err)
		}
	}
}

func TestSlaved(t *testing.T) {
	// n_E, f_Y and the capacity with slaved inhibition: 15-digit evaluation.
	for _, c := range [][3]float64{
		{0.5, 0.5, 0.5},
		{0.8, 0.5, 0.8},
		{0.8, 0.4, 0.821089592749658},
		{0.5, 0.2, 0.666898647870526},
		{0.8, 0.2, 1.06703783659284},
		{0.6, 0.05, 1.82485356324843},
		{0.9, 0.01, 8.63877861798408},
	} {
		p := Composition{ExcitatoryFraction: c[0], Coding: 0.2}
		slaved, err := p.Slaved(Capacity{TargetCoding: c[1]})
		if err != nil || relative(slaved, c[2]) > 1e-14 {
			t.Errorf("n_E = %v, f_Y = %v: slaved %v, %v; want %v", c[0], c[1], slaved, err, c[2])
		}
	}
	// With excitation alone nothing is lost by slaving.
	a, _ := Capacity{0.3, 1}.Unconstrained()
	slaved, err := Composition{ExcitatoryFraction: 1, Coding: 0.2}.Slaved(Capacity{0.3, 1})
	if err != nil || slaved != a/2 {
		t.Errorf("excitatory: slaved %v, %v; want %v", slaved, err, a/2)
	}
}
