package volume

import (
	"math"
	"slices"
	"strings"
	"testing"

	"credo/pkg/model"
	"credo/pkg/separable"
	"credo/pkg/separable/internal/written"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// kinds are the four of a threshold.
var kinds = []separable.Constraints{{FreeThreshold: true}, {Threshold: 1}, {Threshold: -2}, {}}

// draw returns a random task of N channels, a fifth of them inhibitory.
func draw(t testing.TB, n, p int, run uint64) *model.Associations {
	t.Helper()
	a, err := model.Task{Channels: n - n/5, InhibitoryChannels: n / 5, Patterns: p, Coding: 0.4, TargetCoding: 0.5}.Draw(model.Stream(31, run))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// stores says by the definition of the neuron whether some length of the
// weights, or some threshold, stores the associations.
func stores(a *model.Associations, c separable.Constraints, weights []float64) bool {
	n, _ := a.Channels()
	neuron := model.Neuron{Excitatory: weights[:n], Inhibitory: weights[n:]}
	one, zero := a.ByTarget(neuron.Potentials(a))
	low, high := math.Inf(-1), math.Inf(1)
	if len(zero) > 0 {
		low = slices.Max(zero)
	}
	if len(one) > 0 {
		high = slices.Min(one)
	}
	switch {
	case c.FreeThreshold:
		return low < high
	case c.Threshold > 0:
		return low < high && high > 0
	case c.Threshold < 0:
		return low < high && low < 0
	}
	return low <= 0 && high > 0
}

// A pattern of target 1 at a free threshold asks for nothing, so all directions
// count: ⟨w_i w_j⟩ = 2/π and ⟨w_i⟩ = √(N/π) Γ(N/2)/Γ((N+1)/2) at |w|² = N.
func TestAllDirections(t *testing.T) {
	const n, samples = 10, 20000
	a := written.Patterns(t, n, "1000000000 1000000000 1")
	log, err := Log(a, kinds[0], 10, 1, model.Stream(1, 0))
	if err != nil || log != (Logarithm{}) {
		t.Errorf("ln V = %v, %v; want 0", log, err)
	}
	neurons, err := Sample(a, kinds[0], samples, 1, model.Stream(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	first, product, square := make([]float64, samples), make([]float64, samples), make([]float64, samples)
	for i, m := range neurons {
		first[i], product[i], square[i] = m.Excitatory[0], m.Excitatory[1]*m.Inhibitory[2], m.Inhibitory[9]*m.Inhibitory[9]
		if all := floats.Dot(m.Excitatory, m.Excitatory) + floats.Dot(m.Inhibitory, m.Inhibitory); math.Abs(all-2*n) > 1e-12*2*n {
			t.Fatalf("Σ w² = %v, want %v", all, 2*n)
		}
	}
	top, _ := math.Lgamma(n)
	bottom, _ := math.Lgamma(n + 0.5)
	for _, test := range []struct {
		name   string
		values []float64
		want   float64
	}{
		{"⟨w⟩", first, math.Sqrt(2*n/math.Pi) * math.Exp(top-bottom)}, {"⟨w w'⟩", product, 2 / math.Pi}, {"⟨w²⟩", square, 1},
	} {
		size := EffectiveSize(test.values)
		mean, sd := stat.MeanStdDev(test.values, nil)
		if math.Abs(mean-test.want) > 4*sd/math.Sqrt(size) || size < samples/4 {
			t.Errorf("%s = %.4f ± %.4f, want %.4f; %.0f effective samples of %d", test.name, mean, sd/math.Sqrt(size), test.want, size, samples)
		}
	}
}

// Volume and mean direction against rejection, at every kind of threshold.
func TestAgainstRejection(t *testing.T) {
	const draws, samples = 40000, 3000
	for k, c := range kinds {
		tested := 0
		for run := uint64(0); tested < 3; run++ {
			a := draw(t, 6, 4, 10*uint64(k)+run)
			rng := model.Stream(4, run)
			var accepted [][]float64
			for range draws {
				if w := orthant(6, rng); stores(a, c, w) {
					floats.Scale(1/floats.Norm(w, 2), w)
					accepted = append(accepted, w)
				}
			}
			log, err := Log(a, c, 500, 2, rng)
			if len(accepted) < 300 || len(accepted) == draws {
				if len(accepted) == 0 && err == nil && log.Value > math.Log(30./draws) {
					t.Errorf("%+v, run %d: ln V = %v, no direction of %d stores", c, run, log.Value, draws)
				}
				continue
			}
			tested++
			if err != nil {
				t.Fatalf("%+v, run %d: %v", c, run, err)
			}
			want := math.Log(float64(len(accepted)) / draws)
			if e := math.Hypot(log.Error, 1/math.Sqrt(float64(len(accepted)))); math.Abs(log.Value-want) > 4*e {
				t.Errorf("%+v, run %d: ln V = %.3f, rejection says %.3f ± %.3f", c, run, log.Value, want, e)
			}
			neurons, err := Sample(a, c, samples, 3, rng)
			if err != nil {
				t.Fatal(err)
			}
			for j := range 6 {
				walked, drawn := make([]float64, samples), make([]float64, len(accepted))
				for i, m := range neurons {
					w := slices.Concat(m.Excitatory, m.Inhibitory)
					walked[i] = w[j] / floats.Norm(w, 2)
				}
				for i, w := range accepted {
					drawn[i] = w[j]
				}
				m, s := stat.MeanStdDev(walked, nil)
				mean, sd := stat.MeanStdDev(drawn, nil)
				if e := math.Hypot(s/math.Sqrt(EffectiveSize(walked)), sd/math.Sqrt(float64(len(drawn)))); math.Abs(m-mean) > 4.5*e {
					t.Errorf("%+v, run %d: weight %d has mean %.4f, rejection says %.4f ± %.4f", c, run, j, m, mean, e)
				}
			}
		}
	}
}

// Every sample stores the associations in exact arithmetic, and two walks, of which
// the second starts far from the first, agree on the mean overlap with a third.
func TestSamplesStore(t *testing.T) {
	for k, c := range kinds[:3] {
		a := draw(t, 60, 30, 70+uint64(k))
		neurons, err := Sample(a, c, 30, 2, model.Stream(7, uint64(k)))
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range neurons {
			if err := (separable.Certificate{Answer: separable.Feasible, Neuron: m}).Verify(a, c); err != nil {
				t.Errorf("%+v: sample %d: %v", c, i, err)
			}
		}
		var means, errors [2]float64
		for start := range means {
			w, err := NewWalk(a, c)
			if err != nil {
				t.Fatal(err)
			}
			rng := model.Stream(8, 2*uint64(k)+uint64(start))
			if start == 1 { // goes on from a far sample
				copy(w.weights, slices.Concat(neurons[29].Excitatory, neurons[29].Inhibitory))
				w.scale(1)
			}
			overlaps := make([]float64, 4000)
			for i := range 200 + len(overlaps) {
				w.Sweep(rng)
				if i >= 200 {
					overlaps[i-200] = Overlap(w.Neuron(), neurons[0])
				}
			}
			var sd float64
			means[start], sd = stat.MeanStdDev(overlaps, nil)
			errors[start] = sd / math.Sqrt(EffectiveSize(overlaps))
		}
		if e := math.Hypot(errors[0], errors[1]); math.Abs(means[0]-means[1]) > 4*e || e > 0.01 {
			t.Errorf("%+v: mean overlaps %.4f and %.4f ± %.4f", c, means[0], means[1], e)
		}
	}
}

func TestRefusals(t *testing.T) {
	a, rng := written.Patterns(t, 2, "10 00 1", "01 00 0"), model.Stream(11, 0)
	for _, test := range []struct {
		a       *model.Associations
		c       separable.Constraints
		n, s    int
		mention string
	}{
		{written.Patterns(t, 1, "1 0 1", "1 0 0"), kinds[0], 10, 1, "infeasible"},
		{a, separable.Constraints{Threshold: 1, Margin: 1}, 10, 1, "Margin = 1"},
		{a, separable.Constraints{MaxWeight: 2}, 10, 1, "MaxWeight = 2"},
		{a, separable.Constraints{Threshold: math.NaN()}, 10, 1, "Threshold = NaN"},
		{a, kinds[3], 10, 1, "pattern 1 at threshold 0"}, // w₁ must be 0
		{written.Patterns(t, 1, "1 0 0"), kinds[3], 10, 1, "no volume"},
		{a, kinds[0], 10, 0, "sweeps = 0"},
		{a, kinds[0], 0, 1, " = 0"},
	} {
		_, first := Sample(test.a, test.c, test.n, test.s, rng)
		_, second := Log(test.a, test.c, test.n, test.s, rng)
		for _, err := range []error{first, second} {
			if err == nil || !strings.Contains(err.Error(), test.mention) {
				t.Errorf("%v, want an error with %q", err, test.mention)
			}
		}
	}
}
