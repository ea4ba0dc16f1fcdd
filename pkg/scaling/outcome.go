package scaling

import (
	"fmt"
	"math/rand/v2"

	"credo/pkg/experiment"
)

// Outcome is how many of the [Neurons] of each run learned, at one size and load.
type Outcome struct {
	Channels, Load float64 // N, P/N
	Learned        []float64
}

// Share is the share of all neurons that learned.
func (o Outcome) Share() float64 {
	k, n := o.count()
	return k / n
}

// count is how many neurons learned, of how many.
func (o Outcome) count() (learned, neurons float64) {
	for _, k := range o.Learned {
		learned += k
	}
	return learned, Neurons * float64(len(o.Learned))
}

// Outcomes gathers from a table of the study the outcomes of the points that have the given values of parameters, of the
// column learned, learned_half and so on ([Course]). It panics if the table has no such column or parameter.
func Outcomes(t *experiment.Table, column string, at map[string]float64) (all []Outcome) {
	channels, load, learned := need(t, "Channels"), need(t, "Load"), need(t, column)
	for _, i := range Rows(t, at) {
		if n := len(all); n == 0 || all[n-1].Channels != channels[i] || all[n-1].Load != load[i] {
			all = append(all, Outcome{Channels: channels[i], Load: load[i]})
		}
		last := &all[len(all)-1]
		last.Learned = append(last.Learned, learned[i])
	}
	return all
}

// Rows returns the numbers of the rows that have the given values of parameters. It panics if the table has no such parameter.
func Rows(t *experiment.Table, at map[string]float64) (rows []int) {
	for i := range t.Rows {
		rows = append(rows, i)
	}
	for name, value := range at {
		column, left := need(t, name), rows[:0]
		for _, i := range rows {
			if column[i] == value {
				left = append(left, i)
			}
		}
		rows = left
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

// Resample draws outcomes anew, for a bootstrap over runs: at each point, of m runs m − 1 with replacement, so that the
// variance of their mean is s²/m with the unbiased s². Neurons of one run may depend on each other. It panics if a
// point has fewer than two runs.
func Resample(all []Outcome, rng *rand.Rand) (again []Outcome) {
	for _, o := range all {
		if len(o.Learned) < 2 {
			panic(fmt.Sprintf("scaling: %d runs at N = %v, P/N = %v, must be at least 2", len(o.Learned), o.Channels, o.Load))
		}
		drawn := o
		drawn.Learned = nil
		for range len(o.Learned) - 1 {
			drawn.Learned = append(drawn.Learned, o.Learned[rng.IntN(len(o.Learned))])
		}
		again = append(again, drawn)
	}
	return again
}
