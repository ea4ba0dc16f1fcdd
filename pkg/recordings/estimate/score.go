package estimate

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// score returns the P value of θ_i ≤ 0, one-sided, with the other coefficients
// free. It is a score test,
//
//	u_g = Σ w (x_i − γ·x)(y − β·x) over the cluster, rid of errors,
//
// with γ and β the regressions of x_i and of y on the other regressors x, and
// Student's t of the mean of u_g over clusters. It never divides by how much of
// x_i is its own, so that it holds its level even where that is nothing but
// noise, as when every channel lies on one line.
func score(clusters []moments, i int) float64 {
	all := sum(clusters)
	others := all.except(i, i+1)
	beta := slices.Insert(others.solve(), i, 0)
	column := row(all, i)
	others.xy = slices.Delete(column, i, i+1)
	residual := slices.Insert(others.solve(), i, -1) // −(x_i − γ·x)
	u := make([]float64, len(clusters))
	for g, m := range clusters {
		for j, r := range residual {
			u[g] -= r * (m.xy[j] - floats.Dot(beta, row(m, j)))
		}
	}
	mean, sd := stat.MeanStdDev(u, nil)
	t := distuv.StudentsT{Sigma: 1, Nu: float64(len(u) - 1)}
	return t.Survival(mean / sd * math.Sqrt(float64(len(u))))
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
