//go:build !windows

package main

import (
	"context"
	"fmt"
	"testing"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// BenchmarkLayer reports the nanoseconds of processor time of a neuron and trial in a layer of 16, whose
// neurons have the same targets, or each its own.
func BenchmarkLayer(b *testing.B) {
	for _, channels := range []int{100, 400, 1000} {
		for _, own := range []bool{false, true} {
			b.Run(fmt.Sprintf("N=%d,own=%v", channels, own), func(b *testing.B) {
				a, err := setting{channels: channels}.draw()
				if err != nil {
					b.Fatal(err)
				}
				layer, rng := layerOf(a, rules.Reported(), own), model.Stream(2, 0)
				train := func(epochs int) {
					if _, err := layer.Train(context.Background(), a, epochs, rng); err != nil {
						b.Fatal(err)
					}
				}
				train(10)
				epochs := b.N/a.Len() + 1
				b.ResetTimer()
				begin := processorTime()
				train(epochs)
				b.ReportMetric((processorTime()-begin)*1e9/float64(epochs*a.Len()*members), "ns/neuron")
			})
		}
	}
}
