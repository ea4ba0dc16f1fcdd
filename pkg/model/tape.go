package model

import (
	"math"
	"math/rand/v2"
)

// tape is the random words of an epoch: the order that they give, and those
// that come after. All learners of a layer read the same tape, each at its own
// place, which is what each would draw alone.
type tape struct {
	word1, word2 uint64
	started      bool
	pcg          rand.PCG
	order        []int32
	words        []uint64
}

// start begins the epoch of the two words, unless it is begun.
func (t *tape) start(word1, word2 uint64) {
	if t.started && t.word1 == word1 && t.word2 == word2 {
		return
	}
	t.word1, t.word2, t.started = word1, word2, true
	t.pcg.Seed(word1, word2)
	shuffle(t.order, &t.pcg)
	t.words = t.words[:0]
}

// draw draws further words.
func (t *tape) draw() {
	for range 64 {
		t.words = append(t.words, t.pcg.Uint64())
	}
}

// reader is a place on a tape. It is a rand.Source.
type reader struct {
	tape *tape
	at   int
}

// Uint64 implements rand.Source.
func (r *reader) Uint64() uint64 {
	if r.at >= len(r.tape.words) {
		r.tape.draw()
	}
	r.at++
	return r.tape.words[r.at-1]
}

// chance is true with the probability of which limit is the [threshold], and draws
// nothing if that is 0.
func (r *reader) chance(limit uint64) bool { return limit > 0 && r.Uint64()>>11 < limit }

// threshold is the number of the values of 53 random bits for which an event of
// probability p happens: k/2⁵³ < p if and only if k < threshold(p).
func threshold(p float64) uint64 { return uint64(math.Ceil(p * (1 << 53))) }
