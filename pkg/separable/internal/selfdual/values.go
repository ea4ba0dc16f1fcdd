package selfdual

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
)

// addValuesByColumn adds to the matrix Aᵀ d A what the real-valued columns have in
// it, with all others and among themselves.
func (n *normal) addValuesByColumn(d []float64) {
	if n.Values == nil {
		return
	}
	others := make([][]float64, n.real()) // by column before the real-valued ones
	for j := range others {
		others[j] = make([]float64, n.values())
	}
	for mu, row := range n.Rows {
		for _, j := range row {
			floats.AddScaled(others[j], d[mu], n.Values[mu])
		}
		for e, g := range n.Dense {
			floats.AddScaled(others[n.Columns+e], d[mu]*g[mu], n.Values[mu])
		}
	}
	for j, sums := range others {
		for k, sum := range sums {
			n.matrix.Add(j, n.real()+k, sum)
		}
	}
	n.addSquare(blas.Trans, n.values(), n.real(), func(mu, _ int) float64 { return d[mu] })
}

// addValuesByRow adds to the matrix A h Aᵀ, without the signs y, what the
// real-valued columns have in it.
func (n *normal) addValuesByRow(h []float64) {
	if n.Values != nil {
		n.addSquare(blas.NoTrans, len(n.Values), 0, func(_, k int) float64 { return h[n.real()+k] })
	}
}

// addSquare adds Bᵀ B, or B Bᵀ, of the given size to the matrix, from element at
// on, with B the real-valued columns times the roots of the factors.
func (n *normal) addSquare(transpose blas.Transpose, size, at int, factor func(mu, k int) float64) {
	scaled := blas64.General{Rows: len(n.Values), Cols: n.values(), Stride: n.values()}
	for mu, values := range n.Values {
		for k, a := range values {
			scaled.Data = append(scaled.Data, a*math.Sqrt(factor(mu, k)))
		}
	}
	square := blas64.Symmetric{N: size, Stride: size, Data: make([]float64, size*size), Uplo: blas.Upper}
	blas64.Syrk(transpose, 1, scaled, 0, square)
	for i := range size {
		for j := i; j < size; j++ {
			n.matrix.Add(at+i, at+j, square.Data[i*size+j])
		}
	}
}
