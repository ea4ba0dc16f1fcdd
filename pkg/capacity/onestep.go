package capacity

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/root"
)

// OneStep describes the weights with fewest errors at a load above capacity, in one step of replica symmetry breaking.
type OneStep struct {
	ErrorBound         // Error, Misses, FalseAlarms, Offset b and Reach r; not a proven bound
	Overlap    float64 // q₀, of the weights of two states of fewest errors; 1 in MinimalError
	Breaking   float64 // w, how fast the number of states grows with their errors: d ln(states)/d errors
}

// OneStepError returns the fewest errors at load α = P/N of weights of either sign with a free threshold, by one step of replica
// symmetry breaking: with x = r²/2 and p_Y the probability of target Y, the error is
//
//	-(1/w) Σ_Y p_Y ∫ dt φ(t) ln I(yb + √q₀ t) - (1/α)[ln(1 + w(1-q₀)/x)/(2w) + q₀/(2x + 2w(1-q₀))],
//	I(μ) = ∫ dz φ(z) exp(-w c(μ + √(1-q₀) z)),  c(h) = 0 for h > 0, (h/r)² for -r < h < 0, 1 for h < -r,  y = 2Y-1,
//
// largest in r, q₀ and w and smallest in b. As w → 0 it becomes MinimalError, which is therefore smaller at every load; the
// two meet at capacity. One step is not the end: the answer is unstable as well, and the true minimum is larger again, but by
// little: a second step adds 0.2 percent of it at load 3 and 0.3 percent at load 4 where f_Y = 1/2. For sign-constrained weights
// give the load divided by Solution.Dimension. It is an estimate, exact only as far as replicas are; MinimalError is a bound.
//
// Error is 0 up to the capacity α_c. It fails if TargetCoding is outside [1e-6, 1-1e-6], if Margin is not 0, or if the load is
// between α_c and 1.001 α_c, where MinimalError is less than 0.2 percent below, or above 10 α_c.
//
// Source: derived here from Gardner & Derrida's (1988) cost with Parisi's scheme at zero temperature. For f_Y = 1/2 it was done
// by Erichsen & Theumann (1993), J. Phys. A 26:L61, and Majer, Engel & Zippelius (1993), J. Phys. A 26:7405, cited from memory.
// Whyte & Sherrington (1996) took two steps; by their abstract the second matters much less than the first.
func (c Capacity) OneStepError(load float64) (OneStep, error) {
	bound, err := c.MinimalError(load)
	if err != nil || bound.Error == 0 {
		return OneStep{ErrorBound: bound, Overlap: 1}, err
	}
	limit, _ := c.errorFree()
	if err := domain.Check("capacity: ",
		domain.Field{Name: "TargetCoding", Value: c.TargetCoding, In: domain.Interval{Low: 1e-6, High: 1 - 1e-6}},
		domain.Field{Name: "load", Value: load, In: domain.Interval{Low: 1.001 * limit, High: 10 * limit}}); err != nil {
		return OneStep{}, err
	}
	b := breaking{rare: min(c.TargetCoding, 1-c.TargetCoding), load: load}
	x := b.start(bound, load/limit-1)
	if x, err = b.solve(x); err != nil {
		return OneStep{}, fmt.Errorf("capacity: load = %v: one step of replica symmetry breaking not found: %w", load, err)
	}
	p := b.at(x)
	if p.Overlap > 1-1e-6 { // where r, q₀ and b of MinimalError are stationary as well, at any w
		return OneStep{}, fmt.Errorf("capacity: load = %v: no step of replica symmetry breaking found", load)
	}
	if c.TargetCoding > 0.5 {
		p.Offset, p.Misses, p.FalseAlarms = -p.Offset, p.FalseAlarms, p.Misses
	}
	return p.OneStep, nil
}

// OneStepLoad returns the load α = P/N at which OneStepError is the given error, at error 0 the capacity. It is below
// TolerantLoad. It fails as OneStepError, and if the error is not reached at the loads that it admits.
func (c Capacity) OneStepLoad(tolerated float64) (float64, error) {
	limit, err := c.TolerantLoad(0)
	if err != nil || tolerated == 0 {
		return limit, err
	}
	high, err := c.TolerantLoad(tolerated)
	if err != nil {
		return 0, err
	}
	var failed error
	excess := func(log float64) float64 {
		p, err := c.OneStepError(math.Exp(log))
		if err != nil {
			failed = err
			return math.NaN()
		}
		return math.Log(p.Error / tolerated)
	}
	log, err := root.Find(excess, math.Log(1.001*limit*(1+1e-12)), math.Log(high))
	if failed != nil {
		err = failed
	}
	if err != nil {
		return 0, fmt.Errorf("capacity: error = %v: %w", tolerated, err)
	}
	return math.Exp(log), nil
}
