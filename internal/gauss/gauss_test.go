package gauss

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
)

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

func TestTruncatedMoments(t *testing.T) {
	// τ, M₀, M₁, M₂: 40-digit quadrature of the defining integrals, agreeing with 60-digit closed forms to 1e-38.
	for _, c := range [][4]float64{
		{-37, 5.7255712225245768227e-300, 1.5451991905122024593e-301, 8.3342176294277234055e-303},
		{-30, 4.9067139271481870595e-198, 1.6319567340914011894e-199, 1.0843724873983491482e-200},
		{-12, 1.7764821120776789977e-33, 1.4605201169845547802e-34, 2.3857971696213261513e-35},
		{-6, 9.865876450376981407e-10, 1.5635697959709664279e-10, 4.8445767455118283954e-11},
		{-3.5, 0.00023262907903552503635, 0.000058480918421422438376, 0.000027945864560546502032},
		{-2.0001, 0.022744733391410558494, 0.0084884278735716558813, 0.0057670288014798895656},
		{-1.5, 0.066807201268858066004, 0.029306793762604628607, 0.022847010624951123093},
		{-1.4999, 0.066820153999833604897, 0.029313475130351872817, 0.022852872651818830859},
		{-0.5, 0.30853753872598689636, 0.19779655740130602959, 0.20963926002533388157},
		{0, 0.5, 0.39894228040143267794, 0.5},
		{0.3, 0.61791142218895263731, 0.5667612421172098768, 0.78793979482411560035},
		{2, 0.9772498680518207928, 2.0084907026168296375, 4.9942312732854800679},
		{10, 1.0, 10.0, 101.0},
		{100, 1.0, 100.0, 10001.0},
	} {
		m0, m1, m2 := Moments(c[0])
		for k, m := range []float64{m0, m1, m2} {
			if relative(m, c[k+1]) > 4e-15 {
				t.Errorf("M%d(%v) = %v, want %v: relative error %.1e", k, c[0], m, c[k+1], relative(m, c[k+1]))
			}
		}
		if relative(CDF(c[0]), c[1]) > 4e-15 {
			t.Errorf("CDF(%v) = %v, want %v", c[0], CDF(c[0]), c[1])
		}
	}
}

func TestTruncatedMomentsByQuadrature(t *testing.T) {
	for tau := -5.0; tau < 6; tau += 0.37 {
		m0, m1, m2 := Moments(tau)
		for k, m := range []float64{m0, m1, m2} {
			literal := func(z float64) float64 { return PDF(z) * math.Pow(tau+z, float64(k)) }
			if want := quad.Fixed(literal, -tau, -tau+16, 200, quad.Legendre{}, 0); relative(m, want) > 1e-12 {
				t.Errorf("M%d(%v) = %v, quadrature %v", k, tau, m, want)
			}
		}
	}
}

// The closed forms and the continued fraction must meet where one hands over to the other, and the recurrence
// M_k' = k M_{k-1} must hold on both sides.
func TestTruncatedMomentsAreSmooth(t *testing.T) {
	const h = 1e-5
	for tau := -12.0; tau < 5; tau += 0.05 {
		m0, m1, _ := Moments(tau)
		_, a1, a2 := Moments(tau - h)
		_, b1, b2 := Moments(tau + h)
		if relative((b1-a1)/(2*h), m0) > 1e-7 || relative((b2-a2)/(2*h), 2*m1) > 1e-7 {
			t.Errorf("derivatives of M₁ and M₂ at %v are %v and %v, want %v and %v", tau, (b1-a1)/(2*h), (b2-a2)/(2*h), m0, 2*m1)
		}
	}
	l0, l1, l2 := Moments(math.Nextafter(tail, -3))
	r0, r1, r2 := Moments(tail)
	if relative(l0, r0) > 4e-15 || relative(l1, r1) > 4e-15 || relative(l2, r2) > 4e-15 {
		t.Errorf("moments jump at %v: %v %v %v to %v %v %v", tail, l0, l1, l2, r0, r1, r2)
	}
}

func TestCutMoments(t *testing.T) {
	for _, tau := range []float64{-9, -2, 0, 0.3, 4, 30} {
		for _, v := range []float64{1e-9, 1e-3, 0.05, 0.3, 1, 1.6, 5} {
			m0, m1, m2 := CutMoments(tau, v)
			for k, m := range []float64{m0, m1, m2} {
				inside := func(u float64) float64 { return PDF(u-tau) * math.Pow(u, float64(k)) }
				want := quad.Fixed(inside, 0, v, 60, quad.Legendre{}, 0)
				if k > 0 {
					want += math.Pow(v, float64(k)) * CDF(tau-v)
				}
				if relative(m, want) > 1e-11 {
					t.Errorf("moment %d of a Gaussian at %v cut at %v = %v, quadrature %v: relative error %.1e", k, tau, v, m, want, relative(m, want))
				}
			}
		}
	}
}

func TestTruncatedMomentsFarOut(t *testing.T) {
	if m0, m1, m2 := Moments(-50); m0 != 0 || m1 != 0 || m2 != 0 {
		t.Errorf("moments at -50 = %v, %v, %v; they underflow to 0", m0, m1, m2)
	}
	if m0, m1, m2 := Moments(math.NaN()); !math.IsNaN(m0) || !math.IsNaN(m1) || !math.IsNaN(m2) {
		t.Error("moments of NaN are not NaN")
	}
	if CDF(math.Inf(-1)) != 0 || CDF(math.Inf(1)) != 1 || PDF(math.Inf(1)) != 0 || PDF(math.Inf(-1)) != 0 {
		t.Error("CDF or PDF wrong at infinity")
	}
}

// What squaring rounds away is exact, as a fused multiply-add finds it.
func TestLost(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 100000 {
		x := math.Ldexp(rng.Float64()*78-39, -rng.IntN(400))
		square := float64(x * x)
		if got, want := lost(x, square), math.FMA(x, x, -square); got != want {
			t.Fatalf("x = %v: %v, want %v", x, got, want)
		}
	}
}
