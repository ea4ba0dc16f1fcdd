package theory

import (
	"credo/pkg/rules"
	"math"
)

// Condition is what a circuit can learn in the limit of small rate, for fewer
// co-tuned patterns than channels, where each pattern is a problem of its own:
// its potential moves to a root of the force F(Y, V) of [Theory.Force].
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
// see [Theory.Heterosynaptic]. Derived here.
type Condition struct {
	Learnable bool
	// Bistable: not learnable from every start, but both classes have a
	// stable potential on the right side: what is learned depends on the
	// start.
	Bistable bool

	Gated  bool    // Balance.WhenFiring
	Offset float64 // b + θ
	// Lower and Upper are the edges of the window of b + θ. Below Lower a
	// Y = 0 pattern stays above threshold, beyond Upper a Y = 1 pattern
	// below. NaN without Balance. Where gated the window is necessary but not
	// sufficient: a Y = 1 pattern may still be stuck between threshold and the
	// depth below which all are lost.
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

	circuit rules.Circuit
	rest    float64 // mean force on Y = 0 patterns where they rest, or sink
}

// Condition says what the circuit can learn. It is derived once, which takes
// milliseconds. It returns the error of [Theory.Autonomous].
func (t *Theory) Condition() (Condition, error) { return t.derived() }

func (t *Theory) derive() (Condition, error) {
	if err := t.why(); err != nil {
		return Condition{}, err
	}
	f := t.force()
	f.learner.MeanOutput = 0
	without := f.of(true, 0) + f.of(false, f.above())
	f.learner.MeanOutput = t.circuit.TargetCoding
	result := f.condition()
	if f.of(true, 0)+f.of(false, f.above()) == without {
		return result, nil
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
	return result, nil
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
	if !d.Gated { // nothing stands still by itself: from every depth, then
		d.Learnable = math.IsInf(d.Escape, 1)
	}
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
