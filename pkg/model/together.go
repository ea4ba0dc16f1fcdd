package model

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"credo/internal/domain"
)

// Moment is what the neurons of a layer have in common on one trial, before they
// respond: an entry for each.
type Moment struct {
	Pattern    int
	Targets    []bool    // Y
	Potentials []float64 // V
	Asks       []bool    // would release acetylcholine by itself
	Foreign    []int     // requests that it hears from outside the layer; at first none
	ACh        []bool    // gets acetylcholine; at first where it asks
	Amplitudes []float64 // of what it gets, as its rules see it, 1 + Signals.AChExcess; at first 1
	Silent     []bool    // may not fire, y = 0; at first none
}

// Together is what happens between neurons on a trial: it changes Foreign, ACh,
// Amplitudes and Silent. The disinhibition of a release is the same at any amplitude.
// The generator is the layer's own, begun anew each epoch. It keeps nothing from one
// trial to another.
type Together func(m *Moment, rng *rand.Rand)

// AtLeast is one modulator for all neurons: all get acetylcholine if there are m
// requests or more, theirs and foreign ones, and none otherwise. m = 1 is "any". It
// panics if m < 1.
func AtLeast(m int) Together { return Zones(0, m) }

// Zones is one modulator for each zone of so many neurons, in their order, 0
// meaning all: a neuron gets acetylcholine if m or more are the requests of its zone
// and the foreign ones that it hears. It panics if size < 0 or m < 1.
func Zones(size, m int) Together {
	must(domain.Field{Name: "size of a zone", Value: float64(size), In: domain.NonNegative},
		domain.Field{Name: "requests m", Value: float64(m), In: domain.AtLeast(1)})
	return func(t *Moment, _ *rand.Rand) {
		t.requests(size, func(j, n int) { t.ACh[j] = n >= m })
	}
}

// Graded is a release of as many amplitudes as there are requests, one modulator for
// each zone of so many neurons, in their order, 0 meaning all, and foreign ones as in
// [Zones]. There is none without a request. With a baseline other than 0 there is
// acetylcholine on every trial, and rules see how much more than that it is, which
// may be negative. It panics if size < 0 or if the baseline is not finite.
func Graded(size int, baseline float64) Together {
	must(domain.Field{Name: "size of a zone", Value: float64(size), In: domain.NonNegative},
		domain.Field{Name: "baseline", Value: baseline, In: domain.Finite})
	return func(t *Moment, _ *rand.Rand) {
		t.requests(size, func(j, n int) { t.ACh[j], t.Amplitudes[j] = n > 0 || baseline != 0, float64(n)-baseline })
	}
}

// requests tells for each neuron the number of requests that it hears, in a zone of
// so many neurons.
func (t *Moment) requests(size int, tell func(j, n int)) {
	size = cmp.Or(size, len(t.Asks))
	for first := 0; first < len(t.Asks); first += size {
		end := min(first+size, len(t.Asks))
		own := count(t.Asks[first:end])
		for j := first; j < end; j++ {
			tell(j, own+t.Foreign[j])
		}
	}
}

// RowsAndColumns is one modulator for each row and one for each column of
// neurons that stand, in their order, in rows of so many: a neuron gets
// acetylcholine if a neuron of its row asks and one of its column. It panics if
// columns < 1.
func RowsAndColumns(columns int) Together {
	must(domain.Field{Name: "columns", Value: float64(columns), In: domain.AtLeast(1)})
	return func(t *Moment, _ *rand.Rand) {
		for j := range t.ACh {
			row, column := false, false
			for k, asks := range t.Asks {
				row = row || asks && k/columns == j/columns
				column = column || asks && k%columns == j%columns
			}
			t.ACh[j] = row && column
		}
	}
}

// Reliably lets what is released be released with probability p, for all neurons
// together, and else not at all. It panics if p is no probability.
func Reliably(p float64) Together {
	must(domain.Field{Name: "reliability", Value: p, In: domain.Probability})
	return func(t *Moment, rng *rand.Rand) {
		if rng.Float64() >= p {
			clear(t.ACh)
		}
	}
}

// Winners is lateral inhibition: where acetylcholine is released only those k
// neurons of the layer may fire that have the largest potentials, of equal ones
// the first. It panics if k < 1.
func Winners(k int) Together {
	must(domain.Field{Name: "winners", Value: float64(k), In: domain.AtLeast(1)})
	return func(t *Moment, _ *rand.Rand) {
		for j, v := range t.Potentials {
			ahead := 0
			for i, other := range t.Potentials {
				if other > v || other == v && i < j {
					ahead++
				}
			}
			t.Silent[j] = t.Silent[j] || t.ACh[j] && ahead >= k
		}
	}
}

// Tag is lateral inhibition that tells neurons with a drive of their own, Y = 1,
// from others: these may fire on a release with probability σ only. Of several σ
// neurons have one after the other, in turn. It panics if there is none, or one that
// is no probability.
func Tag(sigma ...float64) Together {
	must(domain.Field{Name: "number of sigmas", Value: float64(len(sigma)), In: domain.AtLeast(1)})
	for _, s := range sigma {
		must(domain.Field{Name: "sigma", Value: s, In: domain.Probability})
	}
	return func(t *Moment, rng *rand.Rand) {
		for j, driven := range t.Targets {
			if misses := rng.Float64() >= sigma[j%len(sigma)]; misses && !driven && t.ACh[j] {
				t.Silent[j] = true
			}
		}
	}
}

func count(x []bool) (n int) {
	for _, yes := range x {
		if yes {
			n++
		}
	}
	return n
}

// must panics if a number is outside its domain.
func must(fields ...domain.Field) {
	if err := domain.Check("model: ", fields...); err != nil {
		panic(err.Error())
	}
}

// tractable returns an error that names a neuron that cannot be trained in step
// with others.
func (l *Layer) tractable() error {
	if k := slices.IndexFunc(l.Together, func(t Together) bool { return t == nil }); k >= 0 {
		return fmt.Errorf("model: Layer.Together[%d] is nil", k)
	}
	j := slices.IndexFunc(l.Learners, func(n *Learner) bool { return !n.abreast() })
	if len(l.Together) == 0 || j < 0 {
		return nil
	}
	return fmt.Errorf("model: neuron %d has a teacher, or a modulator that is late, coupled or varies, which Layer.Together does not allow", j)
}
