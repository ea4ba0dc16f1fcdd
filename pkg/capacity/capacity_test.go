package capacity

import (
	"math"
	"strings"
	"testing"

	"credo/internal/gauss"

	"gonum.org/v1/gonum/integrate/quad"
)

// gardner holds f_Y, κ, the offset b and the capacity A of weights of either sign: 50-digit evaluation, where the root is
// found by Newton's method and the moments by 60-digit continued fractions and error functions.
var gardner = [][4]float64{
	{1e-6, 0, -4.12252488057571524, 50666.08543594222856},
	{1e-6, 0.1, -4.21259772741343664, 46676.44873258616804},
	{1e-6, 0.5, -4.57651183389010605, 34560.63471350727546},
	{1e-6, 2, -5.97514596268987485, 14691.06142635376829},
	{1e-6, 5, -8.84833643227941397, 5026.524092926730441},
	{1e-6, 10, -13.7212767461454923, 1740.53961518662173},
	{1e-4, 0, -3.06217557157053859, 834.4090946157295631},
	{1e-4, 0.1, -3.14591317039948149, 754.9329554511013367},
	{1e-4, 0.5, -3.48789058664359624, 525.4318139785023874},
	{1e-4, 2, -4.83199509569706, 194.3447748532458248},
	{1e-4, 5, -7.64565301653688417, 59.44626238505816925},
	{1e-4, 10, -12.4629635840810353, 19.2622802047422426},
	{0.01, 0, -1.71743685961478191, 19.19728581774239393},
	{0.01, 0.1, -1.78161267308289276, 16.85041047340986474},
	{0.01, 0.5, -2.05496911800887985, 10.53847178749436658},
	{0.01, 2, -3.22923374093502433, 3.052815049383439612},
	{0.01, 5, -5.85181081042388426, 0.7749720974466279267},
	{0.01, 10, -10.4713500571250806, 0.2262556850927025571},
	{0.1, 0, -0.861592112415828788, 3.912901853876375562},
	{0.1, 0.1, -0.899472338664569688, 3.371696547786106463},
	{0.1, 0.5, -1.06957842102934931, 1.962084856631800037},
	{0.1, 2, -1.92726612875530975, 0.4657666108017035111},
	{0.1, 5, -4.08849854473051151, 0.1007497342240267513},
	{0.1, 10, -8.00780288431370035, 0.02703086356639598805},
	{0.2, 0, -0.549155821099303877, 2.66759459148210252},
	{0.2, 0.1, -0.574235341343745527, 2.288042646439290745},
	{0.2, 0.5, -0.688924816594079734, 1.305693539788335831},
	{0.2, 2, -1.31775637085527672, 0.2893371547609847777},
	{0.2, 5, -3.00691953721856469, 0.05883966525668209724},
	{0.2, 10, -6.00000571635158261, 0.01538461596975130178},
	{0.3, 0, -0.337119881548254723, 2.236109425280547882},
	{0.3, 0.1, -0.352778021793586659, 1.913948790162915479},
	{0.3, 0.5, -0.425033994466788008, 1.082303572594592062},
	{0.3, 2, -0.842633741381325281, 0.2312252459503564451},
	{0.3, 5, -2.0002677611482946, 0.04545483982873411074},
	{0.3, 10, -4.00000000010945011, 0.01176470588235763513},
	{0.45, 0, -0.0800439231976261101, 2.012841461067567856},
	{0.45, 0.1, -0.0837984109092554895, 1.72073604801661005},
	{0.45, 0.5, -0.101220650622568791, 0.9677682715123681644},
	{0.45, 2, -0.205803890514930585, 0.201901103443303815},
	{0.45, 5, -0.500000380352585915, 0.03883495168409420267},
	{0.45, 10, -0.999999999999999778, 0.009999999999999999956},
	{0.5, 0, 0.0, 2.0},
	{0.5, 0.1, 0.0, 1.709631500248350824},
	{0.5, 0.5, 0.0, 0.9612050528015417565},
	{0.5, 2, 0.0, 0.2002310156017554608},
	{0.5, 5, 0.0, 0.03846153849015280355},
	{0.5, 10, 0.0, 0.00990099009900990099},
}

func TestUnconstrained(t *testing.T) {
	for _, g := range gardner {
		c := Capacity{TargetCoding: g[0], Margin: g[1]}
		got, err := c.Unconstrained()
		if err != nil || relative(got, g[3]) > 1e-14 {
			t.Errorf("%+v: capacity %v, %v; want %v: relative error %.1e", c, got, err, g[3], relative(got, g[3]))
		}
		if b, err := c.Offset(); err != nil || math.Abs(b-g[2]) > 1e-14*(1+math.Abs(b)) {
			t.Errorf("%+v: offset %v, %v; want %v", c, b, err, g[2])
		}
	}
}

func TestUnconstrainedKnown(t *testing.T) {
	for _, c := range []struct {
		Capacity
		want float64
	}{
		{Capacity{0.5, 0}, 2},                 // Cover (1965), Gardner (1988)
		{Capacity{0.5, 1}, 0.5195722296},      // 1/(2Φ(1) + φ(1)), with tabulated 0.8413447461 and 0.2419707245
		{Capacity{0.2, 0}, 2.667594591482103}, // 50-digit evaluation
	} {
		if got, err := c.Unconstrained(); err != nil || relative(got, c.want) > 1e-9 {
			t.Errorf("%+v: %v, %v; want %v", c.Capacity, got, err, c.want)
		}
	}
}

// The literal integrals ∫ dz φ(z) (z+κ∓b)² over z > -(κ∓b), minimised over b on a grid around the answer.
func TestUnconstrainedByQuadrature(t *testing.T) {
	for _, f := range []float64{1e-6, 1e-3, 0.07, 0.2, 0.41, 0.5, 0.8, 0.999} {
		for _, kappa := range []float64{0, 0.3, 1, 3, 10} {
			c := Capacity{TargetCoding: f, Margin: kappa}
			got, err := c.Unconstrained()
			if err != nil {
				t.Fatal(err)
			}
			best, _ := c.Offset()
			second := func(tau float64) float64 {
				literal := func(z float64) float64 { return gauss.PDF(z) * (z + tau) * (z + tau) }
				return quad.Fixed(literal, max(-tau, -12), max(-tau, 0)+12, 400, quad.Legendre{}, 0)
			}
			least := math.Inf(1)
			for _, b := range []float64{best - 1e-2, best - 1e-7, best, best + 1e-7, best + 1e-2} {
				least = min(least, f*second(kappa-b)+(1-f)*second(kappa+b))
			}
			if relative(got, 1/least) > 1e-12 {
				t.Errorf("%+v: %v, by quadrature %v: relative error %.1e", c, got, 1/least, relative(got, 1/least))
			}
		}
	}
}

func TestUnconstrainedIsSymmetric(t *testing.T) {
	for _, f := range []float64{0x1p-20, 0.0625, 0.25, 0.4375} { // 1-f is exact
		for _, kappa := range []float64{0, 0.7, 10} {
			a, _ := Capacity{f, kappa}.Unconstrained()
			b, _ := Capacity{1 - f, kappa}.Unconstrained()
			x, _ := Capacity{f, kappa}.Offset()
			y, _ := Capacity{1 - f, kappa}.Offset()
			if a != b || x != -y || x >= 0 {
				t.Errorf("κ = %v: capacity %v and offset %v at f_Y = %v, %v and %v at 1-f_Y", kappa, a, x, f, b, y)
			}
		}
	}
}

func TestUnconstrainedLimits(t *testing.T) {
	for _, f := range []float64{1e-3, 0.2, 0.5, 0.7} {
		for _, kappa := range []float64{1e5, 1e10, 1e100} { // 1/α → 1 + 4f(1-f)κ²
			got, err := Capacity{f, kappa}.Unconstrained()
			if want := 1 / (1 + 4*f*(1-f)*kappa*kappa); err != nil || relative(got, want) > 1e-14 {
				t.Errorf("f_Y = %v, κ = %v: %v, %v; want %v", f, kappa, got, err, want)
			}
		}
	}
	// α 2f|ln f| → 1 slowly; 40-digit evaluation.
	for f, want := range map[float64]float64{1e-2: 1.768, 1e-3: 1.642, 1e-4: 1.537, 1e-6: 1.400, 1e-12: 1.229} {
		got, err := Capacity{TargetCoding: f}.Unconstrained()
		if x := got * 2 * f * -math.Log(f); err != nil || math.Abs(x-want) > 6e-4 {
			t.Errorf("f_Y = %v: α 2f|ln f| = %v, %v; want %v", f, x, err, want)
		}
	}
	before := 1.0
	for f := 1e-20; f > 1e-300; f *= 1e-20 {
		got, err := Capacity{TargetCoding: f}.Unconstrained()
		if x := got*2*f*-math.Log(f) - 1; err != nil || x <= 0 || x >= before {
			t.Errorf("f_Y = %v: α 2f|ln f| - 1 = %v, %v; it must fall to 0", f, x, err)
		} else {
			before = x
		}
	}
}

func TestCapacityFallsWithMargin(t *testing.T) {
	for _, f := range []float64{1e-6, 0.1, 0.5} {
		before := math.Inf(1)
		for kappa := 0.0; kappa <= 10; kappa += 0.1 {
			got, err := Capacity{f, kappa}.Unconstrained()
			if err != nil || got >= before {
				t.Errorf("f_Y = %v, κ = %v: %v, %v; before %v", f, kappa, got, err, before)
			}
			before = got
		}
	}
}

// A margin found by quadratic programming for 200 to 400 binary inputs, 80 percent excitatory, f_Y = 0.5, load 0.5, was
// 0.466 ± 0.014 and 0.476 ± 0.010: sign constraints count the load twice.
func TestUnconstrainedAgainstMargins(t *testing.T) {
	low, err := Capacity{0.5, 0.4707 + 5e-5}.Unconstrained()
	high, err2 := Capacity{0.5, 0.4707 - 5e-5}.Unconstrained()
	if err != nil || err2 != nil || !(low < 2*0.5 && 2*0.5 < high) {
		t.Errorf("capacity between %v and %v, %v, %v; want 1 between", low, high, err, err2)
	}
}

func TestCapacityFails(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		Capacity
		want string
	}{
		{Capacity{0, 0}, "capacity: TargetCoding = 0 outside (0, 1)"},
		{Capacity{1, 0}, "capacity: TargetCoding = 1 outside (0, 1)"},
		{Capacity{-0.2, 0}, "TargetCoding = -0.2"},
		{Capacity{1.2, 0}, "TargetCoding = 1.2"},
		{Capacity{nan, 0}, "TargetCoding = NaN"},
		{Capacity{inf, 0}, "TargetCoding = +Inf"},
		{Capacity{0.5, -0.1}, "capacity: Margin = -0.1 outside [0, 1e+150]"},
		{Capacity{0.5, nan}, "Margin = NaN"},
		{Capacity{0.5, inf}, "Margin = +Inf"},
	} {
		fails(t, c.want, func() error { _, err := c.Unconstrained(); return err })
		fails(t, c.want, func() error { _, err := c.Offset(); return err })
	}
}

// relative returns |got/want - 1|, 0 if both are equal, and infinity if either is NaN.
func relative(got, want float64) float64 {
	if got == want {
		return 0
	}
	if e := math.Abs(got/want - 1); !math.IsNaN(e) {
		return e
	}
	return math.Inf(1)
}

// fails reports a function that returns no error, or one that does not say what it must.
func fails(t *testing.T, want string, f func() error) {
	t.Helper()
	if err := f(); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v; want one saying %q", err, want)
	}
}
