package model_test

import (
	"errors"
	"math"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/model"
)

// A pure rule passes, whatever it answers; what keeps a state or changes what it
// is shown does not, by its place in the list.
func TestCheckPure(t *testing.T) {
	pure := rule(func(s *model.Signals) model.Change { return model.Change{Active: s.Output, Silent: math.NaN()} })
	count := 0.
	observer := model.Observer(func(s *model.Signals) { count++; s.Output = count })
	if err := model.CheckPure("R", []model.Rule{pure, nil, observer}); err != nil {
		t.Error(err)
	}
	if count > 0 {
		t.Errorf("an observer was shown %v trials that there were not", count)
	}
	for name, r := range map[string]model.Rule{
		"a counter": rule(func(*model.Signals) model.Change { count += 1e-14; return model.Change{SilentLoss: 1 + count} }),
		"a switch": rule(func(s *model.Signals) model.Change {
			count++
			return model.Change{Active: math.Inf(int(count)%3*2 - 1)}
		}),
		"a meddler":  rule(func(s *model.Signals) model.Change { s.NE = false; return model.Change{} }),
		"a forecast": rule(func(s *model.Signals) model.Change { s.MeanOutput += 0.1; return model.Change{Active: 1} }),
	} {
		err := model.CheckPure("R", []model.Rule{pure, r})
		if err == nil {
			t.Errorf("%s passes", name)
			continue
		}
		refusal.Mentions(t, err, "R[1]", "not a pure function")
	}
}

// faulty is a rule that finds something wrong with itself.
type faulty struct{ model.Observer }

func (faulty) Check() error { return errFaulty }

var errFaulty = errors.New("faulty by design")

func TestCheckRules(t *testing.T) {
	good := rule(func(*model.Signals) model.Change { return model.Change{} })
	if err := model.CheckRules("R", []model.Rule{good, good}); err != nil {
		t.Error(err)
	}
	refusal.Mentions(t, model.CheckRules("R", []model.Rule{good, nil}), "R[1] is nil")
	if err := model.CheckRule("X", faulty{}); !errors.Is(err, errFaulty) || err.Error() != "X: faulty by design" {
		t.Error(err)
	}
}
