package influence_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/influence"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// What learning does when both populations act on the same inputs, so that
// their weights and their changes add up, against the operator. A channel that
// is never active shows the flat population's weight, and so its current.
func TestFlatIsWhatLearningDoes(t *testing.T) {
	drawn := draw(t, task(100, 20, 1), 31)
	x, y := make([][]int32, drawn.Len()), make([]bool, drawn.Len())
	for mu := range x {
		x[mu], y[mu] = drawn.Excitatory(mu), drawn.Target(mu)
	}
	a, err := model.NewAssociations(101, x, nil, y)
	if err != nil {
		t.Fatal(err)
	}
	const eta, duration = 0.3, 400
	scaling := rules.Func(func(s *model.Signals) model.Change {
		v := eta * (s.Excitation - s.Inhibition)
		return model.Change{Active: v, Silent: v}
	})
	n := model.NewNeuron(101, 500)
	l := &model.Learner{Neuron: n, Excitatory: []model.Rule{centred}, Inhibitory: []model.Rule{rules.Balance{Rate: 1, Slope: 1}, scaling}}
	if err := (model.Drift{Learner: l, Tolerance: 1e-7}).Integrate(t.Context(), a, duration); err != nil {
		t.Fatal(err)
	}
	both, tunedOff, err := influence.Flat{Rate: eta}.Operators(a)
	if err != nil {
		t.Fatal(err)
	}
	s := mat.NewVecDense(a.Len(), nil)
	for mu := range y {
		s.SetVec(mu, -0.2)
		if y[mu] {
			s.SetVec(mu, 0.8)
		}
	}
	var v, off mat.VecDense
	v.MulVec(both, s)
	off.MulVec(tunedOff, s)
	for mu, got := range n.Potentials(a) {
		lesson.Near(t, fmt.Sprintf("V of pattern %d", mu), got, v.AtVec(mu), 0.01)
		iE, _ := n.Currents(a, mu)
		active := float64(len(x[mu])) / math.Sqrt(101)
		// The potentials take the time of a few units to come to rest.
		lesson.Near(t, fmt.Sprintf("growth of pattern %d without the other", mu), (iE-active*n.Inhibitory[100])/duration, off.AtVec(mu), 0.002)
	}
}

// The definitions, against an inverse without the help of the rank.
func TestFlatByAnotherRoute(t *testing.T) {
	a := draw(t, task(100, 40, 0.6), 32)
	both, tunedOff, err := influence.Flat{Rate: 0.7}.Operators(a)
	if err != nil {
		t.Fatal(err)
	}
	gE, gI := a.Gram()
	flat := mat.NewDense(40, 40, nil)
	flat.Apply(func(mu, _ int, _ float64) float64 { return 0.7 * float64(len(a.Excitatory(mu))) / 100 }, flat)
	var sum, want, off mat.Dense
	sum.Add(gI, flat)
	if err := want.Solve(&sum, gE); err != nil {
		t.Fatal(err)
	}
	off.Mul(flat, &want)
	off.Sub(gE, &off)
	if !mat.EqualApprox(both, &want, 1e-9) || !mat.EqualApprox(tunedOff, &off, 1e-9) {
		t.Error("the operators are not those of their definition")
	}
}

// Predictions against operators, over relative rates at which the flat
// population carries little, half or nearly all.
func TestFlatAgainstOperators(t *testing.T) {
	t.Parallel()
	for _, eta := range short([]float64{0.05, 0.3, 2}, []float64{0.3}) {
		f := influence.Flat{Rate: eta}
		for _, patterns := range short([]int{80, 200}, []int{80}) {
			task := task(400, patterns, 1)
			partly := task
			partly.CoTuning = 0.8
			var own, number, mode, separation []float64
			for run := range uint64(6) {
				a := draw(t, task, 70+run)
				both, tunedOff, err := f.Operators(a)
				if err != nil {
					t.Fatal(err)
				}
				lesson.Near(t, "N_eff with both", influence.Measure(both).Number(), 1, 0.03)
				h := influence.Measure(tunedOff)
				own, number = append(own, h.Own), append(number, h.Number())
				s := mat.NewVecDense(a.Len(), nil)
				for mu := range a.Len() {
					if a.Target(mu) {
						s.SetVec(mu, 1)
					}
				}
				s.MulVec(tunedOff, s)
				separation = append(separation, math.Pow(influence.Separation(a, s.RawVector().Data), -2)) // what the theory is of
				both, _, err = f.Operators(draw(t, partly, 70+run))
				if err != nil {
					t.Fatal(err)
				}
				_, sd := influence.Mean(both)
				mode = append(mode, sd)
			}
			h, err1 := f.Revealed(task)
			common, err2 := f.CommonMode(partly)
			d, err3 := f.Discriminability(task, 0.2)
			if err1 != nil || err2 != nil || err3 != nil {
				t.Fatal(err1, err2, err3)
			}
			what := fmt.Sprintf("η = %v, %d patterns: ", eta, patterns)
			lesson.Near(t, what+"own", stat.Mean(own, nil)/h.Own, 1, 0.02)
			lesson.Near(t, what+"N_eff", stat.Mean(number, nil)/h.Number(), 1, 0.04)
			lesson.Near(t, what+"common mode", stat.Mean(mode, nil)/common, 1, 0.15)
			lesson.Near(t, what+"d′", 1/math.Sqrt(stat.Mean(separation, nil))/d, 1, 0.12)
		}
	}
}

// The spread by a mean drive, also where what grows with the number of channels
// is gone: at perfect co-tuning the flat population itself brings it,
// φ√(α/(1−α)), and at a high rate it takes part of the noise of the others. The
// mean square over 40 tasks has a standard error of 2 to 3 percent.
func TestFlatCommonMode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		r         float64
		byChannel bool
	}{{1, false}, {0.8, false}, {0.4, false}, {0, false}, {0.5, true}} {
		for _, eta := range short([]float64{0, 0.2, 1000}, []float64{0.2}) {
			if testing.Short() && c.r != 1 && !c.byChannel {
				continue
			}
			f, task, square := influence.Flat{Rate: eta}, task(200, 100, c.r), 0.
			task.ByChannel = c.byChannel
			task.Coding = 0.4 // many active channels
			for run := range uint64(40) {
				both, _, err := f.Operators(draw(t, task, 90+run))
				if err != nil {
					t.Fatal(err)
				}
				_, sd := influence.Mean(both)
				square += sd * sd / 40
			}
			want, err := f.CommonMode(task)
			if err != nil {
				t.Fatal(err)
			}
			lesson.Near(t, fmt.Sprintf("%+v, η = %v: spread", c, eta), math.Sqrt(square), want, 0.09*want+1e-9)
		}
	}
}

// The share by its definition, for few patterns, where all of its factors count.
func TestFlatShare(t *testing.T) {
	for r, tolerance := range map[float64]float64{0: 0.05, 0.6: 0.06, 1: 0.025} { // for few, 1/(1−α) is nearer to N/(N−P−1)
		task, k := task(60, 30, r), 0.
		task.ByChannel = r == 0.6
		for run := range uint64(200) {
			a := draw(t, task, 200+run)
			_, gI := a.Gram()
			s, x := mat.NewVecDense(30, nil), mat.NewVecDense(30, nil)
			for mu := range 30 {
				s.SetVec(mu, float64(len(a.Excitatory(mu)))/60)
			}
			if err := x.SolveVec(gI, s); err != nil {
				t.Fatal(err)
			}
			k += mat.Sum(x) / 200
		}
		share, err := influence.Flat{Rate: 0.1}.Share(task)
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, fmt.Sprintf("r = %v: k", r), share/(1-share)/0.1/k, 1, tolerance)
	}
}

// Without the flat population nothing is left to inhibit when the other is
// silent, which is None.
func TestFlatLimits(t *testing.T) {
	task := task(400, 120, 1)
	h, err := influence.Flat{}.Revealed(task)
	if err != nil {
		t.Fatal(err)
	}
	none, err := influence.None.Predict(task)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "own", h.Own, none.Own, 1e-12)
	lesson.Near(t, "N_eff", h.Number(), none.Number(), 1e-9)
	d, err := influence.Flat{}.Discriminability(task, 0.2)
	if err != nil {
		t.Fatal(err)
	}
	want, err := influence.None.Discriminability(task, 0.2, 0)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "d′", d, want, 1e-9)
	d, err = influence.Flat{Rate: 1e9}.Discriminability(task, 0.2)
	if err != nil {
		t.Fatal(err)
	}
	if want, err = influence.Global.Discriminability(task, 0.2, 0); err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "d′ of a fast flat population", d, want, 0.01)
}

func TestFlatRefuses(t *testing.T) {
	_, _, err := influence.Flat{Rate: -1}.Operators(draw(t, task(40, 20, 1), 33))
	refusal.Mentions(t, err, "Flat.Rate = -1")
	_, err = influence.Flat{Rate: math.Inf(1)}.Share(task(40, 20, 1))
	refusal.Mentions(t, err, "Flat.Rate = +Inf")
	_, err = influence.Flat{}.Share(task(40, 40, 1))
	refusal.Mentions(t, err, "load P/N = 1")
	few := task(40, 20, 0)
	few.InhibitoryChannels = 10
	_, err = influence.Flat{}.Share(few)
	refusal.Mentions(t, err, "InhibitoryChannels = 10")
	_, err = influence.Flat{}.Revealed(task(40, 20, 0.5))
	refusal.Mentions(t, err, "CoTuning = 0.5")
	twice, err := model.NewAssociations(5, slices.Repeat([][]int32{{0, 2}}, 2), nil, []bool{true, false})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = influence.Flat{}.Operators(twice)
	refusal.Mentions(t, err, "not linearly independent")
}
