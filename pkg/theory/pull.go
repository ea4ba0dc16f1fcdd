package theory

// push is the mean force by which the depression of silent synapses, in the
// presentations of the Y = 1 patterns, lowers all patterns,
//
//	κ (f_Y/f) A_1,  κ = β f/(1−f),  A_1 = ρ_A a_A (1 − y_A) for V_1 > 0,
//
// and for any rules f_Y times minus their change of silent synapses, over f.
//
// It is a mean over silent patterns, at any load. A single one feels it through
// the channels that it has beyond those of the Y = 1 patterns, with a relative
// standard deviation √(α_1/(1−α_1)), α_1 = f_Y α: some still chatter where the
// mean does not, more of them at higher loads, and their false alarms fade out
// over two to three times the β at which F(0, 0⁻) = push.
func (f force) push() float64 {
	return 0 - f.silent(true, f.above())*f.circuit.TargetCoding/f.circuit.Coding
}

// losses are the forces that, gated, the other patterns add on average to that
// on a Y = 1 pattern: the depression of silent synapses in all Y = 1 patterns,
// whose A is taken at potential v, and the drag of Y = 0 patterns, whose force
// where they rest or sink is rest,
//
//	−β A + (1−f_Y)/f_Y F(0, V_0).
//
// They follow from Σ_ν G_μν F_ν = κ s_μ Σ_ν A_ν for the stationary Y = 1
// patterns μ, with s_μ the activity per channel, where many patterns are
// active: there Σ_ν over all patterns must vanish. Derived here.
func (f force) losses(v, rest float64) []Term {
	coding, targets := f.circuit.Coding, f.circuit.TargetCoding
	return []Term{
		{"heterosynaptic depression", "−β A_1", f.silent(true, v) * (1 - coding) / coding},
		{"drag of the Y = 0 patterns", "(1−f_Y)/f_Y F(0, V_0)", (1 - targets) / targets * rest},
	}
}
