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
	floats.Add(f.v[:], g.v[:])
	return f
}

// at returns the form of a channel as it was measured.
func (f form) at(c *channel) (v float64) {
	for i, x := range f.v {
		if x != 0 && (c.best || !f.best) {
			v += x * c.values[i]
		}
	}
	return v
}

// times is the unbiased product of two forms of a channel, fᵀ M g; f is the
// instrument.
func (f form) times(g form, c *channel) (v float64) {
	for i, x := range f.v {
		if x == 0 || (f.best || g.best) && !c.best {
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
//	XX = Σ w x xᵀ,  XY = Σ w x y,
//
// which in the mean are those of the true values. They add up over cells. The x on
// the left is the instrument: XX need not be symmetric.
type moments struct {
	xx []float64 // p × p
	xy []float64 // p
}

// newMomentsOf returns those of n clusters.
func newMomentsOf(n, p int) []moments {
	out := make([]moments, n)
	for g := range out {
		out[g] = moments{xx: make([]float64, p*p), xy: make([]float64, p)}
	}
	return out
}

// add adds k times another's sums.
func (m *moments) add(o moments, k float64) {
	floats.AddScaled(m.xx, k, o.xx)
	floats.AddScaled(m.xy, k, o.xy)
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
func (c *channel) moments(y form, x ...form) (m moments) {
	for _, f := range x {
		for _, g := range x {
			m.xx = append(m.xx, f.times(g, c))
		}
		m.xy = append(m.xy, f.times(y, c))
	}
	return m
}

// moments returns those of each cluster, the sums over its cells.
func (s samples) moments(y form, x ...form) []moments {
	out := newMomentsOf(s.n, len(x))
	for _, c := range s.cells {
		for k := range c.channels {
			out[c.cluster].add(c.channels[k].moments(y, x...), c.channels[k].weight)
		}
	}
	return out
}

// solve returns XX⁻¹ XY, NaN where XX is singular to rounding.
func (m moments) solve() []float64 { return solve(m.xx, m.xy, false) }

func solve(xx, xy []float64, transposed bool) []float64 {
	p := len(xy)
	out := make([]float64, p)
	if p == 0 {
		return out
	}
	a := mat.Matrix(mat.NewDense(p, p, xx))
	if transposed {
		a = a.T()
	}
	if err := mat.NewVecDense(p, out).SolveVec(a, mat.NewVecDense(p, xy)); err != nil {
		for i := range out {
			out[i] = math.NaN()
		}
	}
	return out
}

// loss returns Σ (y − x·θ)² − Σ y² of the true values, in the mean.
func (m moments) loss(theta []float64) (v float64) {
	for i, a := range theta {
		v += a * (floats.Dot(theta, row(m, i)) - 2*m.xy[i])
	}
	return v
}

// row is row i of XX.
func row(m moments, i int) []float64 { return m.xx[i*len(m.xy):][:len(m.xy)] }

// except returns the moments without regressors i to j − 1.
func (m moments) except(i, j int) (out moments) {
	for k, y := range m.xy {
		if k < i || k >= j {
			out.xx, out.xy = append(out.xx, slices.Delete(slices.Clone(row(m, k)), i, j)...), append(out.xy, y)
		}
	}
	return out
}

// scores returns, for regressor i with the other coefficients free, two sums of each
// cluster,
//
//	u_g = Σ w x̃ (y − β·x),  v_g = Σ w x̃ (x_i − γ·x),
//
// β and γ the regressions of y and of x_i on the other regressors over all clusters,
// and x̃ the x_i less what makes Σ w x̃ x 0 for them: in the mean u = θ_i v.
func scores(clusters []moments, i int) (u, v []float64) {
	all := sum(clusters)
	others := all.except(i, i+1)
	var column []float64 // of x_i
	for j := range all.xy {
		if j != i {
			column = append(column, row(all, j)[i])
		}
	}
	left := slices.Insert(solve(others.xx, slices.Delete(slices.Clone(row(all, i)), i, i+1), true), i, -1) // −x̃
	beta, gamma := slices.Insert(others.solve(), i, 0), slices.Insert(solve(others.xx, column, false), i, -1)
	u, v = make([]float64, len(clusters)), make([]float64, len(clusters))
	for g, m := range clusters {
		for j, x := range left {
			u[g] -= x * (m.xy[j] - floats.Dot(beta, row(m, j)))
			v[g] += x * floats.Dot(gamma, row(m, j))
		}
	}
	return u, v
}

// score returns the P value of θ_i ≤ 0, one-sided, with the other coefficients
// free, by Student's t of the scores u of the clusters. It never divides by how much
// of x_i is its own, so that it holds its level even where that is nothing but
// noise, as when every channel lies on one line.
func score(clusters []moments, i int) float64 {
	u, _ := scores(clusters, i)
	mean, sd := stat.MeanStdDev(u, nil)
	t := distuv.StudentsT{Sigma: 1, Nu: float64(len(u) - 1)}
	return t.Survival(mean / sd * math.Sqrt(float64(len(u))))
}
