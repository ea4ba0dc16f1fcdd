package scaling

import (
	"fmt"
	"math"
	"math/rand/v2"

	"credo/pkg/experiment"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Bootstrap computes numbers from outcomes, and again from outcomes that are drawn anew ([Resample]) as often as said, and returns all, those of the
// outcomes themselves first. It returns an error as the computation does, and for fewer than two draws.
func Bootstrap(all []Outcome, draws int, rng *rand.Rand, compute func([]Outcome) ([]float64, error)) (numbers [][]float64, err error) {
	if draws < 2 {
		return nil, fmt.Errorf("scaling: draws = %d, must be at least 2", draws)
	}
	for k := range 1 + draws {
		drawn := all
		if k > 0 {
			drawn = Resample(all, rng)
		}
		row, err := compute(drawn)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, row)
	}
	return numbers, nil
}

// Intervals are the numbers that [Bootstrap] computed, with their interval of 95 percent: 1.96 standard deviations over the draws.
func Intervals(numbers [][]float64) (list []experiment.Interval) {
	for k, mean := range numbers[0] {
		list = append(list, experiment.Interval{Mean: mean, Half: distuv.UnitNormal.Quantile(0.975) * stat.StdDev(drawn(numbers, k), nil), Level: 0.95})
	}
	return list
}

// drawn is number k of all draws.
func drawn(numbers [][]float64, k int) (x []float64) {
	for _, row := range numbers[1:] {
		x = append(x, row[k])
	}
	return x
}

// Exponent is the y of numbers that grow as x^y, with its interval: the slope of their logarithms, as [Bootstrap] computed them, a number for each x, each
// weighted by the inverse of its variance over the draws. It returns an error if a number is not positive, and panics if there are not as many x as numbers.
func Exponent(x []float64, numbers [][]float64) (experiment.Interval, error) {
	if len(x) != len(numbers[0]) {
		panic(fmt.Sprintf("scaling: %d numbers for %d sizes", len(numbers[0]), len(x)))
	}
	logs := make([]float64, len(x))
	for k, v := range x {
		logs[k] = math.Log(v)
	}
	var rows [][]float64
	for _, row := range numbers {
		y := make([]float64, len(row))
		for k, v := range row {
			if !(v > 0) {
				return experiment.Interval{}, fmt.Errorf("scaling: number %d is %v, must be positive to have an exponent", k, v)
			}
			y[k] = math.Log(v)
		}
		rows = append(rows, y)
	}
	weights := make([]float64, len(x))
	for k := range weights {
		weights[k] = 1 / stat.Variance(drawn(rows, k), nil)
	}
	slopes := make([][]float64, len(rows))
	for i, y := range rows {
		_, slope := stat.LinearRegression(logs, y, weights, false)
		slopes[i] = []float64{slope}
	}
	return Intervals(slopes)[0], nil
}
