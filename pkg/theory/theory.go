package theory

import (
	"math"
	"sync"

	"credo/pkg/rules"
)

// Theory is what follows from one circuit, which [Of] has checked. Its methods
// may be called from several goroutines. Time is T = λ × epochs, potentials are
// in units of the currents, and forces in units of λ times a current.
type Theory struct {
	circuit rules.Circuit
	why     func() error // why F is no function of V alone, or nil
	derived func() (Condition, error)
}

// Of returns the theory of a circuit. It returns an error that names the first
// parameter outside its domain, or the further rule that is nil, finds
// something wrong with itself or is no pure function.
func Of(c rules.Circuit) (*Theory, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	t := &Theory{circuit: c}
	t.why = sync.OnceValue(func() error { return t.force().autonomous() })
	t.derived = sync.OnceValues(t.derive)
	return t, nil
}

// Circuit returns the circuit of which this is the theory.
func (t *Theory) Circuit() rules.Circuit { return t.circuit }

// Autonomous returns nil if the force F is a function of V alone, as all
// methods that return an error need it to be, and else an error that says why
// not: a slope a of the E/I line other than 1, losses that depend on the weight,
// a rule of one's own that reads the currents, or one that is not finite.
func (t *Theory) Autonomous() error { return t.why() }

// Force returns the mean force on the potential of a pattern at each of its
// own presentations,
//
//	F(Y, V) = ⟨Δw_E⟩ − ⟨Δw_I⟩ of the active synapses,
//
// averaged over the neuromodulators, for co-tuned inputs; a late release counts
// as its mean over random orders, model.Modulator.Prompt. With the Gram matrix
// G_μν = x^μ·x^ν/N the potentials of all patterns move, as the rate goes to 0
// and without change of silent synapses, by dV^μ/dT = Σ_ν G_μν F(Y^ν, V^ν):
// where F = 0 a pattern stands still. For the four standard rules at slope
// a = 1 it is
//
//	F = S_E(Y, V) − a_I g (V + b + θ),
//
// S_E being the mean of the excitatory rules and g = 1, or the mean output if
// inhibition is plastic only when firing.
//
// A rule that reads the running mean of y sees f_Y; see Condition.MeanOutput.
// The result is NaN where F is not a function of V alone, see
// [Theory.Autonomous], and if v is not finite. At V = 0 it is the limit from
// below. Derived here.
func (t *Theory) Force(target bool, v float64) float64 {
	f := t.force()
	if math.IsNaN(v-v) || f.check(target, v) != nil {
		return math.NaN()
	}
	return f.of(target, v)
}

// Must is [Of] for a circuit that is right by construction, as in a notebook:
// it panics where Of returns an error.
func Must(c rules.Circuit) *Theory {
	t, err := Of(c)
	if err != nil {
		panic(err)
	}
	return t
}
