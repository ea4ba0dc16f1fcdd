package estimate

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// form is a regressor, a vector of coefficients of 1, the channel's own
// quantities and their means over its cell.
type form struct {
	v    [dims]float64
	best bool // 0 at channels that are not the best
}

var one = form{v: [dims]float64{0: 1}}

func own(q quantity, by float64) (f form)  { f.v[1+q] = by; return f }
func mean(q quantity, by float64) (f form) { f.v[1+quantities+q] = by; return f }

func (f form) plus(g form) form {
	for i, x := range g.v {
		f.v[i] += x
	}
	return f
}

// at returns the form of a channel as it was measured.
func (f form) at(c *channel) float64 {
	if f.best && !c.best {
		return 0
	}
	v := 0.0
	for i, x := range f.v {
		if x != 0 {
			v += x * c.products[0][i]
		}
	}
	return v
}

// times is the unbiased product of two forms of a channel, fᵀ M g.
func (f form) times(g form, c *channel) (v float64) {
	if (f.best || g.best) && !c.best {
		return 0
	}
	for i, x := range f.v {
		if x == 0 {
			continue
		}
		for j, y := range g.v {
			if y != 0 {
				v += x * y * c.products[i][j]
			}
		}
	}
	return v
}

// moments are sums over channels of products for regressors x and y,
//
//	XX = Σ w x xᵀ,  XY = Σ w x y,  YY = Σ w y²,
//
// which in the mean are those of the true values. They add up over cells.
type moments struct {
	xx []float64 // p × p
	xy []float64 // p
	yy float64
}

func newMoments(p int) moments { return moments{xx: make([]float64, p*p), xy: make([]float64, p)} }

// newMomentsOf returns those of n clusters.
func newMomentsOf(n, p int) []moments {
	out := make([]moments, n)
	for g := range out {
		out[g] = newMoments(p)
	}
	return out
}

// add adds k times another's sums.
func (m *moments) add(o moments, k float64) {
	floats.AddScaled(m.xx, k, o.xx)
	floats.AddScaled(m.xy, k, o.xy)
	m.yy += k * o.yy
}

// sum returns the moments of all clusters, but for those left out.
func sum(clusters []moments, but ...int) moments {
	out := moments{xx: make([]float64, len(clusters[0].xx)), xy: make([]float64, len(clusters[0].xy))}
	for g, m := range clusters {
		if !slices.Contains(but, g) {
			out.add(m, 1)
		}
	}
	return out
}

// moments returns those of one channel, without its weight.
func (c *channel) moments(y form, x ...form) moments {
	m := newMoments(len(x))
	for i, f := range x {
		for j, g := range x[:i+1] {
			v := f.times(g, c)
			m.xx[i*len(x)+j], m.xx[j*len(x)+i] = v, v
		}
		m.xy[i] = f.times(y, c)
	}
	m.yy = y.times(y, c)
	return m
}

// moments returns those of each cluster, the sums over its cells.
func (s samples) moments(y form, x ...form) []moments {
	out := newMomentsOf(s.n, len(x))
	for c := range s.cells {
		for k := range s.cells[c].channels {
			ch := &s.cells[c].channels[k]
			out[s.cells[c].cluster].add(ch.moments(y, x...), ch.weight)
		}
	}
	return out
}

// solve returns XX⁻¹ XY, NaN where XX is singular to rounding.
func (m moments) solve() []float64 {
	p := len(m.xy)
	out := make([]float64, p)
	if p == 0 {
		return out
	}
	if err := mat.NewVecDense(p, out).SolveVec(mat.NewDense(p, p, m.xx), mat.NewVecDense(p, m.xy)); err != nil {
		for i := range out {
			out[i] = math.NaN()
		}
	}
	return out
}

// loss returns Σ (y − x·θ)² − Σ y² of the true values, in the mean.
func (m moments) loss(theta []float64) (v float64) {
	p := len(theta)
	for i, a := range theta {
		v -= 2 * a * m.xy[i]
		v += a * floats.Dot(theta, m.xx[i*p:(i+1)*p])
	}
	return v
}

// row is a copy of row i of XX.
func row(m moments, i int) []float64 { return slices.Clone(m.xx[i*len(m.xy):][:len(m.xy)]) }

// except returns the moments without regressors i to j − 1.
func (m moments) except(i, j int) (out moments) {
	for k, y := range m.xy {
		if k < i || k >= j {
			out.xx, out.xy = append(out.xx, slices.Delete(row(m, k), i, j)...), append(out.xy, y)
		}
	}
	return out
}

// partial returns of each cluster, with x̃ and ỹ the residuals of x_i and of y in
// their regressions on the other regressors over all clusters,
//
//	Σ w x̃ ỹ  and  Σ w x̃².
//
// The coefficient θ_i is the ratio of their sums.
func partial(clusters []moments, i int) (xy, xx []float64) {
	all := sum(clusters)
	others := all.except(i, i+1)
	beta := slices.Insert(others.solve(), i, 0)
	others.xy = slices.Delete(row(all, i), i, i+1)
	residual := others.solve()
	floats.Scale(-1, residual)
	residual = slices.Insert(residual, i, 1)
	for _, m := range clusters {
		var a, b float64
		for j, r := range residual {
			a += r * (m.xy[j] - floats.Dot(beta, row(m, j)))
			b += r * floats.Dot(residual, row(m, j))
		}
		xy, xx = append(xy, a), append(xx, b)
	}
	return xy, xx
}

// score returns the P value of θ_i ≤ 0, one-sided, with the other coefficients
// free, by Student's t of the scores Σ w x̃ ỹ of the clusters. It never divides by
// how much of x_i is its own, so that it holds its level even where that is
// nothing but noise, as when every channel lies on one line.
func score(clusters []moments, i int) float64 {
	u, _ := partial(clusters, i)
	mean, sd := stat.MeanStdDev(u, nil)
	t := distuv.StudentsT{Sigma: 1, Nu: float64(len(u) - 1)}
	return t.Survival(mean / sd * math.Sqrt(float64(len(u))))
}
