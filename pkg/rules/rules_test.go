package rules_test

import (
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// What each rule does, worked out by hand from its equation.
func TestRulesByHand(t *testing.T) {
	hebbian := rules.Hebbian{Rate: 0.5, MeanOutput: 0.2}
	ach := rules.Acetylcholine{Rate: 0.5, Depression: 0.4, Reference: 0.1, Coding: 0.2} // β f/(1 − f) = 0.1
	ne := rules.Noradrenaline{Rate: 0.5, Reference: 0.1}
	balance := rules.Balance{Rate: 0.5, Slope: 0.5, Offset: 0.25}
	gated := balance
	gated.WhenFiring = true
	for _, c := range []struct {
		name string
		rule model.Rule
		s    model.Signals
		want model.Change
	}{
		{"Hebbian, fires", hebbian, model.Signals{Output: 1}, model.Change{Active: 0.4}},
		{"Hebbian, silent", hebbian, model.Signals{}, model.Change{Active: -0.1}},
		{"ACh, fires", ach, model.Signals{Output: 1, ACh: true}, model.Change{Active: 0.45, Silent: -0.045}},
		{"ACh, silent", ach, model.Signals{ACh: true}, model.Change{Active: -0.05, Silent: 0.005}},
		{"ACh not released", ach, model.Signals{Output: 1, NE: true}, model.Change{}},
		{"NE, fires", ne, model.Signals{Output: 1, NE: true}, model.Change{Active: 0.45}},
		{"NE, silent", ne, model.Signals{NE: true}, model.Change{Active: -0.05}},
		{"NE not released", ne, model.Signals{Output: 1, ACh: true}, model.Change{}},
		{"Balance, too little", balance, model.Signals{Excitation: 2, Inhibition: 1}, model.Change{Active: 0.125}},
		{"Balance, too much", balance, model.Signals{Excitation: 2, Inhibition: 2}, model.Change{Active: -0.375}},
		{"Balance, threshold is no matter", balance, model.Signals{Excitation: 2, Inhibition: 2, Threshold: 9}, model.Change{Active: -0.375}},
		{"Balance gated, silent", gated, model.Signals{Excitation: 2, Inhibition: 2}, model.Change{}},
		{"Balance gated, fires", gated, model.Signals{Output: 1, Excitation: 2, Inhibition: 2}, model.Change{Active: -0.375}},
		{"Delta, miss", rules.Delta{Rate: 0.5}, model.Signals{Target: true}, model.Change{Active: 0.5}},
		{"Delta, false alarm", rules.Delta{Rate: 0.5}, model.Signals{Output: 1}, model.Change{Active: -0.5}},
		{"Delta, hit", rules.Delta{Rate: 0.5}, model.Signals{Output: 1, Target: true}, model.Change{}},
		{"Delta, rejection", rules.Delta{Rate: 0.5}, model.Signals{}, model.Change{}},
		{"Perceptron, within the margin", rules.Perceptron{Rate: 0.5, Margin: 1}, model.Signals{Excitation: 2, Inhibition: 0.5, Threshold: 0.5, Target: true}, model.Change{Active: 0.5}},
		{"Perceptron, beyond it", rules.Perceptron{Rate: 0.5, Margin: 1}, model.Signals{Excitation: 2, Inhibition: 0.5, Threshold: 0.4, Target: true}, model.Change{}},
		{"Perceptron, false alarm", rules.Perceptron{Rate: 0.5}, model.Signals{Excitation: 2, Inhibition: 1}, model.Change{Active: -0.5}},
		{"Perceptron, at threshold", rules.Perceptron{Rate: 0.5}, model.Signals{}, model.Change{Active: -0.5}},
		{"Competitive, fires", rules.Competitive{Rate: 0.5, Depression: 0.4, Coding: 0.2, Loss: 0.1}, model.Signals{Output: 1}, model.Change{Active: 0.5, Silent: -0.05, ActiveLoss: 0.05, SilentLoss: 0.05}},
		{"Competitive, silent", rules.Competitive{Rate: 0.5, Depression: 0.4, Coding: 0.2, Loss: 0.1}, model.Signals{}, model.Change{}},
		{"soft bound, potentiation", softBound(0.5, 0.2, 4), model.Signals{Output: 1}, model.Change{Active: 0.4, ActiveLoss: 0.1}},
		{"soft bound, depression", softBound(0.5, 0.2, 4), model.Signals{}, model.Change{ActiveLoss: 0.025}},
		{"Oja", oja(0.5), model.Signals{Output: 1}, model.Change{Active: 0.5, ActiveLoss: 0.5, SilentLoss: 0.5}},
		{"BCM", bcm(0.5, 0.4), model.Signals{Output: 1, MeanOutput: 0.1}, model.Change{Active: 0.375}},
		{"Vogels", vogels(0.5, 0.2), model.Signals{Output: 1}, model.Change{Active: 0.4}},
		{"rewarded", rewarded(0.5, 0.2), model.Signals{Output: 1}, model.Change{Active: -0.4}},
	} {
		got := c.rule.Change(&c.s)
		lesson.Near(t, c.name+": Active", got.Active, c.want.Active, 1e-15)
		lesson.Near(t, c.name+": Silent", got.Silent, c.want.Silent, 1e-15)
		lesson.Near(t, c.name+": ActiveLoss", got.ActiveLoss, c.want.ActiveLoss, 1e-15)
		lesson.Near(t, c.name+": SilentLoss", got.SilentLoss, c.want.SilentLoss, 1e-15)
	}
}
