package estimate

import (
	"fmt"

	"credo/pkg/recordings"
)

// Verdict is what may be said about a question at the level of the report. "yes" is
// said only of what errors that a second block knows cannot make, or what the
// control does not show: never on the errors of sweeps alone.
type Verdict struct {
	Question, Answer string   // the answer is "yes", "not shown" or "cannot say"
	Rests            []string // what the answer rests on
	Missing          []string // what would be needed to say more
}

const (
	yes       = "yes"
	notShown  = "not shown"
	cannotSay = "cannot say"
)

// evidence is what a verdict is made of.
type evidence struct {
	found      bool // P of the condition's own test is below 1 − level, with the right sign
	p          float64
	cells      int // used
	replicated int // of them, with all products from different blocks
	needs      string
	control    *Estimate // difference from the control; nil if there is no control
	sign       float64   // that the difference must have
	against    string    // what the control is
	itself     bool      // this is the control
}

// decide makes the verdict of a test. With a control, the difference from it must
// be significant; without one, all cells must have the blocks.
func (e evidence) decide(question string, alpha float64) Verdict {
	v := Verdict{Question: question, Answer: notShown}
	blocks := e.cells > 0 && e.replicated == e.cells
	v.Rests = append(v.Rests, fmt.Sprintf("P = %.2g in %d cells", e.p, e.cells))
	switch {
	case blocks:
		v.Rests = append(v.Rests, "errors between blocks")
	case e.needs != "":
		v.Rests = append(v.Rests, "errors of sweeps alone")
		v.Missing = append(v.Missing, fmt.Sprintf("%s in %d of the cells", e.needs, e.cells-e.replicated))
	}
	if e.control != nil {
		if e.control.N == 0 || !(e.control.P >= 0) {
			v.Missing = append(v.Missing, "an estimate of the "+e.against+", of two animals at least")
		} else {
			v.Rests = append(v.Rests, fmt.Sprintf("difference from the %s %.3g (%s), P = %.2g", e.against, e.control.Value, e.control.Range(), e.control.P))
		}
	} else if !blocks && !e.itself {
		v.Missing = append(v.Missing, "cells of a control, as sham")
	}
	switch {
	case !(e.p >= 0):
		v.Answer, v.Rests = cannotSay, nil
		v.Missing = append(v.Missing, "an estimate with its error")
	case !e.found:
	case e.control != nil && (e.control.N == 0 || !(e.control.P >= 0)):
		v.Answer = cannotSay
	case e.control != nil:
		if e.control.P < alpha && e.control.Value*e.sign > 0 {
			v.Answer = yes
		}
	case blocks:
		v.Answer = yes
	default:
		v.Answer = cannotSay
	}
	return v
}

// judge makes the verdicts of a condition.
func (g *Group) judge(control *Group, alpha float64) {
	itself := g.Treatment == recordings.None
	of := func(e *Estimate) *Estimate {
		if control != nil && !itself {
			return e
		}
		return nil
	}
	add := func(v Verdict) { g.Verdicts = append(g.Verdicts, v) }
	cannot := func(question, missing string) {
		add(Verdict{Question: question, Answer: cannotSay, Missing: []string{missing}})
	}
	const (
		restores = "inhibition goes to a line"
		law      = "the line predicts its change best"
		gate     = "that is gated by firing"
		falls    = "unpaired excitation falls"
		broken   = "the E/I correlation is broken early"
		healed   = "it is healed late"
		second   = "a second block of the baseline, and of excitation after pairing,"
	)
	if r := g.Restoration; r == nil {
		cannot(restores, "inhibition before and late and excitation after, of two animals")
	} else {
		v := evidence{r.P < alpha, r.P, r.Cells, r.Replicated, second, of(&g.Control.Rate), 1, "control", itself}.decide(restores, alpha)
		add(v)
		if best := r.Laws.Chosen(); best.Name == "" {
			cannot(law, "excitation before, with its error")
		} else {
			w := Verdict{Question: law, Answer: notShown, Rests: []string{"chosen: " + best.Law}, Missing: v.Missing}
			if best.Name == "line" {
				w.Answer = v.Answer
			}
			add(w)
		}
	}
	if x := g.Gating; x == nil || x.Gated.N == 0 {
		cannot(gate, "spikes that differ between channels")
	} else {
		add(evidence{x.Gated.P < alpha && x.Gated.Value > 0, x.Gated.P, x.Cells, x.Replicated, second, of(&g.Control.Gated), 1, "control", itself}.decide(gate, alpha))
	}
	if x := g.Excitation; x == nil {
		cannot(falls, "excitation of unpaired channels before and after, of two animals")
	} else {
		e := evidence{found: x.Unpaired.P < alpha && x.Unpaired.Value < 0, p: x.Unpaired.P, cells: x.Cells + x.Control, control: of(&g.Control.Unpaired), sign: -1, against: "control", itself: itself}
		if itself {
			e.replicated = e.cells // whatever makes it fall, it falls
		}
		if e.control == nil && g.Treatment == recordings.ACh && g.Noradrenaline.N > 0 {
			e.control, e.against = &g.Noradrenaline, "cells with noradrenaline"
		}
		v := e.decide(falls, alpha)
		if e.control == nil && g.Treatment == recordings.ACh {
			v.Missing = append(v.Missing, "or cells paired with noradrenaline")
		}
		add(v)
	}
	if t := g.Tuning; t == nil {
		cannot(broken, "excitation and inhibition in two phases")
		cannot(healed, "excitation and inhibition in two phases")
	} else {
		two := "a second block in each phase"
		least := func(p, q Phase) int { return min(t.Replicated[p]-t.Cells[p], t.Replicated[q]-t.Cells[q]) }
		for _, x := range []struct {
			question string
			change   Estimate
			control  *Estimate
			p, q     Phase
			sign     float64
		}{
			{broken, t.Broken, &g.Control.Broken, Before, Early, -1},
			{healed, t.Healed, &g.Control.Healed, Early, Late, 1},
		} {
			n := min(t.Cells[x.p], t.Cells[x.q])
			add(evidence{x.change.P < alpha && x.change.Value*x.sign > 0, x.change.P, n, max(0, n+least(x.p, x.q)), two, of(x.control), x.sign, "control", itself}.decide(x.question, alpha))
		}
	}
}
