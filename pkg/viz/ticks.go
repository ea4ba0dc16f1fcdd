package viz

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// mostTicks is how many labels an axis has at most, less one.
const mostTicks = 7

// even labels the multiples of 1, 2 or 5 times a power of ten, so many intervals between them at most.
type even int

// Ticks returns the ticks of a linear axis.
func (most even) Ticks(min, max float64) []plot.Tick {
	mustDivide("an axis", min, max, false)
	step := math.Pow(10, math.Floor(math.Log10((max-min)/float64(most))))
	for _, m := range []float64{2, 2.5, 2} { // 1, 2, 5, 10 times the power of ten
		if (max-min)/step <= float64(most) {
			break
		}
		step *= m
	}
	const slack = 1e-9 // of a step: a tick at the very end is kept
	var ticks []plot.Tick
	for first, i := math.Ceil(min/step-slack), 0.0; i <= float64(most)+1 && first+i <= max/step+slack; i++ {
		v := (first + i) * step
		ticks = append(ticks, plot.Tick{Value: math.Max(min, math.Min(v, max)), Label: number(v, step)}) // 7 × 0.2 > 1.4
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

// decades labels the powers of ten, every one or, so that there are so many intervals at most, fewer, and marks the multiples between them.
// Over a single decade, and where there is but one power of ten, it labels 2 and 5 times the power too, if five intervals are allowed.
type decades int

// Ticks returns the ticks of a logarithmic axis.
func (most decades) Ticks(min, max float64) []plot.Tick {
	mustDivide("an axis", min, max, true)
	first, last := math.Floor(math.Log10(min)+1e-9), math.Ceil(math.Log10(max)-1e-9)
	within := math.Floor(math.Log10(max)+1e-9) - math.Ceil(math.Log10(min)-1e-9) // powers of ten, less one
	fine := most >= 5 && (last-first <= 1 || within < 1)
	every := math.Ceil((last - first) / math.Max(1, float64(most-1)))
	var ticks []plot.Tick
	for k := first; k <= last; k++ {
		for m := 1.0; m < 10; m++ {
			t := plot.Tick{Value: m * math.Pow(10, k)}
			if t.Value < min*(1-1e-9) || t.Value > max*(1+1e-9) {
				continue
			}
			if m == 1 && math.Mod(k-first, every) == 0 || fine && (m == 2 || m == 5) {
				t.Label = power(m, k)
			}
			ticks = append(ticks, t)
		}
	}
	return ticks
}

// fit leaves an axis of that length as many of its ticks as have room. Names of categories that have none are turned.
func fit(a *plot.Axis, length vg.Length, horizontal bool) {
	switch a.Tick.Marker.(type) {
	case even:
		for most := even(mostTicks); most > 0; most-- {
			if a.Tick.Marker = most; roomy(*a, length, horizontal) {
				return
			}
		}
	case decades:
		for most := decades(mostTicks); most > 0; most-- {
			if a.Tick.Marker = most; roomy(*a, length, horizontal) {
				return
			}
		}
	case plot.ConstantTicks:
		if s := &a.Tick.Label; horizontal && s.Rotation == 0 && !roomy(*a, length, horizontal) {
			s.Rotation, s.XAlign, s.YAlign = math.Pi/4, draw.XRight, draw.YTop
		}
	}
}

// roomy says whether no two labels of an axis of that length touch.
func roomy(a plot.Axis, length vg.Length, horizontal bool) bool {
	gap := vg.Length(1)
	if horizontal {
		gap = 5
	}
	end := vg.Length(math.Inf(-1))
	ticks := a.Tick.Marker.Ticks(a.Min, a.Max)
	slices.SortFunc(ticks, func(s, t plot.Tick) int { return cmp.Compare(a.Norm(s.Value), a.Norm(t.Value)) })
	for _, t := range ticks {
		size := a.Tick.Label.Height(t.Label)
		if horizontal {
			size = a.Tick.Label.Width(t.Label)
		}
		at := length * vg.Length(a.Norm(t.Value))
		if t.Label == "" {
			continue
		}
		if at-size/2 < end+gap {
			return false
		}
		end = at + size/2
	}
	return true
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
