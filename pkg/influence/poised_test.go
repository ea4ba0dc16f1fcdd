package influence_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/influence"
	"credo/pkg/model"

	"gonum.org/v1/gonum/floats"
)

// At balance for every pattern, with weights that stay off 0.
func TestPoised(t *testing.T) {
	for run, r := range []float64{0, 0.9, 1} {
		a := draw(t, task(200, 100, r), 70+uint64(run))
		n, err := influence.Poised(a, 40, 0.3)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range n.Potentials(a) {
			lesson.Near(t, "V + b", v+0.3, 0, 1e-9)
		}
		if least := min(floats.Min(n.Excitatory), floats.Min(n.Inhibitory)); !(least >= 9.999) {
			t.Errorf("r = %v: weight %v below 10", r, least)
		}
		mean := (floats.Sum(n.Excitatory) + floats.Sum(n.Inhibitory)) / 400
		lesson.Near(t, "mean weight", mean, 34, 8) // what is taken for balance and not put back
	}
}

func TestAtZero(t *testing.T) {
	n := &model.Neuron{Excitatory: []float64{0, 1, 1}, Inhibitory: []float64{0}}
	lesson.Near(t, "share at 0", influence.AtZero(n), 0.5, 0)
}

func TestPoisedRefuses(t *testing.T) {
	_, err := influence.Poised(draw(t, task(40, 20, 0), 1), 0, 0)
	refusal.Mentions(t, err, "weight = 0")
	_, err = influence.Poised(draw(t, task(40, 20, 0), 1), 1, math.NaN())
	refusal.Mentions(t, err, "offset b = NaN")
	twice, err := model.NewAssociations(5, [][]int32{{0, 2}, {0, 2}}, nil, []bool{true, false})
	if err != nil {
		t.Fatal(err)
	}
	_, err = influence.Poised(twice, 1, 0)
	refusal.Mentions(t, err, "not linearly independent")
	_, err = influence.Poised(draw(t, task(40, 70, 0), 1), 1, 0)
	refusal.Mentions(t, err, "balance all 70 patterns")
}
