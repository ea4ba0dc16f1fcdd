package memory_test

import (
	"context"
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/experiment"
	"credo/pkg/memory"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/mat"
)

// running is a strong Hebbian rule whose reference is the running mean, beside
// the reported balance and acetylcholine.
func running(b float64) rules.Circuit {
	c := rules.Reported().Without("NE")
	c.Acetylcholine.Depression, c.ACh.Disinhibition, c.Balance.Offset = 0, 1, b
	c.Hebbian.Rate, c.Hebbian.Running = 0.3, true
	return c
}

func kept(t *testing.T, b float64) float64 {
	t.Helper()
	r, err := memory.Retention{Taught: running(b), After: running(b).Without("ACh"), Channels: 200, Patterns: 100}.Kept()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// holding is a neuron that holds just so many of the targets, at the potentials
// at which they stand still, or just above threshold if these are below it:
// w_I = w − J with J of least norm.
func holding(t *testing.T, c rules.Circuit, a *model.Associations, held int) *model.Neuron {
	t.Helper()
	v, left := mat.NewVecDense(a.Len(), nil), held
	share := float64(held) / float64(a.Len())
	for mu := range a.Len() {
		rest := -c.Hebbian.Rate/c.Balance.Rate*share - c.Balance.Offset
		if a.Target(mu) && left > 0 {
			rest, left = max(0.001, rest+c.Hebbian.Rate/c.Balance.Rate), left-1
		}
		v.SetVec(mu, rest)
	}
	x, _ := a.Dense()
	gram, _ := a.Gram()
	var factors mat.Cholesky
	var solved, j mat.VecDense
	if !factors.Factorize(gram) || factors.SolveVecTo(&solved, v) != nil {
		t.Fatal("patterns are not independent")
	}
	j.MulVec(x.T(), &solved)
	channels, _ := a.Channels()
	n := model.NewNeuron(channels, 40)
	for i := range n.Inhibitory {
		n.Inhibitory[i] -= j.AtVec(i) / math.Sqrt(float64(channels))
	}
	return n
}

// Sets below r* stand still, and larger ones shrink to below it.
func TestKeptIsWhereSetsStandStill(t *testing.T) {
	t.Parallel()
	for _, b := range short([]float64{0.40, 0.42}, []float64{0.42}) {
		c := running(b)
		a, err := task(400, 200).Draw(model.Stream(81, 0))
		if err != nil {
			t.Fatal(err)
		}
		most := kept(t, b) * 40 // targets
		for _, held := range []int{int(most), int(most) + 2} {
			l := c.Without("ACh").Learner(holding(t, c, a, held), 1)
			if got := l.Neuron.Recall(a).Hits * 40; math.Abs(got-float64(held)) > 1e-9 {
				t.Fatalf("%v of 40 hits to begin with, want %d", got, held)
			}
			if err := (model.Drift{Learner: l}).Integrate(t.Context(), a, 300); err != nil {
				t.Fatal(err)
			}
			got := math.Round(l.Neuron.Recall(a).Hits * 40)
			if stays := float64(held) < most; stays && got != float64(held) || !stays && got > most {
				t.Errorf("b = %v, r* = %.2f of 40: of %d held %v are left", b, most, held, got)
			}
		}
	}
}

// A neuron that has learned all keeps a part, less than r* and not nothing; with a constant
// reference it keeps nothing.
func TestKeptAgainstLearning(t *testing.T) {
	t.Parallel()
	n, b := short(400, 160), 0.40
	hits := func(running bool, c rules.Circuit) experiment.Interval {
		c.Hebbian.Running = running
		d := experiment.Design{Circuit: c, Task: task(n, n/2), Weight: 20, Rate: 0.1, Duration: 300, Seed: 82}
		// A mean over 100 epochs, so that its own fluctuations take little.
		d.Circuit.Memory = 20000
		f := memory.Forgetting{Study: d.Study(), After: d.Circuit.Without("ACh"), Later: 300 * 10}
		v, err := f.Measure(context.Background(), short(6, 3), func(x experiment.Trained) []float64 {
			return []float64{x.History[len(x.History)-1].AtEnd.Hits}
		})
		if err != nil {
			t.Fatal(err)
		}
		return v[0]
	}
	part, none := hits(true, running(b)), hits(false, running(b))
	t.Logf("kept %v of r* = %.3f; constant reference %v", part, kept(t, b), none)
	if !(part.Mean+part.Half < kept(t, b) && part.Mean-part.Half > 0) || none.Mean > 0.01 {
		t.Errorf("kept %v of r* = %.3f; constant reference %v", part, kept(t, b), none)
	}
}

// In closed form, and at its ends; the reported Hebbian rule keeps nothing.
func TestKeptByHand(t *testing.T) {
	lesson.Near(t, "r* at b = 0.40", kept(t, 0.40), (1-0.638*0.40/0.3)/0.2, 1e-12)
	lesson.Near(t, "r* at b = 0.3", kept(t, 0.3), 1, 0)
	lesson.Near(t, "r* at b = 0.48", kept(t, 0.48), 0, 0)
	above := running(0.35)
	above.Threshold = 0.05
	r, err := memory.Retention{Taught: above, After: above.Without("ACh"), Channels: 200, Patterns: 100}.Kept()
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "r* at b + θ = 0.40", r, kept(t, 0.40), 1e-12)
	weak := running(0.05)
	weak.Hebbian.Rate = 0.016
	reported := memory.Retention{Taught: weak, After: weak.Without("ACh"), Channels: 200, Patterns: 100}
	got, err := reported.Kept()
	if err != nil || got != 0 {
		t.Errorf("reported rate: %v, %v", got, err)
	}
	_, err = reported.HalfLife()
	refusal.Mentions(t, err, "Hebbian is Running")
	for want, spoil := range map[string]func(r *memory.Retention){
		"must be Running":     func(r *memory.Retention) { r.After.Hebbian.Running = false },
		"rules beside":        func(r *memory.Retention) { r.After.Excitatory = []model.Rule{rules.Delta{Rate: 1}} },
		"releases":            func(r *memory.Retention) { r.After.NE.Error = 0.1 },
		"Slope 1":             func(r *memory.Retention) { r.After.Balance.Slope = 0.9 },
		"200 patterns on 200": func(r *memory.Retention) { r.Patterns = 200 },
		"Hebbian.Rate = NaN":  func(r *memory.Retention) { r.After.Hebbian.Rate = math.NaN() },
	} {
		bad := reported
		spoil(&bad)
		_, err := bad.Kept()
		refusal.Mentions(t, err, want)
	}
}
