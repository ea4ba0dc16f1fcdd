package selfdual

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
)

// addValuesByColumn adds to the upper triangle of Aᵀ d A what the real-valued
// columns have in it, with all others and among themselves.
func (n *normal) addValuesByColumn(d []float64) {
	for mu, row := range n.Rows {
		for _, j := range row {
			floats.AddScaled(n.data[int(j)*n.size+n.real():(int(j)+1)*n.size], d[mu], n.Values[mu])
		}
		for e, g := range n.Dense {
			at := (n.Columns + e) * n.size
			floats.AddScaled(n.data[at+n.real():at+n.size], d[mu]*g[mu], n.Values[mu])
		}
	}
	scaled := n.scaledValues(func(mu, _ int) float64 { return d[mu] })
	corner := blas64.Symmetric{N: n.values(), Stride: n.size, Data: n.data[n.real()*(n.size+1):], Uplo: blas.Upper}
	blas64.Syrk(blas.Trans, 1, scaled, 1, corner)
}

// addValuesByRow adds to the upper triangle of A h Aᵀ, without the signs y, what
// the real-valued columns have in it.
func (n *normal) addValuesByRow(h []float64) {
	scaled := n.scaledValues(func(_, k int) float64 { return h[n.real()+k] })
	blas64.Syrk(blas.NoTrans, 1, scaled, 1, blas64.Symmetric{N: n.size, Stride: n.size, Data: n.data, Uplo: blas.Upper})
}

// scaledValues returns the real-valued columns times the roots of the factors.
func (n *normal) scaledValues(factor func(mu, k int) float64) blas64.General {
	scaled := blas64.General{Rows: len(n.Values), Cols: n.values(), Stride: n.values(), Data: make([]float64, 0, len(n.Values)*n.values())}
	for mu, values := range n.Values {
		for k, a := range values {
			scaled.Data = append(scaled.Data, a*math.Sqrt(factor(mu, k)))
		}
	}
	return scaled
}
