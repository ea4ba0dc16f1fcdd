// Package rules says how the neuron's synapses change: each local plasticity
// rule, and the theory of that rule.
//
// A rule is a pure function from what a synapse sees on one trial to the
// change of the active and of the silent synapses; see [model.Rule]. A
// [Circuit] is a set of rules with the neuromodulators that gate them.
//
// The four rules are those of Aljadeff, D'amour, Field, Froemke and Clopath,
// arXiv:1911.00307 (2019), as the authors of the public DynaSim/DynaLearn
// implementation reported them; the paper's full text was not at hand.
package rules
