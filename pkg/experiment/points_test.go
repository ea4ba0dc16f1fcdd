package experiment_test

import (
	"math"
	"slices"
	"testing"

	"credo/internal/domain"
	"credo/internal/refusal"
	"credo/pkg/experiment"
)

func TestGrid(t *testing.T) {
	names, points, err := experiment.Grid{{Name: "a", Values: []float64{1, 2}}, {Name: "b", Values: []float64{3, 4, 5}}}.Points()
	want := [][]float64{{1, 3}, {1, 4}, {1, 5}, {2, 3}, {2, 4}, {2, 5}}
	if err != nil || !slices.Equal(names, []string{"a", "b"}) || !slices.EqualFunc(points, want, slices.Equal) {
		t.Errorf("%v, %v, %v", names, points, err)
	}
	_, _, err = experiment.Grid{}.Points()
	refusal.Mentions(t, err, "the grid has no axes")
	_, _, err = experiment.Grid{{Name: "a", Values: []float64{1}}, {Name: "b"}}.Points()
	refusal.Mentions(t, err, `the axis "b" of the grid has no values`)
	huge := make(experiment.Grid, 12) // 10¹² points, which no machine could lay out
	for k := range huge {
		huge[k] = experiment.Axis{Name: string(rune('a' + k)), Values: make([]float64, 10)}
	}
	_, _, err = huge.Points()
	refusal.Mentions(t, err, `the grid has 10000000 × 10 points with the axis "h", must have at most 10000000`)
}

var ranges = []experiment.Range{{Name: "a", From: -1, To: 3}, {Name: "b", From: 0.01, To: 100, Log: true}}

// Of a Latin hypercube each nth part of each range, of the logarithm where that is asked for, holds one point; of random points it does not.
func TestLatinHypercube(t *testing.T) {
	const n = 50
	even := func(p experiment.Points) (yes bool) {
		_, points, err := p.Points()
		if err != nil || len(points) != n {
			t.Fatalf("%d points, %v", len(points), err)
		}
		yes = true
		for axis := range ranges {
			seen := make(map[int]bool)
			for _, p := range points {
				u := []float64{(p[0] + 1) / 4, math.Log10(p[1])/4 + 0.5}[axis]
				if !domain.Below1.Has(u) {
					t.Errorf("the point %v is outside the ranges", p)
				}
				seen[int(u*n)] = true
			}
			yes = yes && len(seen) == n
		}
		return yes
	}
	if !even(experiment.LatinHypercube{Ranges: ranges, Number: n, Seed: 1}) {
		t.Error("a Latin hypercube leaves parts empty")
	}
	if even(experiment.Random{Ranges: ranges, Number: n, Seed: 1}) {
		t.Error("random points fill all parts")
	}
}

// More random points are the same ones and more.
func TestRandomGrows(t *testing.T) {
	_, few, err := experiment.Random{Ranges: ranges, Number: 5, Seed: 1}.Points()
	if err != nil {
		t.Fatal(err)
	}
	_, more, err := experiment.Random{Ranges: ranges, Number: 9, Seed: 1}.Points()
	if err != nil || !slices.EqualFunc(few, more[:5], slices.Equal) {
		t.Errorf("%v, then %v, %v", few, more, err)
	}
	for _, r := range []struct {
		p    experiment.Random
		says string
	}{
		{experiment.Random{Ranges: ranges}, "0 points"},
		{experiment.Random{Number: 3}, "0 ranges"},
		{experiment.Random{Ranges: ranges, Number: 1 << 40}, "at most 10000000 points"},
		{experiment.Random{Number: 3, Ranges: []experiment.Range{{Name: "x", From: 2, To: 1}}}, `the range "x": To = 1 outside (2, ∞)`},
		{experiment.Random{Number: 3, Ranges: []experiment.Range{{Name: "x", To: 1, Log: true}}}, "From = 0 outside (0, ∞)"},
		{experiment.Random{Number: 3, Ranges: []experiment.Range{{Name: "x", From: math.NaN(), To: 1}}}, "From = NaN"},
	} {
		_, _, err := r.p.Points()
		refusal.Mentions(t, err, r.says)
	}
}
