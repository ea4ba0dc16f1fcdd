package capacity

import "fmt"

// ThresholdKind says what the threshold θ of a neuron may do while its weights are chosen.
type ThresholdKind int

const (
	// NoThreshold is θ = 0: excitation and inhibition must cancel. A fixed threshold that is negligible beside the
	// weights, as in balanced networks, is the same.
	NoThreshold ThresholdKind = iota
	// FreeThreshold adapts, with either sign, together with the weights.
	FreeThreshold
	// PositiveThreshold is θ > 0, fixed; its size does not matter because weights may be scaled. For θ < 0 exchange the
	// names of excitation and inhibition.
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
	if err != nil {
		return Solution{}, err
	}
	if err := p.check(); err != nil {
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

// MaxMargin returns the largest margin κ, in standard deviations of the input current, with which the load α = P/N can be
// stored: the inverse of Solve. It fails if the load is not positive or above the capacity at margin 0.
func (p Composition) MaxMargin(targetCoding, load float64) (float64, error) {
	s, err := p.Solve(Capacity{TargetCoding: targetCoding})
	if err != nil {
		return 0, err
	}
	if !(load > 0 && load <= s.Load) {
		return 0, fmt.Errorf("capacity: load = %v outside (0, %v], the capacity at margin 0", load, s.Load)
	}
	free := Capacity{TargetCoding: targetCoding}
	limit, err := free.Unconstrained()
	if err != nil {
		return 0, err
	}
	return free.MaxMargin(min(load/s.Dimension, limit)) // equal loads may differ by rounding
}

func (p Composition) check() error {
	if !(p.ExcitatoryFraction >= 0 && p.ExcitatoryFraction <= 1) {
		return fmt.Errorf("capacity: ExcitatoryFraction = %v outside [0, 1]", p.ExcitatoryFraction)
	}
	if err := checkFraction("Coding", p.Coding); err != nil {
		return err
	}
	if p.InhibitoryCoding != 0 {
		if err := checkFraction("InhibitoryCoding", p.InhibitoryCoding); err != nil {
			return err
		}
	}
	return p.Threshold.check()
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
