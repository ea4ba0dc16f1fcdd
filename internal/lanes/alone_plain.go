package lanes

import "credo/internal/sparse"

// The loops of one neuron, in Go.

func sumPlain(psum, pw *float64, plist *int32, n int) {
	list := slice(plist, n)
	*psum = sparse.Sum(slice(pw, int(list[n-1])+1), list)
}

func sumBothPlain(psums, pw, px *float64, plist *int32, n int) {
	sumPlain(psums, pw, plist, n)
	sumPlain(&slice(psums, 2)[1], px, plist, n)
}

func shiftPlain(pw *float64, plist *int32, n int, m Move) {
	list := slice(plist, n)
	w := slice(pw, int(list[n-1])+1)
	for _, i := range list {
		w[i] = moved(w[i], m)
	}
}

func shiftBothPlain(pw, px *float64, plist *int32, n int, m, other Move) {
	shiftPlain(pw, plist, n, m)
	shiftPlain(px, plist, n, other)
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
