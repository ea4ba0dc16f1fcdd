package model

import "math"

// The kernels of the training loop of one neuron, where package lanes has no faster
// ones. What matters in them was measured: lists
// are walked four at a time; a pass over one list serves two populations, one
// after the other in each four, so that the walk is paid once; what adds does
// not clip; where there is no upper bound none is looked at. Each is a function
// of its own, which leaves its loop all the registers.

// gatherBoth is sparse.Sum, bit for bit, for two populations of one size.
func gatherBoth(w, x []float64, active []int32) (sumW, sumX float64) {
	var w0, w1, w2, w3, x0, x1, x2, x3 float64
	x = x[:len(w)]
	for ; len(active) >= 4; active = active[4:] {
		i, j, k, l := active[0], active[1], active[2], active[3]
		w0 += w[i]
		w1 += w[j]
		w2 += w[k]
		w3 += w[l]
		x0 += x[i]
		x1 += x[j]
		x2 += x[k]
		x3 += x[l]
	}
	for _, i := range active {
		w0 += w[i]
		x0 += x[i]
	}
	return (w0 + w1) + (w2 + w3), (x0 + x1) + (x2 + x3)
}

// shift adds d to the active weights.
func shift(w []float64, active []int32, d float64) {
	for ; len(active) >= 4; active = active[4:] {
		i, j, k, l := active[0], active[1], active[2], active[3]
		w[i] += d
		w[j] += d
		w[k] += d
		w[l] += d
	}
	for _, i := range active {
		w[i] += d
	}
}

// shiftBoth is shift for two populations of one size.
func shiftBoth(w, x []float64, active []int32, dw, dx float64) {
	x = x[:len(w)]
	for ; len(active) >= 4; active = active[4:] {
		i, j, k, l := active[0], active[1], active[2], active[3]
		w[i] += dw
		w[j] += dw
		w[k] += dw
		w[l] += dw
		x[i] += dx
		x[j] += dx
		x[k] += dx
		x[l] += dx
	}
	for _, i := range active {
		w[i] += dw
		x[i] += dx
	}
}

// sweep adds d to all weights.
func sweep(w []float64, d float64) {
	for ; len(w) >= 8; w = w[8:] {
		w[0] += d
		w[1] += d
		w[2] += d
		w[3] += d
		w[4] += d
		w[5] += d
		w[6] += d
		w[7] += d
	}
	for i := range w {
		w[i] += d
	}
}

// clipActive brings the active weights into [0, bound].
func clipActive(w []float64, active []int32, bound float64) {
	if bound > math.MaxFloat64 {
		for _, i := range active {
			w[i] = max(w[i], 0)
		}
		return
	}
	for _, i := range active {
		w[i] = clipped(w[i], bound)
	}
}

// clipAll brings all weights into [0, bound].
func clipAll(w []float64, bound float64) {
	if bound > math.MaxFloat64 {
		for i, x := range w {
			w[i] = max(x, 0)
		}
		return
	}
	for i, x := range w {
		w[i] = clipped(x, bound)
	}
}
