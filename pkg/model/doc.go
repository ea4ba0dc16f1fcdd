// Package model says what the neuron is, what it is asked to do, what it can
// do, and how any plasticity rule is applied to it.
//
// A neuron receives N binary excitatory inputs and N binary inhibitory ones.
// On the presentation of association μ its currents and its potential are
//
//	i_E = Σ_i w_E,i x_E,i^μ / √N,  i_I = Σ_i w_I,i x_I,i^μ / √N,  V = i_E − i_I − θ,
//
// and it fires, y = 1, if V plus what the neuromodulators add is above 0.
// Weights are dimensionless and of order one; currents and potentials share
// their unit.
//
// # Symbols
//
//	symbol   Go name                     unit       where it comes from
//	N        Task.Channels               –          chosen (not reported)
//	P, α     Task.Patterns, P/N          –          chosen
//	f        Task.Coding                 –          published: 0.2
//	f_Y, f_o Task.TargetCoding           –          published: the inputs' f
//	r        Task.CoTuning               –          unknown; 1 is our choice
//	w_E, w_I Neuron.Excitatory, .Inhibitory  –      initial values chosen
//	θ        Neuron.Threshold            current    chosen: 0
//	ρ, ε, A  Modulator.Probability, .Error, .Disinhibition  –, –, current
//	λ        Learner.Rate                –          multiplies every change
//	a, κ     Change.Active, .ActiveLoss; .Silent, .SilentLoss
//
// What could be stored by any rule is answered in packages capacity, for random
// associations on average, and separable, for given ones.
//
// The names of the rules' parameters, with their published values, stand in
// package rules. The system is that of Aljadeff, D'amour, Field, Froemke and
// Clopath, arXiv:1911.00307 (2019), reconstructed from its abstract and from
// public notes on its rules; its full text was not at hand.
//
// # Many neurons
//
// A [Layer] trains neurons that see the same inputs, eight at a time. Each learns
// what it would learn alone, to the bit, unless they share a modulator or inhibit
// each other, [Together].
//
// # Randomness
//
// Every function that draws takes a generator; [Stream] gives each run its own.
// The same seed gives the same bytes on one GOARCH.
package model
