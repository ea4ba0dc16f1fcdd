package influence

import (
	"fmt"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// Learner returns a learner whose neuron n, not a copy, is driven by the given
// rule and answered by the feedback, at unit rate a_I and offset b of the E/I
// line, by the local rules whose mean drift [Feedback.Operator] solves:
//
//	None      nothing else is plastic
//	Global    Δw_I = i_E + b − i_I of all inhibitory synapses
//	Detailed  Δw_I = (i_E + b − i_I) x_I, the balance rule
//	Delta     Δw_E = drive − (i_E + b − i_I) x_E, a reference that acts on the potential itself
//
// It panics if k is no feedback. The threshold counts as part of b.
func (k Feedback) Learner(n *model.Neuron, drive model.Rule, offset, rate float64) *model.Learner {
	distance := func(s *model.Signals) float64 { return s.Excitation + offset - s.Inhibition }
	l := &model.Learner{Neuron: n, Excitatory: []model.Rule{drive}, Rate: rate}
	switch k {
	case None:
	case Global:
		l.Inhibitory = []model.Rule{rules.Func(func(s *model.Signals) model.Change {
			return model.Change{Active: distance(s), Silent: distance(s)}
		})}
	case Detailed:
		l.Inhibitory = []model.Rule{rules.Balance{Rate: 1, Slope: 1, Offset: offset}}
	case Delta:
		l.Excitatory = append(l.Excitatory, rules.Func(func(s *model.Signals) model.Change {
			return model.Change{Active: -distance(s)}
		}))
	default:
		panic(fmt.Sprintf("influence: %v is not a feedback", k))
	}
	return l
}
