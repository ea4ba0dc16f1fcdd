package root

import (
	"math"
	"strings"
	"testing"
)

func TestNewton(t *testing.T) {
	circle := func(x, r []float64) { r[0], r[1] = x[0]*x[0]+x[1]*x[1]-4, x[0]*x[1]-1 }
	x := []float64{5, 0.1}
	if err := Newton(circle, x); err != nil {
		t.Fatal(err)
	}
	// x² + 1/x² = 4: x² = 2 + √3.
	if want := math.Sqrt(2 + math.Sqrt(3)); math.Abs(x[0]-want) > 1e-12 || math.Abs(x[1]-1/want) > 1e-12 {
		t.Errorf("circle and hyperbola meet at %v, want %v, %v", x, want, 1/want)
	}
	// Full steps would leave the arc tangent for infinity.
	x = []float64{20}
	if err := Newton(func(x, r []float64) { r[0] = math.Atan(x[0]) }, x); err != nil || math.Abs(x[0]) > 1e-12 {
		t.Errorf("arc tangent vanishes at %v, %v", x, err)
	}
}

func TestNewtonFails(t *testing.T) {
	for want, f := range map[string]func(x, r []float64){
		"no zero near": func(x, r []float64) { r[0] = 1 + x[0]*x[0] },
		"singular":     func(x, r []float64) { r[0] = 1 },
		"NaN":          func(x, r []float64) { r[0] = math.NaN() },
	} {
		if err := Newton(f, []float64{1}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one saying %q", err, want)
		}
	}
}
