package experiment

import (
	"fmt"
	"slices"
)

// Points says at which values of which parameters a [Design] is studied.
type Points interface {
	// Points returns the names of the parameters and the points, each with a value for every name. It
	// returns an error that names what is wrong.
	Points() (names []string, points [][]float64, err error)
}

// Axis is a parameter and its values; see [Design.Set] for the names.
type Axis struct {
	Name   string    `json:"name"`
	Values []float64 `json:"values"`
}

// Grid is every combination of the values of its axes; the last axis runs fastest.
type Grid []Axis

func (g Grid) Points() (names []string, points [][]float64, err error) {
	points = [][]float64{nil}
	for _, axis := range g {
		if len(axis.Values) == 0 {
			return nil, nil, fmt.Errorf("experiment: the axis %q of the grid has no values, must have at least one", axis.Name)
		}
		if len(axis.Values) > most/len(points) {
			return nil, nil, fmt.Errorf("experiment: the grid has %d × %d points with the axis %q, must have at most %d", len(points), len(axis.Values), axis.Name, most)
		}
		names = append(names, axis.Name)
		var longer [][]float64
		for _, p := range points {
			for _, v := range axis.Values {
				longer = append(longer, append(slices.Clip(p), v))
			}
		}
		points = longer
	}
	if len(g) == 0 {
		return nil, nil, fmt.Errorf("experiment: the grid has no axes, must have at least one")
	}
	return names, points, nil
}

// List is points of one's own, each with a value for every name.
type List struct {
	Names  []string    `json:"names"`
	Values [][]float64 `json:"values"`
}

func (l List) Points() (names []string, points [][]float64, err error) {
	return l.Names, l.Values, nil
}
