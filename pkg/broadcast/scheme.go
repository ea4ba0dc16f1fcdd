package broadcast

import (
	"cmp"
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/pkg/model"

	"gonum.org/v1/gonum/mathext"
)

// Scheme says which requests of M neurons, a whole number or one between, bring a
// release.
type Scheme interface {
	// Heard is the modulator as one neuron meets it, own being the one that it would
	// have alone: with P(ACh | Y) for what it asks itself and for what the others,
	// of that coding, ask of their own accord.
	Heard(own model.Modulator, coding float64) model.Modulator
	// Among is the same scheme among so many neurons.
	Among(neurons float64) Scheme
	// Check returns an error that names the first field outside its domain.
	Check() error
}

// Common is one release, of the reliability of the circuit, if at least m neurons
// ask. With B of the M−1 others asking, B binomial with probability q f,
//
//	P(ACh | Y) = ε + (ρ − ε) P(B ≥ m − Y).
//
// A binomial tail is an incomplete beta function, which is taken for M between whole
// numbers; for m = 1 it is 1 − (1 − q f)^(M−1).
type Common struct {
	Neurons float64 // M ≥ 1, of one zone or cell type if there are several modulators
	Needed  int     // m in [0, M]; 0 means 1, any
	Reach   float64 // q in [0, 1], the probability, drawn afresh, that another's request reaches this neuron; 0 means 1
}

// Check implements Scheme.
func (s Common) Check() error {
	return domain.Check("broadcast: Common.",
		domain.Field{Name: "Neurons", Value: s.Neurons, In: domain.AtLeast(1)},
		domain.Field{Name: "Needed", Value: float64(s.Needed), In: domain.Interval{High: s.Neurons}},
		domain.Field{Name: "Reach", Value: s.Reach, In: domain.Probability})
}

// Among implements Scheme.
func (s Common) Among(neurons float64) Scheme { s.Neurons = neurons; return s }

// Heard implements Scheme.
func (s Common) Heard(own model.Modulator, coding float64) model.Modulator {
	m, f := max(1, s.Needed), cmp.Or(s.Reach, 1)*coding
	called := func(y int) float64 { return own.Error + (own.Probability-own.Error)*atLeast(m-y, s.Neurons-1, f) }
	own.Probability, own.Error = called(1), called(0)
	return own
}

// atLeast is P(B ≥ m) of a binomial B of n trials of probability p.
func atLeast(m int, n, p float64) float64 {
	switch {
	case m <= 0:
		return 1
	case m == 1:
		return -math.Expm1(n * math.Log1p(-p))
	case n <= float64(m)-1:
		return 0
	}
	return mathext.RegIncBeta(float64(m), n-float64(m)+1, p)
}

// Separate is a release by each request that succeeds, each by itself. With the
// probability r = f ρ + (1−f) ε that a neuron brings one,
//
//	P(ACh | 1) = 1 − (1−ρ)(1−r)^(M−1),  P(ACh | 0) = 1 − (1−ε)(1−r)^(M−1).
type Separate struct {
	Neurons float64 // M ≥ 1
}

// Check implements Scheme.
func (s Separate) Check() error {
	return domain.AtLeast(1).Check("broadcast: Separate.Neurons", s.Neurons)
}

// Among implements Scheme.
func (s Separate) Among(neurons float64) Scheme { return Separate{neurons} }

// Heard implements Scheme.
func (s Separate) Heard(own model.Modulator, coding float64) model.Modulator {
	silent := math.Exp((s.Neurons - 1) * math.Log1p(-coding*own.Probability-(1-coding)*own.Error))
	own.Probability = 1 - (1-own.Probability)*silent
	own.Error = 1 - (1-own.Error)*silent
	return own
}

// Grid is M = L² neurons in L rows and L columns with a modulator each, and
// plasticity where both are called. Of a target 0 both are called with
//
//	[1 − (1−f)^(L−1)]² ≃ M f²,
//
// instead of the M f of one modulator. The reliability is that of the coincidence.
type Grid struct {
	Neurons float64 // M = L² ≥ 1
}

// Check implements Scheme.
func (s Grid) Check() error {
	return domain.AtLeast(1).Check("broadcast: Grid.Neurons", s.Neurons)
}

// Among implements Scheme.
func (s Grid) Among(neurons float64) Scheme { return Grid{neurons} }

// Heard implements Scheme.
func (s Grid) Heard(own model.Modulator, coding float64) model.Modulator {
	line := atLeast(1, math.Sqrt(s.Neurons)-1, coding)
	own.Error += (own.Probability - own.Error) * line * line
	return own
}

// heard is Heard after the checks of scheme, modulator and coding.
func heard(s Scheme, own model.Modulator, coding float64) (model.Modulator, error) {
	if err := cmp.Or(s.Check(), domain.Fraction.Check("broadcast: coding of the targets", coding)); err != nil {
		return own, err
	}
	if own.Late != 0 {
		return own, fmt.Errorf("broadcast: ACh.Late = %v is not 0: first make the release prompt, model.Modulator.Prompt", own.Late)
	}
	return s.Heard(own, coding), nil
}
