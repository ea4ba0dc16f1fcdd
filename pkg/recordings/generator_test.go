package recordings_test

import (
	"testing"

	"credo/pkg/model"
	"credo/pkg/recordings"
)

func BenchmarkGenerate(b *testing.B) {
	g := recordings.Typical()
	for i := range b.N {
		if _, err := g.Generate(model.Stream(1, uint64(i))); err != nil {
			b.Fatal(err)
		}
	}
}
