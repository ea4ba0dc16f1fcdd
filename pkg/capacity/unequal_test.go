package capacity

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// With one level a kind of synapse it is Composition's.
func TestChannelsOfTwoLevels(t *testing.T) {
	for _, c := range []struct {
		excitatory, inhibitory int
		fE, fI                 float64
	}{{80, 20, 0.2, 0.2}, {20, 80, 0.2, 0.2}, {50, 50, 0.2, 0.5}, {50, 50, 0.3, 0.3}, {100, 0, 0.2, 0.2}, {0, 100, 0.2, 0.2}} {
		for kind := NoThreshold; kind <= PositiveThreshold; kind++ {
			ch := Channels{slices.Repeat([]float64{c.fE}, c.excitatory), slices.Repeat([]float64{c.fI}, c.inhibitory), kind}
			got, err := ch.Dimension()
			n := float64(c.excitatory + c.inhibitory)
			want, _ := Composition{float64(c.excitatory) / n, c.fE, c.fI, kind}.Solve(Capacity{TargetCoding: 0.5})
			if err != nil || relative(got, want.Dimension) > 1e-12 {
				t.Errorf("%+v, %v: dimension %v, %v; want %v", c, kind, got, err, want.Dimension)
			}
		}
	}
}

// The dimension is the mean squared length of the projection of a Gaussian vector onto the cone of allowed weights, here by
// bisection for the multiplier of its one constraint, Σ s_i r_i u_i = 0.
func TestChannelsByProjection(t *testing.T) {
	const n, draws = 400, 300
	rng := rand.New(rand.NewPCG(5, 19))
	ch := Channels{}
	var r []float64
	for i := range n {
		f := []float64{0.02, 0.6}[i%2]
		if i < n/4 {
			ch.Excitatory, r = append(ch.Excitatory, f), append(r, math.Sqrt(f/(1-f)))
		} else {
			ch.Inhibitory, r = append(ch.Inhibitory, f), append(r, -math.Sqrt(f/(1-f)))
		}
	}
	total := 0.0
	z := make([]float64, n)
	for range draws {
		for i := range z {
			z[i] = rng.NormFloat64()
		}
		low, high, length := -50.0, 50.0, 0.0
		for range 60 {
			gamma, mean := (low+high)/2, 0.0
			length = 0
			for i := range z {
				u := max(z[i]+gamma*r[i], 0)
				mean += r[i] * u
				length += u * u
			}
			if mean > 0 {
				high = gamma
			} else {
				low = gamma
			}
		}
		total += length / n
	}
	got, err := ch.Dimension()
	same := (math.Sqrt(0.02/0.98) + math.Sqrt(1.5)) / 2 // r of one level with the same mean
	level := same * same / (1 + same*same)
	equal, _ := Channels{slices.Repeat([]float64{level}, n/4), slices.Repeat([]float64{level}, 3*n/4), NoThreshold}.Dimension()
	if err != nil || relative(got, total/draws) > 0.01 { // a standard error is 0.3 percent
		t.Errorf("dimension %v, %v; by projection %v", got, err, total/draws)
	}
	if !(got > equal*1.03) {
		t.Errorf("dimension %v of spread levels, %v of equal ones", got, equal)
	}
}

func TestChannelsNearlyBalanced(t *testing.T) {
	ch := Channels{Excitatory: []float64{0.1, 0.3, 0.5, 0.2}, Inhibitory: []float64{0.05, 0.6, 0.2, 0.25}}
	ratios, _ := ch.ratios()
	first, second := 0.0, 0.0
	for _, r := range ratios {
		first, second = first+r/8, second+r*r/8
	}
	got, err := ch.Dimension()
	if want := 0.5 - first*first/(math.Pi*second); err != nil || math.Abs(got-want) > 1e-4 || got == 0.5 {
		t.Errorf("dimension %v, %v; close to balance %v", got, err, want)
	}
}

func TestChannelsFails(t *testing.T) {
	for want, ch := range map[string]Channels{
		"without a channel":                {},
		"Excitatory[1] = 1 outside (0, 1)": {Excitatory: []float64{0.5, 1}},
		"Inhibitory[0] = NaN":              {Inhibitory: []float64{math.NaN()}},
		"Threshold = 7":                    {Excitatory: []float64{0.5}, Threshold: 7},
	} {
		fails(t, want, func() error { _, err := ch.Dimension(); return err })
	}
}
