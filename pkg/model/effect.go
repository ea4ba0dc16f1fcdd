package model

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

// on is what the rules add to the active weights and then to all on a trial of
// case k, unless they are to be asked. A change that is not finite becomes NaN, as
// in Change.whole.
func (e *effect) on(s *Signals, k int) (extra, common float64, ask bool) {
	if e.lined {
		active := e.line.Active(s.Output, s.Excitation, s.Inhibition)
		return float64(e.rate*active) + (active - active), 0, false
	}
	return e.extra[k&15], e.common[k&15], !e.known
}
