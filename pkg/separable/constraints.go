package separable

import (
	"fmt"
	"iter"

	"credo/internal/domain"
	"credo/pkg/model"
)

// Constraints say what [Store] asks of a neuron beside the signs of its
// weights, w_E ≥ 0 and w_I ≥ 0, which always hold. With y = +1 for target 1
// and −1 for target 0, and V as in [model.Neuron], it asks
//
//	y^μ V^μ ≥ κ for every pattern, and V^μ > 0 where Y^μ = 1,
//	w ≤ w_max if that is not 0.
//
// The zero value asks that every pattern be answered rightly with threshold 0,
// the [model.Neuron]'s default: V > 0 where Y = 1 and V ≤ 0 where Y = 0.
//
// A channel whose excitatory and inhibitory inputs are the same in every
// pattern has in effect the one weight J = w_E − w_I of free sign. So Store on
// co-tuned associations answers for free weights, and nothing needs to be said
// here; of the two weights of the channel it leaves at most one above 0. A
// channel that is never active has weight 0, so empty inhibitory patterns make
// a purely excitatory neuron.
type Constraints struct {
	// Threshold is θ, in units of the currents; default 0. Weights scale with
	// it: for θ ≠ 0 only its sign decides what can be stored, unless Margin or
	// MaxWeight sets a scale of its own.
	Threshold float64
	// FreeThreshold lets Store choose θ, of either sign; Threshold must be 0.
	FreeThreshold bool
	// Margin is κ ≥ 0, absolute, in units of V; default 0. It constrains only
	// where something sets the weights' scale: a threshold other than 0 or
	// MaxWeight. Elsewhere any κ > 0 asks for no more than V ≠ 0. It is not
	// relative to the norm of the weights, as Gardner's is.
	Margin float64
	// MaxWeight is w_max > 0, the bound on every weight, dimensionless; 0 means
	// no bound. It constrains only where Threshold or Margin is not 0.
	MaxWeight float64
}

// Check returns an error that names the first field outside its domain.
func (c Constraints) Check() error {
	if err := domain.Check("separable: ",
		domain.Field{Name: "Threshold", Value: c.Threshold, In: domain.Finite},
		domain.Field{Name: "Margin", Value: c.Margin, In: domain.NonNegative},
		domain.Field{Name: "MaxWeight", Value: c.MaxWeight, In: domain.NonNegative}); err != nil {
		return err
	}
	if c.FreeThreshold && c.Threshold != 0 {
		return fmt.Errorf("separable: Threshold = %v with FreeThreshold, must be 0", c.Threshold)
	}
	return nil
}

// required is κ + yθ: the least y(i_E − i_I) for a pattern of the given
// target, with θ = 0 if it is free.
func (c Constraints) required(target bool) float64 { return c.Margin + sign(target)*c.Threshold }

// sign is y = ±1.
func sign(target bool) float64 {
	if target {
		return 1
	}
	return -1
}

// class is Y, as an index.
func class(target bool) int { return int(1+sign(target)) / 2 }

// countE and countI are the numbers of channels, N_E and N_I.
func countE(a *model.Associations) int { n, _ := a.Channels(); return n }
func countI(a *model.Associations) int { _, n := a.Channels(); return n }

// inputs goes through the active channels of pattern mu, the inhibitory ones
// numbered after the excitatory, with the sign of their weights in y V.
func inputs(a *model.Associations, mu int) iter.Seq2[int, float64] {
	return func(yield func(int, float64) bool) {
		y, shift := sign(a.Target(mu)), 0
		for _, active := range [...][]int32{a.Excitatory(mu), a.Inhibitory(mu)} {
			for _, i := range active {
				if !yield(shift+int(i), y) {
					return
				}
			}
			y, shift = -y, countE(a)
		}
	}
}
