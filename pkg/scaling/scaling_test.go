package scaling_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"credo/internal/gauss"
	"credo/pkg/model"
	"credo/pkg/scaling"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// made are outcomes of a law that is known, of capacity 2.44, exponent x, scale 1.5 and lag 1.5: of as many runs at each of seven
// points, drawn, or without a generator in proportion.
func made(x float64, runs int, rng *rand.Rand) (all []scaling.Outcome) {
	for _, n := range []float64{50, 100, 200, 400, 800} {
		grown := math.Pow(n, x)
		for _, u := range []float64{-5, -4, -3, -2, -1, 0, 1} {
			o := scaling.Outcome{Channels: n, Load: 2.44 + 1.5*u/grown}
			p := gauss.CDF(-u - 1.5)
			for range runs {
				k := scaling.Neurons * p
				if rng != nil {
					k = distuv.Binomial{N: scaling.Neurons, P: p, Src: rng}.Rand()
				}
				o.Learned = append(o.Learned, k)
			}
			all = append(all, o)
		}
	}
	return all
}

// Outcomes that are exactly a law's have that law.
func TestCollapseExact(t *testing.T) {
	for _, x := range []float64{0.3, 0.5, 0.8} {
		for _, capacity := range []float64{2.44, 0} {
			c, err := scaling.FitCollapse(made(x, 1000, nil), capacity)
			if err != nil || math.Abs(c.Exponent-x) > 1e-4 || math.Abs(c.Capacity-2.44) > 1e-4 || math.Abs(c.Scale-1.5) > 2e-3 || math.Abs(c.Lag-1.5) > 1e-3 || c.Deviance > 1e-4 {
				t.Errorf("exponent %v: %+v, %v", x, c, err)
			}
		}
	}
}

// Exponents and capacities of drawn outcomes are inside their intervals as often as these say, by both routes, and the
// deviance is χ².
func TestIntervals(t *testing.T) {
	const runs = 12
	inside, deviance, degrees := [4]int{}, 0., 0
	for run := range uint64(runs) {
		rng := model.Stream(3, run)
		all := made(0.5, 8, rng)
		numbers, err := scaling.Bootstrap(all, 30, rng, func(o []scaling.Outcome) ([]float64, error) {
			c, err := scaling.FitCollapse(o, 0)
			d, err2 := scaling.FitCollapse(o, 2.44)
			if err == nil {
				err = err2
			}
			return []float64{c.Capacity, c.Exponent, d.Exponent}, err
		})
		if err != nil {
			t.Fatal(err)
		}
		widths, err := scaling.Bootstrap(all, 30, rng, func(o []scaling.Outcome) (w []float64, err error) {
			for k := 0; k < len(o); k += 7 {
				f, err := scaling.Fit(o[k : k+7])
				if err != nil {
					return nil, err
				}
				w = append(w, f.Width)
			}
			return w, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		slope, err := scaling.Exponent([]float64{50, 100, 200, 400, 800}, widths)
		if err != nil {
			t.Fatal(err)
		}
		if run == 0 {
			t.Log(scaling.Intervals(numbers), slope)
		}
		for k, v := range append(scaling.Intervals(numbers), slope) {
			if math.Abs(v.Mean-[]float64{2.44, 0.5, 0.5, -0.5}[k]) <= v.Half {
				inside[k]++
			}
		}
		c, err := scaling.FitCollapse(all, 2.44)
		if err != nil {
			t.Fatal(err)
		}
		deviance, degrees = deviance+c.Deviance, degrees+c.Degrees
	}
	for k, n := range inside {
		if n < 9 { // 11 expected; fewer than 9 with probability 0.002
			t.Errorf("number %d is inside its interval of 95 percent in %d of %d", k, n, runs)
		}
	}
	// Where hardly any or nearly all neurons learn the deviance of a point is below 1.
	if r := deviance / float64(degrees); r < 0.6 || r > 1.1 {
		t.Errorf("deviance %v for %d degrees", deviance, degrees)
	}
}

// A law of another form is noticed, and outcomes that tell nothing are refused.
func TestRefused(t *testing.T) {
	all := made(0.5, 8, nil)
	for k := range all {
		if all[k].Channels == 800 {
			all[k].Load += 0.1 // its transition is elsewhere
		}
	}
	if c, err := scaling.FitCollapse(all, 2.44); err != nil || c.Deviance < 60 {
		t.Errorf("%+v, %v", c, err)
	}
	for _, o := range [][]scaling.Outcome{nil, made(0.5, 8, nil)[:1], learned(8, 8, 0), learned(8, 3, 0), learned(3, 4, 5)} {
		if f, err := scaling.Fit(o); err == nil {
			t.Errorf("%v has the transition %+v", o, f)
		}
	}
	if _, err := scaling.Fit(learned(8, 5, 3, 0)); err != nil {
		t.Error(err)
	}
	if _, err := scaling.FitCollapse(made(0.5, 8, nil)[:7], 2.44); err == nil {
		t.Error("one size has an exponent")
	}
	if _, err := scaling.Exponent([]float64{1, 2}, [][]float64{{1, 0}, {1, 1}, {1, 1}}); err == nil {
		t.Error("0 has an exponent")
	}
}

// learned are outcomes of single runs at loads 1, 2 and so on.
func learned(k ...float64) (all []scaling.Outcome) {
	for i, v := range k {
		all = append(all, scaling.Outcome{Channels: 50, Load: float64(i + 1), Learned: []float64{v}})
	}
	return all
}

// Independent neurons have a dispersion of 1, those that all do the same one of their number; resampling keeps
// the variance of the mean over runs.
func TestDispersion(t *testing.T) {
	rng := model.Stream(5, 1)
	all := made(0.5, 40, rng)
	if r, n := scaling.Dispersion(all); math.Abs(r-1) > 4*math.Sqrt(2/float64(n)) {
		t.Errorf("independent: %v with %d degrees", r, n)
	}
	for _, o := range all {
		for i := range o.Learned {
			o.Learned[i] = 0
			if rng.Float64() < 0.5 {
				o.Learned[i] = scaling.Neurons
			}
		}
	}
	// p(1−p) of m values of 0 and 1 is their unbiased variance times (m−1)/m.
	if r, n := scaling.Dispersion(all); math.Abs(r-scaling.Neurons*40./39) > 1e-9 || n != 35*39 {
		t.Errorf("alike: %v with %d degrees", r, n)
	}
	three := []scaling.Outcome{{Channels: 50, Load: 1, Learned: []float64{0, 4, 8}}}
	var shares []float64
	for range 20000 {
		shares = append(shares, scaling.Resample(three, rng)[0].Share())
	}
	if v := stat.Variance(shares, nil); math.Abs(v*12-1) > 0.03 { // s²/m = 0.25/3
		t.Errorf("variance %v, want 1/12", v)
	}
}

// Numbers that grow as a power have its exponent, and those of which the draws are surest weigh most.
func TestExponent(t *testing.T) {
	rng := model.Stream(6, 1)
	var numbers [][]float64
	for k := range 200 {
		row := []float64{3 * math.Pow(50, -0.5), 3 * math.Pow(100, -0.5), 3 * math.Pow(200, -0.5), 99}
		if k > 0 {
			for i := range row {
				row[i] *= math.Exp([]float64{0.01, 0.01, 0.01, 10}[i] * rng.NormFloat64())
			}
		}
		numbers = append(numbers, row)
	}
	v, err := scaling.Exponent([]float64{50, 100, 200, 400}, numbers)
	if want := 1.96 * 0.01 / math.Ln2 / math.Sqrt2; err != nil || math.Abs(v.Mean+0.5) > 1e-4 || math.Abs(v.Half/want-1) > 0.15 {
		t.Errorf("%v, %v; want −0.5 ± %.3g", v, err, want)
	}
}
