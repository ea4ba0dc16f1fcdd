// Package broadcast says what becomes of learning when several neurons share one
// release of acetylcholine: what a release then tells each of them, how many may
// share it, what that costs in time, and what raises the number.
//
// M neurons see the same inputs, each with targets of its own of coding f = f_Y. A
// neuron whose target is 1 asks for acetylcholine; a [Scheme] says which requests
// bring the release that all M of them get. Whether the others' requests are drawn
// afresh at every presentation of a neuron's pattern, or come with the pattern, makes
// all the difference. Afresh, they are a release in error, P(ACh | Y = 0) = ε, of one
// neuron, and everything that package theory says of it applies to [Seen]. Frozen,
// they are part of the pattern, and no rule can tell them from its own: [Frozen].
//
// Simulations are model.Layer's: neurons that share a release by model.AtLeast and its
// like, or that hear others which are not simulated, [Afresh] or [Recurring].
//
// Regime throughout: the rate goes to 0 unless a rate is given, fewer co-tuned
// patterns than channels, and neurons that meet through the release alone. All of it
// is derived here.
package broadcast
