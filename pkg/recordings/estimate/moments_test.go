package estimate

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"credo/pkg/model"
	"credo/pkg/recordings"

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

func means(values ...float64) (out []Mean) {
	for _, v := range values {
		out = append(out, Mean{Value: v, Variance: math.NaN()})
	}
	return out
}

// channelOf returns a cell of one channel of which quantities were measured.
func channelOf(of map[quantity][]Mean) cell {
	c := cell{channels: make([]channel, 1)}
	need := slices.Sorted(maps.Keys(of))
	for q := range quantities {
		if c.channels[0].measured[q] = of[q]; of[q] == nil {
			c.channels[0].measured[q] = slices.Repeat(means(math.NaN()), len(of[need[0]]))
		}
	}
	c.multiply(need)
	return c
}

// Of two blocks the product is A B, the square of the mean less a quarter of the
// squared difference; of more, the mean over all pairs of different ones. A block
// without which something is not measured is no instrument.
func TestProductOfBlocks(t *testing.T) {
	nan := math.NaN()
	two := map[quantity][]Mean{i0: means(3, 5, nan, nan), e1: means(nan, nan, 2, 4), i1: means(nan, nan, nan, 7)}
	three := map[quantity][]Mean{i0: means(3, 5, 7, nan, nan), e1: means(nan, nan, nan, 2, 4), i1: means(nan, nan, nan, 7, 9)}
	single := map[quantity][]Mean{i0: {{Value: 3, Variance: 0.5}, {Value: nan}}, e1: {{Value: nan}, {Value: 2, Variance: 0.25}}, i1: means(nan, 7)}
	spikes := map[quantity][]Mean{i0: means(3, 5, nan, nan), e1: means(nan, nan, 2, 4), i1: means(nan, nan, nan, 7), s1: means(nan, nan, 1, 2)}
	for _, x := range []struct {
		of         map[quantity][]Mean
		q, r       quantity
		want       float64
		replicated bool
	}{
		{two, i0, i0, 4*4 - 2*2/4., true},
		{three, i0, i0, (3*5 + 3*7 + 5*7) / 3., true},
		{two, i0, i1, 4 * 7, true},
		{two, e1, i1, 2 * 7, true}, // the late block is the only one of i1
		{two, e1, i0, 2 * 4, true}, // and so no instrument for anything
		{two, i0, e1, 4 * 4, true}, // and the early one no regressor
		{two, e1, e1, 2 * 4, true},
		{three, e1, i1, (2*9 + 4*7) / 2., true},
		{three, e1, e1, 2 * 4, true},
		{single, i0, i0, 9 - 0.5, false},
		{single, i0, e1, 3 * 2, false},
		{single, i0, i1, 3 * 7, false},
		{single, e1, e1, 4 - 0.25, false},
		{single, e1, i1, 2 * 7, false},
		{spikes, s1, s1, 1 * 2, true},
		{spikes, e1, s1, 2 * 1.5, true},
	} {
		c := channelOf(x.of)
		if v := c.channels[0].products[1+x.q][1+x.r]; math.Abs(v-x.want) > 1e-12 || c.replicated != x.replicated {
			t.Errorf("[%v %v]: %v, %v, want %v, %v", x.q, x.r, v, c.replicated, x.want, x.replicated)
		}
	}
}

// blocks returns two cells of three channels whose currents are measured in four
// blocks, with errors of any kind that a block can share: of each mean, of each
// current, and one common to all currents.
func blocks(truth [3][3]float64, sd float64, rng *rand.Rand) (cells []Cell) {
	for c := range 2 {
		cell := Cell{Name: fmt.Sprint(c), Channels: make([]Track, 3)}
		for _, time := range []float64{-15, -5, 5, 60} {
			common := sd * rng.NormFloat64()
			both := [2]float64{sd * rng.NormFloat64(), sd * rng.NormFloat64()}
			for k := range cell.Channels {
				phase, e, i := Before, truth[k][0], truth[k][1]
				if time > 0 {
					phase, e = Early, truth[k][2]
				}
				if time > 20 {
					phase = Late
				}
				own := sd * rng.NormFloat64() // of E and I
				cell.Channels[k].Blocks = append(cell.Channels[k].Blocks, Block{Time: time, Phase: phase,
					E: Mean{Value: e + common + both[0] + own + sd*rng.NormFloat64()},
					I: Mean{Value: i + common + both[1] + own + sd*rng.NormFloat64()}})
			}
		}
		cells = append(cells, cell)
	}
	return cells
}

// The sums are those of the true values in the mean, whatever errors are shared in
// a block, for regressors of the cell's own means too, and no variance is known.
func TestMomentsAreUnbiased(t *testing.T) {
	t.Parallel()
	repeats := shorter(40000, 10)
	rng := model.Stream(11, 2)
	var truth [3][3]float64
	for k := range truth {
		truth[k] = [3]float64{1 + rng.Float64(), 1 + rng.Float64(), 1 + rng.Float64()}
	}
	x := []form{own(i0, 1), mean(i0, 1), own(e1, 0.5).plus(mean(i0, -2)), one, own(e0, 1), mean(e1, 1)}
	y := own(i1, 1).plus(own(i0, -1))
	flat := func(sd float64) []float64 {
		s, err := gather(blocks(truth, sd, rng), usual, []quantity{e0, i0, e1}, i1)
		if err != nil {
			t.Fatal(err)
		}
		if s.Replicated != 2 {
			t.Fatal("a product rests on sweeps alone")
		}
		s.cells = s.cells[:1]
		for k := range s.cells[0].channels {
			s.cells[0].channels[k].weight = 1 // the products, not the weights
		}
		return s.moments(y, x...)[0]
	}
	want := flat(0)
	got := make([][]float64, len(want))
	for range repeats {
		for i, v := range flat(0.2) {
			got[i] = append(got[i], v)
		}
	}
	for i, v := range want {
		mean, sd := stat.MeanStdDev(got[i], nil)
		// 4.5 standard errors: 42 sums, once in 3,000 by chance; rounding where
		// nothing is random.
		if se := sd / math.Sqrt(float64(repeats)); math.Abs(mean-v) > 4.5*se+1e-12 {
			t.Errorf("sum %d: mean %v ± %v, true %v", i, mean, se, v)
		}
	}
}

// A weight takes every block of a cell once, so that to first order its error does
// not go with a change between blocks: moving any one block by the same moves it by
// the same.
func TestWeightsTakeBlocksAlike(t *testing.T) {
	level := func(block int) float64 {
		cells := blocks([3][3]float64{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}, 0, model.Stream(11, 3))
		if block >= 0 {
			cells[0].Channels[0].Blocks[block].I.Value += 0.4
		}
		return measure(&cells[0].Channels[0], usual).level
	}
	if v := level(-1); v != 2 {
		t.Errorf("level %v of currents that are 1", v)
	}
	for b := range 4 {
		if v := level(b); math.Abs(v-2.1) > 1e-12 {
			t.Errorf("block %d moves the level to %v, want 2.1", b, v)
		}
	}
}

// numbered are names of n clusters.
func numbered(n int, from int) (names []string) {
	for k := range n {
		names = append(names, fmt.Sprint(from+k))
	}
	return names
}

// averaged is the estimate of the mean of values, of animals from a number on.
func averaged(from int, values ...float64) Estimate {
	var clusters []moments
	for _, v := range values {
		clusters = append(clusters, moments{1, v})
	}
	return jackknife(numbered(len(values), from), clusters, moments.solve).coefficient(0, len(values), 0.9)
}

func alike(a, b Estimate) bool {
	for _, d := range []float64{a.Value - b.Value, a.Low - b.Low, a.High - b.High, a.P - b.P} {
		if !(math.Abs(d) < 1e-9) {
			return false
		}
	}
	return a.N == b.N
}

func normal(rng *rand.Rand, n int) []float64 {
	v := make([]float64, n)
	for k := range v {
		v[k] = rng.NormFloat64()
	}
	return v
}

// Leaving out one of G values at a time gives the variance of their mean that
// the textbook has, and names the farthest of them.
func TestJackknifeOfAMean(t *testing.T) {
	values := normal(model.Stream(11, 3), 9)
	mean, sd := stat.MeanStdDev(values, nil)
	got := averaged(0, values...)
	if want := student(mean, sd/3, 9, 0.9); !alike(got, want) {
		t.Fatalf("jackknife %+v, Student %+v", got, want)
	}
	far := 0
	for k, v := range values {
		if math.Abs(v-mean) > math.Abs(values[far]-mean) {
			far = k
		}
	}
	if name, without := got.Influential(); name != fmt.Sprint(far) || math.Abs(without-(9*mean-values[far])/8) > 1e-12 {
		t.Errorf("most influential: %s, %v without it", name, without)
	}
}

// The difference of two means has Welch's interval where they share no animal, and
// that of the paired t test where they share all.
func TestMinus(t *testing.T) {
	rng := model.Stream(11, 5)
	x, y := normal(rng, 9), normal(rng, 5)
	mx, vx := stat.MeanVariance(x, nil)
	my, vy := stat.MeanVariance(y, nil)
	vx, vy = vx/9, vy/5
	nu := (vx + vy) * (vx + vy) / (vx*vx/8 + vy*vy/4)
	if got, want := averaged(0, x...).Minus(averaged(100, y...), 0.9), withDegrees(mx-my, math.Sqrt(vx+vy), nu, 14, 0.9); !alike(got, want) {
		t.Errorf("%+v, Welch %+v", got, want)
	}
	z, d := normal(rng, 9), make([]float64, 9)
	for k := range z {
		z[k] += 2 * x[k]
		d[k] = x[k] - z[k]
	}
	mean, sd := stat.MeanStdDev(d, nil)
	if got, want := averaged(0, x...).Minus(averaged(0, z...), 0.9), student(mean, sd/3, 9, 0.9); !alike(got, want) {
		t.Errorf("%+v, paired %+v", got, want)
	}
	if got := averaged(0, x...).Minus(undefined(), 0.9); got.N != 0 || !math.IsNaN(got.P) {
		t.Errorf("less what was not measured: %+v", got)
	}
}

// Fieller's bounds are where the null of that ratio is just rejected.
func TestFieller(t *testing.T) {
	const above, below, vaa, vab, vbb, n = 3., 2., 0.2, 0.05, 0.1, 10
	r := fieller(above, below, vaa, vab, vbb, n, 0.95)
	q := distuv.StudentsT{Sigma: 1, Nu: n - 1}.Quantile(0.975)
	for _, rho := range []float64{r.Low, r.High} {
		if d := math.Abs(above-rho*below) / math.Sqrt(vaa-2*rho*vab+rho*rho*vbb); math.Abs(d-q) > 1e-9 {
			t.Errorf("at the bound %v the statistic is %v, want %v", rho, d, q)
		}
	}
	if r = fieller(above, 0.5, vaa, vab, vbb, n, 0.95); !math.IsInf(r.Low, -1) || !math.IsInf(r.High, 1) {
		t.Errorf("a denominator that may be 0 gives %+v, want no bounds", r)
	}
}

// exact returns a channel that was measured without errors.
func exact(values [quantities]float64) (c channel) {
	v := [dims]float64{0: 1}
	copy(v[1:], values[:])
	c.values = v
	for i := range v {
		for j := range v {
			c.products[i][j] = v[i] * v[j]
		}
	}
	return c
}

// The score test is Student's where the regressors have no error and the law of
// large numbers holds: its P is uniform under the null.
func TestScoreIsUniform(t *testing.T) {
	t.Parallel()
	rng := model.Stream(11, 4)
	repeats := shorter(4000, 4)
	var p []float64
	for range repeats {
		s := samples{names: numbered(12, 0)}
		for g := range 12 {
			c := cell{cluster: g}
			for range 8 {
				ch := exact([quantities]float64(normal(rng, int(quantities))))
				ch.weight = 1
				c.channels = append(c.channels, ch)
			}
			s.cells = append(s.cells, c)
		}
		p = append(p, score(s.moments(own(i1, 1), one, own(e1, 1), own(i0, 1)), 2))
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

// Of a single regressor the score test is Student's of the sums of x y over the
// clusters: of 1, 2 and 4, t = 7/√7 with two degrees of freedom.
func TestScoreOfOneRegressor(t *testing.T) {
	var clusters []moments
	for _, u := range []float64{1, 2, 4} {
		clusters = append(clusters, moments{1, u})
	}
	want := distuv.StudentsT{Sigma: 1, Nu: 2}.Survival(math.Sqrt(7))
	if p := score(clusters, 0); math.Abs(p-want) > 1e-12 {
		t.Errorf("P = %v, want %v", p, want)
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

// Responses of one number are one block, whatever their times; where none has a
// number, those of one time are. All channels have the same blocks.
func TestBlocksOfCells(t *testing.T) {
	at := func(channel, time float64, block int) recordings.Response {
		return recordings.Response{Cell: "C", Channel: channel, Time: time, Block: block, Excitation: 1, Inhibition: time}
	}
	for _, x := range []struct {
		list []recordings.Response
		want []float64
	}{
		{[]recordings.Response{at(1, -9, 0), at(2, -8, 0), at(1, 5, 1), at(1, 7, 1), at(2, 40, 2)}, []float64{-8.5, 6, 40}},
		{[]recordings.Response{at(1, -9, 0), at(2, -9, 0), at(2, 30, 0), at(1, 5, 0)}, []float64{-9, 5, 30}},
	} {
		cells, err := Cells(x.list, 20)
		if err != nil {
			t.Fatal(err)
		}
		for _, track := range cells[0].Channels {
			var times []float64
			for _, b := range track.Blocks {
				times = append(times, b.Time)
			}
			if !slices.Equal(times, x.want) {
				t.Errorf("channel %v has blocks at %v, want %v", track.Number, times, x.want)
			}
		}
	}
	if _, err := Cells([]recordings.Response{at(1, -9, 1), at(1, 5, 1)}, 20); err == nil {
		t.Error("a block before and after pairing is no error")
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
	var points []Block
	for _, at := range []float64{-5, 0, 1, 3, 3.1, 40, 50, 50.1} {
		points = append(points, Block{Time: at})
	}
	got := stretches([]Cell{{Channels: []Track{{Blocks: points}}}})
	if want := []stretch{{1, 3, 2}, {3.1, 3.1, 3.1}, {40, 50, 45}, {50.1, 50.1, 50.1}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The ordinary regression is that of the textbook: of y = 0, 1, 1, 2 on d = 0 … 3
// the slope is 0.6, with standard error √(0.2/2/5) and two degrees of freedom. The
// artefact is σ_I²/var d, by the difference of two blocks (A − B)²/4 = 0.5.
func TestOrdinaryRegression(t *testing.T) {
	var cells []Cell
	for k, y := range []float64{0, 1, 1, 2} {
		block := func(phase Phase, i float64) Block {
			return Block{Phase: phase, E: Mean{Value: 1}, I: Mean{Value: i}}
		}
		base := -float64(k)
		cells = append(cells, Cell{Name: string(rune('a' + k)), Channels: []Track{{Blocks: []Block{
			block(Before, base-math.Sqrt(0.5)), block(Before, base+math.Sqrt(0.5)), block(Early, base), block(Late, y+base),
		}}}})
	}
	r, err := Restore(cells, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	v, artefact := r.Ordinary(0, 0)
	if want := student(0.6, math.Sqrt(0.2/2/5), 3, 0.95); !alike(v, want) {
		t.Errorf("%+v, want %+v", v, want)
	}
	if want := 0.5 / (5. / 3); math.Abs(artefact-want) > 1e-12 {
		t.Errorf("artefact %v, want %v", artefact, want)
	}
}

// A gain of a block that excitation and inhibition share, and one of inhibition
// alone, are told apart: of ln E between two blocks 0.2 in all cells, of ln I 0.2 in
// half of them and 0.2 + 0.4 or 0.2 − 0.4 in the others.
func TestFluctuation(t *testing.T) {
	var cells []Cell
	for k, more := range []float64{0, 0, 0.4, -0.4} {
		block := func(e, i float64) Block {
			return Block{E: Mean{Value: math.Exp(e)}, I: Mean{Value: 3 * math.Exp(i)}}
		}
		track := Track{Blocks: []Block{block(1, 1), block(1.2, 1.2+more)}}
		paired := track
		paired.Paired, paired.Blocks = true, []Block{block(1, 1), block(9, 1.2+more)} // its excitation must not count
		cells = append(cells, Cell{Name: fmt.Sprint(k), Channels: []Track{track, paired}}.drift())
	}
	if b := cells[0].Channels[0].Blocks[1]; math.Abs(b.E.Value-math.Exp(0.2)) > 1e-12 || math.Abs(b.I.Value-math.Exp(0.2)) > 1e-12 {
		t.Errorf("excitation %v and inhibition %v of the second block as shares of the first", b.E.Value, b.I.Value)
	}
	sd, n := fluctuation(cells)
	want := [3]float64{math.Sqrt(0.04 / 2), 0, math.Sqrt(0.16 / 2 / 2)}
	for k := range sd {
		if !(math.Abs(sd[k]-want[k]) < 1e-7) || n != 4 {
			t.Errorf("fluctuation %v of %d cells, want %v", sd, n, want)
		}
	}
}
