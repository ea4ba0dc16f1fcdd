package lanes

import (
	"math"

	"credo/internal/sparse"
)

// Fast reports whether this machine has vector units for which there is assembly.
func Fast() bool { return fast() }

// Move is a number to be added, and the bounds between which the sum is brought.
type Move struct{ By, Low, High float64 }

// Sums returns the sums of the listed entries of w and of x, of equal lengths, each by
// four partial sums, as [sparse.Sum]. The list must be increasing.
func Sums(w, x []float64, list []int32) (sumW, sumX float64) {
	if len(list) == 0 {
		return 0, 0
	}
	entries(w, list)
	_ = x[len(w)-1]
	if !fast() {
		return sparse.Sum(w, list), sparse.Sum(x, list)
	}
	var sums [2]float64
	sumBothAVX(&sums[0], &w[0], &x[0], &list[0], len(list))
	return sums[0], sums[1]
}

// Sum is Sums for one.
func Sum(w []float64, list []int32) float64 {
	if len(list) == 0 {
		return 0
	}
	entries(w, list)
	if !fast() {
		return sparse.Sum(w, list)
	}
	var s float64
	sumAVX(&s, &w[0], &list[0], len(list))
	return s
}

// Shift moves the listed entries of w. NaN stays NaN. The list must be increasing.
func Shift(w []float64, list []int32, m Move) {
	if len(list) == 0 {
		return
	}
	entries(w, list)
	if !fast() {
		shiftPlain(w, list, m)
		return
	}
	shiftAVX(&w[0], &list[0], len(list), m.By, m.Low, m.High, bounded(m.High))
}

// ShiftBoth is Shift for w and, by the other move, for x, of equal lengths.
func ShiftBoth(w, x []float64, list []int32, m, other Move) {
	if len(list) == 0 {
		return
	}
	entries(w, list)
	_ = x[len(w)-1]
	if !fast() {
		shiftPlain(w, list, m)
		shiftPlain(x, list, other)
		return
	}
	shiftBothAVX(&w[0], &x[0], &list[0], len(list),
		m.By, m.Low, m.High, other.By, other.Low, other.High, bounded(m.High)|bounded(other.High))
}

// ShiftAll moves all entries of w.
func ShiftAll(w []float64, m *Move) {
	if len(w) > 0 {
		shiftAll(&w[0], len(w), &m.By, bounded(m.High))
	}
}

// bounded is 0 if a bound is +∞ and else 1.
func bounded(high float64) int {
	if high > math.MaxFloat64 {
		return 0
	}
	return 1
}

// entries panics if an increasing list has a number that is no entry.
func entries(w []float64, list []int32) { _, _ = w[list[0]], w[list[len(list)-1]] }
