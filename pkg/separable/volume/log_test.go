package volume

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"credo/pkg/model"
	"credo/pkg/separable"
	"credo/pkg/separable/internal/written"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// Angles of two weights, and the solid angle cut from the octant by
// w₀ > w₁ + w₂: a spherical triangle, by Girard's theorem.
func TestAngles(t *testing.T) {
	corner := func(u, v, w []float64) float64 { // the angle at u
		normal := func(a, b []float64) []float64 {
			return []float64{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
		}
		p, q := normal(u, v), normal(u, w)
		return math.Acos(floats.Dot(p, q) / floats.Norm(p, 2) / floats.Norm(q, 2))
	}
	x, y, z := []float64{1, 0, 0}, []float64{1, 1, 0}, []float64{1, 0, 1}
	triangle := (corner(x, y, z) + corner(y, z, x) + corner(z, x, y) - math.Pi) / (math.Pi / 2)
	for _, test := range []struct {
		a    *model.Associations
		c    separable.Constraints
		want float64
	}{
		{written.Patterns(t, 2, "10 00 1", "01 00 0"), kinds[0], 0.5},
		{written.Patterns(t, 1, "1 1 1"), kinds[1], 0.5}, // w_E > w_I
		{written.Patterns(t, 1, "1 1 0"), kinds[2], 0.5}, // the reverse
		{written.Patterns(t, 1, "1 1 0", "0 0 0"), kinds[3], 0.5},
		{written.Patterns(t, 1, "1 1 0"), kinds[1], 1},
		{written.Patterns(t, 3, "100 000 1", "011 000 0"), kinds[1], triangle},
		{written.Patterns(t, 3, "111 010 1", "111 110 0", "110 111 0"), kinds[0], math.NaN()},
	} {
		log, err := Log(test.a, test.c, 4000, 3, model.Stream(2, 0))
		if err != nil {
			t.Fatal(err)
		}
		if math.IsNaN(test.want) {
			test.want = share(test.a, test.c, 100000)
		}
		if d := log.Value - math.Log(test.want); math.Abs(d) > 4*math.Hypot(log.Error, 1/math.Sqrt(100000*test.want)) {
			t.Errorf("ln V = %.4f ± %.4f, want %.4f", log.Value, log.Error, math.Log(test.want))
		}
	}
}

// share is the share of random directions that store the associations.
func share(a *model.Associations, c separable.Constraints, draws int) float64 {
	nE, nI := a.Channels()
	rng, count := model.Stream(3, 0), 0
	for range draws {
		if stores(a, c, orthant(nE+nI, rng)) {
			count++
		}
	}
	return float64(count) / float64(draws)
}

// If no two patterns have one current, each direction stores at a free threshold
// one of the sets of targets of which k are 1, for each k, and at threshold 0 one
// of all. So the mean volume over such sets is 1/C(P, k).
func TestTargetsShareTheDirections(t *testing.T) {
	const n, p = 20, 4
	a := draw(t, n, p, 1)
	var sums, variances [p + 2]float64
	for bits := range 1 << p {
		targets, ones := make([]bool, p), 0
		for mu := range targets {
			if targets[mu] = bits>>mu&1 == 1; targets[mu] {
				ones++
			}
		}
		for kind, at := range map[int]int{0: ones, 3: p + 1} {
			log, err := Log(a.WithTargets(targets), kinds[kind], 200, 2, model.Stream(5, uint64(bits)))
			if err != nil {
				t.Fatal(err)
			}
			v := math.Exp(log.Value)
			sums[at] += v
			variances[at] += v * v * log.Error * log.Error
		}
	}
	for k, sum := range sums {
		if e := math.Sqrt(variances[k]); math.Abs(sum-1) > 4*e+1e-12 || e > 0.1 {
			t.Errorf("%d: the volumes of the sets of targets sum to %.3f ± %.3f, want 1", k, sum, e)
		}
	}
}

// The next pattern cuts the volume by the fraction of solutions that store it.
func TestNextPattern(t *testing.T) {
	const n, p, samples = 30, 6, 4000
	first := func(a *model.Associations, count int) *model.Associations {
		var e, i [][]int32
		var y []bool
		for mu := range count {
			e, i, y = append(e, a.Excitatory(mu)), append(i, a.Inhibitory(mu)), append(y, a.Target(mu))
		}
		part, err := model.NewAssociations(n-n/5, e, i, y)
		if err != nil {
			t.Fatal(err)
		}
		return part
	}
	for run := range uint64(3) {
		all := draw(t, n, p+1, 50+run)
		a, longer := first(all, p), first(all, p+1)
		rng, stored := model.Stream(6, run), make([]float64, samples)
		w, err := NewWalk(a, kinds[0])
		if err != nil {
			t.Fatal(err)
		}
		for k := range stored {
			w.Sweep(rng)
			if stores(longer, kinds[0], w.weights) {
				stored[k] = 1
			}
		}
		fraction := stat.Mean(stored, nil)
		before, err := Log(a, kinds[0], 400, 2, rng)
		if err != nil {
			t.Fatal(err)
		}
		after, err := Log(longer, kinds[0], 400, 2, rng)
		if err != nil {
			t.Fatal(err)
		}
		got := after.Value - before.Value
		if e := math.Hypot(math.Hypot(before.Error, after.Error), math.Sqrt((1-fraction)/fraction/EffectiveSize(stored))); math.Abs(got-math.Log(fraction)) > 4*e {
			t.Errorf("run %d: ln V changes by %.3f ± %.3f, a fraction of e^%.3f stores the pattern", run, got, e, math.Log(fraction))
		}
	}
}

// Twelve channels, of each of which one pattern asks w_E > w_I: V = 2⁻¹². With the fewest
// walkers there may be, ln V is unbiased and as uncertain as it says.
func TestLogIsUnbiased(t *testing.T) {
	const n, runs = 12, 400
	var each [][]int32
	for j := range int32(n) {
		each = append(each, []int32{j})
	}
	a, err := model.NewAssociations(n, each, nil, slices.Repeat([]bool{true}, n))
	if err != nil {
		t.Fatal(err)
	}
	var values, errors []float64
	for run := range uint64(runs) {
		log, err := Log(a, kinds[3], 10, 3, model.Stream(15, run))
		if err != nil {
			t.Fatal(err)
		}
		values, errors = append(values, log.Value), append(errors, log.Error)
	}
	mean, sd := stat.MeanStdDev(values, nil)
	if want := -n * math.Ln2; math.Abs(mean-want) > 4*sd/math.Sqrt(runs) {
		t.Errorf("ln V = %.3f ± %.3f, want %.3f", mean, sd/math.Sqrt(runs), want)
	}
	if claimed := stat.Mean(errors, nil); math.Abs(sd/claimed-1) > 0.15 {
		t.Errorf("standard deviation of ln V %.3f, said to be %.3f", sd, claimed)
	}
}

// Walkers give the same volume, within the error that they claim, however long
// they walk between two levels: they walk long enough.
func TestLogOfLongerWalks(t *testing.T) {
	a := draw(t, 40, 20, 90)
	var values []float64
	for run := range uint64(6) {
		for _, sweeps := range []int{2, 10} {
			log, err := Log(a, kinds[0], 30, sweeps, model.Stream(9, run))
			if err != nil {
				t.Fatal(err)
			}
			sign := float64(sweeps-6) / 4
			values = append(values, sign*log.Value/log.Error)
		}
	}
	var sum float64
	for _, v := range values {
		sum += v
	}
	if z := sum / math.Sqrt(float64(len(values))); math.Abs(z) > 4 {
		t.Errorf("two and ten sweeps differ by %.1f standard errors", z)
	}
}

func ExampleLog() {
	a, err := model.Task{Channels: 40, InhibitoryChannels: 10, Patterns: 25, Coding: 0.2, TargetCoding: 0.5}.Draw(model.Stream(1, 0))
	if err != nil {
		panic(err)
	}
	c := separable.Constraints{Threshold: 1}
	log, err := Log(a, c, 100, 2, model.Stream(1, 1))
	if err != nil {
		panic(err)
	}
	neurons, err := Sample(a, c, 2, 100, model.Stream(1, 2))
	if err != nil {
		panic(err)
	}
	fmt.Printf("of the directions of weights e^(%.0f±%.0f) store the patterns; two of them overlap by %.1f\n", log.Value, log.Error, Overlap(neurons[0], neurons[1]))
	// Output: of the directions of weights e^(-33±1) store the patterns; two of them overlap by 0.8
}
