//go:build !windows

package main

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"credo/pkg/model"
)

// learned is what a neuron has learned, in six numbers.
type learned [6]float64

const (
	hits        = iota // P(y = 1 | Y = 1)
	falseAlarms        // P(y = 1 | Y = 0)
	v1                 // mean potential where Y = 1
	v0                 // and where Y = 0
	excitation         // mean excitatory weight
	inhibition         // mean inhibitory weight
)

var names = [...]string{"hits", "false alarms", "V_1", "V_0", "mean w_E", "mean w_I"}

// learnedBy is what the neuron knows of a.
func learnedBy(n *model.Neuron, a *model.Associations) learned {
	recall := n.Recall(a)
	var sum, count [2]float64
	for mu, v := range n.Potentials(a) {
		class := 0
		if a.Target(mu) {
			class = 1
		}
		sum[class] += v
		count[class]++
	}
	return learned{
		hits: recall.Hits, falseAlarms: recall.FalseAlarms,
		v1: sum[1] / count[1], v0: sum[0] / count[0],
		excitation: stat.Mean(n.Excitatory, nil), inhibition: stat.Mean(n.Inhibitory, nil),
	}
}

// differences names what two loops have not learned alike, by Welch's test on
// the mean over the repetitions of each of the six numbers. Loops that are
// alike pass all tests of a report but in one report in a thousand or so.
func differences(a, b []outcome) []string {
	const level, rounding = 1e-5, 1e-9
	var differ []string
	for k, name := range names {
		meanA, squareA := meanAndSquaredError(a, k)
		meanB, squareB := meanAndSquaredError(b, k)
		margin, square := rounding, squareA+squareB
		if square > 0 {
			freedom := square * square / (squareA*squareA/float64(len(a)-1) + squareB*squareB/float64(len(b)-1))
			margin += math.Sqrt(square) * distuv.StudentsT{Sigma: 1, Nu: freedom}.Quantile(1-level/2)
		}
		if !(math.Abs(meanA-meanB) <= margin) {
			differ = append(differ, fmt.Sprintf("%s %.4g and %.4g, more than %.2g apart", name, meanA, meanB, margin))
		}
	}
	return differ
}

// meanAndSquaredError returns the mean of number k and its squared standard
// error.
func meanAndSquaredError(o []outcome, k int) (mean, square float64) {
	x := make([]float64, len(o))
	for i := range o {
		x[i] = o[i].learned[k]
	}
	mean, variance := stat.MeanVariance(x, nil)
	return mean, variance / float64(len(x))
}
