package influence

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/root"
)

// Copies is detailed balance on inhibitory inputs each of which is a copy of
// one excitatory channel, some channels having many copies and some none. With
// m_i copies of channel i the overlaps are those of weighted channels,
//
//	M = (X m Xᵀ)⁻¹ X Xᵀ,
//
// and what counts is how evenly the copies are spread: one copy each, in
// whatever order, is co-tuning. For many channels and signals of mean 0, and
// with averages over channels,
//
//	α = ⟨mq/(1+mq)⟩ for q,  Own = (q/α) ⟨1/(1+mq)⟩,
//	Noise = (q²/α) ⟨(Own m − 1)²/(1+mq)²⟩ / (1 − (q²/α) ⟨m²/(1+mq)²⟩).
//
// q is what a pattern's inhibition loses if one channel is taken away, tr (X m
// Xᵀ)⁻¹ in units of an input's variance. Derived here, by leaving out a channel
// and a pattern.
type Copies struct {
	Load    float64   // α = P/N, less than the share of channels that have a copy
	Numbers []float64 // m_i ≥ 0, one a channel
}

// Hearing returns the weight of an output's own signal and the variance that
// it hears of the others. It returns an error that names the first field
// outside its domain.
func (c Copies) Hearing() (Hearing, error) {
	if len(c.Numbers) == 0 {
		return undefined, fmt.Errorf("influence: Copies.Numbers is empty, must have one number a channel")
	}
	covered := 0
	for i, m := range c.Numbers {
		if !domain.NonNegative.Has(m) {
			return undefined, fmt.Errorf("influence: channel %d has %v copies, must be finite and not negative", i, m)
		}
		if m > 0 {
			covered++
		}
	}
	if share := float64(covered) / float64(len(c.Numbers)); !domain.Between(0, share).Has(c.Load) {
		return undefined, fmt.Errorf("influence: load P/N = %v outside (0, %v), the share of channels that have a copy", c.Load, share)
	}
	// α rises with log q from 0 to the share of channels that have a copy.
	log, err := root.Find(func(log float64) float64 {
		q := math.Exp(log)
		return c.mean(func(m float64) float64 { return m * q / (1 + m*q) }) - c.Load
	}, -100, 100)
	if err != nil {
		return undefined, fmt.Errorf("influence: copies at load %v: %w", c.Load, err)
	}
	q := math.Exp(log)
	own := q / c.Load * c.mean(func(m float64) float64 { return 1 / (1 + m*q) })
	square := func(x float64) float64 { return x * x }
	heard := c.mean(func(m float64) float64 { return square(q * (own*m - 1) / (1 + m*q)) }) / c.Load
	echo := c.mean(func(m float64) float64 { return square(m * q / (1 + m*q)) }) / c.Load
	return Hearing{Own: own, Noise: heard / (1 - echo)}, nil
}

func (c Copies) mean(f func(m float64) float64) (mean float64) {
	for _, m := range c.Numbers {
		mean += f(m) / float64(len(c.Numbers))
	}
	return mean
}
