package model_test

import (
	"context"
	"errors"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// tutor wants the potentials to be those it has, and says how far off they are.
type tutor []float64

func (t tutor) Tell(n *model.Neuron, mu int) float64 {
	return t[mu] - n.Excitatory[mu] + n.Inhibitory[mu]
}

func (t tutor) Fits(a *model.Associations) error {
	if a.Len() != len(t) {
		return errors.New("a tutor of other patterns")
	}
	return nil
}

// A teacher is asked with the weights of the trial: on patterns of one channel
// each, told the error of a weight, they come to be what it wants, online and
// by the drift, each by the factor 1 − λ/√N an epoch.
func TestTeacherSeesTheNeuron(t *testing.T) {
	a, err := model.NewAssociations(4, [][]int32{{0}, {1}, {2}, {3}}, nil, []bool{true, false, true, false})
	if err != nil {
		t.Fatal(err)
	}
	want := tutor{1, 2, 3, 4}
	learner := func() *model.Learner {
		return &model.Learner{Neuron: model.NewNeuron(4, 6), Excitatory: []model.Rule{rules.Told{Rate: 1}}, Teacher: want, Rate: 0.5}
	}
	l := learner()
	lesson.Train(t, l, a, 3, model.Stream(1, 0))
	for mu, w := range l.Neuron.Excitatory {
		lesson.Near(t, "w_E − w_I after 3 epochs", w-6, want[mu]*(1-0.75*0.75*0.75), 1e-12)
	}
	l = learner()
	if err := (model.Drift{Learner: l, Tolerance: 1e-9}).Integrate(context.Background(), a, 30); err != nil {
		t.Fatal(err)
	}
	for mu, w := range l.Neuron.Excitatory {
		lesson.Near(t, "w_E − w_I by the drift", w-6, want[mu], 1e-5)
	}
	l = learner()
	l.Teacher = want[:3]
	_, err = l.Train(context.Background(), a, 1, model.Stream(1, 0))
	refusal.Mentions(t, err, "other patterns")
	refusal.Mentions(t, model.Drift{Learner: l}.Integrate(context.Background(), a, 1), "other patterns")
}

// Without a teacher nothing is told.
func TestToldNothing(t *testing.T) {
	a := lesson.HalfLoad(t, 20, 1)
	told := 1.
	l := &model.Learner{Neuron: model.NewNeuron(20, 1), Rate: 1, Excitatory: []model.Rule{model.Observer(func(s *model.Signals) { told *= s.Told })}}
	lesson.Train(t, l, a, 1, model.Stream(1, 0))
	lesson.Near(t, "told", told, 0, 0)
}
