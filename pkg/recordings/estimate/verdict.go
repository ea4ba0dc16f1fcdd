package estimate

import (
	"fmt"
	"math"

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

// judge makes the verdicts of a condition.
func (g *Group) judge(control *Group, alpha float64) {
	itself := g.Treatment == recordings.None
	against, name := control != nil && !itself, "control"
	// ask judges an effect of a sign by its own P, by whether it rests on blocks in
	// all of the cells, and by its difference from the control.
	ask := func(question string, effect Estimate, sign float64, cells, blocks int, difference Estimate, needs string) Verdict {
		v := Verdict{Question: question, Answer: notShown}
		if math.IsNaN(effect.P) {
			v.Answer, v.Missing = cannotSay, []string{"an estimate with its error"}
			return v
		}
		v.Rests = append(v.Rests, fmt.Sprintf("P = %.2g in %d cells", effect.P, cells))
		replicated := blocks == cells
		switch {
		case replicated && needs != "":
			v.Rests = append(v.Rests, "errors between blocks")
		case !replicated && needs != "":
			v.Rests = append(v.Rests, "errors of sweeps alone")
			v.Missing = append(v.Missing, fmt.Sprintf("%s in %d of the cells", needs, cells-blocks))
		}
		known := against && !math.IsNaN(difference.P)
		switch {
		case known:
			v.Rests = append(v.Rests, fmt.Sprintf("minus %s %.3g (%s), P = %.2g", name, difference.Value, difference.Range(), difference.P))
		case against:
			v.Missing = append(v.Missing, "the same in two animals of the "+name)
		case !replicated && !itself:
			v.Missing = append(v.Missing, "cells of a control, as sham")
		}
		switch {
		case !(effect.P < alpha && effect.Value*sign > 0):
		case known && difference.P < alpha && difference.Value*sign > 0, !against && replicated:
			v.Answer = yes
		case against && !known || !against:
			v.Answer = cannotSay
		}
		return v
	}
	var restoration, gated, unpaired, broken, healed Estimate
	for _, v := range []*Estimate{&restoration, &gated, &unpaired, &broken, &healed} {
		*v = undefined()
	}
	var line Restoration
	var gate Gating
	var excitation Potentiation
	var tuning Tuning
	if g.Restoration != nil {
		line = *g.Restoration
		restoration = line.Rate
		restoration.P = line.P
	}
	if g.Gating != nil {
		gate, gated = *g.Gating, g.Gating.Gated
	}
	if g.Excitation != nil {
		excitation, unpaired = *g.Excitation, g.Excitation.Unpaired
	}
	if g.Tuning != nil {
		tuning, broken, healed = *g.Tuning, g.Tuning.Broken, g.Tuning.Healed
	}
	const baseline, phase = "a second block of the baseline, or of excitation after pairing,", "a second block in each phase"
	first := ask("inhibition goes to a line", restoration, 1, line.Cells, line.Replicated, g.Control.Rate, baseline)
	law := Verdict{Question: "the line predicts its change best", Answer: cannotSay, Missing: first.Missing}
	if best := line.Laws.Chosen(); best.Name != "" {
		law.Answer, law.Rests = notShown, []string{"chosen: " + best.Law}
		if best.Name == "line" {
			law.Answer = first.Answer
		}
	}
	g.Verdicts = append(g.Verdicts, first, law, ask("its change is gated by firing", gated, 1, gate.Cells, gate.Replicated, g.Control.Gated, baseline))
	for _, x := range []struct {
		question           string
		change, difference Estimate
		sign               float64
		p, q               Phase
	}{
		{"the E/I correlation is broken early", broken, g.Control.Broken, -1, Before, Early},
		{"it is healed late", healed, g.Control.Healed, 1, Early, Late},
	} {
		cells := min(tuning.Cells[x.p], tuning.Cells[x.q])
		g.Verdicts = append(g.Verdicts, ask(x.question, x.change, x.sign, cells, min(cells, tuning.Replicated[x.p], tuning.Replicated[x.q]), x.difference, phase))
	}
	// Of a fall in time a block more tells nothing: only the control does, or
	// noradrenaline, which lets unpaired channels be.
	difference, cells, blocks := g.Control.Unpaired, excitation.Cells+excitation.Control, -1
	if itself {
		blocks = cells
	}
	if !against && g.Noradrenaline.N > 0 {
		against, name, difference = true, "noradrenaline", g.Noradrenaline
	}
	g.Verdicts = append(g.Verdicts, ask("unpaired excitation falls", unpaired, -1, cells, blocks, difference, ""))
}
