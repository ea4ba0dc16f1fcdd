package estimate

import (
	"fmt"
	"math"
	"slices"

	"credo/pkg/recordings"
)

// Verdict is what may be said about a question at the level of the report. "yes" is
// said only of what errors that a second block knows cannot make, or what the
// control does not show: never on the errors of sweeps alone. With a control, the
// difference from it must be significant in any case.
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

// question is one about an effect of a sign, in cells of which some rest on blocks
// throughout; needs is what lets a cell do so, "" if nothing does.
type question struct {
	text          string
	effect        Estimate
	sign          float64
	cells, blocks int
	difference    Estimate // from what it is set against
	needs         string
}

// judge answers by the effect's own P, by whether it rests on blocks in all of the
// cells, and by its difference from what it is set against, "" if that is nothing.
// Of the control itself no control is missing.
func (q question) judge(alpha float64, against string, itself bool) Verdict {
	v := Verdict{Question: q.text, Answer: notShown}
	if q.effect.N == 0 || math.IsNaN(q.effect.P) {
		v.Answer, v.Missing = cannotSay, []string{"an estimate with its error"}
		return v
	}
	add := func(list *[]string, format string, a ...any) { *list = append(*list, fmt.Sprintf(format, a...)) }
	known, replicated := against != "" && !math.IsNaN(q.difference.P), q.blocks == q.cells
	add(&v.Rests, "P = %.2g in %d cells", q.effect.P, q.cells)
	if q.needs != "" && replicated {
		add(&v.Rests, "errors between blocks")
	} else if q.needs != "" {
		add(&v.Rests, "errors of sweeps alone")
		add(&v.Missing, "%s in %d of the cells", q.needs, q.cells-q.blocks)
	}
	switch d := q.difference; {
	case known:
		add(&v.Rests, "minus %s %.3g (%s), P = %.2g", against, d.Value, d.Range(), d.P)
	case against != "":
		add(&v.Missing, "the same in two animals of the %s", against)
	case !replicated && !itself:
		add(&v.Missing, "cells of a control, as sham")
	}
	shown := func(e Estimate) bool { return e.P < alpha && e.Value*q.sign > 0 }
	if shown(q.effect) {
		if known && shown(q.difference) || against == "" && replicated {
			v.Answer = yes
		} else if !known {
			v.Answer = cannotSay
		}
	}
	return v
}

// judge makes the verdicts of a condition.
func (g *Group) judge(control *Group, alpha float64) {
	itself, against := g.Treatment == recordings.None, ""
	if control != nil && !itself {
		against = "control"
	}
	line, gate, excitation, tuning, own := or(g.Restoration), or(g.Gating), or(g.Excitation), or(g.Tuning), g.effects()
	own.Rate.P = line.P
	both := func(n [3]int, p, q Phase) int { return min(n[p], n[q]) }
	const baseline, phase = "a second block of the baseline, or of excitation after pairing,", "a second block in each phase"
	for _, q := range []question{
		{"inhibition goes to a line", own.Rate, 1, line.Cells, line.Replicated, g.Control.Rate, baseline},
		{"its change is gated by firing", own.Gated, 1, gate.Cells, gate.Replicated, g.Control.Gated, baseline},
		{"the E/I correlation is broken early", own.Broken, -1, both(tuning.Cells, Before, Early), both(tuning.Replicated, Before, Early), g.Control.Broken, phase},
		{"it is healed late", own.Healed, 1, both(tuning.Cells, Early, Late), both(tuning.Replicated, Early, Late), g.Control.Healed, phase},
	} {
		g.Verdicts = append(g.Verdicts, q.judge(alpha, against, itself))
	}
	law := Verdict{Question: "the line predicts its change best", Answer: cannotSay, Missing: g.Verdicts[0].Missing}
	if best := g.InhibitoryLaws.Chosen(); best.Name != "" {
		law.Answer, law.Rests = notShown, []string{"chosen: " + best.Law}
		if best.Name == "line" {
			law.Answer = g.Verdicts[0].Answer
		}
	}
	// Of a fall in time a block more tells nothing: only the control does, or
	// noradrenaline, which lets unpaired channels be.
	cells := excitation.Cells + excitation.Control
	falls := question{"unpaired excitation falls", own.Unpaired, -1, cells, -1, g.Control.Unpaired, ""}
	if itself {
		falls.blocks = cells
	}
	if against == "" && g.Noradrenaline.N > 0 {
		against, falls.difference = "noradrenaline", g.Noradrenaline
	}
	g.Verdicts = append(slices.Insert(g.Verdicts, 1, law), falls.judge(alpha, against, itself))
}
