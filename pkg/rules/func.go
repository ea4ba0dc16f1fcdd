package rules

import (
	"fmt"
	"strings"

	"credo/pkg/model"
)

// Func is a rule written as a function, for example in the cell of a notebook.
// It must be pure: the same signals give the same change.
type Func func(*model.Signals) model.Change

// Change implements model.Rule.
func (f Func) Change(s *model.Signals) model.Change { return f(s) }

// Named returns the rule f under a name, by which circuits and theory speak of
// it.
func Named(name string, f Func) model.Rule { return named{f, name} }

type named struct {
	Func
	name string
}

func (r named) String() string { return r.name }

// Name returns what a rule calls itself by a method String() string, and else
// the name of its type, "function" for a [Func].
func Name(r model.Rule) string {
	switch r := r.(type) {
	case fmt.Stringer:
		return r.String()
	case Func:
		return "function"
	}
	t := fmt.Sprintf("%T", r)
	return t[strings.LastIndexByte(t, '.')+1:]
}

// names lists the rules' names.
func names(rules []model.Rule) string {
	var all []string
	for _, r := range rules {
		all = append(all, Name(r))
	}
	return strings.Join(all, ", ")
}
