package theory

import (
	"fmt"
	"math"
)

// Margins returns how far b + θ is inside the lower and the upper edge of the
// window; negative outside. NaN without Balance.
func (d Condition) Margins() (lower, upper float64) {
	return d.Offset - d.Lower.Value, d.Upper.Value - d.Offset
}

// Advice says which parameter to move, in which direction and how far, to
// bring the circuit into its window or, if it is in it, away from the nearer
// edge.
func (d Condition) Advice() string {
	return minus(d.advice())
}

func (d Condition) advice() string {
	lower, upper := d.Margins()
	switch {
	case math.IsNaN(lower + upper):
		return "There is no Balance rule, hence no window of b + θ."
	case d.Lower.Value >= d.Upper.Value:
		return fmt.Sprintf("No b helps: the window is empty by %.4g. Lower what raises Y = 0 (mostly %s), or raise what raises Y = 1 (mostly %s).",
			d.Lower.Value-d.Upper.Value, d.Lower.largest(), d.Upper.largest())
	case lower <= 0:
		return fmt.Sprintf("Raise b by more than %.4g, or lower the terms of the lower edge (mostly %s) by as much.", -lower, d.Lower.largest())
	case upper <= 0:
		return fmt.Sprintf("Lower b by more than %.4g, or raise the terms of the upper edge (mostly %s) by as much%s.", -upper, d.Upper.largest(), d.farther())
	case !d.Learnable:
		return fmt.Sprintf("Inside the window, but Y = 1 patterns deeper than %.4g end below threshold%s: raise A_A, or the reach A_N of noradrenaline.", d.Escape, d.stuck())
	case lower < upper:
		return fmt.Sprintf("The nearer edge is the lower one, by %.4g: to gain margin raise b.", lower)
	}
	return fmt.Sprintf("The nearer edge is the upper one, by %.4g: to gain margin lower b%s.", upper, d.farther())
}

// farther names the remedy for a missed pattern out of reach.
func (d Condition) farther() string {
	if d.Upper.Potential < 0 && d.circuit.Acetylcholine.Rate != 0 {
		return fmt.Sprintf(", or raise A_A: the edge is decided at V = %.3g, where disinhibition hardly reaches", d.Upper.Potential)
	}
	return ""
}

// largest is the name and formula of the largest term that is a rule's.
func (e Edge) largest() string {
	best := Term{Name: "none"}
	for _, t := range e.Terms {
		if t.Value > best.Value && t.Formula != "−V" {
			best = t
		}
	}
	if best.Formula == "" {
		return best.Name
	}
	return best.Name + ", " + best.Formula
}

// stuck says where a Y = 1 pattern stands still below threshold.
func (d Condition) stuck() string {
	for _, r := range d.Roots[1] {
		if r.Stable && r.Potential < 0 {
			return fmt.Sprintf(", at V = %.4g", r.Potential)
		}
	}
	return ""
}
