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

func shiftPlain(pw *float64, plist *int32, n int, pmove *float64, _ int) {
	list, m := slice(plist, n), (*[3]float64)(slice(pmove, 3))
	w := slice(pw, int(list[n-1])+1)
	for _, i := range list {
		w[i] = moved(w[i], m)
	}
}

func shiftBothPlain(pw, px *float64, plist *int32, n int, pmove *float64, bounded int) {
	shiftPlain(pw, plist, n, pmove, bounded)
	shiftPlain(px, plist, n, &slice(pmove, 6)[3], bounded)
}

func shiftAllPlain(pw *float64, n int, pmove *float64, _ int) {
	m := (*[3]float64)(slice(pmove, 3))
	for i, x := range slice(pw, n) {
		slice(pw, n)[i] = moved(x, m)
	}
}

// moved adds and brings the sum within bounds. What compares with neither is kept: NaN,
// and the sign of a zero.
func moved(x float64, m *[3]float64) float64 {
	x += m[0]
	if x < m[1] {
		x = m[1]
	}
	if x > m[2] {
		x = m[2]
	}
	return x
}
