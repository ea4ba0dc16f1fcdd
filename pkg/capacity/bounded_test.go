package capacity

import (
	"math"
	"testing"

	"credo/internal/root"
)

func TestSolveBounded(t *testing.T) {
	// n_E, f, c, D, V, silent and saturated excitatory fractions: high-precision maximisation, D to 12 digits and the
	// others to 6.
	for _, c := range [][7]float64{
		{1.0, 0.2, 3, 0.203494585842708, 0.5671662, 0.2357353, 0.5607701},
		{1.0, 0.2, 6, 0.447143512087096, 1.318695, 0.4217969, 0.1310596},
		{1.0, 0.2, 8, 0.482297621176905, 1.694982, 0.4631883, 0.05451403},
		{1.0, 0.2, 20, 0.499996756722082, 3.989722, 0.4999702, 3.308582e-05},
		{0.8, 0.2, 3, 0.0657607723827508, 0.3086798, 0.1119797, 0.8178989},
		{0.8, 0.2, 6, 0.365773663953481, 1.02839, 0.3380973, 0.2706896},
		{0.8, 0.2, 8, 0.431576603670724, 1.302515, 0.3933486, 0.1510563},
		{0.8, 0.2, 20, 0.498521241479928, 2.488541, 0.4913676, 0.006814397},
	} {
		p := Composition{c[0], c[1], 0, PositiveThreshold}
		s, err := p.SolveBounded(Capacity{TargetCoding: 0.5}, c[2])
		if err != nil || relative(s.Dimension, c[3]) > 1e-12 || relative(s.Load, 2*c[3]) > 1e-12 {
			t.Errorf("%+v, c = %v: D = %v, load %v, %v; want D = %v", p, c[2], s.Dimension, s.Load, err, c[3])
		}
		e := s.Excitatory
		if relative(e.Bound, c[4]) > 1e-5 || relative(e.CDF(0), c[5]) > 1e-5 || relative(e.Saturated(), c[6]) > 1e-5 {
			t.Errorf("%+v, c = %v: V = %v, silent %v, saturated %v; want %v", p, c[2], e.Bound, e.CDF(0), e.Saturated(), c[4:])
		}
	}
	// Linear programmes with 100 and 200 binary inputs stored 0.645, 0.655 (c = 4), 0.925, 0.895 (c = 6) at n_E = 1 and
	// 0.7225, 0.725 (c = 6), 0.95, 0.98 (c = 12) at n_E = 0.8, each to about 0.02.
	for _, c := range [][3]float64{{1, 4, 0.6748}, {1, 6, 0.8943}, {0.8, 6, 0.7315}, {0.8, 12, 0.9601}} {
		s, err := Composition{c[0], 0.2, 0, PositiveThreshold}.SolveBounded(Capacity{TargetCoding: 0.5}, c[1])
		if err != nil || math.Abs(s.Load-c[2]) > 6e-5 {
			t.Errorf("n_E = %v, c = %v: load %v, %v; want %v", c[0], c[1], s.Load, err, c[2])
		}
	}
}

// The solution maximises D over all scales V of the weights, given the bound V = c S₁.
func TestSolveBoundedIsBest(t *testing.T) {
	for _, p := range []Composition{{1, 0.3, 0, PositiveThreshold}, {0.7, 0.2, 0, PositiveThreshold}, {0.3, 0.2, 0.2, PositiveThreshold}} {
		rE, _ := p.ratios()
		for _, times := range []float64{1.05, 2, 5, 50} {
			c := times / (p.ExcitatoryFraction * rE)
			s, err := p.SolveBounded(Capacity{TargetCoding: 0.2, Margin: 0.5}, c)
			if err != nil {
				t.Errorf("%+v, c = %v: %v", p, c, err)
				continue
			}
			if v := c * s.Mean * s.Excitatory.Scale; relative(v, s.Excitatory.Bound) > 1e-11 {
				t.Errorf("%+v, c = %v: bound %v, want c S₁ = %v", p, c, s.Excitatory.Bound, v)
			}
			for _, factor := range []float64{0.3, 0.9, 0.999, 1.001, 1.1, 3} {
				v := factor * s.Excitatory.Bound
				gamma, err := root.Find(func(g float64) float64 { _, s1, _ := p.sums(g, v); return s1 - v/c }, -1e3, 1e3)
				if err != nil {
					t.Fatal(err)
				}
				if s0, _, s2 := p.sums(gamma, v); s0*s0/s2 >= s.Dimension {
					t.Errorf("%+v, c = %v: D = %v at %v times the bound, %v at the solution", p, c, s0*s0/s2, factor, s.Dimension)
				}
			}
		}
	}
}

func TestSolveBoundedLimits(t *testing.T) {
	c := Capacity{TargetCoding: 0.2, Margin: 0.5}
	for _, n := range []float64{0.3, 0.8, 1} {
		p := Composition{n, 0.2, 0, PositiveThreshold}
		want, err := p.Solve(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, bound := range []float64{1e7, math.Inf(1)} {
			if s, err := p.SolveBounded(c, bound); err != nil || relative(s.Load, want.Load) > 1e-5 {
				t.Errorf("n_E = %v, c = %v: load %v, %v; want %v without a bound", n, bound, s.Load, err, want.Load)
			}
		}
		before := 0.0
		for bound := 2.001 / n; bound < 20; bound *= 1.1 {
			s, err := p.SolveBounded(c, bound)
			if err != nil || s.Load <= before || s.Load > want.Load {
				t.Errorf("n_E = %v, c = %v: load %v, %v; at a lower bound %v, without %v", n, bound, s.Load, err, before, want.Load)
			}
			before = s.Load
		}
	}
}

func TestSolveBoundedFails(t *testing.T) {
	c := Capacity{TargetCoding: 0.5}
	for _, bound := range []float64{2.5, 0, -3, math.NaN()} { // 1/(n_E r) = 2.5
		fails(t, "outside (2.5, ∞]", func() error {
			_, err := Composition{0.8, 0.2, 0, PositiveThreshold}.SolveBounded(c, bound)
			return err
		})
	}
	fails(t, "bound = 1e+09 outside (+Inf", func() error {
		_, err := Composition{0, 0.2, 0, PositiveThreshold}.SolveBounded(c, 1e9)
		return err
	})
	fails(t, "InhibitoryCoding = 0.5 differs from Coding = 0.2", func() error {
		_, err := Composition{0.8, 0.2, 0.5, PositiveThreshold}.SolveBounded(c, 9)
		return err
	})
}
