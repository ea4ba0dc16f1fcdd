package estimate

import (
	"math"
	"slices"
	"testing"

	"credo/pkg/model"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// shorter is n, or its part in short mode.
func shorter(n, by int) int {
	if testing.Short() {
		return n / by
	}
	return n
}

// The mean of products over all pairs of different sweeps is the square of the
// mean less the variance of its error: to correct for the standard error is to
// split the sweeps in every way at once.
func TestCorrectionIsTheMeanOverAllSplits(t *testing.T) {
	rng := model.Stream(11, 1)
	sweeps := make([]float64, 7)
	for k := range sweeps {
		sweeps[k] = 3 + rng.NormFloat64()
	}
	pairs := 0.0
	for i, x := range sweeps {
		for j, y := range sweeps {
			if i != j {
				pairs += x * y / 42
			}
		}
	}
	m := fromSweeps(sweeps)
	s := sample{weight: 1}
	s.value[i0], s.variance[i0] = m.Value, m.Variance
	if got := within([]sample{s}, one, own(i0, 1)).xx[0]; math.Abs(got-pairs) > 1e-12 {
		t.Errorf("corrected square %v, mean over pairs %v", got, pairs)
	}
}

// The corrected sums are those of the true values in the mean, for regressors of
// the cell's own means too, whose errors are shared between its channels.
func TestMomentsAreUnbiased(t *testing.T) {
	t.Parallel()
	repeats := shorter(40000, 10)
	rng := model.Stream(11, 2)
	x := []form{own(i0, 1), mean(i0, 1), own(e1, 0.5).plus(mean(i0, -2)), one}
	y := own(i1, 1).plus(own(i0, -1))
	truth := make([]sample, 3)
	for k := range truth {
		truth[k].weight = 1
		for q := range truth[k].value {
			truth[k].value[q] = 1 + rng.Float64()
		}
	}
	want := within(truth, y, x...)
	flat := func(m moments) []float64 { return append(append(append([]float64{}, m.xx...), m.xy...), m.yy) }
	got := make([][]float64, len(flat(want)))
	for range repeats {
		noisy := make([]sample, len(truth))
		for k := range noisy {
			noisy[k].weight = 1
			for q, v := range truth[k].value {
				sd := 0.2 * float64(1+k)
				noisy[k].value[q], noisy[k].variance[q] = v+sd*rng.NormFloat64(), sd*sd
			}
		}
		for i, v := range flat(within(noisy, y, x...)) {
			got[i] = append(got[i], v)
		}
	}
	for i, v := range flat(want) {
		mean, sd := stat.MeanStdDev(got[i], nil)
		// 4.5 standard errors: 21 sums, once in 10,000 by chance.
		if se := sd / math.Sqrt(float64(repeats)); math.Abs(mean-v) > 4.5*se {
			t.Errorf("sum %d: mean %v ± %v, true %v", i, mean, se, v)
		}
	}
}

// Leaving out one of G values at a time gives the variance of their mean that
// the textbook has.
func TestJackknifeOfAMean(t *testing.T) {
	rng := model.Stream(11, 3)
	var values []float64
	var clusters []moments
	for range 9 {
		v := rng.NormFloat64()
		values = append(values, v)
		clusters = append(clusters, moments{xx: []float64{1}, xy: []float64{v}})
	}
	mean, sd := stat.MeanStdDev(values, nil)
	got, want := estimate(clusters).linear(0.9, 1), student(mean, sd/3, 9, 0.9)
	for _, d := range []float64{got.Value - want.Value, got.Low - want.Low, got.High - want.High, got.P - want.P} {
		if math.Abs(d) > 1e-12 {
			t.Fatalf("jackknife %+v, Student %+v", got, want)
		}
	}
}

// Fieller's bounds are where the null of that ratio is just rejected.
func TestFieller(t *testing.T) {
	const above, below, vaa, vab, vbb, n = 3., 2., 0.2, 0.05, 0.1, 10
	c := clustered{theta: []float64{above, below}, v: []float64{vaa, vab, vab, vbb}, n: n}
	r := c.ratio(0, 1, 0.95)
	q := distuv.StudentsT{Sigma: 1, Nu: n - 1}.Quantile(0.975)
	for _, rho := range []float64{r.Low, r.High} {
		if d := math.Abs(above-rho*below) / math.Sqrt(vaa-2*rho*vab+rho*rho*vbb); math.Abs(d-q) > 1e-9 {
			t.Errorf("at the bound %v the statistic is %v, want %v", rho, d, q)
		}
	}
	c.theta[1] = 0.5
	if r = c.ratio(0, 1, 0.95); !math.IsInf(r.Low, -1) || !math.IsInf(r.High, 1) {
		t.Errorf("a denominator that may be 0 gives %+v, want no bounds", r)
	}
}

// The score test is Student's where the regressors have no error and the law of
// large numbers holds: its P is uniform under the null.
func TestScoreIsUniform(t *testing.T) {
	t.Parallel()
	rng := model.Stream(11, 4)
	repeats := shorter(4000, 4)
	var p []float64
	for range repeats {
		var clusters []moments
		for range 12 {
			list := make([]sample, 8)
			for k := range list {
				list[k].weight = 1
				for q := range list[k].value {
					list[k].value[q] = rng.NormFloat64()
				}
			}
			clusters = append(clusters, within(list, own(i1, 1), one, own(e1, 1), own(i0, 1)))
		}
		p = append(p, score(clusters, 2))
	}
	for _, level := range []float64{0.05, 0.5, 0.95} {
		below := 0.
		for _, v := range p {
			if v < level {
				below++
			}
		}
		// Three standard errors of a share, and a percent for twelve clusters.
		if d := math.Abs(below/float64(repeats) - level); d > 3*math.Sqrt(level*(1-level)/float64(repeats))+0.01 {
			t.Errorf("P < %v in a share of %v", level, below/float64(repeats))
		}
	}
}

// Percentiles of known draws; the interval of Welch ends at 0 at the level of
// its P value.
func TestPercentilesAndWelch(t *testing.T) {
	draws := make([]float64, 1001)
	for k := range draws {
		draws[k] = float64(1000 - k)
	}
	if v := percentiles(500, draws, 9, 0.95); math.Abs(v.Low-25) > 1 || math.Abs(v.High-975) > 1 {
		t.Errorf("of 0 … 1000: %+v", v)
	} else if math.Abs(v.P-2./1001) > 1e-12 {
		t.Errorf("P = %v where no draw of 1001 is below 0", v.P)
	}
	rng := model.Stream(11, 5)
	var a, b Potentiation
	for k := range 9 {
		a.rows = append(a.rows, moments{xy: []float64{0, 1 + rng.NormFloat64()}})
		if k < 5 {
			b.rows = append(b.rows, moments{xy: []float64{0, 3 * rng.NormFloat64()}})
		}
	}
	p := Contrast(a, b, 0.95).P
	if v := Contrast(a, b, 1-p); math.Min(math.Abs(v.Low), math.Abs(v.High)) > 1e-9 {
		t.Errorf("P = %v, but the interval of level 1 − P is %+v", p, v)
	}
}

// Welch's degrees of freedom, from variances of the means of 0.1 and 0.3 by 5 and
// 4 values: (0.1 + 0.3)²/(0.01/4 + 0.09/3) = 4.923.
func TestWelchDegrees(t *testing.T) {
	var a, b Potentiation
	for _, x := range []float64{-1, -0.5, 0, 0.5, 1} { // of variance 0.625
		a.rows = append(a.rows, moments{xy: []float64{0, x * math.Sqrt(0.8)}})
	}
	for _, x := range []float64{-1, -1, 1, 1} { // of variance 4/3
		b.rows = append(b.rows, moments{xy: []float64{0, 2 + x*math.Sqrt(0.9)}})
	}
	want := 2 * distuv.StudentsT{Sigma: 1, Nu: 0.16 / (0.01/4 + 0.09/3)}.CDF(-2/math.Sqrt(0.4))
	if v := Contrast(a, b, 0.95); math.Abs(v.Value+2) > 1e-12 || math.Abs(v.P-want) > 1e-9 || v.N != 9 {
		t.Errorf("%+v, want P %v", v, want)
	}
}

// Noisy channels count less, 1/(v + 0.3 v̄); without errors all count alike.
func TestWeights(t *testing.T) {
	list := make([]sample, 2)
	list[0].variance[e0], list[1].variance[e0] = 1, 3
	weigh(list, e0)
	if list[0].weight != 1/1.6 || list[1].weight != 1/3.6 {
		t.Errorf("weights %v and %v", list[0].weight, list[1].weight)
	}
	if weigh(list, i0); list[0].weight != 1 || list[1].weight != 1 {
		t.Errorf("weights %v and %v without errors", list[0].weight, list[1].weight)
	}
}

// Means of two and of four sweeps weigh as their sweeps; those of unknown sweeps
// weigh alike, and what was not measured not at all.
func TestPool(t *testing.T) {
	a, b := Mean{1, 0.5, []float64{0, 2}}, Mean{4, 0.25, []float64{3, 4, 4, 5}}
	if m := pool([]Mean{a, b, {Value: math.NaN()}}); m.Value != 3 || math.Abs(m.Variance-(4*0.5+16*0.25)/36) > 1e-15 || len(m.Sweeps) != 6 {
		t.Errorf("%+v", m)
	}
	b.Sweeps = nil
	if m := pool([]Mean{a, b}); m.Value != 2.5 || m.Variance != 0.75/4 || m.Sweeps != nil {
		t.Errorf("%+v", m)
	}
}

// Statistics as large as that observed count as large: where none can be larger,
// P = 1.
func TestPermutationOfEqualValues(t *testing.T) {
	list := []float64{2, 2, 2}
	if p := permute([][]float64{list}, func() float64 { return list[0] }, 99, model.Stream(11, 6)); p != 1 {
		t.Errorf("P = %v", p)
	}
	list = []float64{3, 1, 2} // the largest is first with probability 1/3
	p := permute([][]float64{list}, func() float64 { return list[0] }, 9999, model.Stream(11, 6))
	if math.Abs(p-1./3) > 5*math.Sqrt(2./9/1e4) {
		t.Errorf("P = %v, want 1/3", p)
	}
}

// Times within a quarter of the first, or two minutes, are one.
func TestStretches(t *testing.T) {
	var points []Point
	for _, at := range []float64{0, 1, 3, 3.1, 40, 50, 50.1} {
		points = append(points, Point{Time: at})
	}
	got := stretches([]Cell{{Channels: []Track{{Course: points}}}})
	if want := []stretch{{1, 3, 2}, {3.1, 3.1, 3.1}, {40, 50, 45}, {50.1, 50.1, 50.1}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The ordinary regression is that of the textbook: of y = 0, 1, 1, 2 on d = 0 … 3
// the slope is 0.6, with standard error √(0.2/2/5) and two degrees of freedom.
func TestOrdinaryRegression(t *testing.T) {
	var cells []Cell
	for k, y := range []float64{0, 1, 1, 2} {
		at := func(v float64) Mean { return Mean{Value: v, Variance: 0.5} }
		cells = append(cells, Cell{Name: string(rune('a' + k)), Channels: []Track{{
			E: [3]Mean{at(1), at(1), at(1)}, I: [3]Mean{at(-float64(k)), at(0), at(y - float64(k))},
		}}})
	}
	v, artefact, err := Naive(cells, AfterPairing, 0, 0, 0.95)
	want := student(0.6, math.Sqrt(0.2/2/5), 3, 0.95)
	if err != nil || math.Abs(v.Value-want.Value) > 1e-12 || math.Abs(v.Low-want.Low) > 1e-9 || math.Abs(v.P-want.P) > 1e-12 {
		t.Errorf("%+v, %v, want %+v", v, err, want)
	}
	if want := 0.5 / (5. / 3); math.Abs(artefact-want) > 1e-12 { // σ_I²/var d
		t.Errorf("artefact %v, want %v", artefact, want)
	}
}

// Of a single regressor the score test is Student's of the sums of x y over the
// clusters: of 1, 2 and 4, t = 7/√7 with two degrees of freedom.
func TestScoreOfOneRegressor(t *testing.T) {
	var clusters []moments
	for _, u := range []float64{1, 2, 4} {
		clusters = append(clusters, moments{xx: []float64{1}, xy: []float64{u}})
	}
	want := distuv.StudentsT{Sigma: 1, Nu: 2}.Survival(math.Sqrt(7))
	if p := score(clusters, 0); math.Abs(p-want) > 1e-12 {
		t.Errorf("P = %v, want %v", p, want)
	}
}
