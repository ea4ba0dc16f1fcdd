package model

import (
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Dense returns the input patterns as P × N matrices of zeros and ones, a row
// for each pattern. Co-tuned patterns give two equal matrices.
func (a *Associations) Dense() (excitatory, inhibitory *mat.Dense) {
	return dense(a.excitatory, a.excitatoryChannels), dense(a.inhibitory, a.inhibitoryChannels)
}

func dense(patterns [][]int32, channels int) *mat.Dense {
	x := mat.NewDense(len(patterns), channels, nil)
	for mu, active := range patterns {
		row := x.RawRowView(mu)
		for _, i := range active {
			row[i] = 1
		}
	}
	return x
}

// Gram returns the overlaps of the patterns' excitatory and of their
// inhibitory inputs, P × P, dimensionless,
//
//	G_E,μν = x_E^μ · x_E^ν / N,  G_I,μν = x_I^μ · x_I^ν / N,
//
// with N the number of excitatory channels in both, as in
// [Neuron.Currents]: where every pattern changes its active excitatory
// weights by s^ν, in units of λ/√N, the excitatory currents change by λ G_E s.
// The overlaps are counts divided by N, exact up to that division. It takes
// P² f N additions. Co-tuned patterns give one matrix twice.
func (a *Associations) Gram() (excitatory, inhibitory *mat.SymDense) {
	scale := float64(a.excitatoryChannels)
	excitatory = gram(a.excitatory, a.excitatoryChannels, scale)
	if slices.EqualFunc(a.excitatory, a.inhibitory, slices.Equal) {
		return excitatory, excitatory
	}
	return excitatory, gram(a.inhibitory, a.inhibitoryChannels, scale)
}

func gram(patterns [][]int32, channels int, scale float64) *mat.SymDense {
	g := mat.NewSymDense(len(patterns), nil)
	row := make([]float64, channels) // pattern μ, one entry a channel
	for mu, active := range patterns {
		for _, i := range active {
			row[i] = 1
		}
		for nu := mu; nu < len(patterns); nu++ {
			shared := 0.
			for _, i := range patterns[nu] {
				shared += row[i]
			}
			g.SetSym(mu, nu, shared/scale)
		}
		for _, i := range active {
			row[i] = 0
		}
	}
	return g
}
