// Package influence says who hears whom: how the supervisory signal of one
// pattern reaches the potential of another, through shared channels, and what
// inhibition makes of it.
//
// On each presentation of pattern ν the excitatory rules add s^ν to its active
// weights, in units of λ/√N, and inhibitory plasticity answers the potentials
// that result. To first order in the rate the potentials of all patterns are
// linear in all signals,
//
//	V^μ + b + θ = Σ_ν M_μν s^ν,
//
// up to a factor that all share: 1/a_I where inhibition is plastic and makes
// the potentials stationary, and the number of epochs where they grow. M is
// the operator of a [Feedback], computed from the overlaps of the patterns,
// and a [Hearing] is what it does on average: the weight of a pattern's own
// signal, and the variance that reaches it from all others.
//
// An [Observer] is a teacher that sees some components of the potentials, and a
// [Sight] what learning comes to with it: how many the teacher must see is a
// dimension of the problem that balance lowers, to 0 for copies, while N_eff says
// that patterns are decoupled. [Structured] says what decoupling costs where
// targets follow hidden causes and labels are wrong: it keeps the mistakes.
//
// What the paper means by the dimension of the problem is unknown; these are
// precise readings, set side by side by [Feedback.Readings]. What has no source is derived here.
package influence
