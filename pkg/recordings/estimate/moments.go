package estimate

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
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
func (f form) at(c *channel) float64 { return f.dot(&c.values, c) }

// dot leaves out what has no coefficient, which may be NaN.
func (f form) dot(of *[dims]float64, c *channel) (v float64) {
	for i, x := range f.v {
		if x != 0 && (c.best || !f.best) {
			v += x * of[i]
		}
	}
	return v
}

// times is the unbiased product of two forms of a channel, fᵀ M g; f is the
// instrument.
func (f form) times(g form, c *channel) float64 {
	var rows [dims]float64
	for i, x := range f.v {
		if x != 0 {
			rows[i] = g.dot(&c.products[i], c)
		}
	}
	return f.dot(&rows, c)
}

// moments are sums over channels of products of regressors x and of y,
//
//	Σ w x (xᵀ, y),  p × (p + 1), row by row,
//
// which in the mean are those of the true values. They add up over cells. The x on
// the left is the instrument: the square part need not be symmetric.
type moments []float64

// zeros are sums of n clusters, to be added to.
func zeros(n, size int) []moments {
	out := make([]moments, n)
	for g := range out {
		out[g] = make(moments, size)
	}
	return out
}

// sum returns the moments of all clusters, but for those left out.
func sum(clusters []moments, but ...int) moments {
	out := make(moments, len(clusters[0]))
	for g, m := range clusters {
		if !slices.Contains(but, g) {
			floats.Add(out, m)
		}
	}
	return out
}

// times are the products of forms of one channel with others, without its weight.
func (c *channel) times(left, right []form) moments {
	m := make(moments, 0, len(left)*len(right))
	for _, f := range left {
		for _, g := range right {
			m = append(m, f.times(g, c))
		}
	}
	return m
}

// moments returns those of each cluster, the sums over its channels.
func (s samples) moments(y form, x ...form) []moments {
	xy := append(slices.Clip(x), y)
	out := zeros(len(s.names), len(x)*len(xy))
	for of, c := range s.all() {
		floats.AddScaled(out[of.cluster], c.weight, c.times(x, xy))
	}
	return out
}

// matrix is p × (p + 1).
func (m moments) matrix() *mat.Dense {
	p := int(math.Sqrt(float64(len(m))))
	return mat.NewDense(p, p+1, m)
}

// solve returns the regression of y on x.
func (m moments) solve() []float64 {
	if len(m) == 0 {
		return nil
	}
	d := m.matrix()
	return regress(d, min(d.Dims()), -1)
}

// regress returns the coefficients of the regression of column j on the regressors but
// one, whose own is 0 (−1: on all); NaN where they are singular to rounding.
func regress(m mat.Matrix, j, but int) []float64 {
	p := min(m.Dims())
	a, theta := mat.NewDense(p, p, nil), mat.NewVecDense(p, nil)
	for r := range p {
		for c := range p {
			if r != but && c != but {
				a.Set(r, c, m.At(r, c))
				theta.SetVec(r, m.At(r, j))
			}
		}
	}
	if but >= 0 {
		a.Set(but, but, 1)
	}
	if err := theta.SolveVec(a, theta); err != nil {
		floats.AddConst(math.NaN(), theta.RawVector().Data)
	}
	return theta.RawVector().Data
}

// between is the sum of products of left·x and right·(x, y), or right·x.
func (m moments) between(left, right []float64) (v float64) {
	for i, x := range left {
		v += x * floats.Dot(m[i*(len(left)+1):][:len(right)], right)
	}
	return v
}

// loss returns Σ (y − x·θ)² − Σ y² of the true values, in the mean.
func (m moments) loss(theta []float64) float64 {
	return m.between(theta, append(slices.Clip(theta), -2))
}

// scores returns, for regressor i with the other coefficients free, two sums of each
// cluster,
//
//	u_g = Σ w x̃ (y − β·x),  v_g = Σ w x̃ (x_i − γ·x),
//
// β and γ the regressions of y and of x_i on the other regressors over all clusters,
// and x̃ the x_i less what makes Σ w x̃ x 0 for them: in the mean u = θ_i v.
func scores(clusters []moments, i int) (u, v []float64) {
	all := sum(clusters).matrix()
	beta, gamma, left := regress(all, min(all.Dims()), i), regress(all, i, i), regress(all.T(), i, i)
	beta, gamma[i], left[i] = append(beta, -1), -1, -1 // of β·x − y, γ·x − x_i and −x̃
	for _, m := range clusters {
		u, v = append(u, m.between(left, beta)), append(v, m.between(left, gamma))
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
	return studentsT(len(u)).Survival(mean / sd * math.Sqrt(float64(len(u))))
}
