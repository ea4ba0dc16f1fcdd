package influence

import (
	"fmt"
	"math"

	"credo/internal/root"
)

// rested is Hearing of detailed balance on inputs that copy the excitatory ones
// in part, by entry, E = rI + √(1−r²)Z, where G_I u = G_E s and s = γΠ(y−u) +
// (1−Π)y. With one pattern left out a component of the others obeys
//
//	u (a + πγc) = ω + c (1 − π + πγ) y,
//
// π = 1 where it is seen and 0 where not, and ω is Gaussian. With t = 1−r², the
// share of the feedback that the teacher gives B = kγc/(a+γc), and A = 1 − B,
//
//	c − a = tα(A − B),  (a + αA) c + αBa + tα²AB = c + tαB.
//
// The left one has one root c > 0 for every a; the right one then changes sign
// on 0 < a < 1 if α(1−k) < 1, where potentials come to rest. K = 0 gives a = 1−α and c
// = 1−r²α, [CoTuning]; r = 0 a = 1−αA and c = 1−αB; K = P, γ = 1, r = 0 N_eff =
// 1/(1−α/2). Derived here.
func (s Sight) rested() (Hearing, error) {
	alpha, k, gain, t := s.Load, s.Seen, s.Gain, 1-s.CoTuning*s.CoTuning
	taught := func(a, c float64) float64 { return k * gain * c / (a + gain*c) } // B
	var failed error
	other := func(a float64) float64 { // c
		c, err := root.Find(func(c float64) float64 { return c - a - t*alpha*(1-2*taught(a, c)) }, 0, 1+a+t*alpha)
		failed = err
		return c
	}
	a, err := root.Find(func(a float64) float64 {
		c := other(a)
		b := taught(a, c)
		return (a+alpha*(1-b))*c + alpha*b*a + t*alpha*alpha*b*(1-b) - c - t*alpha*b
	}, math.SmallestNonzeroFloat64, 1)
	if err == nil {
		err = failed
	}
	if err != nil {
		return undefined, fmt.Errorf("influence: %v of the answers seen at load %v, r = %v: %w", k, alpha, s.CoTuning, err)
	}
	c := other(a)
	held := a + gain*c
	h := Hearing{Own: (1-k)*c/a + k*gain*c/held}
	h.Noise = s.square(a, c, s.noise(a, c)) - h.Own*h.Own
	return h, nil
}

// square is ⟨u²⟩ at a given Σ = ⟨ω²⟩.
func (s Sight) square(a, c, noise float64) float64 {
	held := a + s.Gain*c
	return (1-s.Seen)*(noise+c*c)/(a*a) + s.Seen*(noise+s.Gain*s.Gain*c*c)/(held*held)
}

// noise is Σ, what the other patterns send: with x_u and x_s the responses of
// Iᵀu and Eᵀs to themselves,
//
//	Σ = (1, −1)·D·(1, −1) with r on the off-diagonal,  D = R C Rᵀ,
//	C = α [⟨u²⟩ r⟨us⟩; r⟨us⟩ ⟨s²⟩],  R = [1−x_s rx_u; −rx_s 1+x_u]/Δ,
//
// which is linear in Σ on the right as well.
func (s Sight) noise(a, c float64) float64 {
	alpha, k, gain, r := s.Load, s.Seen, s.Gain, s.CoTuning
	held := a + gain*c
	xu, xs := alpha*((1-k)/a+k/held), -alpha*k*gain/held
	delta := (1+xu)*(1-xs) + r*r*xu*xs
	sent := func(noise float64) float64 {
		uu := s.square(a, c, noise)
		ss := 1 - k + k*gain*gain*(noise+a*a)/(held*held)
		us := (1-k)*c/a + k*gain*(gain*c*a-noise)/(held*held)
		form := func(v, w [2]float64) float64 { // v·C·w
			return alpha * (v[0]*w[0]*uu + r*(v[0]*w[1]+v[1]*w[0])*us + v[1]*w[1]*ss)
		}
		p, q := [2]float64{(1 - xs) / delta, r * xu / delta}, [2]float64{-r * xs / delta, (1 + xu) / delta}
		return form(p, p) + form(q, q) - 2*r*form(p, q)
	}
	bare := sent(0)
	if kept := 1 + bare - sent(1); kept > 0 {
		return bare / kept
	}
	return math.Inf(1) // at a load above 1 what patterns send one another adds up without end
}
