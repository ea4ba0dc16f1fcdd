package broadcast

import (
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// Rate returns the largest rate λ at which a neuron that shares its acetylcholine has
// at most so many misses and false alarms, eps in (0, 1/2), at load α = P/N, by
// [theory.Theory.LargestRate], and the offset b at which it is taken, the middle of
// the [Window].
//
// The price of sharing is time. With q_0 = e^{−x} the probability that no other neuron
// asks, the classes are about q_0 ρ a_A/a_I apart and the variance of their potentials
// is about in proportion to λ q_0(1−q_0), hence
//
//	λ_max ∝ q_0/(1−q_0) = 1/(e^x − 1),
//
// and M λ_max falls with every neuron. This is a scaling law: of the rate returned, λ_max (e^x − 1)
// grows by half between x = 0.2 and 1.3, as the classes are at unequal distances from
// threshold and the unreliability of the own requests adds to the variance.
//
// It returns the errors of [Window] and of LargestRate; 0 if there is no window.
func Rate(c rules.Circuit, s Scheme, load, eps float64) (offset, rate float64, err error) {
	low, high, err := Window(c, s)
	if err != nil {
		return 0, 0, err
	}
	if c, err = Seen(c, s); err != nil {
		return 0, 0, err
	}
	offset = (low+high)/2 - c.Threshold
	c.Balance.Offset = offset
	t, err := theory.Of(c)
	if err != nil || !(low < high) {
		return offset, 0, err
	}
	rate, err = t.LargestRate(load, eps)
	return offset, rate, err
}
