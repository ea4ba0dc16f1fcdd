package rules

import "credo/pkg/model"

// Reported returns the parameters that DynaLearn's authors give for these
// rules, in the script that implements them (set 1), which satisfy the
// constraints they report: ρ_N < ρ_A, 5 A_A < A_N, a_N > a_A > a_H.
//
// Reported as such: f, a_H, a_A, β, a_N, ρ_N, A_A, a_I, a, b, y_ref. Reported
// in a trailing comment of the script only, and inferred to be the paper's
// Table 2: ρ_A and A_N. The target's coding is the inputs', as reported. The
// Hebbian reference ȳ = f is one of two reported forms. Acetylcholine is
// released only if Y = 1, noradrenaline whatever Y. The threshold was not
// reported: 0 is our choice.
//
// A second reported set (a tutorial's, for a Hodgkin-Huxley network) breaks
// 5 A_A < A_N and differs in a_H, ρ_A, A_N, a_I, a and y_ref.
func Reported() Circuit {
	const f, reference = 0.2, 0.01
	return Circuit{
		Hebbian:       Hebbian{Rate: 0.016, MeanOutput: f},
		Acetylcholine: Acetylcholine{Rate: 0.575, Depression: 0.331, Reference: reference, Coding: f},
		Noradrenaline: Noradrenaline{Rate: 0.772, Reference: reference},
		Balance:       Balance{Rate: 0.638, Slope: 1, Offset: 0.05},
		ACh:           model.Modulator{Probability: 0.825, Disinhibition: 0.227},
		NE:            model.Modulator{Probability: 0.012, Error: 0.012, Disinhibition: 1.605},
		Coding:        f,
		TargetCoding:  f,
	}
}
