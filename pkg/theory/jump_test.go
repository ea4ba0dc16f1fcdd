package theory_test

import (
	"math"
	"testing"

	"credo/pkg/rules"
)

// wide is the bare gated rule with disinhibition without limit and b/c given.
func wide(targets, ratio float64) rules.Circuit {
	c := bare()
	c.ACh.Disinhibition, c.TargetCoding, c.Balance.Offset = 1e9, targets, 0.7*ratio
	return c
}

// Miss, false alarms and error just above capacity, from a program in Python
// that integrates the closed forms.
func TestJump(t *testing.T) {
	for _, test := range []struct{ targets, ratio, miss, fa, total float64 }{
		{0.2, 0.6, 0.04963289980913051, 0.04781583743048534, 0.04817924990621438},
		{0.2, 5. / 7, 0.04259199090014356, 0.0296238629951132, 0.03221748857611927},
		{0.2, 0.95, 0.006597740020215357, 0.004085163075264091, 0.004587678464254345},
		{0.5, 5. / 7, 4.260219464557632e-05, 0.028323187964410298, 0.014182895079527937},
		{0.1, 6. / 7, 0.09151993963539072, 0.009821324123936784, 0.017991185675082177},
	} {
		o, err := of(wide(test.targets, test.ratio)).Jump()
		if err != nil || math.Abs(o.Miss-test.miss) > 1e-7 || math.Abs(o.FalseAlarm-test.fa) > 1e-7 || math.Abs(o.Error-test.total) > 1e-7 {
			t.Errorf("f_Y = %v, b/c = %v: %+v, %v; want %v", test.targets, test.ratio, o, err, test)
		}
	}
}

// The jump is the limit of the overload, approached as the square root of the
// distance: four times nearer, half the difference.
func TestOverloadTendsToTheJump(t *testing.T) {
	c := wide(0.2, 5./7)
	jump, err := of(c).Jump()
	if err != nil {
		t.Fatal(err)
	}
	difference := func(distance float64) float64 {
		o, err := of(c).Overload(jump.Load*(1+distance), 0)
		if err != nil {
			t.Fatal(err)
		}
		return o.Error - jump.Error
	}
	far, near := difference(0.004), difference(0.001)
	if ratio := far / near; near <= 0 || ratio < 1.8 || ratio > 2.2 {
		t.Errorf("differences %v and %v, ratio %v, want about 2", far, near, ratio)
	}
}

// Loads at a tolerated error, from the program in Python; at 1 percent and
// f_Y = 0.2 the jump is larger, and the load is the capacity.
func TestTolerantCapacity(t *testing.T) {
	for _, test := range []struct{ targets, ratio, eps, want float64 }{
		{0.5, 6. / 7, 0.05, 1.68895}, {0.2, 0.95, 0.05, 2.6606459671149194}, {0.2, 0.7, 0.01, 2.439598853987004},
	} {
		a, err := of(wide(test.targets, test.ratio)).TolerantCapacity(test.eps)
		if err != nil || math.Abs(a-test.want) > 2e-4 {
			t.Errorf("f_Y = %v, b/c = %v, eps = %v: load %v, %v; want %v", test.targets, test.ratio, test.eps, a, err, test.want)
		}
	}
	if _, err := of(wide(0.2, 0.7)).TolerantCapacity(0.3); err == nil {
		t.Error("eps = 0.3 accepted")
	}
	if _, err := of(published()).Jump(); err == nil {
		t.Error("ungated circuit accepted")
	}
	if _, err := of(wide(0.2, 0.3)).Jump(); err == nil {
		t.Error("non-convex loss accepted")
	}
}
