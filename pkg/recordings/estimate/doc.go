// Package estimate estimates, from recordings of excitation and inhibition before
// and after pairing, what acetylcholine and inhibitory plasticity did.
package estimate
