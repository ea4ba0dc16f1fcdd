package influence_test

import (
	"fmt"
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/influence"
	"credo/pkg/model"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

func observer(patterns, seen int, gain float64, run uint64) influence.Observer {
	return influence.Observer{Components: influence.RandomComponents(patterns, seen, model.Stream(12, run)), Gain: gain}
}

// Components are orthonormal; unless they are all, they sum to 0 over patterns.
func TestRandomComponents(t *testing.T) {
	for _, seen := range []int{1, 7, 19, 20} {
		q := influence.RandomComponents(20, seen, model.Stream(1, 1))
		if err := (influence.Observer{Components: q, Gain: 1}).Check(20); err != nil {
			t.Error(err)
		}
		for k := range seen {
			if seen < 20 {
				lesson.Near(t, "sum of a component", mat.Sum(q.ColView(k)), 0, 1e-12)
			}
		}
	}
	if influence.RandomComponents(20, 0, model.Stream(1, 1)) != nil {
		t.Error("no component is something")
	}
	refusal.Panics(t, func() { influence.RandomComponents(20, 21, model.Stream(1, 1)) }, "21 components of 20")
}

// What it says of each pattern is what (47) says of the potentials.
func TestObserverSaysTheError(t *testing.T) {
	a := draw(t, task(50, 20, 0.5), 40)
	n, y := model.NewNeuron(50, 3), influence.Drive(a, 0.2, 0)
	rng := model.Stream(2, 2)
	for i := range n.Inhibitory {
		n.Inhibitory[i], n.Excitatory[i] = 2+rng.Float64(), 2+rng.Float64()
	}
	o := observer(20, 8, 2.5, 40)
	teacher, err := o.Teacher(a, y, 0.3)
	if err != nil {
		t.Fatal(err)
	}
	var off, seen, want mat.VecDense
	u := mat.NewVecDense(20, n.Potentials(a))
	for mu := range 20 {
		u.SetVec(mu, u.AtVec(mu)+0.3)
	}
	off.SubVec(y, u)
	off.ScaleVec(o.Gain, &off)
	off.SubVec(&off, y) // γ(y − u) − y
	seen.MulVec(o.Components.T(), &off)
	want.MulVec(o.Components, &seen)
	want.AddVec(&want, y)
	for mu := range 20 {
		lesson.Near(t, "s", teacher.Tell(n, mu), want.AtVec(mu), 1e-12)
	}
}

// What learning does, by the mean drift of the rules and their teacher and
// pattern by pattern, against the operators: at rest for detailed balance and the
// delta rule, at a time for none and global, from a neuron at balance.
func TestObserverOperatorIsWhatLearningDoes(t *testing.T) {
	t.Parallel()
	const duration, rate, weight = 400, 0.02, 300
	for run, c := range []struct {
		feedback influence.Feedback
		coTuning float64
		seen     int
		gain     float64
	}{
		{influence.None, 1, 12, 1}, {influence.None, 1, 30, 1}, {influence.Global, 0.7, 12, 1},
		{influence.Detailed, 1, 12, 1}, {influence.Detailed, 0.7, 12, 2}, {influence.Detailed, 0, 30, 1}, {influence.Delta, 0.7, 12, 1},
	} {
		if testing.Short() && run%3 != 0 {
			continue
		}
		a := draw(t, task(100, 30, c.coTuning), 50+uint64(run))
		o, y := observer(30, c.seen, c.gain, uint64(run)), influence.Drive(a, 0.2, 0)
		m, err := o.After(c.feedback, a, duration)
		if err != nil {
			t.Fatal(err)
		}
		if c.feedback == influence.Detailed || c.feedback == influence.Delta {
			rest, err := o.Operator(c.feedback, a)
			if err != nil {
				t.Fatal(err)
			}
			if !mat.EqualApprox(m, rest, 0.02) {
				t.Errorf("%v: not at rest after %v", c, duration)
			}
		}
		var want mat.VecDense
		want.MulVec(m, y)
		for _, online := range []bool{false, true} {
			n, err := influence.Poised(a, weight, 0.3)
			if err != nil {
				t.Fatal(err)
			}
			l, err := o.Learner(c.feedback, n, a, y, 0.3, rate)
			if err != nil {
				t.Fatal(err)
			}
			tolerance := 0.002
			if online {
				lesson.Train(t, l, a, duration/rate, model.Stream(13, uint64(run)))
				tolerance = 0.02 // of order λ
			} else if err := (model.Drift{Learner: l, Tolerance: 1e-6}).Integrate(t.Context(), a, duration); err != nil {
				t.Fatal(err)
			}
			got := n.Potentials(a)
			floats.AddConst(0.3, got)
			size := mat.Norm(&want, math.Inf(1))
			lesson.Near(t, fmt.Sprintf("%v, online %v: largest difference of a potential", c, online), floats.Distance(got, want.RawVector().Data, math.Inf(1))/size, 0, tolerance)
		}
	}
}

// With copies all patterns are linearly independent and nothing else counts:
// u = (1 − Π/(1+γ)) y, to rounding.
func TestObserverOfCopiesIsExact(t *testing.T) {
	a := draw(t, task(60, 50, 1), 41)
	for _, gain := range []float64{0.5, 1, 4} {
		o := observer(50, 20, gain, 41)
		var want mat.Dense
		want.Mul(o.Components, o.Components.T())
		want.Scale(-1/(1+gain), &want)
		for mu := range 50 {
			want.Set(mu, mu, want.At(mu, mu)+1)
		}
		for _, k := range []influence.Feedback{influence.Detailed, influence.Delta} {
			m, err := o.Operator(k, a)
			if err != nil {
				t.Fatal(err)
			}
			if !mat.EqualApprox(m, &want, 1e-8) {
				t.Errorf("%v, γ = %v: M is not 1 − Π/(1+γ)", k, gain)
			}
		}
	}
}

// What grows, counted, is what neither the teacher nor the feedback holds, and
// Rest is the least number seen for which nothing does.
func TestGrowing(t *testing.T) {
	for run, inhibitory := range []int{10, 25, 60} {
		c := task(60, 40, 0)
		c.InhibitoryChannels = inhibitory
		a := draw(t, c, 60+uint64(run))
		for _, k := range []influence.Feedback{influence.None, influence.Global, influence.Detailed, influence.Delta} {
			rest, err := k.Rest(c)
			if err != nil {
				t.Fatal(err)
			}
			for _, seen := range []int{0, 5, 20, 39, 40} {
				got, err := observer(40, seen, 1, uint64(seen)).Growing(k, a)
				if err != nil {
					t.Fatal(err)
				}
				lesson.Near(t, fmt.Sprintf("%v, N_I = %v, K = %v: growing", k, inhibitory, seen), float64(got), float64(max(0, rest-seen)), 0)
			}
		}
	}
}

func TestObserverRefuses(t *testing.T) {
	a := draw(t, task(40, 20, 1), 42)
	y := influence.Drive(a, 0.2, 0)
	refused := func(o influence.Observer, want ...string) {
		t.Helper()
		_, err := o.Teacher(a, y, 0)
		refusal.Mentions(t, err, want...)
		_, err = o.Operator(influence.Detailed, a)
		refusal.Mentions(t, err, want...)
		_, err = o.After(influence.Detailed, a, 1)
		refusal.Mentions(t, err, want...)
		_, err = o.Growing(influence.Detailed, a)
		refusal.Mentions(t, err, want...)
		_, err = o.Learner(influence.Detailed, model.NewNeuron(40, 1), a, y, 0, 1)
		refusal.Mentions(t, err, want...)
	}
	refused(influence.Observer{Gain: -1}, "Observer.Gain = -1", "[0, ∞)")
	refused(influence.Observer{Components: mat.NewDense(3, 1, []float64{1, 0, 0}), Gain: 1}, "3 × 1", "20 patterns")
	refused(influence.Observer{Components: mat.NewDense(20, 1, nil), Gain: 1}, "product 0", "orthonormal")
	o := observer(20, 5, 1, 42)
	_, err := o.Teacher(a, mat.NewVecDense(3, nil), 0)
	refusal.Mentions(t, err, "3 targets for 20 patterns")
	_, err = o.Operator(influence.None, a)
	refusal.Mentions(t, err, "none with 5 of 20 components", "need not come to rest")
	_, err = o.After(influence.None, a, 0)
	refusal.Mentions(t, err, "time T = 0")
	_, err = o.Operator(influence.Feedback(9), a)
	refusal.Mentions(t, err, "Feedback(9)")
	_, err = influence.Feedback(9).Rest(task(40, 20, 1))
	refusal.Mentions(t, err, "Feedback(9)")
	_, err = influence.None.Rest(task(40, 50, 1))
	refusal.Mentions(t, err, "50 patterns on 40 channels")
	_, err = influence.None.Rest(model.Task{})
	refusal.Mentions(t, err, "Channels = 0")
	l, err := o.Learner(influence.Detailed, model.NewNeuron(40, 1), a, y, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	_, err = l.Train(t.Context(), draw(t, task(40, 10, 1), 43), 1, model.Stream(1, 1))
	refusal.Mentions(t, err, "a teacher of 20 patterns for 10")
	l.Neuron = model.NewNeuron(30, 1)
	_, err = l.Train(t.Context(), draw(t, task(30, 20, 1), 43), 1, model.Stream(1, 1))
	refusal.Mentions(t, err, "a teacher of 40 excitatory and 40 inhibitory channels for 30 and 30")
}
