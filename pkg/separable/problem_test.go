package separable

import (
	"math"
	"math/big"
	"strings"
	"testing"
)

// Bad input is an error that names what is wrong.
func TestProblemCheck(t *testing.T) {
	one, inf := [][]float64{{1, 2}, {3, 4}}, math.Inf(1)
	for _, test := range []struct {
		p    Problem
		want string
	}{
		{Problem{}, "Inputs of 0 rows"},
		{Problem{Inputs: [][]float64{{}}}, "Inputs of 1 rows"},
		{Problem{Inputs: [][]float64{{1, 2}, {3}}}, "Inputs[1] has 1 values, must have 2"},
		{Problem{Inputs: [][]float64{{1, 2}, {3, math.NaN()}}}, "Inputs[1][1] = NaN outside"},
		{Problem{Inputs: [][]float64{{1, -inf}}}, "Inputs[0][1] = -Inf outside"},
		{Problem{Inputs: one, Strict: []bool{true}}, "1 values of Strict for 2 rows"},
		{Problem{Inputs: one, Low: []float64{1}}, "1 values of Low for 2"},
		{Problem{Inputs: one, High: []float64{1, 2, 3}}, "3 values of High for 2"},
		{Problem{Inputs: one, Most: []float64{1}}, "1 values of Most for 2"},
		{Problem{Inputs: one, Least: []float64{}}, "0 values of Least for 2"},
		{Problem{Inputs: one, Low: []float64{0, math.NaN()}}, "Low[1] = NaN outside"},
		{Problem{Inputs: one, High: []float64{math.NaN(), 0}}, "High[0] = NaN outside"},
		{Problem{Inputs: one, Low: []float64{inf, 0}}, "Low[0] = +Inf outside"},
		{Problem{Inputs: one, High: []float64{0, -inf}}, "High[1] = -Inf outside"},
		{Problem{Inputs: one, Low: []float64{0, 2}, High: []float64{0, 1}}, "Low[1] = 2 above High[1] = 1"},
		{Problem{Inputs: one, Low: []float64{0, 1}, High: []float64{1, 1}, Strict: []bool{true, true}}, "Low[1] = High[1] = 1 in a strict row"},
		{Problem{Inputs: one, Least: []float64{0, 2}, Most: []float64{0, 1}}, "Least[1] = 2 above Most[1] = 1"},
		{Problem{Inputs: one, Least: []float64{0, inf}}, "Least[1] = +Inf outside"},
		{Problem{Inputs: one, Most: []float64{0, math.NaN()}}, "Most[1] = NaN outside"},
	} {
		certificate, err := Decide(test.p)
		if err == nil || !strings.Contains(err.Error(), test.want) || certificate.Answer != Undecided {
			t.Errorf("%+v: %v, want %q", test.p, err, test.want)
		}
		if again := test.p.Verify(Certificate{Answer: Feasible}); again == nil || again.Error() != err.Error() {
			t.Errorf("%+v: Verify says %v, Decide %v", test.p, again, err)
		}
	}
}

// Verify accepts exactly what proves something.
func TestProblemVerify(t *testing.T) {
	inf, third := math.Inf(1), big.NewRat(1, 3)
	rats := func(w ...float64) (list []*big.Rat) {
		for _, x := range w {
			list = append(list, rational(x))
		}
		return list
	}
	// 3 w₀ = 1 and 0.5 ≤ w₁ − 2⁻¹⁰⁷⁴ w₀ ≤ 1
	p := Problem{Inputs: [][]float64{{3, 0}, {-5e-324, 1}}, Low: []float64{1, 0.5}, High: []float64{1, 1}, Most: []float64{0.5, inf}}
	tiny := new(big.Rat).Mul(rational(5e-324), third)
	just := new(big.Rat).Add(tiny, rational(0.5))
	for _, test := range []struct {
		weights   []*big.Rat
		threshold *big.Rat
		want      string
	}{
		{[]*big.Rat{third, just}, new(big.Rat), ""},
		{[]*big.Rat{third, rational(0.5)}, new(big.Rat), "interval of row 1"},
		{[]*big.Rat{rational(1. / 3), rational(1)}, new(big.Rat), "interval of row 0"},
		{[]*big.Rat{third, rational(1)}, nil, "without a threshold"},
		{[]*big.Rat{third, rational(1)}, third, "threshold 1/3, must be 0"},
		{[]*big.Rat{third}, new(big.Rat), "1 weights for 2"},
		{[]*big.Rat{third, nil}, new(big.Rat), "weight 1 = <nil>"},
		{rats(0.75, 1), new(big.Rat), "weight 0 = 3/4 outside [-Inf, 0.5]"},
	} {
		expect(t, p.Verify(Certificate{Answer: Feasible, Weights: test.weights, Threshold: test.threshold}), test.want, test)
	}
	p.Strict = []bool{false, true}
	expect(t, p.Verify(Certificate{Answer: Feasible, Weights: []*big.Rat{third, just}, Threshold: new(big.Rat)}), "row 1")

	// w₀ + w₁ ≥ 2 and 1 ≤ w₀ − w₁ ≤ 3, w₀ ≤ m, w₁ ≥ 0
	q := Problem{Inputs: [][]float64{{1, 1}, {1, -1}}, Low: []float64{2, 1}, High: []float64{inf, 3}, Least: []float64{-inf, 0}, Most: []float64{1.5, inf}}
	for _, test := range []struct {
		lambda []*big.Int
		most   float64
		strict bool
		free   bool
		want   string
	}{
		{integersOf(1, 1), 1.25, false, false, ""},
		{integersOf(1, 1), 1.5, false, false, "do not contradict"},
		{integersOf(1, 1), 1.5, true, false, ""},
		{integersOf(1, 1), 1.75, true, false, "do not contradict"},
		{integersOf(1, 1), 1.25, false, true, "leave a threshold"},
		{integersOf(1, -1), 1.25, false, true, "leave weight 1"},
		{integersOf(-1, 1), 1.25, false, false, "multiplier 0 = -1 of an end +Inf"},
		{integersOf(0, 2), 0.5, false, false, ""}, // w₁ ≥ 0
		{integersOf(0, 0), 0.5, true, false, "do not contradict"},
		{integersOf(1), 1.25, false, false, "1 multipliers for 2"},
		{[]*big.Int{nil, big.NewInt(1)}, 1.25, false, false, "multiplier 0 is missing"},
	} {
		q.Most[0], q.Strict, q.FreeThreshold = test.most, []bool{test.strict, false}, test.free
		expect(t, q.Verify(Certificate{Answer: Infeasible, Multipliers: test.lambda}), test.want, test)
	}
	expect(t, q.Verify(Certificate{}), "undecided")
	expect(t, q.Verify(Certificate{Answer: Feasible}), "0 weights")
	expect(t, q.Verify(Certificate{Answer: Infeasible}), "0 multipliers")
}
