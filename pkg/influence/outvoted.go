package influence

import (
	"math"

	"credo/internal/gauss"

	"gonum.org/v1/gonum/stat/distuv"
)

// Errors are shares of wrong answers with the threshold midway between the
// classes, means over both.
type Errors struct {
	Truth   float64 // of patterns that were taught, against the truth
	Teacher float64 // of the same, against the teacher's labels
	Unseen  float64 // of patterns of the same causes that were not taught, against the cause's target
}

// Errors returns, with j of m − 1 others of a cause whose labels depart from it,
//
//	h_n = Σ_j p_j Φ(−(x_j + B/2)/√v),  1 − h_d = Σ_j p_j Φ(−(x_j − B/2)/√v),  x_j = A (1/2 − j/(m−1)),
//
// the chances that a label is overruled by the others, one that conforms to its
// cause and one that departs from it, p_j binomial of mean D(m−1):
//
//	Truth   = x(1−q)h_d + q(1−x)(1−h_d) + (1−x)(1−q)h_n + xq(1−h_n)
//	Teacher = D h_d + (1−D) h_n
//	Unseen  = Σ_j p_j Φ(−S(1/2 − j/m)/√v_n), p_j binomial of mean D m
//
// Without decay nothing is overruled, Truth = q; where the cause decides all,
// Truth = x: to decouple patterns pays if exceptions outnumber the teacher's
// mistakes, and to pool them if mistakes outnumber exceptions. It returns an
// error as Check does.
func (s Structured) Errors() (Errors, error) {
	none := Errors{math.NaN(), math.NaN(), math.NaN()}
	if err := s.Check(); err != nil {
		return none, err
	}
	u, err := s.answers()
	if err != nil {
		return none, err
	}
	d, q, x := s.departs(), s.Wrong, s.Exceptions
	overruled := func(own float64) float64 {
		return votes(s.Members-1, d, func(departing float64) float64 { return crossed(u.a*(0.5-departing)+own, u.v) })
	}
	hn, hd := overruled(u.b/2), 1-overruled(-u.b/2)
	return Errors{
		Truth:   x*(1-q)*hd + q*(1-x)*(1-hd) + (1-x)*(1-q)*hn + x*q*(1-hn),
		Teacher: d*hd + (1-d)*hn,
		Unseen:  votes(s.Members, d, func(departing float64) float64 { return crossed(u.s*(0.5-departing), u.vn) }),
	}, nil
}

// crossed is Φ(−mean/√v), the chance that what is above 0 on average is below.
func crossed(mean, v float64) float64 {
	switch {
	case v > 0:
		return gauss.CDF(-mean / math.Sqrt(v))
	case mean == 0:
		return 0.5
	case mean > 0:
		return 0
	}
	return 1
}

// votes is the mean of f over the share of n labels that depart, each with
// probability d.
func votes(n int, d float64, f func(share float64) float64) (mean float64) {
	if d == 0 {
		return f(0)
	}
	p := distuv.Binomial{N: float64(n), P: d}
	for j := range n + 1 {
		mean += p.Prob(float64(j)) * f(float64(j)/float64(n))
	}
	return mean
}

// Leverage returns what the others of a cause weigh against a pattern's own
// label where decay is strong, r²(m−1)(1−2D). Where it is above 1 a wrong label
// can be outvoted, and below no decay helps: a line between tasks.
func (s Structured) Leverage() float64 {
	return s.Similarity * s.Similarity * float64(s.Members-1) * (1 - 2*s.departs())
}

// Outvoted returns the decay ℓ* from which on a wrong label is outvoted by an
// average cause, A(1/2 − D) > B/2, that is from
//
//	ζ* = (1−κ)/(κ/λ_2 − 1/λ_1),  κ = [(m−1)(1−2D) − 1]/[2(m−1)(1−D)],  ℓ* = ζ*(1 − df_1(ζ*)/N)
//
// on. It is possible at all if [Structured.Leverage] is above 1, and else +Inf.
// It returns an error as Check does. Derived here.
func (s Structured) Outvoted() (float64, error) {
	if err := s.Check(); err != nil {
		return math.NaN(), err
	}
	m, d := float64(s.Members), s.departs()
	if s.Leverage() <= 1 {
		return math.Inf(1), nil
	}
	one, two := s.modes()
	kappa := ((m-1)*(1-2*d) - 1) / (2 * (m - 1) * (1 - d))
	zeta := (1 - kappa) / (kappa/two - 1/one)
	return max(0, s.decay(zeta)), nil
}

// Best returns the decay ℓ in [10⁻³, 10³], or 0 or +Inf, at which an error is
// least, such as func(e Errors) float64 { return e.Truth }, and that error. The
// minimum is flat: the decay is to about a tenth. It returns an error as Check does.
func (s Structured) Best(of func(Errors) float64) (decay, least float64, err error) {
	at := func(decay float64) float64 {
		s.Decay = decay
		e, failed := s.Errors()
		if failed != nil {
			err = failed
		}
		return of(e)
	}
	least = math.Inf(1)
	const perDecade = 20
	for k := range 6*perDecade + 3 {
		l := math.Pow(10, float64(k-1)/perDecade-3)
		switch k {
		case 0:
			l = 0
		case 6*perDecade + 2:
			l = math.Inf(1)
		}
		if e := at(l); e < least {
			decay, least = l, e
		}
	}
	if err != nil {
		return math.NaN(), math.NaN(), err
	}
	return decay, least, nil
}
