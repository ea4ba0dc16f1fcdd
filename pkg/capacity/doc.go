// Package capacity says how many random associations a neuron could store,
// whatever its plasticity: for weights of either sign, for excitatory and
// inhibitory ones, at a margin, with a threshold or a bound on weights, with
// some errors, and for a finite number of inputs.
//
// Loads are α = P/N, patterns per input. The package knows no neuron and no
// rule; package model builds on it.
package capacity
