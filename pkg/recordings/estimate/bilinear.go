package estimate

import "math"

// bilinear returns η_0, η_1, a, b of the least loss, by turns from a given line:
// each pair is a linear problem given the other.
func bilinear(m moments, a, b float64) []float64 {
	var eta [2]float64
	for range 200 {
		// Given the line, y = η_0 d + η_1 s d.
		eta = m.pair([6][2]float64{{b, 0}, {a, 0}, {1, 0}, {0, b}, {0, a}, {0, 1}}, [6]float64{})
		// Given the rates, y + (η_0 + η_1 s) I = b (η_0 + η_1 s) + a (η_0 + η_1 s) E.
		p, q := eta[0], eta[1]
		line := m.pair([6][2]float64{{p, 0}, {0, p}, {}, {q, 0}, {0, q}, {}}, [6]float64{2: p, 5: q})
		moved := math.Abs(line[0]-b) + math.Abs(line[1]-a)
		b, a = line[0], line[1]
		if !(moved > 1e-9*(math.Abs(a)+math.Abs(b))) {
			break
		}
	}
	return []float64{eta[0], eta[1], a, b}
}

// pair returns the regression of y − x·offset on the two regressors xᵀr.
func (m moments) pair(r [6][2]float64, offset [6]float64) [2]float64 {
	var xx [2][2]float64
	var xy [2]float64
	for i := range r {
		y := m.xy[i]
		var row [2]float64
		for j, x := range m.xx[6*i : 6*i+6] {
			y -= x * offset[j]
			row[0] += x * r[j][0]
			row[1] += x * r[j][1]
		}
		for k := range xy {
			xy[k] += r[i][k] * y
			xx[k][0] += r[i][k] * row[0]
			xx[k][1] += r[i][k] * row[1]
		}
	}
	det := xx[0][0]*xx[1][1] - xx[0][1]*xx[1][0]
	return [2]float64{(xy[0]*xx[1][1] - xy[1]*xx[0][1]) / det, (xy[1]*xx[0][0] - xy[0]*xx[1][0]) / det}
}
