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
