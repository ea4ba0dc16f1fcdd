package rules_test

import (
	"context"
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// Training with a rule whose field is outside its domain is refused, and the
// error names field, value and domain.
func TestTrainChecksRules(t *testing.T) {
	a := lesson.Drawn(t, model.Task{Channels: 20, Patterns: 10, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}, 1)
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		rule model.Rule
		want string
	}{
		{rules.Hebbian{Rate: nan}, "Hebbian.Rate = NaN outside (−∞, ∞)"},
		{rules.Hebbian{Rate: 1, MeanOutput: 2}, "Hebbian.MeanOutput = 2 outside [0, 1]"},
		{rules.Acetylcholine{Rate: 1, Depression: -1}, "Acetylcholine.Depression = -1 outside [0, ∞)"},
		{rules.Acetylcholine{Rate: 1, Coding: 1}, "Acetylcholine.Coding = 1 outside [0, 1)"},
		{rules.Noradrenaline{Rate: inf}, "Noradrenaline.Rate = +Inf outside (−∞, ∞)"},
		{rules.Balance{Rate: 1, Slope: nan}, "Balance.Slope = NaN outside (−∞, ∞)"},
		{rules.Delta{Rate: nan}, "Delta.Rate = NaN outside (−∞, ∞)"},
		{rules.Perceptron{Rate: inf}, "Perceptron.Rate = +Inf outside (−∞, ∞)"},
		{rules.Perceptron{Rate: 1, Margin: -1}, "Perceptron.Margin = -1 outside [0, ∞)"},
	} {
		for field, l := range map[string]*model.Learner{
			"Learner.Excitatory[0]": {Excitatory: []model.Rule{c.rule}},
			"Learner.Inhibitory[0]": {Inhibitory: []model.Rule{c.rule}},
		} {
			l.Neuron = model.NewNeuron(20, 1)
			_, err := l.Train(context.Background(), a, 1, model.Stream(1, 1))
			refusal.Mentions(t, err, field, c.want)
		}
	}
}
