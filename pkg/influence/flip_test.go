package influence_test

import (
	"context"
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/influence"
	"credo/pkg/model"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// A flip by hand: four patterns, one of each kind of damage.
func TestFlip(t *testing.T) {
	a, err := model.NewAssociations(1, [][]int32{{}, {}, {}, {}}, nil, []bool{true, false, true, false})
	if err != nil {
		t.Fatal(err)
	}
	m := mat.NewDense(4, 4, []float64{
		1, 0, 0, 0,
		-0.9, 1, 0, 0, // a pattern of target 0 that is raised by 0.9 when the first is taken back
		0.3, 0, 1, 0, // one of target 1 that is lowered, but not below threshold
		0.9, 0, 0, 1, // one that was wrong before
	})
	v := []float64{0.5, -0.5, 0.5, 0.4}
	after, damaged := influence.Flip(a, m, v, 0)
	for mu, want := range []float64{-0.5, 0.4, 0.2, -0.5} {
		lesson.Near(t, "potential after", after[mu], want, 1e-15)
		if damaged[mu] != (mu == 1) {
			t.Errorf("pattern %d: damaged %v", mu, damaged[mu])
		}
	}
	if after, _ := influence.Flip(a, m, v, 1); after[1] != 0.5 || v[1] != -0.5 {
		t.Errorf("the signal of a target 0 lowers it to %v, or v was changed to %v", after[1], v[1])
	}
}

// Flipping a signal is exchanging a target: the operator on the other drive.
func TestFlipIsAnExchangedTarget(t *testing.T) {
	a := draw(t, task(80, 40, 0.5), 5)
	m := influence.Scaled(operator(t, influence.Detailed, a))
	v := influence.Potentials(a, m, 0.2)
	after, _ := influence.Flip(a, m, v, 7)
	one, zero := a.ByTarget(v)
	lesson.Near(t, "the middle of the classes", stat.Mean(one, nil)+stat.Mean(zero, nil), 0, 1e-12)
	s := influence.Drive(a, 0.2, 0)
	change := 1.
	if a.Target(7) {
		change = -1
	}
	s.SetVec(7, s.AtVec(7)+change)
	var want mat.VecDense
	want.MulVec(m, s)
	shift := want.AtVec(0) - after[0] // the threshold
	for mu := range after {
		lesson.Near(t, "potential", after[mu], want.AtVec(mu)-shift, 1e-12)
	}
	lesson.Near(t, "own after scaling", influence.MeasureCentred(m).Own, 1, 1e-12)
}

func TestSurveyRefuses(t *testing.T) {
	ctx := context.Background()
	s := influence.Survey{Feedback: influence.Detailed, Task: task(40, 60, 0), Runs: 2}
	_, err := s.Number(ctx)
	refusal.Mentions(t, err, "load P/N = 1.5")
	_, err = s.Damage(ctx)
	refusal.Mentions(t, err, "60 patterns over 40 inhibitory channels")
	s.Task = task(40, 1, 0)
	_, err = s.Number(ctx)
	refusal.Mentions(t, err, "Patterns = 1")
	s.Task = task(40, 2, 1) // round(0.2·2) = 0 targets are 1
	if d, err := s.Damage(ctx); err != nil || !math.IsNaN(d.Mean) {
		t.Errorf("damage without a class %v, error %v", d, err)
	}
	s.Task = task(40, 20, 1)
	s.Runs = -1
	_, err = s.Own(ctx)
	refusal.Mentions(t, err, "runs = -1")
	refusal.Panics(t, func() { influence.Feedback(7).Learner(model.NewNeuron(4, 1), centred, 0, 1) }, "Feedback(7)")
	// With co-tuned balance one wrong signal damages nothing, and classes are
	// apart without limit.
	s.Runs = 3
	d, err := s.Damage(ctx)
	if err != nil || d.Mean != 0 {
		t.Errorf("damage %v, error %v", d, err)
	}
	c, err := s.Separation(ctx, 0, 0)
	if err != nil || !math.IsInf(c.Predicted, 1) || c.Deviation() != 0 {
		t.Errorf("separation %v, error %v", c, err)
	}
}

// Half of two targets of 1 and a third of three of 0 are on the wrong side of 1.
func TestMisclassified(t *testing.T) {
	a, err := model.NewAssociations(1, make([][]int32, 5), nil, []bool{true, true, false, false, false})
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "error", influence.Misclassified(a, []float64{3, 0.5, 2, -1, -0.25}), (1./2+1./3)/2, 1e-12) // means 1.75 and .25
}

// Of normal values, of which the mean of d′⁻² is 4 % too large with 20 and 80 patterns, it is not.
func TestCrosstalk(t *testing.T) {
	y := make([]bool, 100)
	for mu := range 20 {
		y[mu] = true
	}
	a, err := model.NewAssociations(1, make([][]int32, 100), nil, y)
	if err != nil {
		t.Fatal(err)
	}
	const x, runs = 0.2, 20000
	rng, plain, mean, v := model.Stream(18, 0), 0., 0., make([]float64, 100)
	for range runs {
		for mu := range v {
			v[mu] = math.Sqrt(x) * rng.NormFloat64()
			if y[mu] {
				v[mu]++
			}
		}
		mean += influence.Crosstalk(a, v) / runs
		plain += math.Pow(influence.Separation(a, v), -2) / runs
	}
	lesson.Near(t, "d′⁻² over that of the values", mean/x, 1, 0.007) // 3.3 standard errors
	lesson.Near(t, "the same, with its bias", plain/x, 1.0375, 0.012)
}
