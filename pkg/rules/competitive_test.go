package rules_test

import (
	"fmt"
	"math"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

func competitive(beta float64) rules.Competitive {
	return rules.Competitive{Rate: 1, Depression: beta, Coding: 0.2, Loss: 0.1}
}

// selective trains a neuron of 100 independent channels, from its first weight
// at its largest or from random ones, under a threshold that holds its output at
// f, and returns the correlation of its output with its strongest channel in
// patterns that it has not seen.
func selective(t *testing.T, beta float64, one bool, run uint64) float64 {
	t.Helper()
	task := model.Task{Channels: 100, Patterns: 20000, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}
	rng := model.Stream(41, run)
	n := &model.Neuron{Excitatory: make([]float64, 100), Inhibitory: make([]float64, 1)}
	for i := range n.Excitatory {
		if n.Excitatory[i] = rng.ExpFloat64(); one {
			n.Excitatory[i] = 0
		}
	}
	if one {
		n.Excitatory[0] = 10
	}
	n.Inhibitory[0] = 0.2 * mat.Sum(mat.NewVecDense(100, n.Excitatory))
	var c model.Interneurons
	learner := func(int) *model.Learner {
		return &model.Learner{
			Neuron: n, Excitatory: []model.Rule{competitive(beta)}, Inhibitory: []model.Rule{vogels(10, 0.2)}, Rate: 0.1,
		}
	}
	if err := c.Train(t.Context(), drawn(t, task, 42+run), 1, 3, learner, rng); err != nil {
		t.Fatal(err)
	}
	task.Patterns = 4000
	test, err := c.Inhibit(drawn(t, task, 142+run))
	if err != nil {
		t.Fatal(err)
	}
	top := 0
	for i, w := range n.Excitatory {
		if w > n.Excitatory[top] {
			top = i
		}
	}
	x, y := test.Dense()
	return stat.Correlation(mat.Col(nil, top, x), mat.Col(nil, 0, y), nil)
}

// Weights at rest: what the rule's equation says of the patterns on which the
// neuron fires, here always.
func TestCompetitiveWeightsAtRest(t *testing.T) {
	a := drawn(t, model.Task{Channels: 50, Patterns: 40, Coding: 0.4, TargetCoding: 0.5, CoTuning: 1}, 40)
	n := model.NewNeuron(50, 5)
	n.Threshold = -1000 // always fires
	rule := rules.Competitive{Rate: 1, Depression: 0.5, Coding: 0.4, Loss: 0.2}
	l := &model.Learner{Neuron: n, Excitatory: []model.Rule{rule}, Rate: 0.003}
	train(t, l, a, 3000, model.Stream(40, 1))
	x, _ := a.Dense()
	for i, w := range n.Excitatory {
		p := stat.Mean(mat.Col(nil, i, x), nil)
		near(t, "w_E", w, max(0, (p-0.5*0.4/0.6*(1-p))/0.2), 0.05)
	}
}

// Both ends of the theory of selectivity are known by other means. Without
// centring many equal weights make the output a step of the number of active
// channels, whose correlation with one of them is that of a Gaussian sum; with
// more depression than potentiation by chance one channel is left.
func TestCompetitiveTuningLimits(t *testing.T) {
	z := distuv.UnitNormal.Quantile(0.8)
	for _, channels := range []int{100, 1000, 10000} {
		sum := distuv.UnitNormal.Prob(z) / math.Sqrt(0.16*float64(channels))
		for _, selective := range []bool{true, false} {
			near(t, "unselective", competitive(0).Tuning(channels, selective)/sum, 1, 0.4/math.Sqrt(float64(channels))+0.05)
			near(t, "selective", competitive(1.2).Tuning(channels, selective), 1, 1e-6)
		}
	}
	for _, r := range []rules.Competitive{{Depression: -1, Coding: 0.2}, {}} {
		if v := r.Tuning(100, true); !math.IsNaN(v) {
			t.Errorf("%+v: tuning %v, want NaN", r, v)
		}
	}
	if v := competitive(1).Tuning(1, true); !math.IsNaN(v) {
		t.Errorf("one channel: tuning %v, want NaN", v)
	}
}

// Learning against the theory, on both sides of both edges of the stretch in
// which the outcome depends on the start: for 100 channels theory says
// 0.76 < β < 0.92. Equal weights are worn by the noise of learning near the
// upper edge, so that the test keeps off it; and a threshold that learns wanders
// between the two values of the potential of a selective neuron.
func TestCompetitiveLearnsWhatTheTheorySays(t *testing.T) {
	for _, c := range []struct {
		beta      float64
		one       bool
		tolerance float64
	}{
		{0, true, 0.03}, {0.6, true, 0.03}, {0.6, false, 0.03}, {0.8, false, 0.06}, {0.85, true, 0.1}, {1.1, true, 0.1}, {1.1, false, 0.1},
	} {
		mean := 0.
		for run := range uint64(2) {
			mean += selective(t, c.beta, c.one, run) / 2
		}
		near(t, fmt.Sprintf("β = %v, from one channel: %v, tuning", c.beta, c.one), mean, competitive(c.beta).Tuning(100, c.one), c.tolerance)
	}
}

func TestCompetitiveRefuses(t *testing.T) {
	for field, r := range map[string]rules.Competitive{
		"Competitive.Rate": {Rate: math.NaN()}, "Competitive.Depression": {Depression: -1},
		"Competitive.Coding": {Coding: 1}, "Competitive.Loss": {Loss: -1},
	} {
		refusal.Mentions(t, r.Check(), field)
	}
}
