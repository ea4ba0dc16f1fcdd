// Package theory says what follows from a circuit of rules: the force on the
// potential of a pattern, where potentials come to rest, for which parameters
// every association is learned ([Condition]), how potentials scatter about their
// resting points, what happens beyond capacity, what gated inhibition can store,
// and whether a given experiment keeps to all that this assumes ([Regime]).
//
// [Of] checks a circuit, whole and once; everything else is a method of what it
// returns. All of it is derived here unless a comment names a source.
package theory
