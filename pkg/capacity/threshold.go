package capacity

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/root"
)

// SolveAtThreshold returns the neuron at capacity if the margin is measured against its fixed positive threshold θ: stored
// patterns satisfy (2Y-1)V ≥ κ_θ, and reliability is ρ = √N κ_θ/θ ≥ 0, which has no unit. In standard deviations of the
// input current the margin is κ = ρ m, so a small mean current m helps and costs dimension D(m):
//
//	α_c(ρ) = max over γ of D(γ) A(f_Y, ρ m(γ)),  -2γ/√D = ρ F_κ/F,  F_κ = 2[f_Y M₁(κ-b) + (1-f_Y) M₁(κ+b)],
//
// with γ between γ₀ (m = 0) and 0. More than half of the excitatory synapses and fewer than half of the inhibitory ones are
// silent. From the reliability of transition on, the balanced branch m = 0 is best: weights grow until the threshold, and with
// it the margin, is negligible beside them, and the load no longer depends on ρ. Without inhibition there is no such branch
// and α_c falls to 0 as ρ grows. If n_E r_E ≤ n_I r_I the branch is balanced for every ρ.
//
// It fails if an argument is outside its domain, ρ in [0, 1e100], or if p.Threshold is not PositiveThreshold.
//
// Source: for excitation alone, Brunel, Hakim, Isope, Nadal & Barbour (2004), Neuron 43:745, in another notation; for both,
// compare Chapeton, Fares, LaSota & Stepanyants (2012), PNAS 109:E3614. This form derived here.
func (p Composition) SolveAtThreshold(targetCoding, reliability float64) (Solution, error) {
	err := domain.Check("capacity: ", domain.Field{Name: "reliability", Value: reliability, In: domain.Interval{High: 1e100}})
	if err != nil {
		return Solution{}, err
	}
	transition, low, err := p.transition(targetCoding)
	if err != nil {
		return Solution{}, err
	}
	gain := func(gamma float64) float64 { // d ln α/dm
		s := p.at(gamma)
		slope, err := Capacity{targetCoding, reliability * max(s.Mean, 0)}.logSlope()
		if err != nil {
			return math.NaN()
		}
		return -2*gamma/math.Sqrt(s.Dimension) - reliability*slope
	}
	if math.IsInf(low, -1) { // no inhibition
		rE, _ := p.ratios()
		for low = -1 / rE; gain(low) < 0; {
			low *= 1.2
		}
	}
	if reliability >= transition || gain(low) <= 0 {
		p.Threshold = NoThreshold
		return p.Solve(Capacity{TargetCoding: targetCoding})
	}
	gamma, err := root.Find(gain, low, 0)
	if err != nil {
		return Solution{}, fmt.Errorf("capacity: reliability = %v: %w", reliability, err)
	}
	s := p.at(gamma)
	s.Mean = max(s.Mean, 0) // rounding, close to the transition
	s.Margin = reliability * s.Mean
	b, f, err := Capacity{targetCoding, s.Margin}.optimum()
	s.Load, s.Offset = s.Dimension/f, b
	return s, err
}

// transition returns the reliability ρ = √N κ_θ/θ beyond which SolveAtThreshold finds the balanced branch best,
//
//	ρ_c = -(2γ₀/√D₀) F(f_Y, 0)/F_κ(f_Y, 0),
//
// and γ₀. Both are 0 if n_E r_E ≤ n_I r_I and infinite without inhibition. It fails as SolveAtThreshold. Source: derived here.
func (p Composition) transition(targetCoding float64) (reliability, gamma float64, err error) {
	if err := p.checkPositive(); err != nil {
		return 0, 0, err
	}
	slope, err := Capacity{TargetCoding: targetCoding}.logSlope()
	if err != nil {
		return 0, 0, err
	}
	if excitation, inhibition := p.currents(); excitation <= inhibition {
		return 0, 0, nil
	}
	gamma, err = p.balance()
	if err != nil || math.IsInf(gamma, -1) {
		return -gamma, gamma, err
	}
	return -2 * gamma / math.Sqrt(p.at(gamma).Dimension) / slope, gamma, nil
}

// logSlope returns d ln F/dκ = F_κ/F at the optimal offset.
func (c Capacity) logSlope() (float64, error) {
	b, f, err := c.optimum()
	_, _, slope := c.at(b)
	return slope / f, err
}

func (p Composition) checkPositive() error {
	if err := p.check(); err != nil || p.Threshold == PositiveThreshold {
		return err
	}
	return fmt.Errorf("capacity: Threshold = %v; a scale set by the threshold needs PositiveThreshold", p.Threshold)
}
