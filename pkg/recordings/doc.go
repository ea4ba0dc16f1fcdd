// Package recordings reads recordings of the excitation and inhibition of single
// neurons before and after pairing, and estimates from them what acetylcholine
// and inhibitory plasticity did: rows in, estimates out.
package recordings
