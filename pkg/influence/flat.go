package influence

import (
	"cmp"
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/pkg/model"

	"gonum.org/v1/gonum/mat"
)

// Flat is a second inhibitory population beside one that balances in detail. It
// sees the total excitatory input, and all its synapses change alike,
//
//	Δw_1 = a_I (V + b) x_I,  Δw_2 = η a_I (V + b),
//
// as in homeostatic scaling, so that its weights stay flat and V follows
//
//	M = (G_I + η s 1ᵀ)⁻¹ G_E,  s^μ = n_E^μ/N.
//
// Only the sum of the two currents is pinned. The second carries the share φ of
// what patterns have in common and nothing else, so that the potentials with
// one of the two silent say different things. Two populations with inhibitory
// rules of their own are those of Agnes, Luppi & Vogels (2020),
// doi:10.1523/JNEUROSCI.0276-20.2020; the operators are derived here.
type Flat struct {
	Rate float64 // η ≥ 0, relative to the population that balances in detail
}

// Operators returns, for given associations, M with both populations active
// and R = G_E − η s 1ᵀ M, what learning has brought the potentials with the
// detailed one silent, both P × P, R in units of epochs times λ. It returns an
// error as Detailed.Operator does, or if the rate is outside its domain.
func (f Flat) Operators(a *model.Associations) (both, tunedOff *mat.Dense, err error) {
	if err := f.check(); err != nil {
		return nil, nil, err
	}
	// By the inverse of a matrix plus one of rank one,
	// M = M_1 − G_I⁻¹ s (η 1ᵀ M_1)/(1 + η 1ᵀ G_I⁻¹ s) with M_1 = G_I⁻¹ G_E.
	gE, gI := a.Gram()
	p := a.Len()
	channels, _ := a.Channels()
	s := mat.NewVecDense(p, nil)
	for mu := range p {
		s.SetVec(mu, float64(len(a.Excitatory(mu)))/float64(channels))
	}
	if both, err = solve(gI, gE, "inhibitory"); err != nil {
		return nil, nil, err
	}
	inverse, err := solve(gI, s, "inhibitory")
	if err != nil {
		return nil, nil, err
	}
	sums := mat.NewVecDense(p, nil) // η 1ᵀ M
	sums.MulVec(both.T(), ones(p))
	sums.ScaleVec(f.Rate/(1+f.Rate*mat.Sum(inverse)), sums)
	both.RankOne(both, -1, inverse.ColView(0), sums)
	tunedOff = &mat.Dense{}
	tunedOff.RankOne(gE, -1, s, sums)
	return both, tunedOff, nil
}

// Share predicts the flat population's share of the common mode, N → ∞,
//
//	φ = ηk/(1+ηk),  k = 1ᵀG_I⁻¹s = (1−τ)/f [r + (1−r)/(1−α)],  1/τ = 1 + P f/((1−f)(1−α)).
//
// for copies by entry and by channel. It returns an error for a task outside
// its domain and at a load of 1 and more. Derived here.
func (f Flat) Share(t model.Task) (float64, error) {
	k, err := f.common(t)
	return f.Rate * k / (1 + f.Rate*k), err
}

// common is k.
func (f Flat) common(t model.Task) (float64, error) {
	_, wrong := tuned(t)
	if err := cmp.Or(f.check(), Detailed.check(t), wrong); err != nil {
		return math.NaN(), err
	}
	left := 1 - load(t)
	tau := 1 / (1 + float64(t.Patterns)*t.Coding/((1-t.Coding)*left))
	return (1 - tau) / t.Coding * (t.CoTuning + (1-t.CoTuning)/left), nil
}

// Revealed predicts what outputs hear with the detailed population silent, for
// co-tuned inputs, R = G − κ s 1ᵀ with κ = φ/k = η(1−φ), which is φ f for many
// patterns, with g = f(1−f) and u = 1 − κ/f,
//
//	Own = f(1−κ),  Noise = (P−1) {f⁴u² + [g² + f²g (1 + u²)]/N} + (1−κ)² g/N.
//
// At κ = 0 it is what they hear without inhibition, and at κ = f, but for a
// shift α f²g that all patterns share, as with global balance. It returns an
// error as Share does, or if the inputs are not co-tuned. Derived here.
func (f Flat) Revealed(t model.Task) (Hearing, error) {
	taken, err := f.taken(t)
	if err != nil {
		return undefined, err
	}
	c, left := t.Coding, (1-taken/t.Coding)*(1-taken/t.Coding)
	g, n := c*(1-c), float64(t.Channels)
	return Hearing{
		Own:   c * (1 - taken),
		Noise: float64(t.Patterns-1)*(c*c*c*c*left+(g*g+c*c*g*(1+left))/n) + (1-taken)*(1-taken)*g/n,
	}, nil
}

// Discriminability predicts d′ of the potentials with the detailed population
// silent, for a drive s = Y − f_Y + mean and co-tuned inputs,
//
//	d′⁻² = (N_eff − 1) f_Y(1−f_Y) + mean² [(P−2)/N + u² n],
//
// with u of Revealed, and N_eff and n, for many channels 1 + α and α² N f/(1−f), of
// [Feedback.Predict] and [Feedback.CommonMode] without inhibition.
// It returns an error as Revealed does. Derived here.
func (f Flat) Discriminability(t model.Task, mean float64) (float64, error) {
	taken, err := f.taken(t)
	if err != nil {
		return math.NaN(), err
	}
	left := 1 - taken/t.Coding
	h, _, err := Global.predict(t)
	y, n, p := t.TargetCoding, float64(t.Channels), float64(t.Patterns)
	common := max(0, p-2)/n + left*left*surplus(n, p, t.Coding)
	return 1 / math.Sqrt((h.Number()-1)*y*(1-y)+mean*mean*common), err
}

// CommonMode predicts the standard deviation over patterns of what a mean drive
// of 1 adds to their potentials with both populations active, the root of
// common of [CoTuning], in the operator's unit: the part that grows with the
// number of channels is less by the share φ of the flat population. With
// perfect co-tuning there is no such part, and the flat population brings a
// spread of its own, φ√(α/(1−α)). It returns an error as Share does.
func (f Flat) CommonMode(t model.Task) (float64, error) {
	share, err := f.Share(t)
	if err != nil {
		return math.NaN(), err
	}
	c, _ := tuned(t)
	return math.Sqrt(c.common(t.Channels, t.Coding, share)), nil
}

// taken is κ, for co-tuned inputs only.
func (f Flat) taken(t model.Task) (float64, error) {
	if t.CoTuning != 1 {
		return math.NaN(), fmt.Errorf("influence: CoTuning = %v, known for 1 only", t.CoTuning)
	}
	k, err := f.common(t)
	return f.Rate / (1 + f.Rate*k), err
}

func (f Flat) check() error {
	return domain.Check("influence: Flat.", domain.Field{Name: "Rate", Value: f.Rate, In: domain.NonNegative})
}
