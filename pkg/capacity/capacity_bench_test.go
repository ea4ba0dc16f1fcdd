package capacity

import "testing"

// Each of these computes a curve of 200 points, as a figure would.
func BenchmarkCurve(b *testing.B) {
	p := Composition{0.8, 0.2, 0, PositiveThreshold}
	for _, c := range []struct {
		name  string
		point func(x float64) error // x in (0, 1)
	}{
		{"Unconstrained", func(x float64) error { _, err := Capacity{x / 2, 1}.Unconstrained(); return err }},
		{"Solve", func(x float64) error {
			_, err := Composition{x, 0.2, 0.3, NoThreshold}.Solve(Capacity{0.2, 0})
			return err
		}},
		{"SolveAtThreshold", func(x float64) error { _, err := p.SolveAtThreshold(0.2, 4*x); return err }},
		{"SolveAtThreshold/excitatory", func(x float64) error {
			_, err := Composition{1, 0.2, 0, PositiveThreshold}.SolveAtThreshold(0.2, 4*x)
			return err
		}},
		{"SolveBounded", func(x float64) error { _, err := p.SolveBounded(Capacity{TargetCoding: 0.2}, 2.5+20*x); return err }},
		{"SolveFinite", func(x float64) error {
			_, err := Composition{0.2, 0.2, 0, NoThreshold}.SolveFinite(Capacity{TargetCoding: 0.2}, int(20+1000*x))
			return err
		}},
		{"MinimalError", func(x float64) error { _, err := Capacity{TargetCoding: 0.2}.MinimalError(2.7 + 20*x); return err }},
		{"TolerantLoad", func(x float64) error { _, err := Capacity{TargetCoding: 0.2}.TolerantLoad(0.19 * x); return err }},
		{"SeparableProbability", func(x float64) error { SeparableProbability(2000, int(8000*x)); return nil }},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				for i := range 200 {
					if err := c.point((float64(i) + 0.5) / 200); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
