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
// What the paper means by the dimension of the problem is unknown; M and its
// effective number are one precise reading. What has no source is derived here.
package influence
