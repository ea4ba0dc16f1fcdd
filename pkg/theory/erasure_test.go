package theory_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"credo/internal/lesson"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// Without acetylcholine the memory is erased: inhibition alone goes on
// balancing, and brings every pattern to the E/I line. With T epochs,
//
//	V(T) + b = exp(−λ a_I G T) (V(0) + b),
//
// G being the overlaps x·x'/N. Derived here for small rates.
func TestBalanceErasesWhatIsNotTaught(t *testing.T) {
	const rate, aI, b, patterns, channels = 0.01, 0.638, 0.3, 100, 200
	c := lesson.Circuit()
	c.Balance.Offset = b
	a := lesson.Drawn(t, lesson.Task(channels, patterns), 28)
	n := model.NewNeuron(channels, 20)
	lesson.Train(t, c.Learner(n, 0.1), a, 5000, model.Stream(28, 1))
	start := mat.NewVecDense(patterns, n.Potentials(a))
	for mu := range patterns {
		start.SetVec(mu, start.AtVec(mu)+b)
	}
	x := mat.NewDense(patterns, channels, nil)
	for mu := range patterns {
		for _, i := range a.Excitatory(mu) {
			x.Set(mu, int(i), 1)
		}
	}
	l := c.Without("ACh").Without("NE").Without("Hebbian").Learner(n, rate)
	for _, epochs := range []int{250, 750, 2000} { // after each other: 250, 1000, 3000
		lesson.Train(t, l, a, epochs, l.Resume(28, 2))
		var decay mat.Dense
		var want mat.VecDense
		decay.Mul(x, x.T())
		decay.Scale(-rate*aI*float64(l.Epochs)/channels, &decay)
		decay.Exp(&decay)
		want.MulVec(&decay, start)
		for mu, v := range n.Potentials(a) {
			lesson.Near(t, "V", v, want.AtVec(mu)-b, 0.005)
		}
	}
	if hits := n.Recall(a).Hits; hits > 0.1 {
		t.Errorf("hits %v in the end", hits)
	}
}

// A hard bound on the excitatory weights erases the memory. Each channel that
// any target uses goes on growing until it is at the bound, after about
//
//	T* = (w_max − w_0) / (λ (P/N) √N f f_Y ρ_A a_A)
//
// epochs; then i_E no longer learns, and inhibition pulls every pattern to the
// E/I line, V = −b. Derived here; the memory breaks near 0.6 T*, as the
// channels that more targets use than average reach the bound before.
func TestHardBoundErases(t *testing.T) {
	lesson.Long(t)
	const rate, b, seeds = 0.1, 0.4, 5
	c := rules.Circuit{
		Acetylcholine: rules.Acetylcholine{Rate: 1.25},
		ACh:           model.Modulator{Probability: 0.8, Disinhibition: 1000},
		Balance:       rules.Balance{Rate: 1, Slope: 1, Offset: b},
	}
	lifetime := (80 - 20) / (rate * 0.3 * math.Sqrt(200) * 0.2 * 0.2 * 0.8 * 1.25)
	var half []float64 // when half of the hits are lost, in units of T*
	for seed := range uint64(seeds) {
		a := lesson.Drawn(t, lesson.Task(200, 60), seed)
		l := c.Learner(model.NewNeuron(200, 20), rate)
		l.MaxWeight, l.MaxInhibitory, l.Every = 80, math.Inf(1), 20
		h := lesson.Train(t, l, a, int(3*lifetime), model.Stream(24, seed))
		lost := 0.0
		for _, e := range h {
			now := float64(e.Epoch) / lifetime
			if now > 0.15 && now < 0.4 && e.AtEnd.Hits < 1 {
				t.Errorf("seed %d: a hit is lost as early as at %.2f T*", seed, now)
			}
			if lost == 0 && now > 0.15 && e.AtEnd.Hits < 0.5 {
				lost = now
			}
		}
		half = append(half, lost)
		lesson.Near(t, "hits in the end", h[len(h)-1].AtEnd.Hits, 0, 0)
		mean, _ := overTime(a, h[len(h)-100:])
		lesson.Near(t, "V_1 in the end", mean[1], -b, 0.1)
		lesson.Near(t, "V_0 in the end", mean[0], -b, 0.1)
	}
	mean, width := interval(half)
	t.Logf("half of the hits are lost at %.2f ± %.2f T*", mean, width)
	lesson.Near(t, "time at which half of the hits are lost, in T*", mean, 0.6, 0.1)
}

// Decay keeps the memory finite and stationary. With S_Y the mean excitatory
// change and G the overlaps x·x'/N, the potentials solve a ridge regression,
//
//	V = (λ a_I G + P d)⁻¹ λ G (S − a_I b),
//
// here with the Gram matrix of the very patterns.
func TestDecayIsARidge(t *testing.T) {
	lesson.Long(t)
	const rate, b, f, channels, patterns = 0.03, 0.05, 0.2, 200, 100
	for _, ell := range []float64{0.1, 1} { // P d/(λ a_I f(1−f))
		// Acetylcholine so disinhibiting that only V > 0 and V ≤ 0 differ.
		c := rules.Circuit{
			Acetylcholine: rules.Acetylcholine{Rate: 1.25},
			ACh:           model.Modulator{Probability: 0.8, Disinhibition: 1000},
			Balance:       rules.Balance{Rate: 1, Slope: 1, Offset: b},
		}
		a := lesson.Drawn(t, lesson.Task(channels, patterns), 25)
		l := c.Learner(model.NewNeuron(channels, 20), rate)
		l.Decay = ell * rate * f * (1 - f) / patterns
		lesson.Train(t, l, a, 6000, model.Stream(25, 1))
		l.Every = 5
		h := lesson.Train(t, l, a, 24000, l.Resume(25, 1))

		x, s := mat.NewDense(patterns, channels, nil), mat.NewVecDense(patterns, nil)
		for mu := range patterns {
			for _, i := range a.Excitatory(mu) {
				x.Set(mu, int(i), 1)
			}
			s.SetVec(mu, -b)
			if a.Target(mu) {
				s.SetVec(mu, 1-b) // ρ_A a_A = 1, every target being above 0
			}
		}
		var gram, ridge mat.Dense
		gram.Mul(x, x.T())
		gram.Scale(1./channels, &gram)
		ridge.CloneFrom(&gram)
		for mu := range patterns {
			ridge.Set(mu, mu, ridge.At(mu, mu)+ell*f*(1-f))
		}
		var v mat.VecDense
		v.MulVec(&gram, s)
		if err := v.SolveVec(&ridge, &v); err != nil {
			t.Fatal(err)
		}

		var theory, simulation [2][]float64
		for mu := range patterns {
			class, mean := 0, 0.0
			if a.Target(mu) {
				class = 1
				if v.AtVec(mu) <= 0 {
					t.Fatalf("a target at V = %v: the drive is not uniform", v.AtVec(mu))
				}
			}
			for _, e := range h {
				mean += e.PresentedPotentials[mu] / float64(len(h))
			}
			theory[class] = append(theory[class], v.AtVec(mu))
			simulation[class] = append(simulation[class], mean)
		}
		// The class means differ by what reaches an output of its own signal,
		// and within a class potentials differ by what it hears of others'.
		signal := func(v [2][]float64) float64 { return stat.Mean(v[1], nil) - stat.Mean(v[0], nil) }
		noise := func(v [2][]float64) float64 {
			return math.Sqrt((stat.Variance(v[1], nil) + 4*stat.Variance(v[0], nil)) / 5)
		}
		t.Logf("ℓ = %v: signal %.4f, ridge %.4f; noise %.4f, ridge %.4f", ell, signal(simulation), signal(theory), noise(simulation), noise(theory))
		lesson.Near(t, "signal", signal(simulation)/signal(theory), 1, 0.01)
		lesson.Near(t, "noise", noise(simulation)/noise(theory), 1, 0.01)
	}
}
