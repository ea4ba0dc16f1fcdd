package influence

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/root"
)

// Structured is detailed balance of copies with decay ℓ, [Ridge], on inputs with
// hidden causes and targets that follow them: m patterns a cause, each entry
// that of the cause's prototype with probability r and else random. The overlaps
// of the patterns have per cause one mode λ_1 = 1 − r² + m r² and m − 1 modes
// λ_2 = 1 − r², in units of f(1−f). The target of a pattern is its cause's, but for
// a share x of exceptions; the teacher's label is the target, but for a share q
// of frozen mistakes. So the label departs from the cause at D = x + q − 2xq.
//
// With G = Γ^½WΓ^½, the operator M = G(G + ℓg)⁻¹ is on average Γ(Γ+ζ)⁻¹,
//
//	ℓ = ζ (1 − df_1/N),  df_n = C [λ_1/(λ_1+ζ)]ⁿ + (P − C) [λ_2/(λ_2+ζ)]ⁿ,  df_1 = tr M,
//
// for C = P/m causes, a deterministic equivalent of a ridge regression on the usual kernel (Bach 2023,
// arXiv:2303.01372). For many channels and causes. Derived here.
type Structured struct {
	Load         float64 // α = P/N > 0
	Members      int     // m, patterns of a cause, at least 2
	Similarity   float64 // r in [0, 1)
	Wrong        float64 // q in [0, 1/2), frozen mistakes of the teacher
	Exceptions   float64 // x in [0, 1/2), of the truth
	TargetCoding float64 // f_Y of the causes, in (0, 1)
	// Decay is ℓ ≥ 0: 0 for balance without decay or the delta rule, +Inf for
	// what grows without or with global inhibition.
	Decay float64
}

// Check returns an error that names the first field outside its domain.
func (s Structured) Check() error {
	half := domain.Interval{High: 0.5, OpenHigh: true}
	return domain.Check("influence: Structured.",
		domain.Field{Name: "Load", Value: s.Load, In: domain.Positive},
		domain.Field{Name: "Members", Value: float64(s.Members), In: domain.AtLeast(2)},
		domain.Field{Name: "Similarity", Value: s.Similarity, In: domain.Below1},
		domain.Field{Name: "Wrong", Value: s.Wrong, In: half},
		domain.Field{Name: "Exceptions", Value: s.Exceptions, In: half},
		domain.Field{Name: "TargetCoding", Value: s.TargetCoding, In: domain.Fraction},
		domain.Field{Name: "Decay", Value: s.Decay, In: domain.Interval{High: math.Inf(1)}})
}

// departs is D.
func (s Structured) departs() float64 { return s.Exceptions + s.Wrong - 2*s.Exceptions*s.Wrong }

// modes are λ_1 and λ_2.
func (s Structured) modes() (common, own float64) {
	own = 1 - s.Similarity*s.Similarity
	return own + float64(s.Members)*s.Similarity*s.Similarity, own
}

// freedom is df_n/P at ζ.
func (s Structured) freedom(zeta, n float64) float64 {
	one, two := s.modes()
	m := float64(s.Members)
	return (math.Pow(one/(one+zeta), n) + (m-1)*math.Pow(two/(two+zeta), n)) / m
}

// decay is ℓ at ζ, which rises with it.
func (s Structured) decay(zeta float64) float64 { return zeta * (1 - s.Load*s.freedom(zeta, 1)) }

// effective is ζ at the decay ℓ < ∞.
func (s Structured) effective() (float64, error) {
	if s.Decay == 0 && s.Load <= 1 {
		return 0, nil
	}
	// The mean of λ is 1, so that ζ − α < ℓ(ζ) ≤ ζ.
	low := s.Decay
	if low == 0 {
		low = 1e-12
	}
	zeta, err := root.Find(func(z float64) float64 { return s.decay(z) - s.Decay }, low, s.Decay+s.Load+1)
	if err != nil {
		return math.NaN(), fmt.Errorf("influence: decay %v at load %v: %w", s.Decay, s.Load, err)
	}
	return zeta, nil
}

// Freedom returns tr M/P, the effective degrees of freedom of a pattern. It
// returns an error as Check does.
func (s Structured) Freedom() (float64, error) {
	if err := s.Check(); err != nil {
		return math.NaN(), err
	}
	if math.IsInf(s.Decay, 1) {
		return 0, nil
	}
	zeta, err := s.effective()
	return s.freedom(zeta, 1), err
}

// Settled returns the time T = λ × epochs in which the slowest component of the
// potentials settles to e⁻⁴ of its distance, 4/[f(1−f)(ℓ + λ_2(1−√α)²)], for
// inputs of coding f in (0, 1); where all grow, ℓ = ∞, that of the drive, 4/(f(1−f)).
// +Inf at α = 1 without decay.
func (s Structured) Settled(coding float64) float64 {
	_, own := s.modes()
	edge := 1 - math.Sqrt(s.Load)
	slowest := s.Decay + own*edge*edge
	if math.IsInf(s.Decay, 1) {
		slowest = 1
	}
	return 4 / (coding * (1 - coding) * slowest)
}

// Spread returns the variance of the potentials of patterns of one cause and
// label, ωλ_2/(λ_2+ζ)², what of the noise v tells them apart; at ℓ = ∞ in units of
// 1/ζ². It returns an error as Check does.
func (s Structured) Spread() (float64, error) {
	if err := s.Check(); err != nil {
		return math.NaN(), err
	}
	u, err := s.answers()
	one, two := s.modes()
	m := float64(s.Members)
	n1, n2 := one, two
	if !math.IsInf(s.Decay, 1) {
		z, _ := s.effective()
		n1, n2 = one/((one+z)*(one+z)), two/((two+z)*(two+z))
	}
	return u.v * m * n2 / (n1 + (m-1)*n2), err
}

// answers is where patterns stand: a taught one at A times the mean label of the
// m − 1 others of its cause, B times its own and noise of variance v; an unseen
// one at S times the mean label of its cause and noise of variance v_n.
type answers struct{ a, b, v, s, vn float64 }

// answers returns, with s_i = λ_i/(λ_i+ζ), labels' variances E_1 and E_2 in the two
// kinds of modes, and ω = ζ²W,
//
//	B = s_2 + (s_1−s_2)/m,  A = (s_1−s_2)(m−1)/m,  S = m r²/(λ_1+ζ),
//	W = α/(1−df_2/N) [λ_1E_1/(λ_1+ζ)² + λ_2E_2/(λ_2+ζ)²],
//	E_1 = f_Y(1−f_Y)(1−2D)² + D(1−D)/m,  E_2 = D(1−D)(m−1)/m,
//	v = ω [λ_1/(m(λ_1+ζ)²) + (m−1)λ_2/(m(λ_2+ζ)²)],
//	v_n = W [1 − 2mr⁴/(λ_1+ζ) + mr⁴λ_1/(λ_1+ζ)²],
//
// and for ℓ → ∞, in units of 1/ζ, A = r²(m−1), B = 1, S = mr², v = v_n = α(λ_1E_1 + λ_2E_2).
func (s Structured) answers() (answers, error) {
	one, two := s.modes()
	m, r2, d := float64(s.Members), s.Similarity*s.Similarity, s.departs()
	e1 := s.TargetCoding*(1-s.TargetCoding)*(1-2*d)*(1-2*d) + d*(1-d)/m
	e2 := d * (1 - d) * (m - 1) / m
	if math.IsInf(s.Decay, 1) {
		v := s.Load * (one*e1 + two*e2)
		return answers{r2 * (m - 1), 1, v, m * r2, v}, nil
	}
	z, err := s.effective()
	if err != nil {
		return answers{}, err
	}
	s1, s2 := one/(one+z), two/(two+z)
	n1, n2 := one/((one+z)*(one+z)), two/((two+z)*(two+z))
	w := s.Load / (1 - s.Load*s.freedom(z, 2)) * (n1*e1 + n2*e2)
	return answers{
		a: (s1 - s2) * (m - 1) / m, b: s2 + (s1-s2)/m, v: z * z * w * (n1 + (m-1)*n2) / m,
		s: m * r2 / (one + z), vn: w * (1 - 2*m*r2*r2/(one+z) + m*r2*r2*n1),
	}, nil
}
