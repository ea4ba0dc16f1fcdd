package generate

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"

	"credo/internal/domain"
	"credo/pkg/model"
	"credo/pkg/recordings"

	"gonum.org/v1/gonum/stat/distuv"
)

// Set is what a Generator draws: recordings and the truth behind them.
type Set struct {
	Responses []recordings.Response // in pA, cell by cell, block by block, channel by channel
	Truth     []Truth               // of each response

	series float64
}

// Truth is what a response would be without noise.
type Truth struct {
	Excitation, Inhibition float64 // in pA
	Firing                 float64 // probability of a spike in a sweep
	Channel                Channel // the channel right after pairing
}

// Generate draws a set of recordings. It returns an error if a field of g is
// outside its domain, or if the circuit's rules drive a current out of the
// finite numbers. What DriftI, DriftChannel, Unequal and Tail add is drawn from a
// stream of its own, seeded from rng where one of them is not 0.
func (g Generator) Generate(rng *rand.Rand) (*Set, error) {
	if err := g.Check(); err != nil {
		return nil, err
	}
	all := g.Cells * len(g.Times) * g.Channels
	s := &Set{Responses: make([]recordings.Response, 0, all), Truth: make([]Truth, 0, all), series: g.Series}
	own := model.Stream(0, 0) // of no consequence
	if g.DriftI+g.DriftChannel+g.Unequal+g.Tail > 0 {
		own = model.Stream(rng.Uint64(), rng.Uint64())
	}
	spread := func(sd float64) float64 { return math.Exp(sd * own.NormFloat64()) }
	for n := range g.Cells {
		c, size := g.draw(rng), make([]float64, g.Channels)
		for k := range size {
			size[k] = spread(g.Unequal)
		}
		animal, name := fmt.Sprint(g.Prefix, "A", n%g.Animals+1), fmt.Sprint(g.Prefix, "C", n+1)
		for p, time := range g.Times {
			if time >= 0 && c.gate == nil {
				c.pair()
			}
			if c.gate != nil {
				c.relax(time, rng)
			}
			drift := math.Exp(g.Drift * rng.NormFloat64())
			driftI := drift * spread(g.DriftI)
			for k := range g.Channels {
				t := Truth{Excitation: g.Scale * c.e[k], Inhibition: g.Scale * c.i[k], Firing: c.firing(k)}
				if !domain.Finite.Has(t.Excitation) || !domain.Finite.Has(t.Inhibition) {
					return nil, fmt.Errorf("recordings: the rules drive a current of cell %d out of the finite numbers by %v min", n+1, time)
				}
				s.Responses, s.Truth = append(s.Responses, recordings.Response{
					Animal: animal, Cell: name, Channel: float64(k + 1),
					Paired: k == c.paired, Best: k == c.best, Treatment: g.Treatment, Time: time, Block: p,
					Unit: "pA", Status: recordings.Generated,
				}), append(s.Truth, t)
				missing := rng.Float64() < g.Dropout && p == len(g.Times)-1
				g.measure(&s.Responses[len(s.Responses)-1], [...]float64{drift * t.Excitation, driftI * spread(g.DriftChannel) * t.Inhibition}, size[k], t.Firing, missing, rng, own)
			}
		}
		if c.gate == nil {
			c.pair()
		}
		for k := n * len(g.Times) * g.Channels; k < len(s.Truth); k++ {
			s.Truth[k].Channel = c.gate[k%g.Channels]
		}
	}
	return s, nil
}

// measure draws the sweeps of a response about the two means, with errors of the
// given relative size.
func (g *Generator) measure(r *recordings.Response, means [2]float64, size, firing float64, missing bool, rng, own *rand.Rand) {
	n := g.Sweeps
	all := make([]float64, 4*n)
	r.SweepsE, r.SweepsI, r.SweepsSpikes = all[:n:n], all[n:2*n:2*n], all[2*n:]
	first, other := make([][2]float64, n), math.Sqrt(1-g.Correlated*g.Correlated)
	for k, mean := range means {
		for i := range first {
			tail := g.tail(own)
			z := [...]float64{float64(tail * rng.NormFloat64()), float64(tail * rng.NormFloat64())}
			if k == 0 {
				first[i] = z
			} else {
				z[0], z[1] = g.Correlated*first[i][0]+other*z[0], g.Correlated*first[i][1]+other*z[1]
			}
			all[k*n+i] = mean*(1+size*g.Noise*z[0]) + size*g.Additive*z[1]
		}
	}
	for i := range r.SweepsSpikes {
		if rng.Float64() < firing {
			r.SweepsSpikes[i] = 1
		}
	}
	if missing {
		r.SweepsI, r.SweepsSpikes = nil, r.SweepsSpikes[:n]
	}
	r.Summarise()
}

// tail is what makes a Gaussian error one of Student's t with ν degrees of freedom
// and the same variance, √((ν − 2)/χ²).
func (g *Generator) tail(own *rand.Rand) float64 {
	if g.Tail == 0 {
		return 1
	}
	return math.Sqrt((g.Tail - 2) / distuv.ChiSquared{K: g.Tail, Src: own}.Rand())
}

// Sweeps returns the rows of the raw schema behind the responses: excitation
// at −70 mV, the reversal potential of inhibition, and inhibition at 0 mV, that
// of excitation, each as if the other current did not flow. Folding them by the
// defaults gives the responses.
func (s *Set) Sweeps() iter.Seq[recordings.Sweep] {
	return func(yield func(recordings.Sweep) bool) {
		const excitation, inhibition = 0, -70
		cell, number := "", 0
		for _, r := range s.Responses {
			if r.Cell != cell {
				cell, number = r.Cell, 0
			}
			row := recordings.Sweep{
				Animal: r.Animal, Cell: r.Cell, Time: r.Time, Block: r.Block, Treatment: r.Treatment, Channel: r.Channel,
				Level: math.NaN(), Paired: r.Paired, Best: r.Best, Series: s.series, Window: 50, Status: r.Status,
			}
			for j, magnitude := range slices.Concat(r.SweepsE, r.SweepsI) {
				row.Number, row.Spikes, row.Holding, row.Reversal = number+j, r.SweepsSpikes[j], inhibition, excitation
				if j >= len(r.SweepsE) {
					row.Number, row.Holding, row.Reversal = row.Number-len(r.SweepsE), excitation, inhibition
				}
				row.Current = row.Clamped(magnitude)
				if !yield(row) {
					return
				}
			}
			number += len(r.SweepsE)
		}
	}
}
