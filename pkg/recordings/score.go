package recordings

import (
	"math"

	"gonum.org/v1/gonum/mat"
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
	n := len(all.xy)
	others := make([]int, 0, n-1)
	for k := range n {
		if k != i {
			others = append(others, k)
		}
	}
	a, b := mat.NewDense(n-1, n-1, nil), mat.NewDense(n-1, 2, nil)
	for r, j := range others {
		for c, k := range others {
			a.Set(r, c, all.xx[j*n+k])
		}
		b.Set(r, 0, all.xx[j*n+i])
		b.Set(r, 1, all.xy[j])
	}
	var s mat.Dense
	if err := s.Solve(a, b); err != nil {
		return math.NaN()
	}
	u := make([]float64, len(clusters))
	for g, m := range clusters {
		u[g] = m.xy[i]
		for r, j := range others {
			gamma, beta := s.At(r, 0), s.At(r, 1)
			u[g] -= gamma*m.xy[j] + beta*m.xx[j*n+i]
			for q, k := range others {
				u[g] += gamma * m.xx[j*n+k] * s.At(q, 1)
			}
		}
	}
	mean, sd := stat.MeanStdDev(u, nil)
	t := distuv.StudentsT{Sigma: 1, Nu: float64(len(u) - 1)}
	return t.Survival(mean / sd * math.Sqrt(float64(len(u))))
}
