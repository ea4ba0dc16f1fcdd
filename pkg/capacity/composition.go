package capacity

import (
	"cmp"
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/root"
)

// ThresholdKind says what the threshold θ of a neuron may do while its weights are chosen.
type ThresholdKind int

const (
	// NoThreshold is θ = 0, or negligible beside the weights as in balanced networks: excitation and inhibition cancel.
	NoThreshold ThresholdKind = iota
	// FreeThreshold adapts, with either sign, together with the weights.
	FreeThreshold
	// PositiveThreshold is θ > 0, fixed, of any size as weights may be scaled. For θ < 0 exchange excitation and inhibition.
	PositiveThreshold
)

// Composition says which sign-constrained synapses a neuron has, and describes what they can do in the limit of many.
//
// Patterns enter the capacity only by A(f_Y, κ) of Capacity.Unconstrained, and the constraints on the weights only by a
// number D, their dimension per synapse (the statistical dimension of the cone of allowed weights over N):
//
//	α_c = D A(f_Y, κ).
//
// With z a standard normal, r_k = √(f_k/(1-f_k)), s = 1 for excitatory and -1 for inhibitory synapses, τ_k = s_k r_k γ and
// n_E + n_I = 1, the best weights at mean current γ are [z+τ_k]₊, and with the truncated moments M_j of z
//
//	S₀ = Σ n_k Φ(τ_k),  S₁ = Σ n_k s_k r_k M₁(τ_k),  S₂ = Σ n_k M₂(τ_k),  D = S₀²/S₂,  m = S₁/√S₂.
//
// The mean current over its standard deviation is √N m. A free threshold lets γ = 0, where D = 1/2 is largest; NoThreshold
// demands m = 0, the balanced branch, where D is D₀ = min over γ of S₂; PositiveThreshold demands m ≥ 0, which costs nothing
// if n_E r_E ≥ n_I r_I and leads to the balanced branch otherwise.
//
// Source: derived here by Gordon's inequality (Gordon 1988; Stojnic 2013, arXiv:1306.3979), and by replicas, where the
// problem is convex and replica symmetry exact. D = 1/2: Amit, Campbell & Wong (1989), J. Phys. A 22:4687. The balanced
// branch: compare Rubin, Abbott & Sompolinsky (2017), PNAS 114:E9366.
type Composition struct {
	ExcitatoryFraction float64       // n_E, in [0, 1]; 0 means that all synapses are inhibitory
	Coding             float64       // f_E, coding level of the excitatory inputs, in (0, 1); 0 is an error
	InhibitoryCoding   float64       // f_I, coding level of the inhibitory inputs, in (0, 1); 0 means as Coding
	Threshold          ThresholdKind // 0 means NoThreshold
}

// Solution describes a neuron with sign-constrained synapses at its capacity.
type Solution struct {
	Load                   float64            // α_c = P/N
	Dimension              float64            // D, per synapse, in [0, 1/2]
	Margin                 float64            // κ, in standard deviations of the input current
	Offset                 float64            // b, mean potential over the standard deviation of the input current
	Mean                   float64            // m, mean input current over √N times its standard deviation
	Excitatory, Inhibitory WeightDistribution // fields NaN if there are no such synapses
}

// Solve returns the neuron at capacity for the given target coding and margin relative to the standard deviation of the
// input current. If no weights satisfy the threshold (all synapses excitatory and θ = 0, or inhibitory and θ ≥ 0) the load
// is 0 and all synapses are silent. Relative error of Load below 1e-14 for n_E, f_Y, f_E, f_I in [1e-6, 1-1e-6] and κ in
// [0, 10], Dimension included. It fails if an argument is outside its domain.
func (p Composition) Solve(c Capacity) (Solution, error) {
	b, f, err := c.optimum()
	if err = cmp.Or(err, p.check()); err != nil {
		return Solution{}, err
	}
	excitation, inhibition := p.currents()
	gamma := 0.0
	if p.Threshold == NoThreshold || p.Threshold == PositiveThreshold && excitation < inhibition {
		if gamma, err = p.balance(); err != nil {
			return Solution{}, err
		}
	}
	s := p.at(gamma)
	if gamma != 0 {
		s.Mean = 0 // exactly: γ₀ is where it vanishes
	}
	s.Load, s.Margin, s.Offset = s.Dimension/f, c.Margin, b
	return s, nil
}

// Slaved returns the capacity α_c = P/N if inhibition follows excitation from pattern to pattern, i_I = a i_E + b with
// fixed a < 1, as with co-tuned inhibitory inputs:
//
//	α_c = n_E A(f_Y, κ)/2.
//
// The neuron is then one with its N_E = n_E N excitatory synapses alone and threshold (θ+b)/(1-a), which must be positive.
// The margin κ is in standard deviations of the net current (1-a) i_E. For a margin relative to the threshold, κ_θ, use
// SolveAtThreshold of a purely excitatory Composition at reliability √N_E κ_θ/(θ+b), where a drops out, and multiply its
// load by n_E. The field Threshold is not read. It fails as Solve. Source: derived here.
func (p Composition) Slaved(c Capacity) (float64, error) {
	a, err := c.Unconstrained()
	if err = cmp.Or(err, p.check()); err != nil {
		return math.NaN(), err
	}
	return p.ExcitatoryFraction * (a / 2), nil
}

func (p Composition) check() error {
	return cmp.Or(domain.Check("capacity: ",
		domain.Field{Name: "ExcitatoryFraction", Value: p.ExcitatoryFraction, In: domain.Probability},
		domain.Field{Name: "Coding", Value: p.Coding, In: domain.Fraction},
		domain.Field{Name: "InhibitoryCoding", Value: cmp.Or(p.InhibitoryCoding, p.Coding), In: domain.Fraction},
	), p.Threshold.check())
}

// String returns the name of the constant.
func (k ThresholdKind) String() string {
	if k.check() != nil {
		return fmt.Sprintf("ThresholdKind(%d)", int(k))
	}
	return [...]string{"NoThreshold", "FreeThreshold", "PositiveThreshold"}[k]
}

func (k ThresholdKind) check() error {
	if k < NoThreshold || k > PositiveThreshold {
		return fmt.Errorf("capacity: Threshold = %d is none of NoThreshold, FreeThreshold and PositiveThreshold", int(k))
	}
	return nil
}

// at returns what depends on the mean current's multiplier γ alone: Dimension, Mean and the weights.
func (p Composition) at(gamma float64) Solution {
	s0, s1, s2 := p.sums(gamma, 0)
	s := p.solution(gamma, 0, s1, s2)
	if s.Dimension = s0 * (s0 / s2); math.IsInf(gamma, 0) {
		s.Dimension = 0 // the limit of 0/0
	}
	return s
}

// solution returns the mean current and the weights, cut at a bound unless it is 0, for given sums S₁ and S₂.
func (p Composition) solution(gamma, bound, s1, s2 float64) Solution {
	rE, rI := p.ratios()
	scale := math.Sqrt(s2)
	s := Solution{Mean: s1 / scale}
	s.Excitatory = WeightDistribution{rE * gamma, scale, bound}
	s.Inhibitory = WeightDistribution{0 - rI*gamma, scale, bound}
	none := WeightDistribution{Shift: math.NaN(), Scale: math.NaN()}
	if p.ExcitatoryFraction == 0 {
		s.Excitatory = none
	}
	if p.ExcitatoryFraction == 1 {
		s.Inhibitory = none
	}
	return s
}

// balance returns γ₀, where S₁ = 0; infinite if all synapses have one sign.
func (p Composition) balance() (float64, error) {
	excitation, inhibition := p.currents()
	switch {
	case excitation == inhibition:
		return 0, nil
	case inhibition == 0:
		return math.Inf(-1), nil
	case excitation == 0:
		return math.Inf(1), nil
	}
	mean := func(gamma float64) float64 { _, s1, _ := p.sums(gamma, 0); return s1 }
	return root.Find(mean, 0, outward(mean, math.Copysign(1, inhibition-excitation)))
}

// sums returns S₀, S₁ and S₂, of weights [z+τ_k]₊ cut at a bound unless it is 0.
func (p Composition) sums(gamma, bound float64) (s0, s1, s2 float64) {
	rE, rI := p.ratios()
	for _, k := range [2]struct{ share, ratio float64 }{{p.ExcitatoryFraction, rE}, {1 - p.ExcitatoryFraction, -rI}} {
		if k.share == 0 { // spares ∞ - ∞ where γ is infinite
			continue
		}
		m0, m1, m2 := WeightDistribution{Shift: k.ratio * gamma, Bound: bound}.moments()
		s0 += k.share * m0
		s1 += k.share * k.ratio * m1
		s2 += k.share * m2
	}
	return s0, s1, s2
}

// ratios returns r_E and r_I, the mean over the standard deviation of an input.
func (p Composition) ratios() (rE, rI float64) {
	f := cmp.Or(p.InhibitoryCoding, p.Coding)
	return math.Sqrt(p.Coding / (1 - p.Coding)), math.Sqrt(f / (1 - f))
}

// currents returns n_E r_E and n_I r_I, whose larger says which current dominates.
func (p Composition) currents() (excitation, inhibition float64) {
	rE, rI := p.ratios()
	return p.ExcitatoryFraction * rE, (1 - p.ExcitatoryFraction) * rI
}
