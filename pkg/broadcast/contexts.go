package broadcast

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/mathext"
)

// Contexts returns bounds on the false alarms of a neuron whose patterns come in R
// contexts, equally often, each with requests of the others that are frozen: between
// [Frozen], R = 1, and [Seen], R → ∞. A Y = 0 pattern is called in K of them, K
// binomial with q = P(called | Y = 0), and meets ε = ρ K/R on average, so that with
// the [Tolerance]
//
//	P(K > R ε_2/ρ) ≤ false alarms ≤ P(K > R ε_1/ρ) ~ exp(−R KL(ε_1/ρ ‖ q)):
//
// certain to be lost, and lost if the start is on the wrong side. Misses are those of
// one neuron. It returns an error if contexts < 1, for Separate and Graded, whose releases
// are of unequal reliability, and the errors of [Tolerate].
func Contexts(c rules.Circuit, s Scheme, contexts int) (low, high float64, err error) {
	if err := domain.AtLeast(1).Check("broadcast: contexts", float64(contexts)); err != nil {
		return 0, 0, err
	}
	switch s.(type) {
	case Separate, Graded:
		return 0, 0, fmt.Errorf("broadcast: contexts of %T releases, of unequal reliability, are not derived", s)
	}
	t, err := Tolerate(c)
	if err != nil {
		return 0, 0, err
	}
	called, err := heard(s, model.Modulator{Probability: 1}, c.TargetCoding)
	if err != nil {
		return 0, 0, err
	}
	share := func(eps float64) float64 { return (eps - c.ACh.Error) / (c.ACh.Probability - c.ACh.Error) }
	return moreThan(share(t.Loss), contexts, called.Error), moreThan(share(t.Onset), contexts, called.Error), nil
}

// moreThan is P(K > share·n) of a binomial K of n trials of probability p.
func moreThan(share float64, n int, p float64) float64 {
	switch least := math.Floor(share*float64(n)) + 1; {
	case !(share >= 0):
		return 1
	case least > float64(n):
		return 0
	default:
		return mathext.RegIncBeta(least, float64(n)-least+1, p)
	}
}
