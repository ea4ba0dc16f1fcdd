package model

import "credo/internal/lanes"

// Binary is a rule that may say that what it does depends on binary signals
// alone: Output, ACh, NE, Reward and Target, and AChExcess and NEExcess where
// amplitudes vary. Training then asks it once for each of the sixteen cases, and
// no longer on every trial. What it then does is the same, bit for bit.
type Binary interface {
	Rule
	Binary() bool
}

// summed is the sum over the rules of a population. The leading ones that are
// binary are added up beforehand.
type summed struct {
	cases  [16]Change // of the leading rules
	binary bool       // there are such
	rest   []Rule
}

// newSummed returns the sum over rules. Where amplitudes vary there are more
// cases than sixteen, and all rules are asked on every trial.
func newSummed(rules []Rule, distorted bool) summed {
	r := summed{rest: rules}
	for !distorted && len(r.rest) > 0 {
		b, ok := r.rest[0].(Binary)
		if !ok || !b.Binary() {
			break
		}
		r.rest = r.rest[1:]
	}
	leading := rules[:len(rules)-len(r.rest)]
	r.binary = len(leading) > 0
	for k := range r.cases {
		s := Signals{}
		s.set(k)
		r.cases[k] = added(Change{}, leading, &s, false)
	}
	return r
}

// The number of a case is the sum of what is so in it.
const (
	fires  = 1 << iota // y = 1
	wanted             // Y = 1
	getsACh
	getsNE
)

// caseOf is the number of a case.
func caseOf(y int, target, ach, ne bool) int {
	k := y
	if target {
		k |= wanted
	}
	if ach {
		k |= getsACh
	}
	if ne {
		k |= getsNE
	}
	return k
}

// cases is a case of each lane of a block, in a byte each, or parts of one.
type cases uint64

// each is a part in the byte of a lane.
func each(lane int, part cases) cases { return part << (8 * lane) }

// of is the case of a lane.
func (c cases) of(lane int) int { return int(c>>(8*lane)) & 15 }

// set sets the binary signals to those of a case.
func (s *Signals) set(k int) {
	s.Output, s.Target, s.ACh, s.NE = float64(k&fires), k&wanted != 0, k&getsACh != 0, k&getsNE != 0
	s.Reward = (s.Output == 1) == s.Target
}

// total is what the rules do together on a trial of case k.
func (r *summed) total(s *Signals, k int) Change {
	return added(r.cases[k&15], r.rest, s, r.binary).whole()
}

// known returns what is added on each of the cases to the active weights and then
// to all, at the rate λ/√N, if the rules say that it is all that they do.
func (r *summed) known(rate, decay float64) (extra, common [16]float64, ok bool) {
	ok = len(r.rest) == 0
	for k, c := range r.cases {
		c = c.whole()
		on, off := float64(rate*c.Active), float64(rate*c.Silent)
		extra[k], common[k] = on-off, off
		ok = ok && c.additive(off, decay)
	}
	return extra, common, ok
}

// Line is a change of the active synapses towards an E/I line i_I = a i_E + b,
//
//	Δw = rate (a i_E + b − i_I) x,
//
// only where y = 1 if WhenFiring.
type Line struct {
	Rate, Slope, Offset float64 // rate, a, b
	WhenFiring          bool
}

// Lined is a rule that is a Line. Training then follows the line itself, which
// gives the same bits as asking the rule.
type Lined interface {
	Rule
	Line() Line
}

// Active is the change on a trial of output y and of these currents.
func (l Line) Active(y, excitation, inhibition float64) float64 {
	if l.WhenFiring && y == 0 {
		return 0
	}
	return l.Rate * (float64(l.Slope*excitation) + l.Offset - inhibition)
}

// effect is what the rules of a kind of synapses do to their weights.
type effect struct {
	known         bool        // for each case
	lined         bool        // a line, and nothing else
	extra, common [16]float64 // if known
	line          Line        // if lined
	rules         *summed
	rate, decay   float64 // λ/√N, d
}

func newEffect(l *Learner, rules []Rule, distorted bool) effect {
	sum := newSummed(rules, distorted)
	e := effect{rules: &sum, rate: l.perTrial(), decay: l.Decay}
	e.extra, e.common, e.known = sum.known(e.rate, e.decay)
	if len(rules) == 1 && l.Decay == 0 {
		var r Lined
		if r, e.lined = rules[0].(Lined); e.lined {
			e.line = r.Line()
		}
	}
	return e
}

// ask reports whether the rules are to be asked on every trial.
func (e *effect) ask() bool { return !e.known && !e.lined }

// on is what the rules add to the active weights and then to all on a trial of
// case k, unless they are to be asked. A change that is not finite becomes NaN, as
// in Change.whole.
func (e *effect) on(k int, excitation, inhibition float64) (extra, common float64, ask bool) {
	if e.lined {
		active := e.line.Active(float64(k&fires), excitation, inhibition)
		return float64(e.rate*active) + (active - active), 0, false
	}
	return e.extra[k&15], e.common[k&15], !e.known
}

// effects is what the rules of a kind of synapses do to the weights in the lanes of a
// block.
type effects struct {
	choices [8]lanes.Choice // by case, 0 where a rule is asked
	mixed   lanes.Choice    // where lanes are in different cases
	tabled  bool            // there is such a choice
	lines   *lanes.Lines    // nil if no rules are one
}

// set lays out what the rules of a lane do.
func (e *effects) set(lane int, own *effect) {
	var extra, common [16]float64
	if own.known && !own.lined {
		extra, common, e.tabled = own.extra, own.common, true
	}
	for k := range extra {
		choice := &e.choices[k/2][k&fires]
		choice.Extra[lane], choice.Common[lane] = extra[k], common[k]
	}
	if !own.lined {
		return
	}
	if e.lines == nil {
		e.lines = &lanes.Lines{}
	}
	e.lines.Follows[1][lane] = 1
	if !own.line.WhenFiring {
		e.lines.Follows[0][lane] = 1
	}
	e.lines.Slope[lane], e.lines.Offset[lane] = own.line.Slope, own.line.Offset
	e.lines.Rate[lane], e.lines.Scale[lane] = own.line.Rate, own.rate
}

// choice is what may be added on a trial of these cases. All are all cases equal if one is.
func (e *effects) choice(c, all cases) *lanes.Choice {
	if first := c.of(0); !e.tabled || c == all*cases(first) {
		return &e.choices[first/2&7]
	}
	for l := range lanes.Neurons {
		own := &e.choices[c.of(l)/2&7]
		for y := range own {
			e.mixed[y].Extra[l], e.mixed[y].Common[l] = own[y].Extra[l], own[y].Common[l]
		}
	}
	return &e.mixed
}
