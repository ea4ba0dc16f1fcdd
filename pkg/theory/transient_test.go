package theory_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/mat"
)

// pair is acetylcholine and balance alone, b = 0.05.
func pair() rules.Circuit {
	c := published().Without("NE").Without("Hebbian")
	c.Acetylcholine.Depression, c.Balance.Offset = 0, 0.05
	return c
}

// By hand: a_I f(1−f) T = 0.638 · 0.16 · 600 = 61.248, and (1 − 1/7.826)² = 0.7608.
func TestLargestLoadByHand(t *testing.T) {
	got, err := of(pair()).LargestLoad(600)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "α_max(600)", got, 0.7608, 5e-5)
	for _, x := range [][2]float64{{0, 0}, {1 / (0.638 * 0.16), 0}, {5, 0}, {1e12, 1}} {
		got, err := of(pair()).LargestLoad(x[0])
		if err != nil || math.Abs(got-x[1]) > 1e-5 {
			t.Errorf("α_max(%v) = %v, %v; want %v", x[0], got, err, x[1])
		}
	}
	// At α_max one relaxation time of the slowest mode has passed: the card's time is 1.
	s := setting(pair())
	s.Task, s.Duration = experiment.Task(pair(), 1000, 0.7608), 600
	lesson.Near(t, "time on the card", value(t, of(pair()).Regime(s), "time").Value, 1, 5e-3) // 761 patterns
}

// Against u(T) = exp(−a_I G T) u(0) with the Gram matrices of random patterns, exact
// for the linear rule that the pair is: below, at and above one pattern a channel.
// N = 200; 64 tasks.
func TestTransientAgreesWithLinearAlgebra(t *testing.T) {
	lesson.Long(t)
	const n, duration = 200, 600
	c := pair()
	d := condition(c)
	for _, load := range []float64{0.9, 1, 1.2} {
		task := experiment.Task(c, n, load)
		var all []float64
		for run := range uint64(64) {
			a, err := task.Draw(model.Stream(91, run))
			if err != nil {
				t.Fatal(err)
			}
			gram, _ := a.Gram()
			var e mat.EigenSym
			var u mat.Dense
			if !e.Factorize(gram, true) {
				t.Fatal("no eigenvalues")
			}
			e.VectorsTo(&u)
			var z, left mat.VecDense
			start := mat.NewVecDense(a.Len(), nil)
			for mu := range a.Len() {
				start.SetVec(mu, -d.V0)
				if a.Target(mu) {
					start.SetVec(mu, -d.V1)
				}
			}
			z.MulVec(u.T(), start)
			for k, g := range e.Values(nil) {
				z.SetVec(k, z.AtVec(k)*math.Exp(-c.Balance.Rate*max(0, g)*duration))
			}
			left.MulVec(&u, &z)
			wrong, zeros := 0., 0.
			for mu := range a.Len() {
				if !a.Target(mu) {
					zeros++
					if d.V0+left.AtVec(mu) > 0 {
						wrong++
					}
				}
			}
			all = append(all, wrong/zeros)
		}
		mean, half := experiment.NewInterval(all, 0.999).At(0.999)
		want, err := of(c).Transient(load, duration)
		t.Logf("α = %v: %.4f ± %.4f, want %.4f", load, mean, half, want.FalseAlarm)
		if err != nil || math.Abs(mean-want.FalseAlarm) > half || half > 0.03 {
			t.Errorf("α = %v: false alarms %.4f ± %.4f, want %.4f, %v", load, mean, half, want.FalseAlarm, err)
		}
	}
}

func TestTransientEnds(t *testing.T) {
	c := pair()
	d := condition(c)
	end, err := of(c).Transient(0.5, 1e6)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "V_1 in the end", end.V1, d.V1, 1e-9)
	lesson.Near(t, "V_0 in the end", end.V0, d.V0, 1e-9)
	lesson.Near(t, "errors in the end", end.Miss+end.FalseAlarm, 0, 0)
	start, _ := of(c).Transient(0.5, 0)
	lesson.Near(t, "all at one potential", start.V1, start.V0, 1e-9)
	// Beyond α = 1: least squares, V = t̄ + (t − t̄)/α and d' = 1/√(f_Y(1−f_Y)(α−1)).
	over, _ := of(c).Transient(1.5, 1e7)
	lesson.Near(t, "V_1 − V_0 at α = 1.5", over.V1-over.V0, (d.V1-d.V0)/1.5, 1e-6)
	lesson.Near(t, "d'", (over.V1-over.V0)/over.SD, 1/math.Sqrt(0.16*0.5), 1e-5)

	_, err = of(c).Transient(-1, 1)
	refusal.Mentions(t, err, "load P/N = -1")
	_, err = of(c).LargestLoad(math.NaN())
	refusal.Mentions(t, err, "duration T = NaN")
	_, err = of(gated(c)).LargestLoad(1)
	refusal.Mentions(t, err, "WhenFiring")
	_, err = of(c.Without("ACh")).LargestLoad(1)
	refusal.Mentions(t, err, "no stationary potentials")
}
