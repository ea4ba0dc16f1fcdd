package generate

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"

	"credo/internal/domain"
	"credo/pkg/recordings"
)

// Set is what a Generator draws: recordings and the truth behind them.
type Set struct {
	Responses []recordings.Response // in pA, cell by cell, phase by phase, channel by channel
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
// finite numbers.
func (g Generator) Generate(rng *rand.Rand) (*Set, error) {
	if err := g.Check(); err != nil {
		return nil, err
	}
	s := &Set{series: g.Series}
	for n := range g.Cells {
		c := g.draw(rng)
		c.begin(false)
		paired := false
		for p, time := range g.Times {
			if time >= 0 && !paired {
				c.pair()
				paired = true
			}
			if paired {
				c.relax(time, rng)
			}
			drift := math.Exp(g.Drift * rng.NormFloat64())
			for k := range g.Channels {
				t := Truth{Excitation: g.Scale * c.e[k], Inhibition: g.Scale * c.i[k], Firing: c.firing(k)}
				if !domain.Finite.Has(t.Excitation) || !domain.Finite.Has(t.Inhibition) {
					return nil, fmt.Errorf("recordings: the rules drive a current of cell %d out of the finite numbers by %v min", n+1, time)
				}
				r := recordings.Response{
					Animal: fmt.Sprint("A", n%g.Animals+1), Cell: fmt.Sprint("C", n+1), Channel: float64(k + 1),
					Paired: k == c.paired, Best: k == c.best, Treatment: g.Treatment, Time: time,
					Unit: "pA", Status: recordings.Generated,
				}
				missing := rng.Float64() < g.Dropout && p == len(g.Times)-1
				g.measure(&r, t, drift, missing, rng)
				s.Responses, s.Truth = append(s.Responses, r), append(s.Truth, t)
			}
		}
		if !paired {
			c.pair()
		}
		for k := range s.Truth[n*len(g.Times)*g.Channels:] {
			s.Truth[n*len(g.Times)*g.Channels+k].Channel = c.gate[k%g.Channels]
		}
	}
	return s, nil
}

// measure draws the sweeps of a response.
func (g *Generator) measure(r *recordings.Response, t Truth, drift float64, missing bool, rng *rand.Rand) {
	sweeps := func(truth float64) []float64 {
		v := make([]float64, g.Sweeps)
		for i := range v {
			v[i] = drift*truth*(1+g.Noise*rng.NormFloat64()) + g.Additive*rng.NormFloat64()
		}
		return v
	}
	r.SweepsE, r.SweepsI = sweeps(t.Excitation), sweeps(t.Inhibition)
	r.SweepsSpikes = make([]float64, 2*g.Sweeps)
	for i := range r.SweepsSpikes {
		if rng.Float64() < t.Firing {
			r.SweepsSpikes[i] = 1
		}
	}
	if missing {
		r.SweepsI, r.SweepsSpikes = nil, r.SweepsSpikes[:g.Sweeps]
	}
	r.Summarise()
}

// Sweeps returns the rows of the raw schema behind the responses: excitation
// at −70 mV, the reversal potential of inhibition, and inhibition at 0 mV, that
// of excitation, each as if the other current did not flow. Folding them by the
// defaults gives the responses.
func (s *Set) Sweeps() iter.Seq[recordings.Sweep] {
	return func(yield func(recordings.Sweep) bool) {
		const excitation, inhibition = 0, -70
		cell, number := "", 0
		for i := range s.Responses {
			r := &s.Responses[i]
			if r.Cell != cell {
				cell, number = r.Cell, 0
			}
			row := recordings.Sweep{
				Animal: r.Animal, Cell: r.Cell, Time: r.Time, Treatment: r.Treatment, Channel: r.Channel,
				Level: math.NaN(), Paired: r.Paired, Best: r.Best, Series: s.series, Window: 50, Status: r.Status,
			}
			for j := range r.SweepsSpikes {
				v, n := r.SweepsE, j
				row.Holding, row.Reversal = inhibition, excitation
				if j >= len(r.SweepsE) {
					v, n = r.SweepsI, j-len(r.SweepsE)
					row.Holding, row.Reversal = excitation, inhibition
				}
				row.Number, row.Spikes = number+n, r.SweepsSpikes[j]
				row.Current = row.Clamped(v[n])
				if !yield(row) {
					return
				}
			}
			number += len(r.SweepsE)
		}
	}
}
