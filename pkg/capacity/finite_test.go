package capacity

import (
	"math"
	"testing"
)

func TestSolveFinite(t *testing.T) {
	// Coding, N and the capacity: 4-digit values of an independent evaluation, for n_E = 0.2, f_Y = 0.2, κ = 0, θ > 0. Exact
	// linear programmes gave 1.1058 ± 0.0119, 1.0717 ± 0.0070 and 1.0568 ± 0.0081 at coding 0.2, and 1.0702 ± 0.0103 and
	// 1.0531 ± 0.0065 at 0.5.
	for _, c := range []struct {
		coding float64
		inputs int
		want   float64
	}{{0.2, 200, 1.1367}, {0.2, 400, 1.0982}, {0.2, 800, 1.0699}, {0.5, 200, 1.0699}, {0.5, 400, 1.0495}} {
		s, err := Composition{0.2, c.coding, 0, PositiveThreshold}.SolveFinite(Capacity{TargetCoding: 0.2}, c.inputs)
		if err != nil || math.Abs(s.Load-c.want) > 5e-5 {
			t.Errorf("coding %v, N = %d: load %v, %v; want %v", c.coding, c.inputs, s.Load, err, c.want)
		}
	}
}

// The solution is a maximum of D(b/√N)/F(b), for either sign of the offset and of the natural mean current.
func TestSolveFiniteIsBest(t *testing.T) {
	for _, p := range []Composition{{0.2, 0.2, 0, NoThreshold}, {0.8, 0.2, 0.4, NoThreshold}, {0.2, 0.2, 0, PositiveThreshold}, {0.5, 0.2, 0, PositiveThreshold}} {
		for _, f := range []float64{0.1, 0.8} {
			c := Capacity{TargetCoding: f, Margin: 0.4}
			for _, inputs := range []int{50, 400} {
				best, err := p.SolveFinite(c, inputs)
				if err != nil {
					t.Errorf("%+v, f_Y = %v, N = %d: %v", p, f, inputs, err)
					continue
				}
				rE, _ := p.ratios()
				width := math.Sqrt(float64(inputs))
				pinned := math.Abs(best.Mean*width-best.Offset) < 1e-9
				if p.Threshold == NoThreshold && !pinned || best.Mean*width < best.Offset-1e-9 {
					t.Errorf("%+v, f_Y = %v, N = %d: mean %v does not supply offset %v", p, f, inputs, best.Mean, best.Offset)
				}
				for _, step := range []float64{-0.3, -1e-3, 1e-3, 0.3} {
					s := p.at(best.Excitatory.Shift/rE + step)
					value, _, _ := c.at(best.Offset)
					if pinned {
						value, _, _ = c.at(s.Mean * width)
					}
					if s.Dimension/value >= best.Load {
						t.Errorf("%+v, f_Y = %v, N = %d: load %v with γ off by %v, %v at the solution", p, f, inputs, s.Dimension/value, step, best.Load)
					}
				}
			}
		}
	}
}

func TestSolveFiniteLimits(t *testing.T) {
	for _, p := range []Composition{{0.2, 0.2, 0, NoThreshold}, {0.8, 0.2, 0, PositiveThreshold}, {0.2, 0.2, 0, PositiveThreshold}, {0.8, 0.2, 0, FreeThreshold}, {1, 0.2, 0, NoThreshold}} {
		for _, f := range []float64{0.2, 0.5} {
			want, err := p.Solve(Capacity{TargetCoding: f})
			if err != nil {
				t.Fatal(err)
			}
			small, err := p.SolveFinite(Capacity{TargetCoding: f}, 100)
			if corrected := p.ExcitatoryFraction == 0.2 && f == 0.2; err != nil || !corrected && small.Load != want.Load || corrected && small.Load <= want.Load {
				t.Errorf("%+v, f_Y = %v, N = 100: %+v, %v; large N %+v", p, f, small, err, want)
			}
			if large, err := p.SolveFinite(Capacity{TargetCoding: f}, 1e9); err != nil || math.Abs(large.Load-want.Load) > 1e-4 {
				t.Errorf("%+v, f_Y = %v, N = 1e9: load %v, %v; want %v", p, f, large.Load, err, want.Load)
			}
		}
	}
	for _, n := range []int{0, -5} {
		fails(t, "outside [1, ∞)", func() error {
			_, err := Composition{0.8, 0.2, 0, NoThreshold}.SolveFinite(Capacity{TargetCoding: 0.2}, n)
			return err
		})
	}
}
