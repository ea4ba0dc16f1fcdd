package model

import "math/rand/v2"

// Stream returns the generator of one run. Each pair (seed, run) has its own,
// so a run is the same whether it comes first or last, alone or beside others
// on any number of cores.
func Stream(seed, run uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, run)) }
