package lanes

// The loops of one neuron, in Go.

func shiftPlain(w []float64, list []int32, m Move) {
	for _, i := range list {
		w[i] = moved(w[i], m)
	}
}

func shiftAllPlain(pw *float64, n int, pmove *float64, _ int) {
	m := (*[3]float64)(slice(pmove, 3))
	move := Move{m[0], m[1], m[2]}
	for i, x := range slice(pw, n) {
		slice(pw, n)[i] = moved(x, move)
	}
}

// moved adds and brings the sum within bounds. What compares with neither is kept: NaN,
// and the sign of a zero.
func moved(x float64, m Move) float64 {
	x += m.By
	if x < m.Low {
		x = m.Low
	}
	if x > m.High {
		x = m.High
	}
	return x
}
