package model_test

import (
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"

	"gonum.org/v1/gonum/mat"
)

// The overlaps are the product of the inputs with themselves, exactly.
func TestGramIsTheProductOfTheInputs(t *testing.T) {
	for _, task := range []model.Task{
		{Channels: 64, Patterns: 50, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1},
		{Channels: 64, Patterns: 30, Coding: 0.3, TargetCoding: 0.2, CoTuning: 0.5},
		{Channels: 64, Patterns: 80, Coding: 0.2, TargetCoding: 0.5, InhibitoryChannels: 16},
	} {
		a, err := task.Draw(model.Stream(3, 0))
		if err != nil {
			t.Fatal(err)
		}
		xE, xI := a.Dense()
		gE, gI := a.Gram()
		for _, c := range []struct {
			x *mat.Dense
			g *mat.SymDense
		}{{xE, gE}, {xI, gI}} {
			var want mat.Dense
			want.Mul(c.x, c.x.T())
			want.Scale(1./64, &want) // a power of two: exact
			if !mat.Equal(c.g, &want) {
				t.Errorf("%+v: overlaps differ from the product of the inputs", task)
			}
		}
		for mu := range a.Len() {
			for _, i := range a.Excitatory(mu) {
				if xE.At(mu, int(i)) != 1 {
					t.Fatalf("pattern %d: channel %d is not active", mu, i)
				}
			}
			if n := mat.Sum(xI.RowView(mu)); int(n) != len(a.Inhibitory(mu)) {
				t.Errorf("pattern %d: %v inhibitory channels active, want %d", mu, n, len(a.Inhibitory(mu)))
			}
		}
	}
}

// An update s of active weights changes the currents by G s, as the neuron
// itself computes them.
func TestGramIsWhatAnUpdateDoes(t *testing.T) {
	task := model.Task{Channels: 50, Patterns: 20, Coding: 0.2, TargetCoding: 0.2, CoTuning: 0.3}
	a, err := task.Draw(model.Stream(4, 0))
	if err != nil {
		t.Fatal(err)
	}
	n, s := model.NewNeuron(50, 0), mat.NewVecDense(20, nil)
	for mu := range 20 {
		s.SetVec(mu, float64(mu%5)) // any numbers
		for _, i := range a.Excitatory(mu) {
			n.Excitatory[i] += s.AtVec(mu) / 7.0710678118654755 // √50
		}
	}
	gE, _ := a.Gram()
	var want mat.VecDense
	want.MulVec(gE, s)
	for mu := range 20 {
		got, _ := n.Currents(a, mu)
		lesson.Near(t, "current", got, want.AtVec(mu), 1e-12)
	}
}
