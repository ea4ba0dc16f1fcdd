package cholesky

import "credo/internal/lanes"

// Solve replaces b by the solution of A x = b. The matrix has to be factorised.
func (m *Matrix) Solve(b []float64) {
	x := m.vector
	clear(x)
	copy(x, b[:m.n])
	for j := range m.panels { // Uᵀ y = b
		panel, y := m.panel(j), (*[width]float64)(x[j*width:])
		lanes.Columns(y[:], panel, x, j*width)
		for r := range width {
			row := (*[width]float64)(panel[j*block+r*width:])
			y[r] /= row[r]
			for l := r + 1; l < width; l++ {
				y[l] -= float64(row[l] * y[r])
			}
		}
	}
	for j := m.panels - 1; j >= 0; j-- { // U x = y
		y, triangle := (*[width]float64)(x[j*width:]), m.data[start(j)+j*block:start(j+1)]
		if right := m.panels - 1 - j; right > 0 {
			lanes.RowSums(m.sums, m.data[start(j+1)+j*block:], x[(j+1)*width:], block*(j+2), right)
			for r := range width {
				s := (*[8]float64)(m.sums[8*r:])
				y[r] -= ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]))
			}
		}
		for r := width - 1; r >= 0; r-- {
			row := (*[width]float64)(triangle[r*width:])
			for l := r + 1; l < width; l++ {
				y[r] -= float64(row[l] * y[l])
			}
			y[r] /= row[r]
		}
	}
	copy(b, x)
}
