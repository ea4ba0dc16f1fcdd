package experiment

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"credo/pkg/model"
)

// stream is the generator of run i. It is keyed by the study's name and seed, by the names and values of the point and by
// the run's number there, and by nothing else: points and seeds that are added, moved or left out
// change no other run, and the order of the parameters changes none. A parameter that is added to the points, or called by
// its longer name, gives all runs other streams. What no point moves is no part of the key: two studies
// of the same name, seed and points share their streams, as common random numbers for two circuits should; for
// independent ones give another seed. Two runs of a study share a stream with probability 2⁻¹²⁸.
func (r *Runs) stream(i int) *rand.Rand {
	key := r.key(i/r.seeds, i%r.seeds)
	return model.Stream(binary.BigEndian.Uint64(key[:8]), binary.BigEndian.Uint64(key[8:16]))
}

// key is the hash of (study, point, seed). The order of a point's parameters does not matter.
func (r *Runs) key(point, seed int) [32]byte {
	order := make([]int, len(r.names))
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(r.names[a], r.names[b]) })
	text := word(nil, r.design.Name)
	text = binary.BigEndian.AppendUint64(text, r.design.Seed)
	text = binary.BigEndian.AppendUint64(text, uint64(seed))
	for _, k := range order {
		text = word(text, r.names[k])
		text = binary.BigEndian.AppendUint64(text, math.Float64bits(r.points[point][k]+0)) // −0 is 0
	}
	return sha256.Sum256(text)
}

// word appends a string with its length, so that no two lists of words are alike.
func word(text []byte, s string) []byte {
	return append(binary.BigEndian.AppendUint64(text, uint64(len(s))), s...)
}
