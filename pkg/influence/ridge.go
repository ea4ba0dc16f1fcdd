package influence

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/pkg/model"

	"gonum.org/v1/gonum/mat"
)

// Ridge is the operator of detailed, co-tuned balance when all weights decay
// by the share d per trial: a ridge regression of strength
//
//	ℓ = P d/(λ a_I g),  g = f(1−f),  M = G(G + ℓg)⁻¹.
//
// Its moments over the Marchenko-Pastur law of the eigenvalues gw of G,
//
//	Own = ⟨w/(w+ℓ)⟩ = 2/(1+α+ℓ+R),  ⟨w²/(w+ℓ)²⟩ = Own (1 − ℓ/R),
//	R² = (1−α)² + 2(1+α)ℓ + ℓ²,
//
// hold at any load, for many channels and signals of mean 0: S = ⟨1/(w+ℓ)⟩
// solves αℓS² + (1−α+ℓ)S = 1, Own is 1 − ℓS, and the other moment Own + ℓ dOwn/dℓ.
// N_eff is max(1, α) for ℓ → 0 and 1 + α for ℓ → ∞. Derived here.
type Ridge struct {
	Load  float64 // α = P/N > 0
	Decay float64 // ℓ > 0
}

// Hearing returns the weight of an output's own signal and the variance that
// it hears of the others. It returns an error that names the first field
// outside its domain.
func (r Ridge) Hearing() (Hearing, error) {
	err := domain.Check("influence: Ridge.",
		domain.Field{Name: "Load", Value: r.Load, In: domain.Positive},
		domain.Field{Name: "Decay", Value: r.Decay, In: domain.Positive})
	if err != nil {
		return undefined, err
	}
	rest := (1-r.Load)*(1-r.Load) + 2*(1+r.Load)*r.Decay // R² − ℓ²
	root := math.Sqrt(rest + r.Decay*r.Decay)
	own := 2 / (1 + r.Load + r.Decay + root)
	second := own * rest / (root * (root + r.Decay)) // 1 − ℓ/R without cancelling
	return Hearing{Own: own, Noise: second - own*own}, nil
}

// Ridged returns M = G(G + ℓ f(1−f))⁻¹ of given co-tuned associations with
// coding level f in (0, 1), P × P, for decay ℓ > 0. It returns an error for
// arguments outside their domains and for associations that are not co-tuned.
func Ridged(a *model.Associations, decay, coding float64) (*mat.Dense, error) {
	err := domain.Check("influence: ",
		domain.Field{Name: "decay ℓ", Value: decay, In: domain.Positive},
		domain.Field{Name: "coding f", Value: coding, In: domain.Fraction})
	if err != nil {
		return nil, err
	}
	g, gI := a.Gram()
	if g != gI {
		return nil, fmt.Errorf("influence: the associations are not co-tuned")
	}
	shifted := mat.NewSymDense(a.Len(), nil)
	shifted.CopySym(g)
	for mu := range a.Len() {
		shifted.SetSym(mu, mu, g.At(mu, mu)+decay*coding*(1-coding))
	}
	// G and its shift commute, so that the order does not matter.
	return solve(shifted, g, "co-tuned")
}
