package capacity

import (
	"math"
	"testing"

	"credo/internal/gauss"

	"gonum.org/v1/gonum/integrate/quad"
)

// literalBreaking is the functional of OneStepError as its comment has it, by quadrature over z and t.
func literalBreaking(f, load, r, q, w, b float64) float64 {
	sd := math.Sqrt(1 - q)
	inner := func(mu float64) float64 {
		cost := func(h float64) float64 {
			if h > 0 {
				return 0
			}
			return min(h*h/(r*r), 1)
		}
		integrand := func(h float64) float64 { return gauss.PDF((h-mu)/sd) / sd * math.Exp(-w*cost(h)) }
		sum, at := 0.0, mu-12*sd
		for _, end := range []float64{-r, -r / 2, 0, mu + 12*sd} { // c bends at -r and 0
			if end = max(min(end, mu+12*sd), at); end > at {
				sum += quad.Fixed(integrand, at, end, 80, quad.Legendre{}, 0)
				at = end
			}
		}
		return sum
	}
	logs := 0.0
	for y := -1.0; y <= 1; y += 2 {
		p := f
		if y < 0 {
			p = 1 - f
		}
		logs += p * trapezoid(func(t float64) float64 { return math.Log(inner(y*b + math.Sqrt(q)*t)) })
	}
	x := r * r / 2
	return -logs/w - (math.Log(1+w*(1-q)/x)/(2*w)+q/(2*x+2*w*(1-q)))/load
}

// The answer is the literal functional's value where that is stationary: largest in r, q₀ and w, smallest in b.
func TestOneStepIsExtremal(t *testing.T) {
	for _, c := range [][2]float64{{0.5, 1.5}, {0.2, 1.2}, {0.2, 3}, {0.05, 2}} {
		f := c[0]
		limit, _ := Capacity{TargetCoding: f}.Unconstrained()
		load := c[1] * limit
		p, err := Capacity{TargetCoding: f}.OneStepError(load)
		if err != nil {
			t.Fatal(err)
		}
		x := []float64{p.Reach, p.Overlap, p.Breaking, p.Offset}
		at := func(i int, d float64) float64 {
			y := append([]float64(nil), x...)
			y[i] += d
			return literalBreaking(f, load, y[0], y[1], y[2], y[3])
		}
		here := at(0, 0)
		if relative(p.Error, here) > 1e-9 {
			t.Errorf("f_Y = %v, load %v: error %v; literally %v", f, load, p.Error, here)
		}
		for i, name := range []string{"r", "q₀", "w", "b"} {
			h := 3e-3 * []float64{x[0], 1 - x[1], x[2], 1}[i]
			up, down := at(i, h), at(i, -h)
			bend := (up + down - 2*here) / here
			if (bend < 0) != (i < 3) {
				t.Errorf("f_Y = %v, load %v: second difference %v along %s", f, load, bend, name)
			}
			if slope := (up - down) / here; math.Abs(slope) > 1e-2*math.Abs(bend)+1e-9 {
				t.Errorf("f_Y = %v, load %v: first difference %v along %s, second %v", f, load, slope, name, bend)
			}
		}
		if counted := f*p.Misses + (1-f)*p.FalseAlarms; relative(counted, p.Error) > 1e-8 {
			t.Errorf("f_Y = %v, load %v: error %v, misses and false alarms give %v", f, load, p.Error, counted)
		}
	}
}

// f_Y = 1/2: load, error, r, q₀ and w by a search of Nelder and Mead's for the largest value of the functional, with other
// quadrature.
func TestOneStepKnown(t *testing.T) {
	for _, c := range [][5]float64{
		{2.05, 0.0011116, 2.6241, 0.94575, 20.1025}, {2.5, 0.0178790, 1.2329, 0.81480, 7.2988}, {3, 0.0390975, 0.8599, 0.78727, 5.7083},
		{4, 0.0773679, 0.5700, 0.77550, 4.4825}, {5, 0.1083899, 0.4402, 0.77453, 3.8780}, {20, 0.2768128, 0.1313, 0.79812, 1.9751},
	} {
		p, err := Capacity{TargetCoding: 0.5}.OneStepError(c[0])
		if err != nil || math.Abs(p.Error-c[1]) > 6e-8 || math.Abs(p.Reach-c[2]) > 6e-5 || math.Abs(p.Overlap-c[3]) > 6e-6 || math.Abs(p.Breaking-c[4]) > 6e-5 {
			t.Errorf("load %v: %+v, %v; want %v", c[0], p, err, c)
		}
	}
}

// A second step, with overlaps q₀ < q₁ and breaking parameters w₁ < w₂, raises the error by less than 0.4 percent: the functional
// of two steps where Nelder and Mead's search found it largest, f_Y = 1/2. So one step is unstable, and close.
func TestOneStepIsNotTheLast(t *testing.T) {
	for _, c := range []struct{ load, reach, q0, q1, w1, w2 float64 }{
		{3, 0.7803, 0.76952, 0.96518, 4.8996, 9.1850}, {4, 0.4980, 0.75155, 0.96957, 3.7939, 7.1489},
	} {
		inner, x := breaking{w: c.w2}, c.reach*c.reach/2
		p := OneStep{ErrorBound: ErrorBound{Reach: c.reach}}
		logs := trapezoid(func(t float64) float64 {
			return math.Log(trapezoid(func(z float64) float64 {
				mu := math.Sqrt(c.q0)*t + math.Sqrt(c.q1-c.q0)*z
				return math.Exp(c.w1 / c.w2 * inner.pattern(p, 1-c.q1, mu).log)
			}))
		})
		fast := x + c.w2*(1-c.q1)
		slow := fast + c.w1*(c.q1-c.q0)
		two := -logs/c.w1 - (math.Log(fast/x)/(2*c.w2)+math.Log(slow/fast)/(2*c.w1)+c.q0/(2*slow))/c.load
		one, err := Capacity{TargetCoding: 0.5}.OneStepError(c.load)
		t.Logf("load %v: error %.7f in one step, %.7f in two", c.load, one.Error, two)
		if err != nil || !(two > one.Error && two < 1.004*one.Error) {
			t.Errorf("load %v: error %v in one step, %v; %v in two", c.load, one.Error, err, two)
		}
	}
}

func TestOneStepIsAboveReplicaSymmetry(t *testing.T) {
	for _, f := range []float64{1e-6, 1e-4, 0.003, 0.02, 0.2, 0.45, 0.5, 0.7} {
		c := Capacity{TargetCoding: f}
		limit, _ := c.Unconstrained()
		before := 0.0
		for _, factor := range []float64{1.0010001, 1.01, 1.1, 1.5, 3, 9.999} {
			load := factor * limit
			p, err := c.OneStepError(load)
			e, _ := c.MinimalError(load)
			if err != nil || !(p.Error > e.Error && p.Error > before && p.Error < min(f, 1-f)) {
				t.Errorf("f_Y = %v, %v times capacity: %+v, %v; replica-symmetric error %v, before %v", f, factor, p, err, e.Error, before)
			}
			if factor < 1.002 && p.Error/e.Error > 1.002 {
				t.Errorf("f_Y = %v, close to capacity: error %v, replica-symmetric %v", f, p.Error, e.Error)
			}
			before = p.Error
		}
		for _, load := range []float64{limit / 2, limit} {
			if p, err := c.OneStepError(load); err != nil || p.Error != 0 || p.Overlap != 1 {
				t.Errorf("f_Y = %v, load %v below capacity: %+v, %v", f, load, p, err)
			}
		}
		mirror, _ := Capacity{TargetCoding: 1 - f}.OneStepError(2 * limit)
		if p, _ := c.OneStepError(2 * limit); relative(mirror.Error, p.Error) > 1e-9 || relative(mirror.Misses, p.FalseAlarms) > 1e-6 ||
			math.Abs(mirror.Offset+p.Offset) > 1e-7 {
			t.Errorf("f_Y = %v: %+v, of the complement %+v", f, p, mirror)
		}
	}
}

func TestOneStepLoad(t *testing.T) {
	for _, f := range []float64{0.5, 0.05, 0.8} {
		c := Capacity{TargetCoding: f}
		for _, tolerated := range []float64{0.001, 0.01} {
			load, err := c.OneStepLoad(tolerated)
			most, _ := c.TolerantLoad(tolerated)
			p, again := c.OneStepError(load)
			if err != nil || again != nil || !(load < most) || relative(p.Error, tolerated) > 1e-8 {
				t.Errorf("f_Y = %v, error %v: load %v, %v, below %v; there %+v, %v", f, tolerated, load, err, most, p, again)
			}
		}
		limit, _ := c.Unconstrained()
		if load, err := c.OneStepLoad(0); err != nil || load != limit {
			t.Errorf("f_Y = %v: load without error %v, %v; want %v", f, load, err, limit)
		}
	}
}

func TestOneStepFails(t *testing.T) {
	c := Capacity{TargetCoding: 0.5}
	for _, load := range []float64{2.001, 20.1} {
		fails(t, "outside [2.00", func() error { _, err := c.OneStepError(load); return err })
	}
	for _, load := range []float64{0, -2, math.NaN(), math.Inf(1)} {
		fails(t, "outside (0, ∞)", func() error { _, err := c.OneStepError(load); return err })
	}
	for want, c := range map[string]Capacity{"TargetCoding = 0": {}, "Margin = 1; errors": {0.2, 1}, "TargetCoding = 1e-08": {1e-8, 0}} {
		fails(t, want, func() error { _, err := c.OneStepError(1e9); return err })
	}
	fails(t, "outside [0, 0.5)", func() error { _, err := c.OneStepLoad(0.6); return err })
	for _, tolerated := range []float64{1e-6, 0.45} {
		fails(t, "outside [2.00", func() error { _, err := c.OneStepLoad(tolerated); return err })
	}
}
