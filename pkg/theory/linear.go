package theory

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/gauss"
	"credo/internal/root"
)

// Linear is the overload, P > N, of a rule whose force is linear in V, so that
// training is least squares with targets t_1 = c − b and t_0 = −b: the delta
// rule that acetylcholine and balance make together, c = ρ_A a_A/a_I, where
// disinhibition is large. For inputs with a mean, which gives a free bias, and
// many channels
//
//	V = t̄ + (t − t̄)/α + σ_t √((1/α)(1 − 1/α)) z,  z ~ N(0, 1),
//
// with the mean t̄ and variance σ_t² = c² f_Y(1−f_Y) of the targets. Units of
// c. Derived here; checked against least squares of up to 800 channels.
type Linear struct {
	TargetCoding float64 // f_Y, in (0, 1)
	Load         float64 // α = P/N, at least 1; at 1 there is no error yet
}

// Check returns an error that names the first field outside its domain.
func (l Linear) Check() error {
	return domain.Check("theory: Linear.",
		domain.Field{Name: "TargetCoding", Value: l.TargetCoding, In: domain.Fraction},
		domain.Field{Name: "Load", Value: l.Load, In: domain.AtLeast(1)})
}

// Potential returns the mean and the standard deviation of V for patterns of a
// target, at offset b/c. NaN if Check fails.
func (l Linear) Potential(target bool, offset float64) (mean, sd float64) {
	if l.Check() != nil {
		return math.NaN(), math.NaN()
	}
	f := l.TargetCoding
	t := 0.
	if target {
		t = 1
	}
	return f - offset + (t-f)/l.Load, math.Sqrt(f * (1 - f) / l.Load * (1 - 1/l.Load))
}

// Discriminability returns the distance of the class means in standard
// deviations, d' = 1/√(f_Y(1−f_Y)(α−1)), +Inf at α = 1.
func (l Linear) Discriminability() float64 {
	m1, sd := l.Potential(true, 0)
	m0, _ := l.Potential(false, 0)
	return (m1 - m0) / sd
}

// Errors returns the probabilities of a miss, a false alarm and either at
// offset b/c. NaN if Check fails.
func (l Linear) Errors(offset float64) (miss, falseAlarm, total float64) {
	m1, sd := l.Potential(true, offset)
	m0, _ := l.Potential(false, offset)
	miss, falseAlarm = tail(-m1, sd*sd), tail(m0, sd*sd)
	return miss, falseAlarm, l.TargetCoding*miss + (1-l.TargetCoding)*falseAlarm
}

// BestOffset returns the b/c of the least total error, which puts the threshold
// ln((1−f_Y)/f_Y)/d' standard deviations above the middle of the class means.
func (l Linear) BestOffset() float64 {
	_, sd := l.Potential(true, 0)
	f := l.TargetCoding
	if sd == 0 {
		return l.balancedOffset()
	}
	return l.balancedOffset() + sd*math.Log((1-f)/f)/l.Discriminability()
}

// balancedOffset returns the b/c at which misses and false alarms are equally
// probable, f_Y + (1 − 2f_Y)/(2α).
func (l Linear) balancedOffset() float64 {
	m1, _ := l.Potential(true, 0)
	m0, _ := l.Potential(false, 0)
	return (m1 + m0) / 2
}

// LinearCapacity returns the largest load α at which the total error of a
// linear rule with the best offset is at most eps, in (0, min(f_Y, 1−f_Y));
// with eps → 0 it goes to 1, half of what is possible at f_Y = 1/2. It returns
// an error for arguments outside their domains. Derived here.
func LinearCapacity(targetCoding, eps float64) (float64, error) {
	if err := (Linear{targetCoding, 1}).Check(); err != nil {
		return 0, err
	}
	f := targetCoding
	// Beyond, never firing or always firing is a solution.
	if err := domain.Between(0, min(f, 1-f)).Check("theory: eps", eps); err != nil {
		return 0, err
	}
	shift := math.Log((1 - f) / f)
	d, err := root.Find(func(d float64) float64 {
		return f*gauss.CDF(-d/2+shift/d) + (1-f)*gauss.CDF(-d/2-shift/d) - eps
	}, 1e-3, 80)
	if err != nil {
		return 0, fmt.Errorf("theory: capacity at error %v: %w", eps, err)
	}
	return 1 + 1/(f*(1-f)*d*d), nil
}
