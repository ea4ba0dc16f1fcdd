package viz

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// evenTicks labels the multiples of 1, 2 or 5 times a power of ten, at most eight of them, with a true minus sign.
func evenTicks(min, max float64) []plot.Tick {
	mustDivide("an axis", min, max, false)
	const most = 7
	step := math.Pow(10, math.Floor(math.Log10((max-min)/most)))
	for _, m := range []float64{2, 2.5, 2} { // 1, 2, 5, 10 times the power of ten
		if (max-min)/step <= most {
			break
		}
		step *= m
	}
	const slack = 1e-9 // of a step: a tick at the very end is kept
	var ticks []plot.Tick
	for first, i := math.Ceil(min/step-slack), 0.0; i <= most+1 && first+i <= max/step+slack; i++ {
		v := (first + i) * step
		ticks = append(ticks, plot.Tick{Value: v, Label: number(v, step)})
	}
	return ticks
}

// number writes v with as many decimals as step needs, or as a power of ten where it is very large or small.
func number(v, step float64) string {
	if exp := math.Floor(math.Log10(math.Max(math.Abs(v), step))); v != 0 && (exp > 5 || math.Log10(step) < -4.5) {
		mantissa := strconv.FormatFloat(v/math.Pow(10, exp), 'g', 3, 64)
		return minus(fmt.Sprintf("%s·$10^{%.0f}$", mantissa, exp))
	}
	decimals := max(0, -int(math.Floor(math.Log10(step)+1e-9)))
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		return "0"
	}
	return minus(s)
}

func minus(s string) string { return strings.ReplaceAll(s, "-", "−") }

// logTicks labels the powers of ten, every one or as many as fit, and marks the multiples between them.
func logTicks(min, max float64) []plot.Tick {
	mustDivide("an axis", min, max, true)
	first, last := math.Floor(math.Log10(min)+1e-9), math.Ceil(math.Log10(max)-1e-9)
	every := math.Ceil((last - first) / 6)
	var ticks []plot.Tick
	for k := first; k <= last; k++ {
		for m := 1.0; m < 10; m++ {
			t := plot.Tick{Value: m * math.Pow(10, k)}
			if t.Value < min*(1-1e-9) || t.Value > max*(1+1e-9) {
				continue
			}
			if m == 1 && math.Mod(k-first, every) == 0 || last-first <= 1 && (m == 2 || m == 5) {
				t.Label = power(m, k)
			}
			ticks = append(ticks, t)
		}
	}
	return ticks
}

func power(m, k float64) string {
	if -3 <= k && k <= 3 {
		return strconv.FormatFloat(m*math.Pow(10, k), 'f', max(0, -int(k)), 64)
	}
	s := minus(fmt.Sprintf("$10^{%.0f}$", k))
	if m > 1 {
		s = fmt.Sprintf("%.0f·", m) + s
	}
	return s
}

// mustHaveRange fails for an axis that cannot be drawn. An axis without data is [-1, 1], and one with a single value v is
// [v-1, v+1], as in gonum/plot, unless it is logarithmic.
func mustHaveRange(name string, a *plot.Axis) {
	lo, hi := min(a.Min, a.Max), max(a.Min, a.Max)
	switch empty := math.IsInf(a.Min, 1) && math.IsInf(a.Max, -1); {
	case empty && isLog(a):
		fail("%s is logarithmic and has no data", name)
	case empty:
		return
	case infinite(a.Min, a.Max):
		lo, hi = a.Min, a.Max
	case lo == hi && isLog(a):
		fail("%s is logarithmic and has a single value, %v", name, lo)
	case lo == hi:
		lo, hi = lo-1, hi+1
	}
	mustDivide(name, lo, hi, isLog(a))
}

// mustDivide fails for a range that ticks cannot divide.
func mustDivide(name string, lo, hi float64, log bool) {
	const narrow = 1e-14 // of the larger end: some fifty steps of a float64
	switch width := hi - lo; {
	case infinite(lo, hi):
		fail("the range of %s is [%v, %v]", name, lo, hi)
	case log && lo <= 0:
		fail("%s is logarithmic and its smallest value, %v, is not positive", name, lo)
	case !(width > narrow*max(math.Abs(lo), math.Abs(hi))) || width < 1e-290 || infinite(width):
		fail("the range of %s, [%v, %v], is too narrow or too wide", name, lo, hi)
	}
}
