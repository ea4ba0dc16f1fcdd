package model

import (
	"math"
	"slices"

	"credo/internal/domain"
	"credo/internal/sparse"

	"gonum.org/v1/gonum/floats"
)

// Neuron is a threshold unit with non-negative excitatory and inhibitory
// weights,
//
//	V = i_E − i_I − θ,  y = 1 if V > 0 and 0 otherwise (also at V = 0).
type Neuron struct {
	Excitatory []float64 // w_E ≥ 0, one a channel; dimensionless, of order 1
	Inhibitory []float64 // w_I ≥ 0, one a channel; dimensionless, of order 1
	Threshold  float64   // θ, in units of the currents; default 0
}

// NewNeuron returns a neuron of equally many excitatory and inhibitory
// channels whose weights all have the given value, and with threshold 0. It
// panics if there is no channel or if the weight is not in [0, ∞).
func NewNeuron(channels int, weight float64) *Neuron {
	if err := domain.Check("model: ",
		domain.Field{Name: "channels", Value: float64(channels), In: domain.AtLeast(1)},
		domain.Field{Name: "weight", Value: weight, In: domain.NonNegative}); err != nil {
		panic(err.Error())
	}
	return &Neuron{
		Excitatory: slices.Repeat([]float64{weight}, channels),
		Inhibitory: slices.Repeat([]float64{weight}, channels),
	}
}

// Clone returns an independent copy of the neuron.
func (n *Neuron) Clone() *Neuron {
	return &Neuron{slices.Clone(n.Excitatory), slices.Clone(n.Inhibitory), n.Threshold}
}

// Currents returns the excitatory and the inhibitory current of pattern mu,
//
//	i_E = Σ_i w_E,i x_E,i / √N,  i_I = Σ_i w_I,i x_I,i / √N,
//
// with N the number of excitatory channels in both. It panics if the
// associations have other numbers of channels than the neuron.
func (n *Neuron) Currents(a *Associations, mu int) (iE, iI float64) {
	if err := a.Fits(n); err != nil {
		panic(err.Error())
	}
	scale := 1 / math.Sqrt(float64(len(n.Excitatory)))
	// The conversions keep a processor that fuses the multiplication with the
	// caller's subtraction from giving other bytes than training does.
	return float64(sparse.Sum(n.Excitatory, a.excitatory[mu]) * scale), float64(sparse.Sum(n.Inhibitory, a.inhibitory[mu]) * scale)
}

// Potentials returns V^μ = i_E − i_I − θ of every pattern, neuromodulators
// being absent. It panics as Currents does.
func (n *Neuron) Potentials(a *Associations) []float64 {
	v := make([]float64, a.Len())
	for mu := range v {
		iE, iI := n.Currents(a, mu)
		v[mu] = iE - iI - n.Threshold
	}
	return v
}

// Recall returns how well the neuron answers when neuromodulators are absent.
// It panics as Currents does.
func (n *Neuron) Recall(a *Associations) Recall { return a.recall(n.Potentials(a)) }

// Recall is the quality of the neuron's answers y = 1[V > 0]. A probability
// over no pattern is NaN.
type Recall struct {
	Hits        float64 // P(y = 1 | Y = 1)
	FalseAlarms float64 // P(y = 1 | Y = 0)
	Error       float64 // P(y ≠ Y)
}

func (r *Recall) add(o Recall) {
	r.Hits += o.Hits
	r.FalseAlarms += o.FalseAlarms
	r.Error += o.Error
}

func (r Recall) over(n float64) Recall {
	return Recall{r.Hits / n, r.FalseAlarms / n, r.Error / n}
}

// recall counts the answers that the potentials v give.
func (a *Associations) recall(v []float64) Recall {
	one, zero := a.ByTarget(v)
	fired := func(v []float64) float64 {
		return float64(floats.Count(func(v float64) bool { return v > 0 }, v))
	}
	ones, zeros, hits, alarms := float64(len(one)), float64(len(zero)), fired(one), fired(zero)
	return Recall{Hits: hits / ones, FalseAlarms: alarms / zeros, Error: (ones - hits + alarms) / (zeros + ones)}
}
