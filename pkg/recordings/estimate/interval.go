package estimate

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// clustered is an estimate from sums over clusters with the jackknife's covariance,
// conservative for few clusters, for Student's t of G − 1 degrees of freedom,
//
//	V = (G−1)/G Σ_g (θ_(−g) − θ)(θ_(−g) − θ)ᵀ.
type clustered struct {
	theta []float64
	v     []float64   // p × p
	out   [][]float64 // θ_(−g)
	names []string    // of the clusters
}

// jackknife returns any numbers f made of sums over clusters. The sums without a
// cluster are added up anew, so that rounding stays small in nearly singular ones.
func jackknife(names []string, clusters []moments, f func(moments) []float64) clustered {
	c := clustered{theta: f(sum(clusters)), names: names}
	p, n := len(c.theta), float64(len(clusters))
	c.v = make([]float64, p*p)
	for g := range clusters {
		c.out = append(c.out, f(sum(clusters, g)))
		d := floats.SubTo(make([]float64, p), c.out[g], c.theta)
		for i, x := range d {
			floats.AddScaled(c.v[i*p:][:p], x*(n-1)/n, d)
		}
	}
	return c
}

// Estimate is an estimate with a confidence interval, and the P value of its
// null hypothesis.
type Estimate struct {
	Value, Low, High float64 // Low −Inf or High +Inf: not bounded by the data
	P                float64 // of the null that the comment of the estimate names, two-sided unless it says so
	N                int     // animals, or cells where none is named
	names            []string
	without          []float64 // each of these
}

// undefined is the estimate of what was not measured.
func undefined() Estimate {
	nan := math.NaN()
	return Estimate{Value: nan, Low: nan, High: nan, P: nan}
}

// with keeps what an estimate is without each of the animals.
func (c clustered) with(v Estimate, of func(theta []float64) float64) Estimate {
	v.names, v.without = c.names, nil
	for _, theta := range c.out {
		v.without = append(v.without, of(theta))
	}
	return v
}

// coefficient is the estimate of θ_k, which n clusters know.
func (c clustered) coefficient(k, n int, level float64) Estimate {
	v := student(c.theta[k], math.Sqrt(c.v[k*len(c.theta)+k]), n, level)
	return c.with(v, func(theta []float64) float64 { return theta[k] })
}

// into sets estimates to the first of the θ.
func (c clustered) into(level float64, to ...*Estimate) {
	for k, v := range to {
		*v = c.coefficient(k, len(c.names), level)
	}
}

// studentsT is the distribution of the mean of n over its standard error.
func studentsT(n int) distuv.StudentsT { return distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)} }

// student has the interval of Student's t with n − 1 degrees of freedom, and P of 0.
func student(value, se float64, n int, level float64) Estimate {
	return withDegrees(value, se, float64(n-1), n, level)
}

func withDegrees(value, se, nu float64, n int, level float64) Estimate {
	if !(nu > 0) {
		return Estimate{Value: value, Low: math.Inf(-1), High: math.Inf(1), P: math.NaN(), N: n}
	}
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
	r := fieller(c.theta[i], c.theta[j], c.v[i*p+i], c.v[i*p+j], c.v[j*p+j], len(c.names), level)
	return c.with(r, func(theta []float64) float64 { return theta[i] / theta[j] })
}

// fieller is the estimate of above/below, of variances vaa and vbb and covariance
// vab, from n clusters.
func fieller(above, below, vaa, vab, vbb float64, n int, level float64) Estimate {
	r := student(above, math.Sqrt(vaa), n, level)
	r.Value, r.Low, r.High = above/below, math.Inf(-1), math.Inf(1)
	t := studentsT(n).Quantile((1 + level) / 2)
	a, b, d := below*below-t*t*vbb, above*below-t*t*vab, above*above-t*t*vaa
	if root := math.Sqrt(math.Max(0, b*b-a*d)); a > 0 { // below 0 by rounding alone
		r.Low, r.High = (b-root)/a, (b+root)/a
	}
	return r
}

// quotient is the estimate of Σ above/Σ below of independent clusters, by [fieller].
func quotient(above, below []float64, level float64) Estimate {
	n := float64(len(above))
	return fieller(floats.Sum(above), floats.Sum(below), n*stat.Variance(above, nil),
		n*stat.Covariance(above, below, nil), n*stat.Variance(below, nil), len(above), level)
}

// Minus returns the difference of two estimates, with P of none, of the variance
//
//	Σ_g (u_g − v_g)²,  u_g = √((G−1)/G) (θ_(−g) − θ),
//
// u and v of the one and of the other, 0 for an animal that it does not have: an
// animal in both adds their covariance. Degrees of freedom are Welch's and
// Satterthwaite's, from the animals of the one alone, of the other alone, and of
// both. It is undefined where one of the two is.
func (v Estimate) Minus(other Estimate, level float64) Estimate {
	if v.N == 0 || other.N == 0 || len(v.without) == 0 || len(other.without) == 0 {
		return undefined()
	}
	squares, n := [3]float64{}, [3]float64{} // of the one alone, of the other alone, of both
	for _, name := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(v.names, other.names)))) {
		x, one := v.influence(name)
		y, two := other.influence(name)
		k := 2
		if !two {
			k = 0
		} else if !one {
			k = 1
		}
		squares[k], n[k] = squares[k]+(x-y)*(x-y), n[k]+1
	}
	below := 0.0
	for k, g := range []int{len(v.names), len(other.names), min(len(v.names), len(other.names))} {
		if n[k] > 0 {
			below += squares[k] * squares[k] / (n[k] * float64(g-1) / float64(g))
		}
	}
	variance := floats.Sum(squares[:])
	d := withDegrees(v.Value-other.Value, math.Sqrt(variance), math.Max(1, variance*variance/below), int(floats.Sum(n[:])), level)
	if !(variance > 0) {
		d.Low, d.High = math.Inf(-1), math.Inf(1)
	}
	return d
}

// influence is the u_g of an animal, and whether it is known.
func (v Estimate) influence(name string) (u float64, known bool) {
	g := slices.Index(v.names, name)
	if g < 0 {
		return 0, false
	}
	n := float64(len(v.names))
	return math.Sqrt((n-1)/n) * (v.without[g] - v.Value), true
}

// Without returns the animals (cells, where none is named), and what the estimate
// is without each of them.
func (v Estimate) Without() (animals []string, values []float64) {
	return slices.Clone(v.names), slices.Clone(v.without)
}

// Influential returns the animal (or cell) without which the estimate is farthest
// from its value, and what it is then; "" and NaN where there is none.
func (v Estimate) Influential() (animal string, without float64) {
	animal, without = "", math.NaN()
	for k, x := range v.without {
		if animal == "" || !math.IsNaN(without) && !(math.Abs(x-v.Value) <= math.Abs(without-v.Value)) {
			animal, without = v.names[k], x
		}
	}
	return animal, without
}

// Range writes the bounds as "low … high".
func (v Estimate) Range() string {
	switch {
	case math.IsNaN(v.Low) || math.IsNaN(v.High):
		return "–"
	case math.IsInf(v.Low, 0) && math.IsInf(v.High, 0):
		return "not bounded"
	}
	return strings.ReplaceAll(fmt.Sprintf("%.3g … %.3g", v.Low, v.High), "-", "−")
}
