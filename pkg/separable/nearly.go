package separable

import (
	"errors"
	"fmt"
	"math"
	"math/big"

	"credo/pkg/model"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// verifyNearly proves that multipliers that rule out all weights exist near λ,
// for constraints without a bound: some λ̃ with Σ_μ (λ̃_μ/λ_μ − 1)² < distance²
// over the patterns with λ_μ > 0, and λ̃_μ = 0 for the others.
//
// Let a_μ be y x of pattern μ in the columns where a proof needs Σ_μ λ̃_μ a_μ = 0:
// those of channels of both kinds, and y for a free threshold. What λ leaves in
// them is r = Σ_μ λ_μ a_μ. With M = Σ_μ λ_μ² a_μ a_μᵀ the changes
// δ_μ = −λ_μ² a_μᵀ M⁻¹ r cancel it, since Σ_μ δ_μ a_μ = −r, and
//
//	Σ_μ (δ_μ/λ_μ)² = Σ_μ λ_μ² (a_μᵀ M⁻¹ r)² = rᵀ M⁻¹ r = ρ².
//
// So ρ < distance < 1 proves that λ + δ is positive. The sum over any other
// column b keeps its sign, by Cauchy and Schwarz, if |Σ_μ λ_μ b_μ| > ρ (Σ_μ
// λ_μ² b_μ²)^½; a column with less than twice that is made to cancel as well.
// The sum B = Σ_μ λ_μ (κ + y^μ θ) is such a column too.
//
// For positive definite M − σ, ρ² ≤ |r|²/σ. So it is enough that a Cholesky
// factorisation of M − σ − e runs to its end, rows and columns scaled by powers
// of two, where e bounds all rounding errors: with u = 2⁻⁵³, those of the elements
// of M, sums of at most P terms of one sign, are in norm at most (P + 2) u of
// the trace, and those of the factorisation, in whatever order it sums, at most
// (N + 2) u of it, to first order. Four times both is taken. Source: Rump, BIT
// Numerical Mathematics 46, 433 (2006), for the factorisation.
func verifyNearly(c Certificate, a *model.Associations, con Constraints) error {
	switch {
	case !(c.Distance > 0 && c.Distance < 0x1p-10):
		return fmt.Errorf("separable: Distance = %v outside (0, 2⁻¹⁰)", c.Distance)
	case con.MaxWeight > 0:
		return errors.New("separable: Distance > 0 with MaxWeight, must be 0")
	case len(c.Multipliers) != a.Len():
		return fmt.Errorf("separable: %d multipliers for %d patterns", len(c.Multipliers), a.Len())
	}
	lambda := make([]float64, a.Len())
	for mu, l := range c.Multipliers {
		if l == nil || l.Sign() < 0 || l.BitLen() > 53 {
			return fmt.Errorf("separable: multiplier %d = %v outside [0, 2⁵³) at a distance from exact ones", mu, l)
		}
		lambda[mu], _ = l.Float64()
	}
	if err := verifyRequired(lambda, a, con, c.Distance); err != nil {
		return err
	}
	rest, columns := make([]float64, 0), make([][]int32, a.Len()) // r; by pattern, the columns that cancel
	cancel := func(sum *big.Int, patterns []int32) {
		for _, mu := range patterns {
			columns[mu] = append(columns[mu], int32(len(rest)))
		}
		r, _ := new(big.Float).SetInt(sum).Float64()
		rest = append(rest, r)
	}
	total, every := new(big.Int), make([]int32, a.Len())
	for mu, l := range c.Multipliers {
		if every[mu] = int32(mu); a.Target(mu) {
			total.Add(total, l)
		} else {
			total.Sub(total, l)
		}
	}
	if con.FreeThreshold {
		cancel(total, every)
	}
	g := gains(c.Multipliers, a)
	for _, group := range groups(a) {
		norm, sum, slack := 0.0, new(big.Int), 0.0
		for _, mu := range group.patterns {
			norm += lambda[mu] * lambda[mu]
		}
		if e := group.channels[0]; e != nil {
			sum.Set(&g[e[0]])
		} else {
			sum.Neg(&g[countE(a)+group.channels[1][0]])
		}
		if group.channels[0] == nil || group.channels[1] == nil {
			slack, _ = new(big.Float).SetInt(sum).Float64()
			if group.channels[0] != nil {
				slack = -slack
			}
		}
		if !(slack > 2*c.Distance*math.Sqrt(norm)) && norm > 0 {
			cancel(sum, group.patterns)
		}
	}
	return verifyDistance(lambda, columns, rest, c.Distance)
}

// u is the relative error of one rounding.
const u = 0x1p-53

// verifyRequired proves that B > 0 for all multipliers at the distance, or that
// B = 0 and a pattern asks for V > 0.
func verifyRequired(lambda []float64, a *model.Associations, con Constraints, distance float64) error {
	b, size, norm, strict := 0.0, 0.0, 0.0, false
	for mu, l := range lambda {
		required := l * con.required(a.Target(mu))
		b, size, norm = b+required, size+math.Abs(required), norm+required*required
		strict = strict || l > 0 && a.Target(mu)
	}
	if b > 2*distance*math.Sqrt(norm)+2*float64(len(lambda)+4)*u*size || norm == 0 && con.Margin == 0 && con.Threshold == 0 && strict {
		return nil
	}
	return errors.New("separable: the multipliers do not contradict the constraints at the distance from exact ones")
}

// verifyDistance proves ρ < distance, given a_μ by the columns that are not 0 in
// it.
func verifyDistance(lambda []float64, columns [][]int32, rest []float64, distance float64) error {
	n := len(rest)
	m := blas64.Symmetric{N: n, Stride: n, Data: make([]float64, n*n), Uplo: blas.Upper}
	for mu, l := range lambda {
		for k, i := range columns[mu] {
			row := m.Data[int(i)*n:]
			for _, j := range columns[mu][k:] {
				row[j] += l * l
			}
		}
	}
	scale, trace, square := make([]float64, n), 0.0, 0.0
	for i := range n {
		_, exponent := math.Frexp(m.Data[i*(n+1)])
		scale[i] = math.Ldexp(1, -exponent/2)
		trace += m.Data[i*(n+1)] * scale[i] * scale[i]
		square += rest[i] * scale[i] * rest[i] * scale[i]
	}
	down := square/(distance*distance)*(1+0x1p-20) + 4*float64(len(lambda)+n+4)*u*trace
	for i := range n {
		for j := i; j < n; j++ {
			m.Data[i*n+j] *= scale[i] * scale[j]
		}
		m.Data[i*(n+1)] -= down
	}
	if _, ok := lapack64.Potrf(m); !ok {
		return errors.New("separable: no exact multipliers are proved to exist at the distance")
	}
	return nil
}
