// Package ladder holds rules of learning by how much their teacher tells,
// each in the reduction to one binary neuron on static patterns, and puts them
// on a ladder that is climbed at equal numbers of trials.
//
// The rungs are [Hebb] (no teacher), the circuit of package rules (a teacher
// that says Y = 1, when it comes), [Reward] (one bit, right or wrong), [Burst]
// and [Disinhibitory] (the error, by two routes), and the references
// rules.Perceptron and rules.Delta. What a rule was made for, many layers, many
// spikes or time, is lost in the reduction; each comment says what is kept.
//
// Two more names are no rungs, because on one layer without time they are the
// delta rule: predictive coding at equilibrium changes a weight by the
// prediction error of its neuron times its input (Whittington & Bogacz 2017,
// doi 10.1162/NECO_a_00949), and e-prop by a learning signal, the error, times
// an eligibility trace, which without time is the input (Bellec et al. 2020,
// doi 10.1038/s41467-020-17236-y).
package ladder
