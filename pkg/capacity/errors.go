package capacity

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/gauss"
	"credo/internal/root"
)

// ErrorBound is a lower bound on the errors of any weights at a load above capacity, at margin 0.
type ErrorBound struct {
	Error       float64 // P(y ≠ Y), the fraction of patterns not stored
	Misses      float64 // P(y = 0 | Y = 1)
	FalseAlarms float64 // P(y = 1 | Y = 0)
	Offset      float64 // b, mean potential over the standard deviation of the input current
	Reach       float64 // r, how far in such units a potential can be on the wrong side and yet be corrected; ∞ below capacity
}

// MinimalError returns the smallest errors at load α = P/N of weights of either sign with a free threshold, replica-symmetric:
//
//	1/α = f_Y G₂(-b, r) + (1-f_Y) G₂(b, r),  f_Y G₁(-b, r) = (1-f_Y) G₁(b, r),  G_k(s, r) = ∫₀^r du u^k φ(s-u),
//	Misses = Φ(-b-r),  FalseAlarms = Φ(b-r).
//
// At f_Y = 1/2, b = 0. Error is 0 up to the capacity and tends to that of a neuron with constant output, min(f_Y, 1-f_Y), as
// α → ∞. Above capacity replica symmetry is broken and the true minimum is larger, see OneStepError; that this is a lower bound
// holds without replicas: by Gordon's inequality the N weights can move the P potentials from independent Gaussians by at most √N, a wrong
// one at distance d costs d², and correcting the cheapest first, d < r, spends the budget N best. For sign-constrained
// weights the budget is N D: give the load divided by Solution.Dimension. Relative error of 1/α below 1e-13.
//
// It fails if TargetCoding is outside its domain, if Margin is not 0, or if the load is not positive and finite.
//
// Source: Gardner & Derrida (1988), J. Phys. A 21:271, for f_Y = 1/2; that it is a bound, Stojnic (2013), arXiv:1306.3809;
// general f_Y derived here.
func (c Capacity) MinimalError(load float64) (ErrorBound, error) {
	limit, err := c.errorFree()
	if err != nil {
		return ErrorBound{}, err
	}
	if err := domain.Check("capacity: ", domain.Field{Name: "load", Value: load, In: domain.Positive}); err != nil {
		return ErrorBound{}, err
	}
	excess := func(reach float64) float64 { _, at := c.errorsAt(reach); return math.Log(load / at) }
	high := 1.0
	for load > limit && excess(high) < 0 && high < 64 {
		high *= 2
	}
	if load <= limit || high == 64 { // at reach 32 no error is left that a float64 could tell from the capacity
		b, _, err := c.optimum()
		return ErrorBound{Offset: b, Reach: math.Inf(1)}, err
	}
	low := high / 2
	for excess(low) > 0 {
		low *= 0.7
	}
	reach, err := root.Find(excess, low, high)
	if err != nil {
		return ErrorBound{}, fmt.Errorf("capacity: load = %v: %w", load, err)
	}
	e, _ := c.errorsAt(reach)
	return e, nil
}

// TolerantLoad returns the load α = P/N at which MinimalError is the given error: no weights of either sign reach that error
// at a higher load. At error 0 it is the capacity. It fails as MinimalError, or if the error is outside
// [0, min(f_Y, 1-f_Y)): a neuron with constant output has the larger errors at any load.
func (c Capacity) TolerantLoad(tolerated float64) (float64, error) {
	limit, err := c.errorFree()
	if err != nil {
		return 0, err
	}
	rare := min(c.TargetCoding, 1-c.TargetCoding)
	err = domain.Check("capacity: ", domain.Field{Name: "error", Value: tolerated, In: domain.Interval{High: rare, OpenHigh: true}})
	if err != nil {
		return 0, err
	}
	if tolerated == 0 {
		return limit, nil
	}
	excess := func(reach float64) float64 { e, _ := c.errorsAt(reach); return math.Log(e.Error / tolerated) }
	low, high := 1.0, 1.0
	for excess(low) < 0 {
		low *= 0.7
	}
	for excess(high) > 0 {
		high *= 1.5
	}
	reach, err := root.Find(excess, low, high)
	if err != nil {
		return 0, fmt.Errorf("capacity: error = %v: %w", tolerated, err)
	}
	_, load := c.errorsAt(reach)
	return load, nil
}

// errorFree returns the capacity at margin 0.
func (c Capacity) errorFree() (float64, error) {
	limit, err := c.Unconstrained()
	if err == nil && c.Margin != 0 {
		err = fmt.Errorf("capacity: Margin = %v; errors above capacity are known at Margin = 0 only", c.Margin)
	}
	return limit, err
}

// errorsAt returns the bound and its load for a given reach; NaN if the offset cannot be found.
func (c Capacity) errorsAt(reach float64) (e ErrorBound, load float64) {
	rare := min(c.TargetCoding, 1-c.TargetCoding)
	away := 0.0 // -b of a neuron with f_Y below 1/2
	if rare < 0.5 {
		odds := math.Log(rare / (1 - rare))
		slope := func(x float64) float64 { // increasing, by the log-convexity of exponential moments
			hard, _ := correctable(x, reach)
			easy, _ := correctable(-x, reach)
			return odds + math.Log(hard/easy)
		}
		var err error
		if away, err = root.Find(slope, 0, outward(slope, 1)); err != nil {
			away = math.NaN()
		}
	}
	_, hard := correctable(away, reach)
	_, easy := correctable(-away, reach)
	e.Reach, e.Offset, e.Misses, e.FalseAlarms = reach, 0-away, gauss.CDF(away-reach), gauss.CDF(-away-reach)
	e.Error = rare*e.Misses + (1-rare)*e.FalseAlarms
	if c.TargetCoding > 0.5 {
		e.Offset, e.Misses, e.FalseAlarms = away, e.FalseAlarms, e.Misses
	}
	return e, 1 / (rare*hard + (1-rare)*easy)
}

// correctable returns G₁ and G₂, where G_k(s, r) = ∫₀^r du u^k φ(s-u), by quadrature of a positive integrand over that part of
// its range that matters: closed forms would cancel where r is small.
func correctable(s, reach float64) (g1, g2 float64) {
	peak := min(max(s, 0), reach)
	width := math.Sqrt((peak-s)*(peak-s) + 82) // beyond it the integrand is below e^-41 of its peak
	low, high := max(0, s-width), min(reach, s+width)
	rule := gauss.Legendre()
	for i, x := range rule.Nodes {
		u := low + x*(high-low)
		density := u * rule.Weights[i] * gauss.PDF(s-u)
		g1 += density
		g2 += density * u
	}
	return g1 * (high - low), g2 * (high - low)
}
