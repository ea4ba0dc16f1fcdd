package broadcast_test

import (
	"math"
	"testing"

	"credo/internal/gauss"
	"credo/internal/lesson"
	"credo/pkg/broadcast"
	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"

	"gonum.org/v1/gonum/stat/distuv"
)

var phi1 = distuv.UnitNormal.CDF(1)

func limit(t *testing.T, c rules.Circuit, s broadcast.Scheme) broadcast.Limits {
	t.Helper()
	l, err := broadcast.Limit(c, s)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// With acetylcholine alone and large disinhibition the limits have closed forms: of
// one release, of separate ones and of a grid.
func TestLimitsInClosedForm(t *testing.T) {
	lesson.Near(t, "requests", broadcast.Requests, -math.Log(gauss.CDF(-1)), 1e-15)
	free := bare(0.1, 0.5)
	free.Acetylcholine.Reference = 0
	lesson.Near(t, "x at the wall", (limit(t, free, broadcast.Common{}).Wall-1)*-math.Log1p(-0.1), broadcast.Requests, 1e-9)
	for _, f := range []float64{0.5, 0.05, 0.01} {
		for _, rho := range []float64{0.3, 1} {
			c := bare(f, 0)
			c.ACh.Probability = rho
			drive := c.Acetylcholine.Rate / c.Balance.Rate
			c.Balance.Offset = 0.6 * rho * drive
			for _, reference := range []float64{0, 0.01, 0.1} {
				c.Acetylcholine.Reference = reference
				eps1, eps2 := 0.6*rho/(1-reference), 0.6*rho/(phi1-reference)
				tolerance, err := broadcast.Tolerate(c)
				if err != nil {
					t.Fatal(err)
				}
				lesson.Near(t, "ε_1", tolerance.Onset, eps1, 1e-9)
				lesson.Near(t, "ε_2", tolerance.Loss, eps2, 1e-9)

				common := limit(t, c, broadcast.Common{})
				lesson.Near(t, "M_1", common.Onset*math.Log1p(-f), math.Log1p(-f)+math.Log1p(-eps1/rho), 1e-8)
				lesson.Near(t, "M_2", common.Loss*math.Log1p(-f), math.Log1p(-f)+math.Log1p(-eps2/rho), 1e-8)
				wall := (phi1 - reference) / (1 - reference) // silence of others at the wall is 1 less this
				lesson.Near(t, "M_max", common.Wall*math.Log1p(-f), math.Log1p(-f)+math.Log1p(-wall), 1e-8)

				separate := limit(t, c, broadcast.Separate{})
				lesson.Near(t, "M_1, separate", separate.Onset*math.Log1p(-rho*f), math.Log1p(-rho*f)+math.Log1p(-eps1), 1e-8)
				if reference == 0 {
					x := math.Log1p(rho * phi1 / (1 - phi1))
					lesson.Near(t, "M_max, separate", separate.Wall, 1-x/math.Log1p(-rho*f), 1e-6*separate.Wall)
				}

				grid := limit(t, c, broadcast.Grid{})
				line := math.Sqrt(eps1 / rho)
				lesson.Near(t, "M_1, grid", math.Sqrt(grid.Onset), 1+math.Log1p(-line)/math.Log1p(-f), 1e-6)
			}
		}
	}
}

// Numbers from a program in Python.
func TestLimitsAgainstReference(t *testing.T) {
	for _, row := range [][5]float64{ // f_Y, M_max, M_max separate, M_1 and M_2 at b = .5
		{0.5, 3.65603279742, 4.16190314988, 2.64050730787, 3.38750045669},
		{0.2, 9.25039143711, 10.3262912756, 6.09588114216, 8.41625379892},
		{0.1, 18.4735443683, 20.5319079213, 11.7925915893, 16.7069201855},
		{0.05, 36.892053084, 40.9229182665, 23.1688434856, 33.2632661813},
		{0.02, 92.1274719806, 102.081035119, 57.2851798655, 82.9142298173},
		{0.01, 184.180111774, 204.006447606, 114.141792644, 165.660090395},
	} {
		c := bare(row[0], 0.5)
		l := limit(t, c, broadcast.Common{})
		lesson.Near(t, "M_1", l.Onset, row[3], 1e-8*row[3])
		lesson.Near(t, "M_2", l.Loss, row[4], 1e-8*row[4])
		c.Acetylcholine.Reference = 0
		lesson.Near(t, "M_max", limit(t, c, broadcast.Common{}).Wall, row[1], 1e-8*row[1])
		lesson.Near(t, "M_max, separate", limit(t, c, broadcast.Separate{}).Wall, row[2], 1e-8*row[2])
	}
	// As reported, ȳ = .2 included, the budget at b = .05 is ε = .0174, and nothing can be shared.
	c := lesson.Circuit()
	tolerance, err := broadcast.Tolerate(c)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "ε_1 as reported", tolerance.Onset, 0.0174, 5e-5)
	lesson.Near(t, "M_1 as reported", limit(t, c, broadcast.Common{}).Onset, 1.10, 0.005)
	for _, row := range [][2]float64{{0.05, 1.42}, {0.01, 3.1}} {
		lesson.Near(t, "M_1 as reported, sparse", limit(t, sparse(row[0], 0.2, 0.05), broadcast.Common{}).Onset, row[1], 0.05)
	}
	c = sparse(0.05, 0.2, 0.2)
	own := limit(t, c, broadcast.Common{}).Onset
	eps1 := (0.638*0.2 - 0.012*0.772*0.99 - 0.016*0.8) / (0.825 * 0.575 * 0.99)
	lesson.Near(t, "M_1 at b = .2", own, 1+math.Log1p(-eps1)/math.Log1p(-0.05), 1e-8)
	// The program has 5.9672726445, which its own formula does not give: it is off by 2e-5.
	lesson.Near(t, "M_1 at b = .2", own, 5.967253076603481, 1e-9)
	// That is with ȳ = .2. Its simulations, of V_0 = −.18888(.00020) for one neuron, are
	// with ȳ = f = .05, where theory has −.1894 and not −.1931; M_1 is smaller there.
	for _, row := range [][3]float64{{0.05, -0.189377, 5.839133}, {0.2, -0.193149, 5.967253}} {
		c = sparse(0.05, row[0], 0.2)
		d, err := theory.Must(c).Condition()
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, "V_0", d.V0, row[1], 1e-6)
		lesson.Near(t, "M_1", limit(t, c, broadcast.Common{}).Onset, row[2], 1e-6)
	}
}

// sparse is the reported circuit without heterosynaptic depression, for targets of that
// coding, with that reference of the Hebbian rule.
func sparse(coding, meanOutput, offset float64) rules.Circuit {
	c := lesson.Circuit().With(0.2, coding, 0)
	c.Hebbian.MeanOutput, c.Balance.Offset = meanOutput, offset
	return c
}

// The limits say where the roots of the force come and go, at any circuit: with
// noradrenaline and the Hebbian rule, and of any disinhibition.
func TestLimitsAreWhereRootsComeAndGo(t *testing.T) {
	rng := model.Stream(5, 0)
	losses, deep, windows := 0, 0, 0
	for range 16 {
		c := sparse(0.02+0.3*rng.Float64(), 0.2, 0.1+0.5*rng.Float64())
		c.ACh.Disinhibition = math.Exp(math.Log(0.1) + 4*rng.Float64())
		c.NE.Probability = 0.1 * rng.Float64()
		c.NE.Error = c.NE.Probability
		c.Hebbian.Rate = 0.1 * rng.Float64()
		s := []broadcast.Scheme{broadcast.Common{}, broadcast.Common{Needed: 2}, broadcast.Separate{}}[rng.IntN(3)]
		l := limit(t, c, s)
		up := func(neurons float64) (above, below bool) {
			seen, err := broadcast.Seen(c, s.Among(neurons))
			if err != nil {
				t.Fatal(err)
			}
			roots, err := theory.Must(seen).Roots(false)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range roots {
				above, below = above || r.Stable && r.Potential > 0, below || r.Stable && r.Potential <= 0 && !r.Jump
			}
			return above, below
		}
		if m := l.Onset; m > 2.1 && m < 1e6 {
			if above, _ := up(m * 0.99); above {
				t.Errorf("%+v: a wrong state below M_1 = %v", s, m)
			}
			if above, _ := up(m * 1.01); !above {
				t.Errorf("%+v: no wrong state above M_1 = %v", s, m)
			}
			if l.Loss < 1e6 {
				losses++
				if _, below := up(l.Loss * 0.99); !below {
					t.Errorf("%+v: no right state below M_2 = %v, A_A = %v", s, l.Loss, c.ACh.Disinhibition)
				}
				if _, below := up(l.Loss * 1.01); below {
					t.Errorf("%+v: a right state above M_2 = %v, A_A = %v", s, l.Loss, c.ACh.Disinhibition)
				}
			} else {
				deep++
			}
		}
		if m := l.Wall; m > 2.1 && m < 1e6 {
			windows++
			for _, factor := range []float64{0.98, 1.02} {
				low, high, err := broadcast.Window(c, s.Among(m*factor))
				if err != nil || (low < high) != (factor < 1) {
					t.Errorf("%+v among %v M_max = %v: window (%v, %v), %v", s, factor, m, low, high, err)
				}
				middle := c
				middle.Balance.Offset = (low + high) / 2
				seen, _ := broadcast.Seen(middle, s.Among(m*factor))
				d, err := theory.Must(seen).Condition()
				if err != nil || d.Learnable != (factor < 1) {
					t.Errorf("%+v among %v M_max = %v: learnable %v in the middle of (%v, %v), %v", s, factor, m, d.Learnable, low, high, err)
				}
			}
		}
	}
	t.Logf("%d with both limits, %d where the right state is never lost, %d walls", losses, deep, windows)
	if losses < 5 || windows < 8 {
		t.Errorf("only %d losses and %d walls", losses, windows)
	}
}

// A deep pattern is out of reach of little disinhibition: a wrong state comes, but the
// right one stays, however many ask.
func TestDeepPatternsAreOutOfReach(t *testing.T) {
	c := bare(0.2, 0.6)
	c.ACh.Disinhibition = 0.1
	l := limit(t, c, broadcast.Common{})
	if !(l.Onset > 5 && l.Onset < 10) || !math.IsInf(l.Loss, 1) {
		t.Fatalf("limits %+v", l)
	}
	if tolerance, err := broadcast.Tolerate(c); err != nil || !math.IsInf(tolerance.Loss, 1) {
		t.Errorf("tolerance %+v, %v", tolerance, err)
	}
	seen, err := broadcast.Seen(c, broadcast.Common{Neurons: 1e6})
	if err != nil {
		t.Fatal(err)
	}
	if end := theory.Must(seen).End(false, -0.55); !(end < -0.3) {
		t.Errorf("among a million a pattern at −.55 ends at %v", end)
	}
}

// Release by at least m of M: a window if P(B ≥ m) < Φ(1) P(B ≥ m−1), which some m
// fulfils for every M; no m fulfils it for long as M grows.
func TestEnoughAgreementNeedsNoWall(t *testing.T) {
	c := bare(0.2, 0.5)
	c.Acetylcholine.Reference = 0
	rest := distuv.Binomial{N: 31, P: 0.2}
	for m := 1; m < 14; m++ {
		low, high, err := broadcast.Window(c, broadcast.Common{Neurons: 32, Needed: m})
		if err != nil {
			t.Fatal(err)
		}
		unit := 0.825 * 0.575 / 0.638
		asked, more := 1-rest.CDF(float64(m)-2), 1-rest.CDF(float64(m)-1)
		lesson.Near(t, "lower edge", low, unit*more, 1e-9)
		lesson.Near(t, "upper edge", high, unit*phi1*asked, 1e-9)
		if open := m >= 6; (low < high) != open {
			t.Errorf("m = %d of 32: window (%v, %v)", m, low, high)
		}
	}
	last := 1.
	for m := 1; m < 6; m++ {
		wall := limit(t, c, broadcast.Common{Needed: m}).Wall
		if !(wall > last+1) {
			t.Errorf("m = %d: wall at %v neurons after %v", m, wall, last)
		}
		last = wall
	}
	// Zones: reach q of a request makes M_max − 1 nearly proportional to 1/q.
	whole, part := limit(t, c, broadcast.Common{}), limit(t, c, broadcast.Common{Reach: 0.1})
	lesson.Near(t, "requests that arrive", (part.Wall-1)*math.Log1p(-0.02), (whole.Wall-1)*math.Log1p(-0.2), 1e-8)
}
