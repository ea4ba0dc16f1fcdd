package memory_test

import (
	"context"
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/experiment"
	"credo/pkg/memory"
	"credo/pkg/model"

	"gonum.org/v1/gonum/stat"
)

// The mean weight of acetylcholine alone in closed form, and where simulated
// weights go from too small ones.
func TestDecayingWeight(t *testing.T) {
	t.Parallel()
	d := memory.Decaying{Circuit: pair(0.05), Task: task(200, 100), Strength: 1}
	want, err := d.Weight()
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "d", d.PerTrial(0.1), 1*0.1*0.16/100, 1e-15)
	lesson.Near(t, "w̄", want, 0.1*math.Sqrt(200)*0.5*0.2*0.2/(100*d.PerTrial(0.1)), 1e-9)
	v := repeat(t, short(8, 2), func(i int) ([]float64, error) {
		s := experiment.Study{Task: d.Task, Seed: 17, Epochs: short(4000, 2500), Learner: func() *model.Learner { return d.Learner(0.5, 0.1) }}
		r, err := s.Run(context.Background(), i)
		return []float64{stat.Mean(r.Learner.Neuron.Excitatory, nil)}, err
	})[0]
	t.Logf("mean weight %v, theory %v", v, want)
	lesson.Near(t, "simulated w̄", v.Mean, want, v.Half)
	d.Circuit.Balance.Offset = 2
	_, err = d.Weight()
	refusal.Mentions(t, err, "no stationary potentials")
}
