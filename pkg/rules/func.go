package rules

import "credo/pkg/model"

// Func is a rule written as a function, for example in the cell of a notebook.
// It must be pure: the same signals give the same change.
type Func func(*model.Signals) model.Change

// Change implements model.Rule.
func (f Func) Change(s *model.Signals) model.Change { return f(s) }
