package selfdual

import "slices"

// arrow solves the normal equations of the columns for few patterns, with bounds
// or equalities. These, of matrix Aᵀ d A + 1/h over patterns and bounds, are those of the
// patterns plus what couples each column only with that of the bounds, t:
//
//	D = diag(δ) + c e_tᵀ + e_t cᵀ,  σ = δ_t − Σ_j c_j²/δ_j,
//	δ_j = 1/h_j + Σ_b d_b Sign_b²,  c_j = −Σ_b d_b Sign_b Scale_b,
//	δ_t = 1/h_t + Σ_b d_b Scale_b².
//
// So D⁻¹ takes one pass, and with it by Woodbury's formula
//
//	(Aᵀ d A + D)⁻¹ = D⁻¹ − D⁻¹ Aᵀ S⁻¹ A D⁻¹,  S = A D⁻¹ Aᵀ + 1/d,
//
// of the patterns alone. S is the matrix by row of a system without bounds, with
// 1/δ for h, and with column t replaced by a_t − Σ_j a_j c_j/δ_j and 1/σ for h_t.
// The two rows of an equality count as one, with the sum of their d.
type arrow struct {
	*System
	kept         []int // the rows of S
	inner        *normal
	delta, c     []float64 // by column; not of t
	sigma        float64
	image, other []float64 // by row
	back         []float64 // by column
}

func newArrow(sys *System) *arrow {
	a := &arrow{System: sys}
	patterns := &System{Columns: sys.Columns, Dense: make([][]float64, len(sys.Dense))}
	for r, row := range sys.Rows {
		if r < 2*sys.Equalities && r%2 == 1 {
			continue
		}
		a.kept = append(a.kept, r)
		patterns.Rows, patterns.Signs = append(patterns.Rows, row), append(patterns.Signs, sys.Signs[r])
		for e, g := range sys.Dense {
			patterns.Dense[e] = append(patterns.Dense[e], g[r])
		}
		if sys.Values != nil {
			patterns.Values = append(patterns.Values, sys.Values[r])
		}
	}
	a.inner = newNormal(patterns)
	for _, list := range [...]*[]float64{&a.delta, &a.c, &a.back} {
		*list = make([]float64, sys.columns())
	}
	a.image, a.other = make([]float64, sys.rows()), make([]float64, sys.rows())
	return a
}

// factorise sums σ = 1/h_t + Σ_j (Σ_b d_b Scale_b² − c_j²/δ_j) without
// cancellation: with s for Sign and S for Scale a column with one bound has
// d S²/(h δ), and one with two has in addition d d′ (S s′ − S′ s)²/δ.
func (a *arrow) factorise(d, h []float64) bool {
	t, bounds := a.Columns, d[len(a.Rows):]
	clear(a.c)
	for j := range h {
		a.delta[j] = 1 / h[j]
	}
	for r, b := range a.Bounds {
		a.delta[b.Column] += bounds[r] * b.Sign * b.Sign
		a.c[b.Column] -= bounds[r] * b.Sign * b.Scale
	}
	a.sigma = 1 / h[t]
	for r, b := range a.Bounds {
		a.sigma += bounds[r] * b.Scale * b.Scale / (h[b.Column] * a.delta[b.Column])
		if r > 0 && a.Bounds[r-1].Column == b.Column {
			e := a.Bounds[r-1]
			cross := b.Scale*e.Sign - e.Scale*b.Sign
			a.sigma += bounds[r] * bounds[r-1] * cross * cross / a.delta[b.Column]
		}
	}
	inverse := slices.Clone(a.delta)
	for j := range inverse {
		a.back[j], inverse[j] = -a.c[j]/a.delta[j], 1/a.delta[j]
	}
	a.back[t], inverse[t] = 1, 1/a.sigma
	a.apply(a.image, a.back)
	merged := make([]float64, len(a.kept))
	for k, r := range a.kept {
		a.inner.Dense[0][k] = a.Signs[r] * a.image[r]
		if merged[k] = d[r]; r < 2*a.Equalities {
			merged[k] += d[r+1]
		}
	}
	return a.inner.factorise(merged, inverse)
}

// unbounded replaces b, by column, by D⁻¹ b.
func (a *arrow) unbounded(b []float64) {
	t := a.Columns
	for j, c := range a.c {
		b[t] -= c * b[j] / a.delta[j]
	}
	b[t] /= a.sigma
	for j, c := range a.c {
		if j != t {
			b[j] = (b[j] - c*b[t]) / a.delta[j]
		}
	}
}

// solve replaces b, by column, by the solution.
func (a *arrow) solve(b []float64) {
	a.unbounded(b)
	a.apply(a.image, b)
	some := make([]float64, len(a.kept))
	for k, r := range a.kept {
		some[k] = a.image[r]
	}
	a.inner.solve(some)
	clear(a.image)
	for k, r := range a.kept {
		a.image[r] = some[k]
	}
	a.applyTransposed(a.back, a.image)
	a.unbounded(a.back)
	for j, x := range a.back {
		b[j] -= x
	}
}
