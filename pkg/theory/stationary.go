package theory

import (
	"fmt"
	"math"

	"credo/internal/root"
	"credo/pkg/model"

	"gonum.org/v1/gonum/mat"
)

// Stationary returns the potentials at which all of the given co-tuned
// associations stand still together, exact for these patterns whatever the
// heterosynaptic depression. With H the mean change of silent synapses,
// s_μ = n_μ/N the activity of pattern μ and G_μν = x^μ·x^ν/N, the potentials
// solve
//
//	F(Y^μ, V^μ) − H(Y^μ, V^μ) = −(Σ_ν H(Y^ν, V^ν)) [G⁻¹ s]_μ.
//
// Where a pattern could stand still on either side of threshold the right side
// is taken. It returns an error if the circuit has no force, if inhibition is
// plastic only when firing (silent patterns are then not stationary), if the
// associations are not co-tuned or not linearly independent (P ≤ N at least),
// or if a pattern cannot stand still. Regime: no weight at its bound. Derived
// here.
func (t *Theory) Stationary(a *model.Associations) ([]float64, error) {
	if err := t.why(); err != nil {
		return nil, err
	}
	c := t.circuit
	if c.Balance.WhenFiring {
		return nil, fmt.Errorf("theory: Balance.WhenFiring is true: silent patterns feel no inhibitory plasticity and are not stationary")
	}
	share, err := shares(a)
	if err != nil {
		return nil, err
	}
	f := t.force()
	v := make([]float64, a.Len())
	for mu := range v {
		if a.Target(mu) {
			v[mu] = f.above()
		}
	}
	for range 100 {
		total := 0.
		for mu := range v {
			total += f.silent(a.Target(mu), v[mu])
		}
		change := 0.
		for mu := range v {
			next, err := f.level(a.Target(mu), -total*share[mu])
			if err != nil {
				return nil, fmt.Errorf("theory: pattern %d: %w", mu, err)
			}
			change = max(change, math.Abs(next-v[mu]))
			v[mu] = next
		}
		if change < 1e-11 {
			return v, nil
		}
	}
	return nil, fmt.Errorf("theory: no stationary potentials found: patterns go to and fro across threshold")
}

// level returns the potential, on the right side of threshold if possible, at
// which F − H has the given value and is decreasing.
func (f force) level(target bool, value float64) (float64, error) {
	g := func(v float64) float64 {
		c := f.change(target, v, 1)
		return c.Active - c.Silent - value
	}
	far := f.reach() + 10*(f.circuit.ACh.Disinhibition+f.circuit.NE.Disinhibition)
	up := [2]float64{f.above(), far}
	down := [2]float64{-far, 0}
	sides := [2][2]float64{down, up}
	if target {
		sides = [2][2]float64{up, down}
	}
	for _, side := range sides {
		if g(side[0]) >= 0 && g(side[1]) <= 0 {
			return root.Find(g, side[0], side[1])
		}
	}
	return 0, fmt.Errorf("no potential balances its force with a pull of %.4g", value)
}

// shares returns G⁻¹ s of co-tuned associations.
func shares(a *model.Associations) ([]float64, error) {
	x, other := a.Dense()
	if !mat.Equal(x, other) {
		return nil, fmt.Errorf("theory: the associations are not co-tuned")
	}
	p, channels := x.Dims()
	gram, s := mat.NewSymDense(p, nil), mat.NewVecDense(p, nil)
	gram.SymOuterK(1, x)
	for mu := range p {
		s.SetVec(mu, float64(len(a.Excitatory(mu))))
	}
	var factors mat.Cholesky
	if !factors.Factorize(gram) || factors.Cond() > 1e12 {
		return nil, fmt.Errorf("theory: %d patterns over %d channels are not linearly independent", p, channels)
	}
	share := mat.NewVecDense(p, nil)
	if err := factors.SolveVecTo(share, s); err != nil {
		return nil, fmt.Errorf("theory: %w", err)
	}
	return share.RawVector().Data, nil
}
