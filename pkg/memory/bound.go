package memory

import (
	"cmp"
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/root"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/stat/distuv"
)

// Bound is a neuron taught on and on by acetylcholine and balance while its
// excitatory weights approach an upper bound; its inhibitory weights have none.
//
// Without a bound weights grow for ever: a channel that k of the P_1 = f_Y P
// target patterns use gains s k/√N per unit of T, with s = ρ_A a_A (1 − y_A).
// A bound leaves of the drive through such a channel only the share h(k), and
// inhibition, which goes on balancing, then brings the potentials to
//
//	V + b + θ = G⁻¹ G_h (s/a_I) Y,  G_h,μν = Σ_i h(k_i) x_i^μ x_i^ν / N,
//
// that is, with K binomial of P_1 − 1 trials and c = s/a_I, on average
//
//	V_1 + b + θ = c [(1−f_Y) R + f_Y m],  V_0 + b + θ = c f_Y (m − R),
//	R = E[(1+K) h(1+K)] − E[K h(K)],  m = E h(1+K).
//
// R is what is left of the drive that tells a target pattern from others, m of
// all drive. The channels that most targets use reach the bound first, and R
// falls below m: the memory breaks when channels of average use are still free.
// V_1 + b + θ is the coefficient of a target's input in the linear regression of
// k h(k) over channels on the inputs of all patterns, so that its mean is not a
// matter of the load.
//
// Which bound keeps longer depends on (b + θ)/c, the share of the drive that is
// needed: a soft bound weakens all channels from the first trial, and a hard one
// takes the last of the drive all at once, a soft one never. In units of T*, with
// P_1 f = 2.4 and w_0/w_max = 1/4, the soft lifetime is 1.42 against .80 of the
// hard one at (b+θ)/c = .07, and .39 against .60 at .41.
//
// Regime: P < N, targets above threshold, balance faster than growth. The mean
// is over tasks. Under a hard bound V_1 falls in steps, and where it is near
// 0 after a step single neurons lose their targets one step sooner or later.
type Bound struct {
	Circuit rules.Circuit // acetylcholine and balance on every trial; a = 1, β = 0
	Task    model.Task

	Initial float64 // w_0 ≥ 0
	Max     float64 // w_max > w_0
	// Soft: the drive shrinks as 1 − w/w_max, see [rules.Soft], so that h(k) =
	// (1 − w_0/w_max) exp(−k s T/(√N w_max)). Otherwise the bound is hard, and
	// h(k) is 1 until T = (w_max − w_0) √N/(s k), then 0.
	Soft bool
}

// Check returns an error that names the first field outside its domain.
func (b Bound) Check() error {
	c := b.Circuit
	if err := cmp.Or(c.Check(), stores(b.Task), fewer(b.Task.Patterns, b.Task.Channels)); err != nil {
		return err
	}
	if c.Hebbian.Rate != 0 || c.Noradrenaline.Rate != 0 || len(c.Excitatory)+len(c.Inhibitory) > 0 {
		return fmt.Errorf("memory: Bound.Circuit has rules beside Acetylcholine and Balance")
	}
	return cmp.Or(balances("Bound.Circuit", c.Balance), domain.Check("memory: Bound.",
		domain.Field{Name: "Circuit.Acetylcholine.Rate", Value: c.Acetylcholine.Rate, In: domain.Positive},
		domain.Field{Name: "Circuit.Acetylcholine.Depression", Value: c.Acetylcholine.Depression, In: zero},
		domain.Field{Name: "Circuit.ACh.Error", Value: c.ACh.Error, In: zero},
		domain.Field{Name: "Initial", Value: b.Initial, In: domain.NonNegative},
		domain.Field{Name: "Max", Value: b.Max, In: domain.Between(b.Initial, math.Inf(1))}))
}

// zero is the number 0 alone.
var zero domain.Interval

// balances returns an error unless inhibition of the owner is plastic on every trial, at slope 1.
func balances(owner string, b rules.Balance) error {
	if b.Rate > 0 && b.Slope == 1 && !b.WhenFiring {
		return nil
	}
	return fmt.Errorf("memory: %s.Balance = %+v, must have a positive Rate, Slope 1 and act on every trial", owner, b)
}

// fewer returns an error unless 1 ≤ P < N.
func fewer(patterns, channels int) error {
	if 1 <= patterns && patterns < channels {
		return nil
	}
	return fmt.Errorf("memory: %d patterns on %d channels, must be positive, and fewer patterns than channels", patterns, channels)
}

// targets is P_1 = round(f_Y P).
func targets(t model.Task) float64 { return math.Round(t.TargetCoding * float64(t.Patterns)) }

// stores returns an error unless the task is one with a target.
func stores(t model.Task) error {
	if err := t.Check(); err != nil || targets(t) >= 1 {
		return err
	}
	return fmt.Errorf("memory: TargetCoding = %v of %d patterns leaves no target", t.TargetCoding, t.Patterns)
}

// Time returns T* = (w_max − w_0)/Growth, the time at which the mean weight
// would reach the bound; NaN if Check fails.
func (b Bound) Time() float64 {
	growth, err := Growth(b.Circuit, b.Task)
	if err != nil || b.Check() != nil {
		return math.NaN()
	}
	return (b.Max - b.Initial) / growth
}

// Potentials returns the mean potentials after a time T ≥ 0; NaN if Check fails.
func (b Bound) Potentials(t float64) (v1, v0 float64) {
	if b.Check() != nil || !(t >= 0) {
		return math.NaN(), math.NaN()
	}
	selective, all := 0., 0.
	others := distuv.Binomial{N: targets(b.Task) - 1, P: b.Task.Coding}
	for k := 0.; k <= others.N; k++ {
		p := others.Prob(k)
		selective += p * ((1+k)*b.left(1+k, t) - k*b.left(k, t))
		all += p * b.left(1+k, t)
	}
	f, c := targets(b.Task)/float64(b.Task.Patterns), b.drive()/b.Circuit.Balance.Rate
	line := -b.Circuit.Balance.Offset - b.Circuit.Threshold
	return line + c*((1-f)*selective+f*all), line + c*f*(all-selective)
}

// Lifetime returns the first T at which the mean potential of the targets is 0
// or less, so that half of the hits are lost. It returns an error if Check
// fails or if the targets are not above threshold to begin with.
func (b Bound) Lifetime() (float64, error) {
	if err := b.Check(); err != nil {
		return 0, err
	}
	v1 := func(t float64) float64 { v, _ := b.Potentials(t); return v }
	if !(v1(0) > 0) {
		return 0, fmt.Errorf("memory: V_1 = %v at T = 0, must be above threshold", v1(0))
	}
	if !b.Soft { // V_1 changes only where channels of k users reach the bound
		for k := targets(b.Task); k >= 1; k-- {
			t := b.full(k)
			if v1(t) <= 0 {
				return t, nil
			}
		}
		return math.Inf(1), nil
	}
	step := b.Time() / 64
	for t := step; t < 1e6*step; t += step {
		if v1(t) <= 0 {
			return root.Find(v1, t-step, t)
		}
	}
	return math.Inf(1), nil
}

// Learner returns a learner of rate λ with a new neuron, whose weights start at
// Initial and whose excitatory ones meet the bound.
func (b Bound) Learner(rate float64) *model.Learner {
	l := b.Circuit.Learner(model.NewNeuron(b.Task.Channels, b.Initial), rate)
	if !b.Soft {
		l.MaxWeight, l.MaxInhibitory = b.Max, math.Inf(1)
		return l
	}
	for k, r := range l.Excitatory {
		l.Excitatory[k] = rules.Soft{Rule: r, Max: b.Max}
	}
	return l
}

// drive is s.
func (b Bound) drive() float64 {
	a := b.Circuit.Acetylcholine
	return b.Circuit.ACh.Probability * a.Rate * (1 - a.Reference)
}

// full is when a channel that k > 0 targets use reaches a hard bound.
func (b Bound) full(k float64) float64 {
	return (b.Max - b.Initial) * math.Sqrt(float64(b.Task.Channels)) / (b.drive() * k)
}

// left is h(k) at time t.
func (b Bound) left(k, t float64) float64 {
	switch {
	case b.Soft:
		return (1 - b.Initial/b.Max) * math.Exp(-k*b.drive()*t/(math.Sqrt(float64(b.Task.Channels))*b.Max))
	case k > 0 && t >= b.full(k):
		return 0
	}
	return 1
}
