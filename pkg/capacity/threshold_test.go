package capacity

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestSolveAtThreshold(t *testing.T) {
	// n_E, f of all inputs, f_Y, ρ r_E, capacity, silent excitatory fraction and κ: high-precision evaluation of the
	// stationarity equations, 15 digits.
	for _, c := range [][7]float64{
		{1.0, 0.2, 0.5, 0.25, 0.80808350340948, 0.553426417744434, 0.132316356511499},
		{1.0, 0.2, 0.5, 0.5, 0.667173711543101, 0.600925749717802, 0.248578132180095},
		{1.0, 0.2, 0.5, 2, 0.2854032987715, 0.782111755159508, 0.717411302916795},
		{1.0, 0.2, 0.5, 4, 0.13982484239921, 0.880845910572532, 1.04577183695916},
		{1.0, 0.2, 0.5, 16, 0.0214466706366976, 0.979518023229523, 1.69559761635528},
		{1.0, 0.2, 0.2, 0.25, 1.08269962267798, 0.552209973708945, 0.132518330424128},
		{1.0, 0.2, 0.2, 0.5, 0.897645074828465, 0.59848507835317, 0.249417627514831},
		{1.0, 0.2, 0.2, 2, 0.391231332402462, 0.775021846084011, 0.729691333654876},
		{1.0, 0.2, 0.2, 4, 0.194463258375061, 0.87295648046979, 1.08121898039522},
		{1.0, 0.2, 0.2, 16, 0.0307152976276016, 0.976032117895783, 1.83674357695924},
		{0.8, 0.2, 0.5, 0.25, 0.888627809995972, 0.554433434284268, 0.0649972357347213},
		{0.8, 0.2, 0.5, 0.5, 0.815841138390558, 0.604562575576818, 0.090273836839592},
		{0.8, 0.2, 0.5, 2, 0.749739111927352, 0.70855074006054, 0.0},
		{0.8, 0.2, 0.5, 4, 0.749739111927352, 0.70855074006054, 0.0},
		{0.8, 0.2, 0.5, 16, 0.749739111927352, 0.70855074006054, 0.0},
		{0.8, 0.2, 0.2, 0.25, 1.18785297513788, 0.553260812671306, 0.0654419326356922},
		{0.8, 0.2, 0.2, 0.5, 1.09152813265012, 0.602359218135045, 0.0920859236793829},
		{0.8, 0.2, 0.2, 2, 1.0, 0.70855074006054, 0.0},
		{0.8, 0.2, 0.2, 4, 1.0, 0.70855074006054, 0.0},
		{0.8, 0.2, 0.2, 16, 1.0, 0.70855074006054, 0.0},
	} {
		p := Composition{c[0], c[1], 0, PositiveThreshold}
		rE, _ := p.ratios()
		s, err := p.SolveAtThreshold(c[2], c[3]/rE)
		if err != nil || relative(s.Load, c[4]) > 1e-13 || relative(s.Excitatory.CDF(0), c[5]) > 1e-12 || math.Abs(s.Margin-c[6]) > 1e-12 {
			t.Errorf("%+v, f_Y = %v, ρ r_E = %v: %+v, %v; want load %v, silent %v, margin %v", p, c[2], c[3], s, err, c[4], c[5], c[6])
		}
	}
	// n_E, f_E, f_I, f_Y, ρ, γ and the capacity: 30-digit golden-section maximisation of D(γ) A(f_Y, ρ m(γ)).
	for _, c := range [][7]float64{
		{1, 0.2, 0.2, 0.5, 4, -1.55869007999, 0.285403298771499498},
		{1, 0.2, 0.2, 0.2, 32, -3.95587488709, 0.0307152976276016802},
		{0.8, 0.2, 0.2, 0.2, 0.5, -0.267808284723, 1.18785297513788452},
		{0.8, 0.2, 0.2, 0.5, 1, -0.53034949105, 0.815841138390557662},
		{0.9, 0.1, 0.3, 0.05, 2, -0.937580480654, 2.35673361119676795},
	} {
		p := Composition{c[0], c[1], c[2], PositiveThreshold}
		rE, _ := p.ratios()
		s, err := p.SolveAtThreshold(c[3], c[4])
		if err != nil || relative(s.Load, c[6]) > 1e-14 || relative(s.Excitatory.Shift/rE, c[5]) > 1e-11 {
			t.Errorf("%+v, f_Y = %v, ρ = %v: %+v, %v; want load %v, γ = %v", p, c[3], c[4], s, err, c[6], c[5])
		}
	}
}

// The transition is where the load stops falling; at it the load is continuous and so is its slope.
func TestTransition(t *testing.T) {
	for _, p := range []Composition{{0.8, 0.2, 0, PositiveThreshold}, {0.6, 0.5, 0.2, PositiveThreshold}, {0.95, 0.05, 0.1, PositiveThreshold}} {
		for _, f := range []float64{0.02, 0.2, 0.5, 0.7} {
			at, _, err := p.transition(f)
			if err != nil {
				t.Fatal(err)
			}
			pinned := p
			pinned.Threshold = NoThreshold
			want, _ := pinned.Solve(Capacity{TargetCoding: f})
			for _, factor := range []float64{1 + 1e-12, 1, 1 - 1e-15, 2, 1e90} {
				if s, err := p.SolveAtThreshold(f, at*factor); err != nil || relative(s.Load, want.Load) > 1e-14 {
					t.Errorf("%+v, f_Y = %v: load %v, %v at %v times the transition; want %v", p, f, s.Load, err, factor, want.Load)
				}
			}
			before, err := p.SolveAtThreshold(f, at*(1-1e-4))
			if rise := before.Load/want.Load - 1; err != nil || rise <= 0 || rise > 1e-7 { // quadratic
				t.Errorf("%+v, f_Y = %v: load above the balanced branch by %v, %v just before the transition", p, f, rise, err)
			}
		}
	}
	excitatory := Composition{1, 0.2, 0, PositiveThreshold}
	if at, _, err := excitatory.transition(0.5); err != nil || !math.IsInf(at, 1) {
		t.Errorf("excitatory: transition %v, %v; want ∞", at, err)
	}
	if at, _, err := (Composition{0.4, 0.2, 0, PositiveThreshold}).transition(0.5); err != nil || at != 0 {
		t.Errorf("inhibition dominates: transition %v, %v; want 0", at, err)
	}
	before := math.Inf(1)
	for rho := 1e-3; rho < 1e99; rho *= 1000 {
		s, err := excitatory.SolveAtThreshold(0.2, rho)
		if err != nil || s.Load <= 0 || s.Load >= before {
			t.Errorf("excitatory, ρ = %v: load %v, %v; before %v", rho, s.Load, err, before)
		}
		before = s.Load
	}
}

// Within rounding of the transition the mean current is 0 within rounding; nothing may fail there.
func TestSolveAtThresholdCloseToTransition(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 9))
	for range 2000 {
		p := Composition{rng.Float64(), rng.Float64(), rng.Float64(), PositiveThreshold}
		f := rng.Float64()
		rho, _, err := p.transition(f)
		if err != nil {
			t.Fatal(err)
		}
		pinned := p
		pinned.Threshold = NoThreshold
		want, _ := pinned.Solve(Capacity{TargetCoding: f})
		for range 3 {
			rho = math.Nextafter(rho, 0)
			if s, err := p.SolveAtThreshold(f, rho); err != nil || relative(s.Load, want.Load) > 1e-13 || s.Mean < 0 {
				t.Errorf("%+v, f_Y = %v: load %v, mean %v, %v just below the transition; want %v", p, f, s.Load, s.Mean, err, want.Load)
			}
		}
	}
}

// Without a margin the threshold costs nothing, and the solution is a maximum over the mean current.
func TestSolveAtThresholdIsBest(t *testing.T) {
	p := Composition{0.8, 0.2, 0, PositiveThreshold}
	plain, _ := p.Solve(Capacity{TargetCoding: 0.2})
	if s, err := p.SolveAtThreshold(0.2, 0); err != nil || s != plain {
		t.Errorf("ρ = 0: %+v, %v; want %+v", s, err, plain)
	}
	best, err := p.SolveAtThreshold(0.2, 0.7)
	if err != nil {
		t.Fatal(err)
	}
	rE, _ := p.ratios()
	for _, step := range []float64{-0.1, -1e-3, 1e-3, 0.1} {
		s := p.at(best.Excitatory.Shift/rE + step)
		a, _ := Capacity{0.2, 0.7 * s.Mean}.Unconstrained()
		if s.Dimension*a >= best.Load {
			t.Errorf("γ off by %v gives load %v, the best is %v", step, s.Dimension*a, best.Load)
		}
	}
}

func TestSolveAtThresholdFails(t *testing.T) {
	p := Composition{0.8, 0.2, 0, PositiveThreshold}
	for _, rho := range []float64{-1, math.NaN(), math.Inf(1), 1e101} {
		fails(t, "capacity: reliability = ", func() error { _, err := p.SolveAtThreshold(0.5, rho); return err })
	}
	p.Threshold = FreeThreshold
	for _, f := range []func() error{
		func() error { _, err := p.SolveAtThreshold(0.5, 1); return err },
		func() error { _, _, err := p.transition(0.5); return err },
		func() error { _, err := p.SolveBounded(Capacity{TargetCoding: 0.5}, 9); return err },
	} {
		fails(t, "Threshold = FreeThreshold; a scale set by the threshold needs PositiveThreshold", f)
	}
}
