//go:build !windows

package main

import (
	"context"
	"fmt"
	"testing"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// BenchmarkTrain reports the trials per second of the reported circuit on the
// tasks of the table, from weights that have been trained for a while.
func BenchmarkTrain(b *testing.B) {
	for _, channels := range []int{100, 400, 1000, 10_000} {
		b.Run(fmt.Sprintf("N=%d", channels), func(b *testing.B) {
			s := setting{channels: channels}
			a, err := s.draw()
			if err != nil {
				b.Fatal(err)
			}
			learner := rules.Reported().Learner(model.NewNeuron(channels, weight), rate)
			rng := model.Stream(2, 0)
			train := func(epochs int) {
				if _, err := learner.Train(context.Background(), a, epochs, rng); err != nil {
					b.Fatal(err)
				}
			}
			train(10)
			epochs := b.N/a.Len() + 1
			b.ReportAllocs()
			b.ResetTimer()
			train(epochs)
			b.ReportMetric(float64(epochs*a.Len())/b.Elapsed().Seconds(), "trials/s")
		})
	}
}

// The check of what was learned passes what is alike and fails what is not.
func TestDifferences(t *testing.T) {
	const repetitions, epochs = 8, 200
	a, err := setting{channels: 200}.draw()
	if err != nil {
		t.Fatal(err)
	}
	own := train(a)
	with := func(alter func(*run)) loop {
		return func(r run) (outcome, error) {
			alter(&r)
			return own(r)
		}
	}
	loops := []loop{
		own,
		with(func(r *run) { r.seed += repetitions }), // other random numbers, all else alike
		with(func(r *run) { r.circuit.Acetylcholine.Depression *= 0.8 }),
		with(func(r *run) { r.circuit.NE.Probability, r.circuit.NE.Error = 0, 0 }),
		with(func(r *run) { r.circuit.Balance.Offset = 0 }),
	}
	outcomes, err := interleave(loops, epochs, repetitions, rules.Reported())
	if err != nil {
		t.Fatal(err)
	}
	if d := differences(outcomes[0], outcomes[1]); d != nil {
		t.Errorf("runs that differ in their seeds alone are told apart: %v", d)
	}
	for k, what := range []string{"weaker depression", "no NE", "no offset of the balance"} {
		if differences(outcomes[0], outcomes[2+k]) == nil {
			t.Errorf("%s is not told apart", what)
		}
	}
}
