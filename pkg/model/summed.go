package model

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
		s := Signals{Output: float64(k & 1), Target: k&2 != 0, ACh: k&4 != 0, NE: k&8 != 0}
		s.Reward = (s.Output == 1) == s.Target
		r.cases[k] = added(Change{}, leading, &s, false)
	}
	return r
}

// caseOf is the number of a case.
func caseOf(y int, target, ach, ne bool) int {
	k := y
	if target {
		k |= 2
	}
	if ach {
		k |= 4
	}
	if ne {
		k |= 8
	}
	return k
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
