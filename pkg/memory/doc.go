// Package memory says how long what has been learned stays: what a bound on the
// weights, their decay, the end of teaching, newer patterns, the coding of the
// inputs and their correlation do to the memory of one neuron, and which rules
// prolong it.
//
// Times are T = λ × epochs, as in package rules, unless a comment says
// otherwise. All of the theory here is derived here.
package memory
