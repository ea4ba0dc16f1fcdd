package broadcast

import (
	"fmt"

	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// Seen returns the circuit as one of the neurons that share its acetylcholine meets
// it, where the others' requests are independent of its pattern from one presentation
// to the next: the same, with the modulator of [Scheme.Heard]. Gated circuits have
// their graded false alarms from it, [theory.Condition.Chatter]: with ε from the
// scheme, F(0, 0⁻) = ε [Φ(1)(a_A − a_I b) − a_A y_ref] is positive for any ε > 0. It
// returns an error if something is outside its domain, or release may be late.
func Seen(c rules.Circuit, s Scheme) (rules.Circuit, error) {
	if err := c.Check(); err != nil {
		return c, err
	}
	own := c.ACh
	var err error
	c.ACh, err = heard(s, own, c.TargetCoding)
	if g, ok := s.(Graded); ok && err == nil {
		return g.seen(c, own)
	}
	return c, err
}

// Frozen returns what is stored if the requests of others come with the pattern, the
// same at every presentation: as all neurons get the same inputs and the same release,
// they all learn to answer to the patterns that have one,
//
//	misses = 1 − P(called | Y = 1),  false alarms = P(called | Y = 0),
//
// for any reliability, rate and offset for which one neuron alone learns; with Common
// of m = 1, and with Graded, they are 0 and 1 − (1−f)^(M−1). It returns the error of the
// scheme or of the coding, and one if a mean is subtracted, which makes it a matter of b.
func Frozen(s Scheme, coding float64) (misses, falseAlarms float64, err error) {
	if g, ok := s.(Graded); ok && g.Subtracted {
		return 0, 0, fmt.Errorf("broadcast: Graded.Subtracted = true: what frozen requests then teach depends on the offset, and is not derived")
	}
	m, err := heard(s, model.Modulator{Probability: 1}, coding)
	return 1 - m.Probability, m.Error, err
}

// Window returns the edges of the window of b + θ in which a neuron that shares its
// acetylcholine learns every association. There is none if low ≥ high. For
// acetylcholine alone, y_ref = 0 and large disinhibition they are P(ACh|0) a_A/a_I
// and P(ACh|1) Φ(1) a_A/a_I, so that there is one if and only if
//
//	P(ACh | 0) < Φ(1) P(ACh | 1).
//
// It returns the error of [Seen], or of a circuit without a force.
func Window(c rules.Circuit, s Scheme) (low, high float64, err error) {
	c, err = Seen(c, s)
	if err != nil {
		return 0, 0, err
	}
	t, err := theory.Of(c)
	if err != nil {
		return 0, 0, err
	}
	d, err := t.Condition()
	return d.Lower.Value, d.Upper.Value, err
}
