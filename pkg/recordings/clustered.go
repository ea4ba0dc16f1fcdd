package recordings

import (
	"math"

	"gonum.org/v1/gonum/stat"
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

// estimate returns solve(Σ_g m_g) with its jackknife covariance.
func estimate(clusters []moments) clustered {
	total := newMoments(len(clusters[0].xy))
	for _, m := range clusters {
		total.add(m, 1)
	}
	p, g := len(total.xy), float64(len(clusters))
	c := clustered{theta: total.solve(), v: make([]float64, p*p), n: len(clusters)}
	rest := newMoments(p)
	for _, m := range clusters {
		copy(rest.xx, total.xx)
		copy(rest.xy, total.xy)
		rest.add(m, -1)
		without := rest.solve()
		for i := range p {
			for j := range p {
				c.v[i*p+j] += (g - 1) / g * (without[i] - c.theta[i]) * (without[j] - c.theta[j])
			}
		}
	}
	return c
}

// linear returns the estimate a·θ + offset and its standard error.
func (c clustered) linear(a ...float64) (value, se float64) {
	p := len(c.theta)
	for i, x := range a {
		value += x * c.theta[i]
		for j, y := range a {
			se += x * y * c.v[i*p+j]
		}
	}
	return value, math.Sqrt(se)
}

// Estimate is an estimate with a confidence interval, and the P value of its
// null hypothesis.
type Estimate struct {
	Value, Low, High float64 // Low −Inf or High +Inf: not bounded by the data
	P                float64 // of the null that the comment of the estimate names
	N                int     // clusters
}

// undefined is the interval of what was not measured.
func undefined() Estimate {
	nan := math.NaN()
	return Estimate{Value: nan, Low: nan, High: nan, P: nan}
}

func (c clustered) interval(level float64, a ...float64) Estimate {
	value, se := c.linear(a...)
	return student(value, se, c.n, level)
}

// student is the interval of Student's t with n − 1 degrees of freedom, and the
// two-sided P value of 0.
func student(value, se float64, n int, level float64) Estimate {
	if n < 2 {
		return Estimate{Value: value, Low: math.Inf(-1), High: math.Inf(1), P: math.NaN(), N: n}
	}
	t := distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}
	half := t.Quantile((1+level)/2) * se
	return Estimate{Value: value, Low: value - half, High: value + half, P: 2 * t.CDF(-math.Abs(value)/se), N: n}
}

// over returns Student's interval of the mean of one value a cluster.
func over(values []float64, level float64) Estimate {
	mean, sd := stat.MeanStdDev(values, nil)
	return student(mean, sd/math.Sqrt(float64(len(values))), len(values), level)
}

// ratio returns Fieller's interval of θ_i/θ_j: all ρ with
//
//	(θ_i − ρ θ_j)² ≤ t² var(θ_i − ρ θ_j).
//
// Where θ_j does not differ from 0 the set has no bounds on one side or both,
// and is returned as the whole line.
func (c clustered) ratio(i, j int, level float64) Estimate {
	p := len(c.theta)
	return fieller(c.theta[i], c.theta[j], c.v[i*p+i], c.v[i*p+j], c.v[j*p+j], c.n, level)
}

func fieller(above, below, vaa, vab, vbb float64, n int, level float64) Estimate {
	r := Estimate{Value: above / below, Low: math.Inf(-1), High: math.Inf(1), P: math.NaN(), N: n}
	if n < 2 {
		return r
	}
	t := distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}
	r.P = 2 * t.CDF(-math.Abs(above)/math.Sqrt(vaa))
	q := t.Quantile((1 + level) / 2)
	q *= q
	a, b, c := below*below-q*vbb, above*below-q*vab, above*above-q*vaa
	if d := b*b - a*c; a > 0 && d >= 0 {
		r.Low, r.High = (b-math.Sqrt(d))/a, (b+math.Sqrt(d))/a
	}
	return r
}
