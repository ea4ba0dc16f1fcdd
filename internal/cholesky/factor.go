package cholesky

import (
	"math"

	"credo/internal/lanes"
)

// The panels whose rows are finished together, and the rows that are subtracted from them
// at a time. 128 rows of a panel fit the fastest cache.
const (
	together = 4
	deep     = 128
)

// Factorise replaces the matrix by its factor. It returns false if the matrix is not
// positive definite to rounding; the matrix is then lost.
//
// Each element is A_ij − Σ_k U_ki U_kj, summed in the order of k, then divided by U_ii, so
// that the factor depends on no blocking. From 64 rows at a time all that stand above are
// subtracted; then they are finished among themselves, panel by panel.
func (m *Matrix) Factorise() bool {
	for i := m.n; i < m.panels*width; i++ {
		m.Add(i, i, 1)
	}
	for first := 0; first < m.panels; first += together {
		past := min(first+together, m.panels)
		for k := 0; k < first*width; k += deep {
			for j := first; j < m.panels; j++ {
				m.subtract(j, first, min(past, j+1), k, min(deep, first*width-k))
			}
		}
		for j := first; j < m.panels; j++ {
			if !m.finish(j, first, min(past, j+1)) {
				return false
			}
		}
	}
	return true
}

// subtract subtracts n rows, from k, from the rows of the panels first to past in panel j.
func (m *Matrix) subtract(j, first, past, k, n int) {
	panel := m.panel(j)
	for i := first; i < past; i++ {
		subtract(panel[i*block:], m.panel(i)[k*width:], panel[k*width:], n)
	}
}

// finish brings the rows of the panels first to past in panel j from what is left after
// the subtraction of the rows above to those of the factor.
func (m *Matrix) finish(j, first, past int) bool {
	panel := m.panel(j)
	above := first * width
	for row := above; row < past*width; row += height {
		tile, i, right := panel[row*width:], row/width, row%width
		diagonal := m.panel(i)
		lanes.Subtract(tile, diagonal[above*width+right:], panel[above*width:], row-above)
		if i < j {
			lanes.Forward(tile, diagonal[row*width+right:])
		} else if !factorise(tile, right) {
			return false
		}
	}
	return true
}

// factorise factorises the tile, of 8 rows, whose diagonal starts in the lane given, and
// solves for its lanes to the right of it.
func factorise(tile []float64, right int) bool {
	for r := range height {
		row := (*[width]float64)(tile[r*width:])
		if !(row[right+r] > 0) || math.IsInf(row[right+r], 1) {
			return false
		}
		pivot := math.Sqrt(row[right+r])
		row[right+r] = pivot
		for l := right + r + 1; l < width; l++ {
			row[l] /= pivot
		}
		for q := r + 1; q < height; q++ {
			next := (*[width]float64)(tile[q*width:])
			for l := right + q; l < width; l++ {
				next[l] -= float64(row[right+q] * row[l])
			}
		}
	}
	return true
}
