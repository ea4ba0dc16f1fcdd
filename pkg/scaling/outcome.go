package scaling

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"credo/pkg/experiment"

	"gonum.org/v1/gonum/stat/distuv"
)

// Outcome is how many neurons of one size learned at one load.
type Outcome struct {
	Channels, Load   float64 // N, P/N
	Learned, Neurons float64
}

// Outcomes counts, over the runs at each point, the neurons that learned, in the column of that name: learned, or learned_half for half of
// the time and so on ([Course]). Of the points are taken those that have the given values of parameters. It panics
// if the table has no such column or parameter.
func Outcomes(t *experiment.Table, column string, at map[string]float64) (all []Outcome) {
	channels, load, neurons, learned := need(t, "Channels"), need(t, "Load"), need(t, "neurons"), need(t, column)
	point := -1
	for _, i := range Rows(t, at) {
		if row := t.Rows[i]; row.Point != point {
			point, all = row.Point, append(all, Outcome{Channels: channels[i], Load: load[i]})
		}
		last := &all[len(all)-1]
		last.Learned += learned[i]
		last.Neurons += neurons[i]
	}
	return all
}

// Rows returns the numbers of the rows that have the given values of parameters. It panics if the table has no such parameter.
func Rows(t *experiment.Table, at map[string]float64) (rows []int) {
	columns := make(map[string][]float64, len(at))
	for name := range at {
		columns[name] = need(t, name)
	}
	for i := range t.Rows {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(at)), func(name string) bool { return columns[name][i] != at[name] }) {
			rows = append(rows, i)
		}
	}
	return rows
}

func need(t *experiment.Table, name string) []float64 {
	column := t.Column(name)
	if column == nil {
		panic(fmt.Sprintf("scaling: the table has no column %q", name))
	}
	return column
}

// Dispersion compares how the numbers of neurons that learned scatter between runs at the same point with independent neurons: Pearson's
//
//	Σ (k − n p)²/(n p(1−p)) / degrees,  p the share that learned at the point,
//
// over all points where some did and some did not; it is 1 ± √(2/degrees) if neurons with common inputs are as good as independent ones, and
// larger if inputs matter.
func Dispersion(t *experiment.Table, column string, at map[string]float64) (ratio float64, degrees int) {
	neurons, learned := need(t, "neurons"), need(t, column)
	points := make(map[int][]int)
	for _, i := range Rows(t, at) {
		points[t.Rows[i].Point] = append(points[t.Rows[i].Point], i)
	}
	sum := 0.
	for _, point := range slices.Sorted(maps.Keys(points)) {
		k, n := 0., 0.
		for _, i := range points[point] {
			k, n = k+learned[i], n+neurons[i]
		}
		p := k / n
		if p == 0 || p == 1 {
			continue
		}
		for _, i := range points[point] {
			off := learned[i] - float64(neurons[i]*p)
			sum += float64(off*off) / (neurons[i] * p * (1 - p))
		}
		degrees += len(points[point]) - 1
	}
	return sum / float64(degrees), degrees
}

// Resample draws outcomes anew: of each, as many neurons with replacement as there were.
func Resample(all []Outcome, rng *rand.Rand) []Outcome {
	again := slices.Clone(all)
	for k, o := range all {
		again[k].Learned = distuv.Binomial{N: o.Neurons, P: o.Learned / o.Neurons, Src: rng}.Rand()
	}
	return again
}
