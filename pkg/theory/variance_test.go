package theory_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// Online learning shakes the potentials. With σ_Y² the variance over trials of
// the force on class Y and D its mean over patterns,
//
//	Var V_Y = λ [f(1−f) D + 2 f(1−f) m (σ_Y² − D) + f² D] / [2 a_I (1 − λ a_I f/2)],
//
// m being the mean of w w'/(w + w') over pairs of eigenvalues of a Wishart
// matrix. Derived here for small rates; without depression.
func TestOnlineVariance(t *testing.T) {
	lesson.Long(t)
	const rate, f, aI, seeds = 0.1, 0.2, 0.638, 4
	c := lesson.Circuit()
	c.Balance.Offset = 0.3 // V_0 well below 0: no false alarm adds its own kicks
	l := c.Learner(model.NewNeuron(1, 1), 1)
	variance := func(target bool, v float64) float64 {
		mean := force(l, target, v)
		square := c.Learner(l.Neuron, 1)
		square.Excitatory, square.Inhibitory = []model.Rule{rules.Func(func(s *model.Signals) model.Change {
			sum := 0.0
			for _, r := range l.Excitatory {
				sum += r.Change(s).Active
			}
			for _, r := range l.Inhibitory {
				sum -= r.Change(s).Active
			}
			return model.Change{Active: sum * sum}
		})}, nil
		return force(square, target, v) - mean*mean
	}
	m := wishart(0.5)
	lesson.Near(t, "m at P/N = 1/2", m, 0.38906742442314435, 1e-9) // evaluated with another program
	var sigma2, want [2]float64
	sigma2[1] = variance(true, 0.47053)   // V_1 at this b, in closed form
	sigma2[0] = variance(false, -0.29337) // V_0, the root of Mean
	lesson.Near(t, "force on V_0", force(l, false, -0.29337), 0, 1e-4)
	d := f*sigma2[1] + (1-f)*sigma2[0]
	for y := range want {
		want[y] = rate * (f*(1-f)*d + 2*f*(1-f)*m*(sigma2[y]-d) + f*f*d) / (2 * aI * (1 - rate*aI*f/2))
	}

	var got [2]float64
	for seed := range uint64(seeds) {
		a := lesson.Drawn(t, lesson.Task(200, 100), seed)
		l := c.Learner(model.NewNeuron(200, 20), rate)
		lesson.Train(t, l, a, 6000, model.Stream(22, seed))
		l.Every = 10
		_, v := overTime(a, lesson.Train(t, l, a, 25000, l.Resume(22, seed)))
		got[0] += v[0] / seeds
		got[1] += v[1] / seeds
	}
	t.Logf("variance of V_0 %.3e, theory %.3e; of V_1 %.3e, theory %.3e", got[0], want[0], got[1], want[1])
	lesson.Near(t, "Var V_0", got[0]/want[0], 1, 0.07)
	lesson.Near(t, "Var V_1", got[1]/want[1], 1, 0.07)
}

// wishart is the mean of w w'/(w + w') for independent w and w' of the
// Marchenko-Pastur law of ratio α, whose density becomes 2 sin²φ/(π w) under
// w = 1 + α + 2 √α cos φ.
func wishart(alpha float64) float64 {
	const points = 400
	at := func(k int) (w, p float64) {
		phi := math.Pi * (float64(k) + 0.5) / points
		w = 1 + alpha + 2*math.Sqrt(alpha)*math.Cos(phi)
		return w, 2 * math.Pow(math.Sin(phi), 2) / (points * w)
	}
	sum := 0.0
	for j := range points {
		w, p := at(j)
		for k := range points {
			v, q := at(k)
			sum += p * q * w * v / (w + v)
		}
	}
	return sum
}
