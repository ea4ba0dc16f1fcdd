package broadcast

import (
	"math/rand/v2"

	"credo/internal/domain"
	"credo/pkg/model"

	"gonum.org/v1/gonum/stat/distuv"
)

// Afresh lets each neuron of a layer hear so many others that are not simulated, each
// of which asks with that probability on every trial, whatever the pattern: what [Seen]
// is the theory of. A rule of release comes after it, for example
//
//	{Afresh(M-1, f), model.Zones(1, m), model.Reliably(ρ)}  neurons that always ask: [Common]
//	{Afresh(M-1, ρf), model.Zones(1, 1)}                    that ask with ρ: [Separate]
//	{Afresh(M-1, ρf), model.Graded(1, baseline)}            that ask with ρ: [Graded]
//
// It panics if others < 0 or if asking is no probability.
func Afresh(others int, asking float64) model.Together {
	requests := newRequests(others, asking)
	return func(m *model.Moment, rng *rand.Rand) {
		for j := range m.Foreign {
			m.Foreign[j] += requests.of(rng.Float64())
		}
	}
}

// Recurring is [Afresh] with others whose requests come with the pattern and with its
// context: every presentation is in one of so many contexts, each as likely, and in the
// same context the same of them ask. One context is frozen requests, and very many are
// fresh ones: what [Contexts] is the theory of. The seed says who asks when. It panics
// if contexts < 1, and as Afresh does.
func Recurring(contexts, others int, asking float64, seed uint64) model.Together {
	must(domain.Field{Name: "contexts", Value: float64(contexts), In: domain.AtLeast(1)})
	requests := newRequests(others, asking)
	return func(m *model.Moment, rng *rand.Rand) {
		var pcg rand.PCG
		context := rng.IntN(contexts)
		for j := range m.Foreign {
			pcg.Seed(seed^uint64(m.Pattern)<<32, uint64(context)<<32|uint64(j))
			pcg.Uint64() // the first word still resembles the seed
			m.Foreign[j] += requests.of(float64(pcg.Uint64()>>11) * 0x1p-53)
		}
	}
}

// requests are the values of P(B ≤ n), n = 0, 1, …, of a binomial number of requests.
type requests []float64

func newRequests(others int, asking float64) requests {
	must(domain.Field{Name: "others", Value: float64(others), In: domain.NonNegative},
		domain.Field{Name: "probability of asking", Value: asking, In: domain.Probability})
	r := make(requests, others+1)
	b := distuv.Binomial{N: float64(others), P: asking}
	for n := range r {
		r[n] = b.CDF(float64(n))
	}
	return r
}

// of is the number of requests that goes with a uniform number in [0, 1).
func (r requests) of(u float64) (n int) {
	for n < len(r)-1 && u >= r[n] {
		n++
	}
	return n
}

// must panics if a number is outside its domain.
func must(fields ...domain.Field) {
	if err := domain.Check("broadcast: ", fields...); err != nil {
		panic(err.Error())
	}
}
