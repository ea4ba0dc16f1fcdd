package rules

import (
	"fmt"
	"math"
	"slices"
)

// Condition is what a circuit can learn in the limit of small rate, for fewer
// co-tuned patterns than channels, where each pattern is a problem of its own:
// its potential moves to a root of the force F(Y, V) of [Circuit.Force].
//
// The circuit learns from every start if a Y = 1 pattern is pushed up wherever
// it is below threshold, and a Y = 0 pattern down wherever it is above:
//
//	inf_{V≤0} F(1, V) > 0,  F(1, 0⁺) ≥ 0,  sup_{V>0} F(0, V) < 0,
//
// and if a Y = 0 pattern is not pushed up again just below threshold, where it
// would chatter: F(0, 0⁻) ≤ 0. For the standard rules this is a window of
// b + θ, from Lower to Upper.
//
// If inhibition is plastic only when firing nothing moves a neuron that is
// silent deep enough, and then the first condition is asked above the depth
// Escape only. Nor are the patterns quite on their own then: while Y = 0
// patterns are silent, heterosynaptic depression pushes them down (Push), and
// they, sinking, and it drag the Y = 1 patterns down (Loss). Both are means
// over many patterns, at any load. Without gating, depression is left out here;
// see [Circuit.Heterosynaptic]. Derived here.
type Condition struct {
	Learnable bool
	// Bistable: not learnable from every start, but both classes have a
	// stable potential on the right side: what is learned depends on the
	// start.
	Bistable bool
	Err      error // why there is no answer; then all else is zero

	Gated  bool    // Balance.WhenFiring
	Offset float64 // b + θ
	// Lower and Upper are the edges of the window of b + θ. Below Lower a
	// Y = 0 pattern stays above threshold, beyond Upper a Y = 1 pattern
	// below. NaN without Balance.
	Lower, Upper Edge

	// F on either side of threshold, by target.
	Below, Above [2]float64
	// Least is inf F(1, V) over V ≤ 0, and Deepest the V where it is.
	Least, Deepest float64
	// V1 and V0 are the stationary potentials on the right side of
	// threshold, V > 0 and V ≤ 0; NaN if there is none. V1 is about 1e-12 if
	// Y = 1 patterns stop as soon as they are above. V0 is −∞ if Y = 0
	// patterns are pushed down without end, and 0 if they chatter there or
	// no force acts on them below. Where gated they are those of F − Loss and
	// F − Push.
	V1, V0 float64
	Roots  [2][]Root // all roots, by target
	// Escape is the depth below threshold down to which a Y = 1 pattern finds
	// its way back, at least 0; +Inf if from everywhere.
	Escape float64
	// Chatter is the mean output of Y = 0 patterns that F holds at threshold,
	//
	//	F(0, 0⁻) / (F(0, 0⁻) − F(0, 0⁺)),
	//
	// the false-alarm rate at presentation; 0 if they are not held there.
	Chatter float64
	// Push is the mean downward force of heterosynaptic depression on every
	// pattern, κ (f_Y/f) A_1, and Loss what other patterns take from the force
	// on a Y = 1 pattern, β A_1 − (1−f_Y)/f_Y F(0, V_0); both 0 if not gated.
	Push, Loss float64
	// MeanOutput is the running mean that rules which read it were given:
	// that of the stationary potentials, or f_Y where no rule reads it.
	MeanOutput float64

	circuit Circuit
	rest    float64 // mean force on Y = 0 patterns where they rest, or sink
}

// Condition derives what the circuit can learn. It takes milliseconds.
func (c Circuit) Condition() Condition {
	if err := c.forceError(); err != nil {
		return Condition{Err: err}
	}
	f := c.force()
	f.learner.MeanOutput = 0
	without := f.of(true, 0) + f.of(false, f.above())
	f.learner.MeanOutput = c.TargetCoding
	result := f.condition()
	if f.of(true, 0)+f.of(false, f.above()) == without {
		return result
	}
	// A rule reads the running mean: find the mean that reproduces itself.
	for range 50 {
		next := result.meanOutput(f)
		if math.IsNaN(next) || math.Abs(next-f.learner.MeanOutput) < 1e-10 {
			break
		}
		f.learner.MeanOutput = next
		result = f.condition()
	}
	return result
}

// meanOutput is the mean of y over all patterns at V1 and V0.
func (d Condition) meanOutput(f force) float64 {
	coding := f.circuit.TargetCoding
	y0 := d.Chatter
	if y0 == 0 {
		y0 = f.learner.Firing(false, d.V0)
	}
	return coding*f.learner.Firing(true, d.V1) + (1-coding)*y0
}

// condition derives the condition at the learner's mean output.
func (f force) condition() Condition {
	c, above := f.circuit, f.above()
	down, up := f.samples(false), f.samples(true)
	d := Condition{
		Gated: c.Balance.WhenFiring, Offset: c.Balance.Offset + c.Threshold, MeanOutput: f.learner.MeanOutput,
		Below: [2]float64{f.of(false, 0), f.of(true, 0)},
		Above: [2]float64{f.of(false, above), f.of(true, above)},
		Roots: [2][]Root{f.roots(false, down), f.roots(true, up)},
		V1:    math.NaN(), V0: math.NaN(),
		circuit: c,
	}
	if d.Gated {
		d.Push = f.push()
	}
	d.Least, d.Deepest = f.least(up)
	d.Escape, d.Learnable = escape(up, d.Roots[1])
	falls := true // a Y = 0 pattern, wherever above threshold
	for _, s := range down {
		falls = falls && (s.v <= 0 || s.f < 0)
	}
	d.settle(f, down, up)
	chatters := d.Below[0] > d.Push && d.Above[0] < 0
	if chatters {
		d.Chatter = (d.Below[0] - d.Push) / (d.Below[0] - d.Above[0])
	}
	d.Learnable = d.Learnable && falls && !chatters && d.Above[1] >= d.Loss && d.rises(f)
	d.Bistable = !d.Learnable && d.V1 > 0 && d.V0 <= 0 && !chatters && d.Above[1] >= d.Loss
	d.window(f)
	return d
}

// least returns inf F(1, V) over V ≤ 0 and where it is, from samples.
func (f force) least(up []sample) (value, potential float64) {
	best := 0
	for i, s := range up {
		if s.v <= 0 && s.f < up[best].f {
			best = i
		}
	}
	if best > 0 && up[best].v < 0 {
		if e := f.extremum(true, up[best-1].v, up[best+1].v, 1); e.f < up[best].f {
			return e.f, e.v
		}
	}
	return up[best].f, up[best].v
}

// escape returns the depth down to which F(1, V) > 0, from samples of it, and
// whether that holds for all V ≤ 0 or, where F(1, V) ≤ 0 far below threshold,
// down to where that begins.
func escape(up []sample, roots []Root) (depth float64, fromAll bool) {
	last := math.Inf(1) // highest V ≤ 0 with F ≤ 0
	changes := 0
	for i := len(up) - 1; i >= 0; i-- {
		if up[i].v > 0 {
			continue
		}
		if up[i].f <= 0 && math.IsInf(last, 1) {
			last = up[i].v
		}
		if i > 0 && (up[i].f > 0) != (up[i-1].f > 0) {
			changes++
		}
	}
	if math.IsInf(last, 1) {
		return math.Inf(1), true
	}
	if last == 0 {
		return 0, false
	}
	for _, r := range roots {
		if r.Potential < 0 && r.Potential >= last {
			last = r.Potential
		}
	}
	return -last, changes == 1 && up[0].f <= 0
}

// settle finds V0, Loss and V1 from samples of F(0, V) and F(1, V).
func (d *Condition) settle(f force, down, up []sample) {
	d.rest = d.Push // where Y = 0 patterns stand still the mean force balances Push
	f.shift = d.Push
	down = shifted(down, d.Push)
	for _, r := range f.roots(false, down) {
		if r.Stable && r.Potential <= 0 {
			d.V0 = r.Potential
		}
	}
	if math.IsNaN(d.V0) && down[0].f < 0 {
		d.V0, d.rest = math.Inf(-1), down[0].f+d.Push
	}
	f.shift = 0
	if d.Gated {
		for _, t := range f.losses(f.above(), d.rest) {
			d.Loss -= t.Value
		}
	}
	f.shift = d.Loss
	for _, r := range f.roots(true, shifted(up, d.Loss)) {
		if r.Stable && r.Potential > 0 {
			d.V1 = r.Potential
			break
		}
	}
}

// rises tells whether a Y = 1 pattern just below threshold rises although other
// patterns pull at it.
func (d Condition) rises(f force) bool {
	sum := d.Below[1]
	if d.Gated {
		for _, t := range f.losses(0, d.rest) {
			sum += t.Value
		}
	}
	return sum > 0
}

// shifted returns the samples with the shift taken from the force.
func shifted(s []sample, shift float64) []sample {
	s = slices.Clone(s)
	for i := range s {
		s[i].f -= shift
	}
	return s
}

// window finds the edges of the window of b + θ.
func (d *Condition) window(f force) {
	none := Edge{Value: math.NaN(), Potential: math.NaN()}
	d.Lower, d.Upper = none, none
	if !(d.circuit.Balance.Rate > 0) {
		return
	}
	d.Lower = f.edge(false, f.above())
	if !d.Gated {
		d.Upper = f.edge(true, d.Deepest)
		return
	}
	if f.learner.Firing(false, 0) > 0 {
		if e := f.edge(false, 0, Term{"heterosynaptic depression", "−κ (f_Y/f) A_1", -d.Push}); e.Value > d.Lower.Value {
			d.Lower = e
		}
	}
	d.Upper = f.edge(true, f.above(), f.losses(f.above(), d.rest)...)
	if f.learner.Firing(true, 0) > 0 {
		if e := f.edge(true, 0, f.losses(0, d.rest)...); e.Value < d.Upper.Value {
			d.Upper = e
		}
	}
}

// Margins returns how far b + θ is inside the lower and the upper edge of the
// window; negative outside. NaN without Balance.
func (d Condition) Margins() (lower, upper float64) {
	return d.Offset - d.Lower.Value, d.Upper.Value - d.Offset
}

// Advice says which parameter to move, in which direction and how far, to
// bring the circuit into its window or, if it is in it, away from the nearer
// edge.
func (d Condition) Advice() string {
	lower, upper := d.Margins()
	switch {
	case d.Err != nil:
		return d.Err.Error()
	case math.IsNaN(lower + upper):
		return "There is no Balance rule, hence no window of b + θ."
	case d.Lower.Value >= d.Upper.Value:
		return fmt.Sprintf("No b helps: the window is empty by %.4g. Lower what raises Y = 0 (mostly %s), or raise what raises Y = 1 (mostly %s).",
			d.Lower.Value-d.Upper.Value, d.Lower.largest(), d.Upper.largest())
	case lower <= 0:
		return fmt.Sprintf("Raise b by more than %.4g, or lower the terms of the lower edge (mostly %s) by as much.", -lower, d.Lower.largest())
	case upper <= 0:
		return fmt.Sprintf("Lower b by more than %.4g, or raise the terms of the upper edge (mostly %s) by as much%s.", -upper, d.Upper.largest(), d.farther())
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
