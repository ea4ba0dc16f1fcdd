package broadcast

import (
	"math"

	"credo/internal/domain"
	"credo/pkg/experiment"
	"credo/pkg/model"

	"gonum.org/v1/gonum/stat/distuv"
)

// Bits is what a shared release says of frozen targets, in bits a pattern. If rules
// learn of targets only through it, then by data processing the weights of all neurons
// together know no more of all targets, however often the patterns are presented and
// however many neurons there are.
type Bits struct {
	Own   float64 // of one neuron's own target: I(Y; called)
	Sum   float64 // M times that: what each knows of its own target, added up
	Limit float64 // of all targets together: H(called) ≤ 1
	Count float64 // the limit if the release told the number of requests: H(n)
}

// Says returns the bits of one common release, reliable by repetition, among a whole
// number of neurons. With m = 1 and P_1 = 1 − (1−f)^M
//
//	Own = h(f) − P_1 h(f/P_1),  Limit = h(P_1),  h(p) = −p log₂ p − (1−p) log₂(1−p).
//
// Sum is at most ln 2 for f → 0, at M f = ln 2, and then falls. The count has
// H(n) ≃ ½ log₂[2πe M f(1−f)] bits: a synapse's share falls at least as (ln M)/M. It
// returns the errors of the scheme and of the coding, and one if Neurons is no whole
// number or the reach is not that of all neurons.
func Says(s Common, coding float64) (Bits, error) {
	called, err := heard(s, model.Modulator{Probability: 1}, coding)
	if err != nil {
		return Bits{}, err
	}
	whole := domain.Interval{Low: math.Floor(s.Neurons), High: math.Floor(s.Neurons)}
	if err := whole.Check("broadcast: Neurons, in whole numbers,", s.Neurons); err != nil {
		return Bits{}, err
	}
	if s.Reach != 0 {
		if err := (domain.Interval{Low: 1, High: 1}).Check("broadcast: Reach", s.Reach); err != nil {
			return Bits{}, err
		}
	}
	b := Bits{Own: experiment.Information(called, coding)}
	b.Sum = s.Neurons * b.Own
	b.Limit = entropy(coding*called.Probability + (1-coding)*called.Error)
	requests := distuv.Binomial{N: s.Neurons, P: coding}
	for n := 0.; n <= s.Neurons; n++ {
		if p := requests.Prob(n); p > 0 {
			b.Count -= p * math.Log2(p)
		}
	}
	return b, nil
}

// entropy is h(p), what an event of probability p says: the information of a release
// that tells of it without error.
func entropy(p float64) float64 { return experiment.Information(model.Modulator{Probability: 1}, p) }
