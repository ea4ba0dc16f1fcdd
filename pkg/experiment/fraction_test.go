package experiment_test

import (
	"fmt"
	"math"
	"testing"

	"credo/pkg/experiment"
	"credo/pkg/model"
)

// Wilson's interval of 15 of 20 at 95 percent is .531 … .888 (Newcombe 1998, Stat. Med. 17:857, gives the formula; evaluated by hand).
func TestFraction(t *testing.T) {
	middle, half := experiment.Fraction{Successes: 15, Trials: 20}.Estimate()
	const n, p, z = 20.0, 0.75, 1.959963984540054
	root := math.Sqrt(z*z/(4*n*n) + p*(1-p)/n)
	if low := (p + z*z/(2*n) - z*root) / (1 + z*z/n); math.Abs(middle-half-low) > 1e-12 || math.Abs(low-0.5313) > 1e-4 {
		t.Errorf("%v ± %v, low %v", middle, half, low)
	}
	for _, f := range []experiment.Fraction{{}, {2, 1}, {-1, 1}, {0, -1}} {
		if middle, half := f.Estimate(); !math.IsNaN(middle) || !math.IsNaN(half) {
			t.Errorf("%d of %d: %v ± %v", f.Successes, f.Trials, middle, half)
		}
	}
	for _, k := range []int{0, 50} {
		middle, half := experiment.Fraction{Successes: k, Trials: 50}.At(0.999)
		if !(half > 0) || middle-half < -1e-15 || middle+half > 1+1e-15 {
			t.Errorf("%d of 50: %v ± %v", k, middle, half)
		}
	}
}

// The interval is about its middle, which is not k/n; its ends hold k/n, and stay in [0, 1] to the last bit.
func TestBounds(t *testing.T) {
	for n := 1; n < 60; n++ {
		for k := 0; k <= n; k++ {
			f := experiment.Fraction{Successes: k, Trials: n}
			middle, half := f.Estimate()
			value, low, high := f.Bounds()
			if value != float64(k)/float64(n) || !(0 <= low && low <= value && value <= high && high <= 1) ||
				math.Abs(low-(middle-half)) > 1e-15 || math.Abs(high-(middle+half)) > 1e-15 {
				t.Errorf("%d of %d: %v in [%v, %v], %v ± %v", k, n, value, low, high, middle, half)
			}
		}
	}
	if value, low, high := (experiment.Fraction{Successes: 2, Trials: 1}).Bounds(); !math.IsNaN(value + low + high) {
		t.Errorf("2 of 1: %v in [%v, %v]", value, low, high)
	}
}

// At the level it is asked for, either interval holds the truth about so often.
func TestLevelsCover(t *testing.T) {
	rng := model.Stream(5, 0)
	const trials = 4000
	interval, fraction := 0, 0
	for range trials {
		x, k := make([]float64, 6), 0
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		if mean, half := experiment.NewInterval(x, 0.95).At(0.8); math.Abs(mean) <= half {
			interval++
		}
		for range 40 {
			if rng.Float64() < 0.3 {
				k++
			}
		}
		if middle, half := (experiment.Fraction{Successes: k, Trials: 40}).At(0.8); math.Abs(middle-0.3) <= half {
			fraction++
		}
	}
	// Five standard errors of a share of .8 of 4,000 are .032; counts of 40 are coarse, and Wilson's coverage swings by some .03.
	if share := float64(interval) / trials; math.Abs(share-0.8) > 0.032 {
		t.Errorf("Student's interval at .8 covers %v", share)
	}
	if share := float64(fraction) / trials; math.Abs(share-0.8) > 0.07 {
		t.Errorf("Wilson's interval at .8 covers %v", share)
	}
}

func TestIntervalAt(t *testing.T) {
	x := []float64{1, 2, 3, 7}
	narrow, wide := experiment.NewInterval(x, 0.95), experiment.NewInterval(x, 0.999)
	if mean, half := narrow.At(0.999); mean != wide.Mean || math.Abs(half-wide.Half) > 1e-12*half {
		t.Errorf("%v ± %v, want %v", mean, half, wide)
	}
	if _, half := (experiment.Interval{Half: 1.959963984540054}).At(0.99); math.Abs(half-2.5758293035489) > 1e-9 { // normal quantiles
		t.Errorf("half %v", half)
	}
	for _, n := range []int{0, 1} {
		if _, half := experiment.NewInterval(x[:n], 0.95).At(0.999); !math.IsNaN(half) {
			t.Errorf("%d values: half %v", n, half)
		}
	}
}

func ExampleFraction() {
	fmt.Println(experiment.Fraction{Successes: 0, Trials: 100})
	// Output: 0 of 100: 0.0185 ± 0.018
}
