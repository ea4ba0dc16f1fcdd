package theory_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// Acetylcholine with disinhibition without limit, c = 1, b = 0.4, ρ_A = 0.8:
// F = t − V with t_0 = −0.4 and t_1 = Φ(1) − 0.4 below and 0.6 above threshold.
// Solutions by a program in Python for the two linear branches.
func TestOverloadGlobal(t *testing.T) {
	c := rules.Circuit{
		Acetylcholine: rules.Acetylcholine{Rate: 1.25}, Balance: rules.Balance{Rate: 1, Slope: 1, Offset: 0.4},
		ACh: model.Modulator{Probability: 0.8, Disinhibition: 1e9}, Coding: 0.2, TargetCoding: 0.2,
	}
	for _, test := range []struct{ load, miss, fa, v1, v0, bias, q float64 }{
		{1.2, 0.0035316644926261147, 0.0068473338913424, 0.46643163574183066, -0.3667479882171773, -0.20011206342537574, 0.7997929895725683},
		{2, 0.19701481707068835, 0.057869497012674964, 0.19002779763611788, -0.305321308366682, -0.20625148716612202, 0.15778915700065768},
		{3, 0.40618576387519356, 0.06216942154018723, 0.04815260138650862, -0.2781490267243677, -0.2128887011021924, 0.0772421665598975},
	} {
		o, err := of(c).OverloadGlobal(test.load, 0)
		if err != nil || math.Abs(o.Miss-test.miss) > 1e-4 || math.Abs(o.FalseAlarm-test.fa) > 1e-4 || math.Abs(o.V1-test.v1) > 1e-4 ||
			math.Abs(o.V0-test.v0) > 1e-4 || math.Abs(o.Bias-test.bias) > 1e-4 || math.Abs(o.SD*o.SD-test.q) > 1e-4 {
			t.Errorf("α = %v: %+v, %v; want %+v", test.load, o, err, test)
		}
	}
	convex := wide(0.2, 5./7)
	o, err1 := of(convex).Overload(3, 0)
	p, err2 := of(convex).OverloadGlobal(3, 0)
	if err1 != nil || err2 != nil || math.Abs(o.Miss-p.Miss) > 1e-6 || math.Abs(o.FalseAlarm-p.FalseAlarm) > 1e-6 {
		t.Errorf("convex loss: %+v and %+v, %v, %v", o, p, err1, err2)
	}
}

// The reported circuit, β = 0, in overload: a program in Python with the same
// approximation gave 0.0003 and 0.554 at α = 1.5; the drift of 300 neurons
// 0.000 and 0.564, V_1 = 0.528, V_0 = 0.021.
func TestOverloadGlobalOfTheReportedCircuit(t *testing.T) {
	lesson.Long(t)
	c := published()
	c.Acetylcholine.Depression = 0
	o, err := of(c).OverloadGlobal(1.5, 0)
	if err != nil || math.Abs(o.Miss-0.0003) > 1e-4 || math.Abs(o.FalseAlarm-0.554) > 2e-3 || math.Abs(o.V1-0.529) > 1e-3 || math.Abs(o.V0-0.020) > 1e-3 {
		t.Errorf("%+v, %v", o, err)
	}
}
