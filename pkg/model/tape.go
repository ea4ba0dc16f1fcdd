package model

import (
	"math"
	"math/rand/v2"
	"slices"

	"credo/internal/lanes"
)

// tape is the random words of an epoch: the order that they give, and those
// that come after. Learners of a layer read the same tape, each at its own
// place, which is what each would draw alone.
type tape struct {
	word1, word2 uint64 // which it all follows from
	started      bool
	pcg          rand.PCG
	order        []int32
	words        []uint64
}

// rewind makes it the tape of the epoch of two words.
func (t *tape) rewind(word1, word2 uint64) { t.word1, t.word2, t.started = word1, word2, false }

// start begins the epoch, of so many patterns, unless it is begun.
func (t *tape) start(patterns int) {
	if t.started {
		return
	}
	if t.order == nil {
		t.order = make([]int32, patterns)
	}
	t.pcg.Seed(t.word1, t.word2)
	shuffle(t.order, &t.pcg)
	t.words, t.started = t.words[:0], true
}

// draw draws further words.
func (t *tape) draw() {
	const more = 64
	n, pcg := len(t.words), t.pcg
	t.words = slices.Grow(t.words, more)[:n+more]
	for i := range t.words[n:] {
		t.words[n+i] = pcg.Uint64()
	}
	t.pcg = pcg
}

// reader is a place on a tape. It is a rand.Source.
type reader struct {
	tape *tape
	at   int
}

// Uint64 implements rand.Source.
func (r *reader) Uint64() uint64 {
	words := r.ahead(1)
	r.at++
	return words[0]
}

// ahead are the next words, at least n.
func (r *reader) ahead(n int) []uint64 {
	for len(r.tape.words) < r.at+n {
		r.tape.draw()
	}
	return r.tape.words[r.at:]
}

// die is a chance that is drawn from a tape: an event happens for so many of the
// values of 53 random bits, and takes so many words, none if it never happens.
type die struct {
	limit uint64
	words int
}

// dieOf is the die of an event of probability p: k/2⁵³ < p if and only if k is below
// the limit.
func dieOf(p float64) die {
	limit := uint64(math.Ceil(p * (1 << 53)))
	return die{limit, int(min(limit, 1))}
}

// dice are the dice of release where Y = 0 and 1.
func (m *Modulator) dice() [2]die { return [2]die{dieOf(m.Error), dieOf(m.Probability)} }

// happens says for the word at hand how often the event happens, 0 or 1.
func (d *die) happens(word uint64) (times cases) {
	if word>>11 < d.limit {
		times = 1
	}
	return times
}

// dice are what lanes of a block draw that draw the same: whose chances of release
// and targets are equal.
type dice struct {
	lanes   []int
	first   int    // of them
	bytes   cases  // 1 in the bytes of the lanes
	ach, ne [2]die // their release where Y = 0 and 1
	draws   reader
	rng     *rand.Rand // from draws
}

// release draws the releases of a trial, given the targets.
func (d *dice) release(targets cases) cases {
	y := targets.of(d.first) / wanted & 1
	words, ach, ne := d.draws.ahead(2), &d.ach[y], &d.ne[y]
	d.draws.at += ach.words + ne.words
	return d.bytes * (getsACh*ach.happens(words[0]) | getsNE*ne.happens(words[ach.words&1]))
}

// disinhibit draws what the release of a modulator adds to the potentials of the lanes.
func (d *dice) disinhibit(gains, disinhibition *lanes.Row) {
	xi := d.rng.NormFloat64()
	for _, l := range d.lanes {
		gains[l&7] = gain(disinhibition[l&7], xi)
	}
}
