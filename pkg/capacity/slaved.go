package capacity

import "math"

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
	half, err := c.SignConstrained()
	if err == nil {
		err = p.check()
	}
	if err != nil {
		return math.NaN(), err
	}
	return p.ExcitatoryFraction * half, nil
}

// DetailedBalance returns the capacity α_c = P/N at margin 0 if inhibitory inputs are independent of the excitatory ones and
// yet the two currents must balance in every stored pattern, i_I = a i_E + b with a and b free (as is the threshold):
//
//	α_c = (A/2) min(n_E, n_I, 1/(1+A)),  A = A(f_Y, 0).
//
// It is n_I at f_Y = 1/2 for up to a third of inhibitory synapses, against 1 without balance: balance in detail is costly
// unless inhibition is tuned. A small tolerance removes most of the cost. It fails as Solve. Source: derived here by Gordon's
// inequality for the two currents; compared with linear programmes of up to 400 inputs.
func (p Composition) DetailedBalance(targetCoding float64) (float64, error) {
	a, err := Capacity{TargetCoding: targetCoding}.Unconstrained()
	if err == nil {
		err = p.check()
	}
	if err != nil {
		return math.NaN(), err
	}
	return a / 2 * min(p.ExcitatoryFraction, 1-p.ExcitatoryFraction, 1/(1+a)), nil
}
