package estimate

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat/distuv"
)

// clustered is an estimate from sums over clusters with the jackknife
// covariance that leaves out one cluster at a time,
//
//	V = (G−1)/G Σ_g (θ_(−g) − θ)(θ_(−g) − θ)ᵀ,
//
// conservative for few clusters, and to be used with Student's t of G − 1
// degrees of freedom.
type clustered struct {
	theta []float64
	v     []float64 // p × p
	n     int       // clusters, G
}

// jackknife returns any numbers f made of sums over clusters.
func jackknife(clusters []moments, f func(moments) []float64) clustered {
	all := sum(clusters)
	return spread(f(all), clusters, func(m moments) []float64 {
		all.add(m, -1)
		without := f(all)
		all.add(m, 1)
		return without
	})
}

// estimate is the jackknife of the regression coefficients, from sums that are
// not put back, so that rounding does not add up in nearly singular ones.
func estimate(clusters []moments) clustered {
	all := sum(clusters)
	return spread(all.solve(), clusters, func(m moments) []float64 {
		rest := sum([]moments{all})
		rest.add(m, -1)
		return rest.solve()
	})
}

func spread(theta []float64, clusters []moments, without func(moments) []float64) clustered {
	p, g := len(theta), float64(len(clusters))
	c := clustered{theta: theta, v: make([]float64, p*p), n: len(clusters)}
	for _, m := range clusters {
		d := floats.SubTo(make([]float64, p), without(m), theta)
		for i := range p {
			for j := range p {
				c.v[i*p+j] += d[i] * d[j] * (g - 1) / g
			}
		}
	}
	return c
}

// Estimate is an estimate with a confidence interval, and the P value of its
// null hypothesis.
type Estimate struct {
	Value, Low, High float64 // Low −Inf or High +Inf: not bounded by the data
	P                float64 // of the null that the comment of the estimate names
	N                int     // clusters
}

// undefined is the estimate of what was not measured.
func undefined() Estimate {
	nan := math.NaN()
	return Estimate{Value: nan, Low: nan, High: nan, P: nan}
}

// linear is the estimate of a·θ; a may be shorter than θ.
func (c clustered) linear(level float64, a ...float64) Estimate {
	value, variance := 0.0, 0.0
	for i, x := range a {
		value += x * c.theta[i]
		for j, y := range a {
			variance += x * y * c.v[i*len(c.theta)+j]
		}
	}
	return student(value, math.Sqrt(variance), c.n, level)
}

// coefficient is the estimate of θ_k, which n clusters know.
func (c clustered) coefficient(k, n int, level float64) Estimate {
	return student(c.theta[k], math.Sqrt(c.v[k*len(c.theta)+k]), n, level)
}

// student has the interval of Student's t with n − 1 degrees of freedom, and the
// two-sided P value of 0.
func student(value, se float64, n int, level float64) Estimate {
	if n < 2 {
		return Estimate{Value: value, Low: math.Inf(-1), High: math.Inf(1), P: math.NaN(), N: n}
	}
	return withDegrees(value, se, float64(n-1), n, level)
}

func withDegrees(value, se, nu float64, n int, level float64) Estimate {
	t := distuv.StudentsT{Sigma: 1, Nu: nu}
	half := t.Quantile((1+level)/2) * se
	return Estimate{Value: value, Low: value - half, High: value + half, P: 2 * t.CDF(-math.Abs(value)/se), N: n}
}

// ratio is the estimate of θ_i/θ_j with Fieller's interval, all ρ with
//
//	(θ_i − ρ θ_j)² ≤ t² var(θ_i − ρ θ_j),
//
// and P of θ_i = 0. Where θ_j does not differ from 0 the set has no bounds on one
// side or both, and is returned as the whole line.
func (c clustered) ratio(i, j int, level float64) Estimate {
	p := len(c.theta)
	above, below, vaa, vab, vbb := c.theta[i], c.theta[j], c.v[i*p+i], c.v[i*p+j], c.v[j*p+j]
	r := student(above, math.Sqrt(vaa), c.n, level)
	r.Value, r.Low, r.High = above/below, math.Inf(-1), math.Inf(1)
	if c.n < 2 {
		return r
	}
	t := distuv.StudentsT{Sigma: 1, Nu: float64(c.n - 1)}.Quantile((1 + level) / 2)
	q := t * t
	a, b, d := below*below-q*vbb, above*below-q*vab, above*above-q*vaa
	if root := b*b - a*d; a > 0 && root >= 0 {
		r.Low, r.High = (b-math.Sqrt(root))/a, (b+math.Sqrt(root))/a
	}
	return r
}
