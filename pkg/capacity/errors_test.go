package capacity

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"credo/internal/gauss"

	"gonum.org/v1/gonum/integrate/quad"
)

// f_Y = 1/2: error Φ(-r) at load 1/(1/2 - Φ(-r) - r φ(r)). The other loads: an independent 7-digit evaluation.
func TestTolerantLoadKnown(t *testing.T) {
	for _, c := range [][3]float64{{0.5, 0.01, 2.336460}, {0.5, 0.05, 3.566881}, {0.2, 0.01, 3.320120}, {0.2, 0.05, 6.221149}, {0.8, 0.05, 6.221149}} {
		got, err := Capacity{TargetCoding: c[0]}.TolerantLoad(c[1])
		if err != nil || math.Abs(got-c[2]) > 6e-7 {
			t.Errorf("f_Y = %v, error %v: load %v, %v; want %v", c[0], c[1], got, err, c[2])
		}
	}
	for _, r := range []float64{0.5, 1, 2, 4, 6} {
		want := 1 / (0.5 - gauss.CDF(-r) - r*gauss.PDF(r))
		got, err := Capacity{TargetCoding: 0.5}.TolerantLoad(gauss.CDF(-r))
		if err != nil || relative(got, want) > 1e-13 {
			t.Errorf("f_Y = 1/2, reach %v: load %v, %v; want %v", r, got, err, want)
		}
	}
}

func TestErrorsAt(t *testing.T) {
	// f_Y, reach, offset, error and load: 60-digit evaluation of closed forms, root by bisection.
	for _, c := range [][5]float64{
		{1e-6, 4, -4.3952571945345176, 6.5367345671993746442e-7, 227141.7097772197796},
		{1e-6, 1.7, -7.3818571691617034, 9.9999999333805759968e-7, 54128622044388.86654},
		{0.01, 6, -1.7174478784174211, 9.2380922789593740825e-8, 19.19860158624623564},
		{0.01, 2, -2.1462732127673006, 0.005598199005547761808, 83.54986847443121342},
		{0.01, 0.8, -4.5347045035729751, 0.0099991076930216203851, 1911876.980468004027},
		{0.2, 5, -0.54916754244613501, 8.6686190786594555572e-7, 2.667762014587863914},
		{0.2, 1.5, -0.78260350190409933, 0.056294441778778042603, 6.851171836679173801},
		{0.2, 0.5, -2.1099407986334862, 0.19288123760390608253, 731.5378281939902726},
		{0.2, 0.25, -4.1801878859681217, 0.1999952780899907648, 3725965.571108253544},
		{0.45, 1, -0.15849598175853421, 0.15784673274372548441, 10.23524404126714986},
		{0.45, 0.1, -1.5058463093669253, 0.44383641511075252515, 23543.67602794772987},
		{0.5, 3, 0.0, 0.0013498980316300945267, 2.06034946232312462},
		{0.5, 0.05, 0.0, 0.4800611941616275373, 60204.21159871380904},
	} {
		e, load := Capacity{TargetCoding: c[0]}.errorsAt(c[1])
		if relative(load, c[4]) > 1e-13 || relative(e.Error, c[3]) > 1e-13 || relative(e.Offset, c[2]) > 1e-13 {
			t.Errorf("f_Y = %v, reach %v: load %v, error %v, offset %v; want %v, %v, %v: relative errors %.1e, %.1e, %.1e", c[0], c[1],
				load, e.Error, e.Offset, c[4], c[3], c[2], relative(load, c[4]), relative(e.Error, c[3]), relative(e.Offset, c[2]))
		}
	}
}

// The literal integrals: each potential z+b·y below 0 but above -r is moved to 0, which costs its square.
func TestMinimalErrorByQuadrature(t *testing.T) {
	for _, f := range []float64{1e-4, 0.1, 0.2, 0.4, 0.5, 0.9} {
		capacity, _ := Capacity{TargetCoding: f}.Unconstrained()
		for _, factor := range []float64{1.001, 1.1, 2, 10, 1000} {
			load := capacity * factor
			e, err := Capacity{TargetCoding: f}.MinimalError(load)
			if err != nil {
				t.Errorf("f_Y = %v, load %v: %v", f, load, err)
				continue
			}
			cost := func(mean float64) float64 {
				literal := func(v float64) float64 { return v * v * gauss.PDF(v-mean) }
				return quad.Fixed(literal, -e.Reach, 0, 400, quad.Legendre{}, 0)
			}
			wrong := func(mean float64) float64 {
				literal := func(v float64) float64 { return gauss.PDF(v - mean) }
				return quad.Fixed(literal, -e.Reach-15, -e.Reach, 400, quad.Legendre{}, 0)
			}
			if spent := load * (f*cost(e.Offset) + (1-f)*cost(-e.Offset)); relative(spent, 1) > 1e-11 {
				t.Errorf("f_Y = %v, load %v: spends %v of its budget", f, load, spent)
			}
			if relative(e.Misses, wrong(e.Offset)) > 1e-11 || relative(e.FalseAlarms, wrong(-e.Offset)) > 1e-11 ||
				relative(e.Error, f*e.Misses+(1-f)*e.FalseAlarms) > 1e-14 {
				t.Errorf("f_Y = %v, load %v: %+v; misses by quadrature %v, false alarms %v", f, load, e, wrong(e.Offset), wrong(-e.Offset))
			}
			if back, err := (Capacity{TargetCoding: f}).TolerantLoad(e.Error); err != nil || relative(back, load) > 1e-11 {
				t.Errorf("f_Y = %v: load %v comes back as %v, %v", f, load, back, err)
			}
		}
	}
}

// The bound says: draw P Gaussian potentials, choose their mean, and correct the wrong ones in order of distance until
// the squared distances add up to N. Here this is done.
func TestMinimalErrorBySimulation(t *testing.T) {
	const patterns = 20000
	rng := rand.New(rand.NewPCG(3, 1988))
	for _, c := range [][2]float64{{0.5, 4}, {0.2, 4}, {0.2, 12}, {0.7, 3}} {
		f, load := c[0], c[1]
		z, y := make([]float64, patterns), make([]float64, patterns)
		for i := range z {
			z[i], y[i] = rng.NormFloat64(), -1
			if i < int(f*patterns) {
				y[i] = 1
			}
		}
		least := 1.0
		for b := -3.0; b <= 3; b += 0.1 {
			var wrong []float64
			for i := range z {
				if v := z[i] + y[i]*b; v < 0 {
					wrong = append(wrong, v*v)
				}
			}
			slices.Sort(wrong)
			left, corrected := patterns/load, 0
			for corrected < len(wrong) && wrong[corrected] <= left {
				left -= wrong[corrected]
				corrected++
			}
			least = min(least, float64(len(wrong)-corrected)/patterns)
		}
		e, err := Capacity{TargetCoding: f}.MinimalError(load)
		if err != nil || math.Abs(e.Error-least) > 0.008 { // about four standard errors of the simulated minimum
			t.Errorf("f_Y = %v, load %v: error %v, %v; simulated %v", f, load, e.Error, err, least)
		}
	}
}

// At a reach of many standard deviations all errors can be corrected: the load is the capacity.
func TestErrorsAtLargeReach(t *testing.T) {
	for _, f := range []float64{1e-6, 0.01, 0.2, 0.5, 0.6} {
		capacity, _ := Capacity{TargetCoding: f}.Unconstrained()
		for reach := 14.0; reach < 64; reach++ {
			if _, load := (Capacity{TargetCoding: f}).errorsAt(reach); relative(load, capacity) > 1e-14 {
				t.Errorf("f_Y = %v, reach %v: load %v, capacity %v: relative error %.1e", f, reach, load, capacity, relative(load, capacity))
			}
		}
		above := capacity
		for range 20 { // an error that a float64 cannot tell from 0 is 0 or tiny, never a failure
			above = math.Nextafter(above, math.Inf(1))
			if e, err := (Capacity{TargetCoding: f}).MinimalError(above); err != nil || !(e.Error < 1e-16) {
				t.Errorf("f_Y = %v, load %v just above capacity: %+v, %v", f, above, e, err)
			}
		}
	}
}

func TestMinimalErrorLimits(t *testing.T) {
	for _, f := range []float64{1e-6, 0.01, 0.2, 0.5, 0.6} {
		c := Capacity{TargetCoding: f}
		capacity, _ := c.Unconstrained()
		b, _ := c.Offset()
		for _, load := range []float64{1e-9, capacity / 2, capacity} {
			if e, err := c.MinimalError(load); err != nil || e.Error != 0 || e.Misses != 0 || e.FalseAlarms != 0 || e.Offset != b || !math.IsInf(e.Reach, 1) {
				t.Errorf("f_Y = %v, load %v below capacity: %+v, %v", f, load, e, err)
			}
		}
		before := 0.0
		for factor := 1 + 1e-9; factor < 1e12; factor = 1 + (factor-1)*5 {
			e, err := c.MinimalError(capacity * factor)
			if err != nil || !(e.Error > before && e.Error < min(f, 1-f)) {
				t.Errorf("f_Y = %v, %v times capacity: error %v, %v; before %v", f, factor, e.Error, err, before)
			}
			before = e.Error
		}
		if relative(before, min(f, 1-f)) > 1e-3 {
			t.Errorf("f_Y = %v: error tends to %v, want that of a constant output", f, before)
		}
		if load, err := c.TolerantLoad(0); err != nil || load != capacity {
			t.Errorf("f_Y = %v: load without error %v, %v; want %v", f, load, err, capacity)
		}
	}
}

func TestMinimalErrorFails(t *testing.T) {
	c := Capacity{TargetCoding: 0.2}
	for _, load := range []float64{0, -2, math.NaN(), math.Inf(1)} {
		fails(t, "outside (0, ∞)", func() error { _, err := c.MinimalError(load); return err })
	}
	for _, tolerated := range []float64{-0.1, 0.2, 1, math.NaN()} {
		fails(t, "outside [0, 0.2)", func() error { _, err := c.TolerantLoad(tolerated); return err })
	}
	for want, c := range map[string]Capacity{"TargetCoding = 0": {}, "Margin = 1; errors": {0.2, 1}, "Margin = NaN": {0.2, math.NaN()}} {
		fails(t, want, func() error { _, err := c.MinimalError(5); return err })
		fails(t, want, func() error { _, err := c.TolerantLoad(0.01); return err })
	}
}
