package lanes

import "unsafe"

// Neurons is the lanes of a row of weights: eight neurons that see the same inputs.
const Neurons = 8

// Row is one number of each of eight neurons.
type Row [Neurons]float64

// Rows returns n rows of zeros that start at a boundary of 64 bytes, so that none lies
// in two lines of the cache.
func Rows(n int) []Row {
	const line = 64
	all := make([]Row, n+1)
	bytes := (*byte)(unsafe.Pointer(unsafe.SliceData(all)))
	ahead := -uintptr(unsafe.Pointer(bytes)) % line
	return unsafe.Slice((*Row)(unsafe.Add(unsafe.Pointer(bytes), ahead)), n)
}

// Gather sets sums to the sum of the listed rows of w, by four partial sums, added as
// [sparse.Sum] adds them. The list must be increasing.
func Gather(sums *Row, w []Row, list []int32) {
	if len(list) == 0 {
		*sums = Row{}
		return
	}
	within(w, list)
	gather(&sums[0], &w[0][0], &list[0], len(list))
}

// Step adds a row to the listed rows of w and brings them within [low, high], lane by
// lane. NaN stays NaN. The list must be increasing.
func Step(w []Row, list []int32, by, low, high *Row) {
	if len(list) == 0 {
		return
	}
	within(w, list)
	step(&w[0][0], &list[0], len(list), &by[0], &low[0], &high[0])
}

// Sweep is Step for all rows.
func Sweep(w []Row, by, low, high *Row) {
	if len(w) == 0 {
		return
	}
	sweep(&w[0][0], len(w), &by[0], &low[0], &high[0])
}

// within panics if an increasing list has a number that is no row.
func within(w []Row, list []int32) { _, _ = w[list[0]], w[list[len(list)-1]] }
