package model

import "credo/pkg/capacity"

// Capacity is the largest load α = P/N of random associations that a neuron
// can store, by the target's coding f_Y and the margin κ; see
// [capacity.Capacity], of which it is another name.
type Capacity = capacity.Capacity

// SeparableProbability returns the probability that p random dichotomies of
// points in general position in n dimensions are linearly separable, without
// threshold; see [capacity.SeparableProbability].
func SeparableProbability(n, p int) float64 { return capacity.SeparableProbability(n, p) }
