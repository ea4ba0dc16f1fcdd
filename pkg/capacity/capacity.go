package capacity

import (
	"math"

	"credo/internal/domain"
	"credo/internal/gauss"
	"credo/internal/root"
)

// Capacity asks for the capacity of a binary neuron: the largest load α_c = P/N, patterns per synapse, at which random
// patterns can all be stored. The N inputs of each pattern are independent, its target is 1 with probability f_Y, the
// threshold of the neuron adapts freely, and N is large. Pattern μ is stored with margin κ if its potential V satisfies
//
//	(2Y - 1) V ≥ κ sd(V),
//
// where sd(V) is the standard deviation of the input current over patterns, √(f(1-f)) times the length of the weights over
// √N if all inputs have coding level f, so κ has no unit. f_Y and 1-f_Y have one capacity.
type Capacity struct {
	TargetCoding float64 // f_Y, in (0, 1); 0 is an error
	Margin       float64 // κ, in [0, 1e150], in standard deviations of the input current; 0 stores without margin
}

// Unconstrained returns the capacity α_c = A(f_Y, κ) of weights of either sign:
//
//	1/A = min_b F(b),  F(b) = f_Y M₂(κ-b) + (1-f_Y) M₂(κ+b),  M₂(τ) = ∫ dz φ(z) [τ+z]₊²,
//
// where b is the mean of the potential over its standard deviation. It is 2 at f_Y = 1/2 and κ = 0, approaches
// 1/(2 f_Y |ln f_Y|) slowly as f_Y → 0 at κ = 0, and approaches 1/(1 + 4f_Y(1-f_Y)κ²) as κ → ∞. Relative error below 1e-14
// for f_Y in [1e-6, 1-1e-6] and κ in [0, 10]. It fails if a field is outside its domain.
//
// Sources: Cover (1965), IEEE Trans. Electron. Comput. EC-14:326 for α_c = 2; Gardner (1988), J. Phys. A 21:257; for fixed
// signs at f_Y = 1/2, Amit, Campbell & Wong (1989), J. Phys. A 22:4687. That the formula is exact, without replicas: Gordon
// (1988) and Stojnic (2013), arXiv:1306.3979.
func (c Capacity) Unconstrained() (float64, error) {
	_, f, err := c.optimum()
	return 1 / f, err
}

// SignConstrained returns half of it: the capacity of weights each of which has a fixed sign, with a free threshold, whatever
// the fraction of excitatory synapses and whatever the margin; half of the synapses of either kind are silent then. See
// Composition for fixed thresholds. It fails as Unconstrained. Source: Amit, Campbell & Wong (1989).
func (c Capacity) SignConstrained() (float64, error) {
	unconstrained, err := c.Unconstrained()
	return unconstrained / 2, err
}

// Offset returns b, the mean of the potential over patterns divided by its standard deviation, of the neuron at capacity:
// the b that minimises F in Unconstrained, which solves
//
//	f_Y M₁(κ-b) = (1-f_Y) M₁(κ+b),  M₁(τ) = φ(τ) + τΦ(τ).
//
// It is 0 at f_Y = 1/2, negative below and positive above, and the same with and without sign constraints. It fails as
// Unconstrained. Source: Gardner (1988).
func (c Capacity) Offset() (float64, error) {
	b, _, err := c.optimum()
	return b, err
}

// optimum returns the minimising b of F, see Offset, and the minimum F = 1/A.
func (c Capacity) optimum() (b, f float64, err error) {
	if err := c.check(); err != nil {
		return 0, math.NaN(), err
	}
	rare := min(c.TargetCoding, 1-c.TargetCoding)
	x := c.Margin // κ+b; κ-b is 2κ-x
	if rare < 0.5 {
		odds := math.Log(rare / (1 - rare))
		slope := func(x float64) float64 {
			_, below, _ := gauss.Moments(2*c.Margin - x)
			_, above, _ := gauss.Moments(x)
			return odds + math.Log(below/above)
		}
		// At this lower end M₁(x) < φ(x) = φ(0) f_Y = M₁(0) f_Y < M₁(2κ-x) f_Y, so the slope is positive.
		if x, err = root.Find(slope, -math.Sqrt(-2*math.Log(rare)), c.Margin); err != nil {
			return 0, math.NaN(), err
		}
	}
	_, _, below := gauss.Moments(2*c.Margin - x)
	_, _, above := gauss.Moments(x)
	b = x - c.Margin
	if c.TargetCoding > 0.5 {
		b = -b
	}
	return b, rare*below + (1-rare)*above, nil
}

func (c Capacity) check() error {
	return domain.Check("capacity: ",
		domain.Field{Name: "TargetCoding", Value: c.TargetCoding, In: domain.Fraction},
		domain.Field{Name: "Margin", Value: c.Margin, In: domain.Interval{High: 1e150}})
}

// outward doubles x until f(x) has the sign of x, or is NaN.
func outward(f func(float64) float64, x float64) float64 {
	for f(x)*x < 0 {
		x *= 2
	}
	return x
}
