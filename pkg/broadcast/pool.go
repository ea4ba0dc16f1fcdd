package broadcast

import (
	"cmp"

	"credo/internal/domain"
	"credo/pkg/theory"
)

// Pool is M neurons that learn one dichotomy together, of coding f: what one modulator
// can say without loss. It is released where the common target is 1; inhibition is
// plastic only when firing; lateral inhibition lets only the neuron of the largest
// potential fire on a release; and the pool answers 1 if any neuron does. Nobody
// assigns the patterns: what a neuron has learned of some leaves it low on others, and
// neighbours win those.
type Pool struct {
	Neurons      float64 // M ≥ 1
	TargetCoding float64 // f of the common target, in (0, 1)
}

// Check returns an error that names the first field outside its domain.
func (p Pool) Check() error {
	return cmp.Or(domain.AtLeast(1).Check("broadcast: Pool.Neurons", p.Neurons), domain.Fraction.Check("broadcast: Pool.TargetCoding", p.TargetCoding))
}

// Capacity returns a load P/N that such a pool can store: each neuron stands at its
// potential for its share f/M of the patterns and is silent for the others, which is
// one gated neuron of that coding,
//
//	α_pool(M) ≥ α_gated(f/M),
//
// more if shares are not prescribed. That learning finds it is not proved; simulated with
// 100 channels and M = 2 and 4, .8 of it left .007 errors. For small f/M it goes to
// M/[2f ln(M/f)], nearly in proportion to the number of neurons, but slowly: at
// f/M = 1/160 that is .57 of it.
func (p Pool) Capacity() (float64, error) {
	if err := p.Check(); err != nil {
		return 0, err
	}
	return theory.Gated{TargetCoding: p.TargetCoding / p.Neurons}.Capacity()
}

// Bits returns what the pool then knows of its targets, a channel and neuron,
// α h(f)/M: a synapse's share falls only as a logarithm of M.
func (p Pool) Bits() (float64, error) {
	load, err := p.Capacity()
	return load * entropy(p.TargetCoding) / p.Neurons, err
}
