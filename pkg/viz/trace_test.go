package viz

import (
	"math"
	"testing"

	"gonum.org/v1/plot/plotter"
)

// The zero line of x² + y² - 1/4 is one closed circle of radius 1/2. Linear interpolation on a grid of spacing h = 1/60 errs by
// at most about h²/8 times the curvature of f, over its slope: below 1e-4.
func TestTraceCircle(t *testing.T) {
	paths := trace(-1, 1, -1, 1, func(x, y float64) float64 { return x*x + y*y - 0.25 })
	if len(paths) != 1 {
		t.Fatalf("%d paths", len(paths))
	}
	path := paths[0]
	if path[0] != path[len(path)-1] {
		t.Error("the circle is open")
	}
	for _, p := range path {
		if r := math.Hypot(p.X, p.Y); math.Abs(r-0.5) > 1e-4 {
			t.Fatalf("radius %v at %v", r, p)
		}
	}
}

func TestTrace(t *testing.T) {
	for name, c := range map[string]struct {
		f     func(x, y float64) float64
		paths int
		on    func(p plotter.XY) bool
	}{
		"through nodes":    {func(x, y float64) float64 { return x - 0.5 }, 1, func(p plotter.XY) bool { return p.X == 0.5 }},
		"two lines":        {func(x, y float64) float64 { return (x - 0.251) * (x - 0.751) }, 2, nil},
		"a saddle":         {func(x, y float64) float64 { return (x-0.503)*(y-0.503) + 1e-9 }, 2, nil},
		"no sign change":   {func(x, y float64) float64 { return x + y + 1 }, 0, nil},
		"not a number":     {func(x, y float64) float64 { return math.NaN() }, 0, nil},
		"half of it":       {func(x, y float64) float64 { return math.Log(x-0.5) * (y - 0.3) }, 1, func(p plotter.XY) bool { return p.X > 0.5 }},
		"infinite in part": {func(x, y float64) float64 { return 1/(x-0.5) + 4*y }, 1, func(p plotter.XY) bool { return p.X <= 0.5 }},
	} {
		paths := trace(0, 1, 0, 1, c.f)
		if name == "half of it" { // where log(x - 1/2) is negative up to its zero at 3/2: a horizontal line
			for _, p := range paths[0] {
				if math.Abs(p.Y-0.3) > 1e-12 {
					t.Errorf("%s: %v", name, p)
				}
			}
		}
		if len(paths) != c.paths {
			t.Errorf("%s: %d paths, want %d", name, len(paths), c.paths)
		}
		for _, path := range paths {
			for _, p := range path {
				if infinite(p.X, p.Y) || c.on != nil && !c.on(p) {
					t.Fatalf("%s: %v", name, p)
				}
			}
		}
	}
}

// Near the saddle of (x - a)(y - a) = c, a at the middle of a cell, the two branches of the hyperbola lie where (x - a)(y - a) has the
// sign of c, and so do the middles of their segments; the other way to join the four edges of the cell would cross over.
func TestTraceSaddle(t *testing.T) {
	const a = 60.5 / 120
	for _, c := range []float64{5e-6, -5e-6} { // the corners of the cell have ±1.7e-5
		paths := trace(0, 1, 0, 1, func(x, y float64) float64 { return (x-a)*(y-a) - c })
		if len(paths) != 2 {
			t.Fatalf("c = %v: %d branches", c, len(paths))
		}
		for _, path := range paths {
			for i, p := range path[1:] {
				x, y := (p.X+path[i].X)/2, (p.Y+path[i].Y)/2
				if (x-a)*(y-a)*c < 0 {
					t.Errorf("c = %v: a segment through (%v, %v)", c, x, y)
				}
			}
		}
	}
}
