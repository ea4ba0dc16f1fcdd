package influence_test

import (
	"context"
	"math"
	"testing"

	"credo/pkg/influence"
)

// Few channels: the moments for many, N_eff − 1 = 2 at half load and r = 0, are off by 7 percent at N = 60, and those for N channels
// are not. Eight hundred tasks, intervals of 99.9 percent.
func TestFewChannels(t *testing.T) {
	t.Parallel()
	for _, r := range []float64{0, 0.5} {
		s := influence.Survey{Feedback: influence.Detailed, Task: task(60, 30, r), Seed: 5, Runs: 800}
		c, err := s.Number(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		mean, half := c.Measured.At(0.999)
		if math.Abs(mean-c.Predicted) > half || half > 0.06 {
			t.Errorf("r = %v: N_eff = %v ± %v, formula %v", r, mean, half, c.Predicted)
		}
		many := influence.CoTuning{Load: 0.5, Degree: r}.Hearing().Number()
		if math.Abs(mean-many) <= half {
			t.Errorf("r = %v: N_eff = %v ± %v does not tell few channels from many, %v", r, mean, half, many)
		}
	}
}
