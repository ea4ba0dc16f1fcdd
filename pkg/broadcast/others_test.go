package broadcast_test

import (
	"fmt"
	"math"
	"testing"

	"credo/pkg/broadcast"
	"credo/pkg/model"

	"gonum.org/v1/gonum/stat/distuv"
)

// hears is what neurons hear on a trial of a pattern.
func hears(together model.Together, neurons, pattern int, seed uint64) []int {
	m := model.Moment{Pattern: pattern, Foreign: make([]int, neurons)}
	together(&m, model.Stream(seed, 0))
	return m.Foreign
}

// Afresh each neuron hears a binomial number of others, whatever it heard before; in
// contexts too, but in the same one it is the same number, for every pattern and neuron.
func TestOthersAreBinomial(t *testing.T) {
	const others, asking, neurons, patterns = 6, 0.3, 5, 4000
	binomial := distuv.Binomial{N: others, P: asking}
	fits := func(what string, counts []int) {
		t.Helper()
		total, chi := 0, 0.
		for _, n := range counts {
			total += n
		}
		for n, count := range counts {
			want := float64(total) * binomial.Prob(float64(n))
			chi += (float64(count) - want) * (float64(count) - want) / want
		}
		if most := (distuv.ChiSquared{K: others}).Quantile(0.9999); chi > most || total == 0 {
			t.Errorf("%s: χ² = %.1f, more than %.1f: %v", what, chi, most, counts)
		}
	}
	fresh, frozen := make([]int, others+1), make([]int, others+1)
	var pairs float64 // of neighbours: of neurons, of patterns
	afresh, once := broadcast.Afresh(others, asking), broadcast.Recurring(1, others, asking, 3)
	for mu := range patterns {
		a, b, c := hears(afresh, neurons, 0, uint64(mu)), hears(once, neurons, mu, 1), hears(once, neurons, mu+1, 2)
		for j := range neurons {
			fresh[a[j]]++
			frozen[b[j]]++
			pairs += (float64(b[j]) - others*asking) * (float64(b[(j+1)%neurons]) + float64(c[j]) - 2*others*asking)
		}
		if again := hears(once, neurons, mu, 9); fmt.Sprint(again) != fmt.Sprint(b) {
			t.Fatalf("pattern %d: %v and then %v ask", mu, b, again)
		}
	}
	fits("afresh", fresh)
	fits("frozen", frozen)
	variance := others * asking * (1 - asking)
	if z := pairs / math.Sqrt(2*neurons*patterns) / variance; math.Abs(z) > 4 {
		t.Errorf("neighbours of neurons and patterns are correlated, z = %v", z)
	}
	for _, contexts := range []int{1, 3} {
		seen := map[string]int{}
		together := broadcast.Recurring(contexts, 40, 0.5, 3)
		for trial := range uint64(300) {
			seen[fmt.Sprint(hears(together, neurons, 7, trial))]++
		}
		if len(seen) != contexts {
			t.Errorf("%d contexts: %d different sets of requests", contexts, len(seen))
		}
		for _, n := range seen {
			if want := 300 / float64(contexts); math.Abs(float64(n)-want) > 4*math.Sqrt(want) {
				t.Errorf("%d contexts: one comes %d times of 300", contexts, n)
			}
		}
	}
	if a, b := hears(broadcast.Recurring(1, 40, 0.5, 3), neurons, 7, 1), hears(broadcast.Recurring(1, 40, 0.5, 4), neurons, 7, 1); fmt.Sprint(a) == fmt.Sprint(b) {
		t.Errorf("of two seeds the same ask: %v", a)
	}
	if got := fmt.Sprint(hears(broadcast.Afresh(4, 1), 3, 0, 1), hears(broadcast.Afresh(4, 0), 3, 0, 1), hears(broadcast.Afresh(0, 0.5), 3, 0, 1)); got != "[4 4 4] [0 0 0] [0 0 0]" {
		t.Errorf("all, none and nobody ask: %v", got)
	}
}

func TestOthersRefuse(t *testing.T) {
	for want, call := range map[string]func(){
		"broadcast: others = -1 outside [0, ∞)":                 func() { broadcast.Afresh(-1, 0.2) },
		"broadcast: probability of asking = 1.1 outside [0, 1]": func() { broadcast.Recurring(2, 3, 1.1, 0) },
		"broadcast: contexts = 0 outside [1, ∞)":                func() { broadcast.Recurring(0, 3, 0.1, 0) },
	} {
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Errorf("panics with %v, want %s", got, want)
				}
			}()
			call()
		}()
	}
}
