package broadcast_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/broadcast"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/stat/combin"
)

// expected is the mean of h(n) over n binomial of m trials of probability p.
func expected(m int, p float64, h func(n int) float64) (sum float64) {
	for n := range m + 1 {
		sum += float64(combin.Binomial(m, n)) * math.Pow(p, float64(n)) * math.Pow(1-p, float64(m-n)) * h(n)
	}
	return sum
}

// What a neuron hears, from a literal sum over how many others ask.
func TestHeardIsASumOverRequests(t *testing.T) {
	own := model.Modulator{Probability: 0.825, Error: 0.03, Disinhibition: 0.2}
	for _, f := range []float64{0.05, 0.2, 0.7} {
		for _, m := range []int{1, 2, 5, 16} {
			for needed := range min(m, 6) + 1 {
				for _, reach := range []float64{0, 0.4, 1} {
					q := reach
					if q == 0 {
						q = 1
					}
					got := broadcast.Common{Neurons: float64(m), Needed: needed, Reach: reach}.Heard(own, f)
					release := func(y int) float64 {
						return expected(m-1, q*f, func(n int) float64 {
							if n+y >= max(1, needed) {
								return own.Probability
							}
							return own.Error
						})
					}
					lesson.Near(t, "common, 1", got.Probability, release(1), 1e-13)
					lesson.Near(t, "common, 0", got.Error, release(0), 1e-13)
					if got.Disinhibition != own.Disinhibition {
						t.Error("another disinhibition")
					}
				}
			}
			// Of n others that ask, and m−1−n that do not, each may bring a release.
			none := func(n int) float64 {
				return math.Pow(1-own.Probability, float64(n)) * math.Pow(1-own.Error, float64(m-1-n))
			}
			got := broadcast.Separate{Neurons: float64(m)}.Heard(own, f)
			lesson.Near(t, "separate, 1", got.Probability, 1-0.175*expected(m-1, f, none), 1e-13)
			lesson.Near(t, "separate, 0", got.Error, 1-0.97*expected(m-1, f, none), 1e-13)
		}
		for _, lines := range []int{1, 2, 5} {
			called := func(n int) float64 { return float64(min(n, 1)) }
			hit := expected(lines-1, f, func(row int) float64 {
				return expected(lines-1, f, func(column int) float64 { return called(row) * called(column) })
			})
			got := broadcast.Grid{Neurons: float64(lines * lines)}.Heard(own, f)
			lesson.Near(t, "grid, 0", got.Error, own.Error+(own.Probability-own.Error)*hit, 1e-13)
			lesson.Near(t, "grid, 1", got.Probability, own.Probability, 0)
		}
	}
}

// One neuron hears itself; more neurons bring more; numbers between whole ones are between.
func TestMoreNeuronsAskMore(t *testing.T) {
	own := model.Modulator{Probability: 0.825, Error: 0.03}
	for _, s := range []broadcast.Scheme{broadcast.Common{}, broadcast.Common{Needed: 3}, broadcast.Common{Reach: 0.3}, broadcast.Separate{}, broadcast.Graded{}, broadcast.Grid{}} {
		if got := s.Among(1).Heard(own, 0.2); !(math.Abs(got.Error-own.Error) < 1e-15) {
			t.Errorf("%T alone hears ε = %v", s, got.Error)
		}
		last := 0.
		for neurons := 3.; neurons < 40; neurons += 0.13 {
			got := s.Among(neurons).Heard(own, 0.2).Error
			if !(got > last) {
				t.Errorf("%+v among %v: ε = %v after %v", s, neurons, got, last)
			}
			last = got
		}
	}
}

func TestSchemesRefuse(t *testing.T) {
	c := bare(0.2, 0.5)
	for _, test := range []struct {
		scheme broadcast.Scheme
		says   string
	}{
		{broadcast.Common{}, "Common.Neurons = 0"},
		{broadcast.Common{Neurons: math.NaN()}, "Common.Neurons = NaN"},
		{broadcast.Common{Neurons: 4, Needed: 5}, "Common.Needed = 5"},
		{broadcast.Common{Neurons: 4, Needed: -1}, "Common.Needed = -1"},
		{broadcast.Common{Neurons: 4, Reach: 1.1}, "Common.Reach = 1.1"},
		{broadcast.Separate{0.5}, "Separate.Neurons = 0.5"},
		{broadcast.Grid{math.Inf(1)}, "Grid.Neurons = +Inf"},
	} {
		_, err := broadcast.Seen(c, test.scheme)
		refusal.Mentions(t, err, "broadcast: ", test.says)
		_, _, err = broadcast.Frozen(test.scheme, 0.2)
		refusal.Mentions(t, err, "broadcast: ", test.says)
		_, _, err = broadcast.Window(c, test.scheme)
		refusal.Mentions(t, err, "broadcast: ", test.says)
	}
	_, _, err := broadcast.Frozen(broadcast.Grid{4}, 1)
	refusal.Mentions(t, err, "coding of the targets = 1")
	late := c
	late.ACh.Late = 0.1
	_, err = broadcast.Seen(late, broadcast.Grid{4})
	refusal.Mentions(t, err, "ACh.Late = 0.1")
	wrong := c
	wrong.ACh.Probability = 2
	_, err = broadcast.Seen(wrong, broadcast.Grid{4})
	refusal.Mentions(t, err, "ACh.Probability = 2")
	_, err = broadcast.Limit(late, broadcast.Grid{})
	refusal.Mentions(t, err, "ACh.Late = 0.1")
	_, err = broadcast.Tolerate(rules.Reported().Without("Balance"))
	refusal.Mentions(t, err, "Balance.Rate = 0")
	gated := c
	gated.Balance.WhenFiring = true
	_, err = broadcast.Tolerate(gated)
	refusal.Mentions(t, err, "Balance.WhenFiring")
	sloped := c
	sloped.Balance.Slope = 0.9
	_, err = broadcast.Tolerate(sloped)
	refusal.Mentions(t, err, "Balance.Slope = 0.9")
	_, err = broadcast.Tolerate(c.Without("ACh"))
	refusal.Mentions(t, err, "does not raise the force")
	_, err = broadcast.Limit(c, broadcast.Common{Reach: 2})
	refusal.Mentions(t, err, "Common.Reach = 2")
	_, err = broadcast.Limit(c, broadcast.Common{Needed: -3})
	refusal.Mentions(t, err, "Common.Needed = -3 outside [0, 1]")
}
