package lanes

import "unsafe"

// Neurons is the lanes of a row of weights: eight neurons that see the same inputs.
const Neurons = 8

// Row is one number of each of eight neurons.
type Row [Neurons]float64

// Rows returns n rows of zeros that start at a boundary of 64 bytes, so that none lies
// in two lines of the cache. Two more follow them, which the loops need: one of zeros
// and one that is of no use.
func Rows(n int) []Row {
	const line = 64
	all := make([]Row, n+3)
	first := unsafe.Pointer(unsafe.SliceData(all))
	return unsafe.Slice((*Row)(unsafe.Add(first, -uintptr(first)%line)), n+2)[:n]
}

// Gather sets sums to the sum of the listed rows of w, by four partial sums, added as
// [sparse.Sum] adds them. The list must be increasing, and w from [Rows].
func Gather(sums *Row, w []Row, list []int32) {
	if len(list) == 0 {
		*sums = Row{}
		return
	}
	within(w, list)
	gather(&sums[0], &w[0][0], &list[0], len(list), len(w))
}

// GatherBoth is Gather for two kinds of weights, of equally many rows.
func GatherBoth(sums *[2]Row, w, x []Row, list []int32) {
	if len(list) == 0 {
		*sums = [2]Row{}
		return
	}
	within(w, list)
	_, _ = w[len(x)-1], x[:len(w)+2]
	gatherBoth(&sums[0][0], &w[0][0], &x[0][0], &list[0], len(list), len(w))
}

// Step adds a row to the listed rows of w and brings them within [low, high], lane by
// lane; high = nil is no upper bound. NaN stays NaN. The list must be increasing, and w
// from [Rows].
func Step(w []Row, list []int32, by, low, high *Row) {
	if len(list) == 0 {
		return
	}
	within(w, list)
	step(&w[0][0], &list[0], len(list), len(w)+1, &by[0], &low[0], (*float64)(unsafe.Pointer(high)))
}

// StepBoth is Step for two kinds of weights, of equally many rows.
func StepBoth(w, x []Row, list []int32, by, low, high *[2]Row) {
	if len(list) == 0 {
		return
	}
	within(w, list)
	_, _ = w[len(x)-1], x[:len(w)+2]
	stepBoth(&w[0][0], &x[0][0], &list[0], len(list), len(w)+1, &by[0][0], &low[0][0], (*float64)(unsafe.Pointer(high)))
}

// Sweep is Step for all rows.
func Sweep(w []Row, by, low, high *Row) {
	if len(w) == 0 {
		return
	}
	sweep(&w[0][0], len(w), &by[0], &low[0], (*float64)(unsafe.Pointer(high)))
}

// SweepHalf is Sweep for the first four lanes, half = 0, or the last, half = 1.
func SweepHalf(w []Row, half int, by, low, high *Row) {
	if len(w) == 0 {
		return
	}
	first := half * Neurons / 2
	var top *float64
	if high != nil {
		top = &high[first]
	}
	sweepHalf(&w[0][first], len(w), &by[first], &low[first], top)
}

// within panics if an increasing list has a number that is no row, or if no further
// rows follow.
func within(w []Row, list []int32) { _, _, _ = w[list[0]], w[list[len(list)-1]], w[:len(w)+2] }
