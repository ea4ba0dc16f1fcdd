package estimate

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// quantity is one measured mean of a channel: e1, early and late, is what inhibition
// meets while it changes.
type quantity int

const e0, i0, e1, i1, s1, quantities quantity = 0, 1, 2, 3, 4, 5

func (q quantity) String() string {
	return [...]string{e0: "excitation before", i0: "inhibition before", e1: "excitation after", i1: "inhibition late", s1: "spikes"}[q]
}

// view says which blocks measure each quantity; nil are none.
type view [quantities]func(*Block) bool

func in(p Phase) func(*Block) bool { return func(b *Block) bool { return b.Phase == p } }

// usual is the view of the names of the quantities.
var usual = view{e0: in(Before), i0: in(Before), e1: func(b *Block) bool { return b.Phase != Before }, i1: in(Late), s1: in(Early)}

// of is the mean that measures a quantity in a block of its view.
func (q quantity) of(b *Block) Mean {
	switch q {
	case e0, e1:
		return b.E
	case i0, i1:
		return b.I
	}
	return b.Spikes
}

const dims = 1 + 2*quantities // 1, a channel's own quantities, their means over the cell

// channel is what is used of a Track.
type channel struct {
	paired, best bool
	values       [dims]float64       // as measured
	products     [dims][dims]float64 // each right in the mean
	level        float64             // Ē + Ī over its blocks, each counting once
	weight       float64
	measured     [quantities][]Mean // by block, NaN where not measured
}

// cell is what is used of a Cell.
type cell struct {
	channels   []channel
	weight     float64 // 1/z̄², of sums over whole cells
	cluster    int
	replicated bool // all products are of different blocks
}

// used is what an estimate rests on.
type used struct {
	Cells, Replicated int // the latter with all products from different blocks
	Channels, Missing int // the latter lack a measurement it needs
}

// samples are the usable channels of cells of one condition.
type samples struct {
	used
	cells []cell
	names []string // of the clusters: animals, or cells where none is named
}

// all are the channels, each with its cell.
func (s samples) all() iter.Seq2[*cell, *channel] {
	return func(yield func(*cell, *channel) bool) {
		for c := range s.cells {
			for k := range s.cells[c].channels {
				if !yield(&s.cells[c], &s.cells[c].channels[k]) {
					return
				}
			}
		}
	}
}

// gather collects the channels of which all of need were measured, of cells of one
// condition. A channel has the weight
//
//	1/(z² + 0.1 z̄²),  z = Ē + Ī over all blocks of the channel,
//
// with z̄ the mean of z over the cell. As errors and fluctuations grow with a current,
// channels and cells of any gain then count about alike, and weak ones not without
// bound. Since a weight takes every block once, before and after, its error does not go
// with that of any change, which the products are rid of.
//
// It returns an error if conditions are mixed, if a square of one of squares has
// neither two blocks nor a standard error, or if fewer than two clusters are left.
func gather(cells []Cell, v view, squares []quantity, need ...quantity) (out samples, err error) {
	need = append(slices.Clone(squares), need...)
	for _, of := range cells {
		if of.Treatment != cells[0].Treatment {
			return out, fmt.Errorf("recordings: cells of conditions %v and %v together; choose one by estimate.Of", cells[0].Treatment, of.Treatment)
		}
		one := cell{channels: make([]channel, 0, len(of.Channels))}
		for k := range of.Channels {
			if ch := measure(&of.Channels[k], v); slices.ContainsFunc(need, func(q quantity) bool { return math.IsNaN(ch.values[1+q]) }) {
				out.Missing++
			} else {
				one.channels = append(one.channels, ch)
			}
		}
		if len(one.channels) == 0 {
			continue
		}
		one.weigh()
		one.multiply(need)
		for _, q := range squares {
			if math.IsNaN(one.channels[0].products[1+quantities+q][1+quantities+q]) {
				return out, fmt.Errorf("recordings: animal %q, cell %q: the standard error of %v is unknown; two sweeps, sem, or a second block are needed", of.Animal, of.Name, q)
			}
		}
		name := cmp.Or(of.Animal, "cell "+of.Name)
		if one.cluster = slices.Index(out.names, name); one.cluster < 0 {
			one.cluster, out.names = len(out.names), append(out.names, name)
		}
		if one.replicated {
			out.Replicated++
		}
		out.Cells, out.Channels, out.cells = out.Cells+1, out.Channels+len(one.channels), append(out.cells, one)
	}
	if n := len(out.names); n < 2 {
		return out, fmt.Errorf("recordings: %d animals or cells with all of %v measured, need two", n, need)
	}
	return out, nil
}

// measure returns the blocks of a channel's quantities. Spikes are those before
// pairing where none were counted early after it.
func measure(t *Track, v view) channel {
	ch := channel{paired: t.Paired, best: t.Best, values: one.v}
	n := len(t.Blocks)
	means := make([]Mean, int(quantities)*n)
	take := func(q quantity, in func(*Block) bool) (mean float64) {
		ch.measured[q] = means[int(q)*n:][:n:n]
		for b := range t.Blocks {
			if at := &t.Blocks[b]; in != nil && in(at) {
				ch.measured[q][b] = q.of(at)
			} else {
				ch.measured[q][b] = unmeasured()
			}
		}
		return average(ch.measured[q])
	}
	for _, q := range []quantity{e0, i0} {
		if z := take(q, func(*Block) bool { return true }); !math.IsNaN(z) {
			ch.level += z
		}
	}
	for q := range quantities {
		ch.values[1+q] = take(q, v[q])
	}
	if math.IsNaN(ch.values[1+s1]) {
		ch.values[1+s1] = take(s1, in(Before))
	}
	return ch
}

// average is the mean over blocks, but for those left out; NaN if none is left.
func average(q []Mean, but ...int) float64 {
	s, n := 0.0, 0.0
	for b, m := range q {
		if !math.IsNaN(m.Value) && !slices.Contains(but, b) {
			s, n = s+m.Value, n+1
		}
	}
	return s / n
}

// variance is that of the error of the mean over blocks: by what they differ, or by
// the sweeps of the only one.
func variance(q []Mean) (v float64) {
	mean, n, only := average(q), 0.0, 0.0
	for _, m := range q {
		if !math.IsNaN(m.Value) {
			n, only = n+1, m.Variance
		}
	}
	if n == 1 {
		return only
	}
	for _, m := range q {
		if !math.IsNaN(m.Value) {
			v += (m.Value - mean) * (m.Value - mean) / n / (n - 1)
		}
	}
	return v
}

// weigh sets the weights.
func (c *cell) weigh() {
	mean := 0.0
	for k := range c.channels {
		mean += c.channels[k].level / float64(len(c.channels))
	}
	for k := range c.channels {
		if ch := &c.channels[k]; mean != 0 {
			c.weight, ch.weight = 1/(mean*mean), 1/(ch.level*ch.level+0.1*mean*mean)
		}
	}
}

// An error is shared within a block and independent between blocks, whatever it
// is: of sweeps, or a fluctuation of the gain of a cell, of inhibition alone or
// of a channel. So a product is that of an instrument, from one block before pairing
// and one after it, with means over all other blocks,
//
//	[q r] = mean over pairs (b, b') of q_(b, b') r_(−b, −b'),
//
// which is right in the mean without any variance being known. With two blocks A and
// B before pairing [q q] = q_A q_B, the square of the mean less (q_A − q_B)²/4. All
// quantities leave out the same blocks, 1 too, so that errors of large currents,
// which cancel in a residual, do so here; [q r] and [r q] may therefore differ. A
// block is an instrument if it measures excitation and inhibition before, or
// excitation after, and other blocks measure all that is needed.
//
// Where there is none, [q q] is the square of the mean less the variance of its error,
// and errors of different quantities are taken to be independent, as those of spikes, which
// are counted in other sweeps than currents, are anyway.

// fold is, at q/2 for a quantity q, the block of the instrument before pairing, that
// after, and that of spikes, which need none; −1 where none can be one.
type fold [3]int

// folds returns all pairs of blocks of a channel that can be instruments, and
// whether there are blocks for all that is needed.
func (c *channel) folds(need []quantity) (list []fold, replicated bool) {
	var blocks [2][]int
	replicated = true
	for k, all := range [2][]quantity{{e0, i0}, {e1, i1}} {
		all = slices.DeleteFunc(all, func(q quantity) bool { return !slices.Contains(need, q) })
		for b := range c.measured[e0] {
			if len(all) > 0 && !slices.ContainsFunc(all, func(q quantity) bool {
				return q != i1 && math.IsNaN(c.measured[q][b].Value) || math.IsNaN(average(c.measured[q], b))
			}) {
				blocks[k] = append(blocks[k], b)
			}
		}
		if len(blocks[k]) == 0 {
			blocks[k], replicated = []int{-1}, replicated && len(all) == 0
		}
	}
	for _, b := range blocks[0] {
		for _, a := range blocks[1] {
			list = append(list, fold{b, a, -1})
		}
	}
	return list, replicated
}

// halves are a quantity by the block of the instrument, or by all where that does not
// measure it, and by the others, or by all where there is no other; and the variance
// that the two share in the first case.
type halves struct{ left, right, shared float64 }

func (c *channel) split(q quantity, f fold) (h halves) {
	all, b := c.measured[q], f[q/2]
	if h.right = average(all, b); math.IsNaN(h.right) {
		h.right = average(all)
	}
	if b >= 0 && !math.IsNaN(all[b].Value) {
		h.left = all[b].Value
	} else {
		h.left, h.shared = average(all), variance(all)
	}
	return h
}

// multiply makes the products of the channels of a cell, fold by fold of all that a
// channel has, and the means over the cell.
func (c *cell) multiply(need []quantity) {
	n := float64(len(c.channels))
	c.replicated = true
	var all []fold
	of, parts := make([][]fold, len(c.channels)), make([][quantities]halves, len(c.channels)) // of each channel
	for k := range c.channels {
		folds, replicated := c.channels[k].folds(need)
		of[k], all, c.replicated = folds, append(all, folds...), c.replicated && replicated
	}
	slices.SortFunc(all, func(f, g fold) int { return slices.Compare(f[:], g[:]) }) // the order in each channel
	for _, f := range slices.Compact(all) {
		left, right := one.v, one.v
		for _, q := range need {
			for l := range c.channels {
				h := c.channels[l].split(q, f)
				parts[l][q] = h
				left[1+quantities+q] += h.left / n
				right[1+quantities+q] += h.right / n
			}
		}
		for k := range c.channels {
			if slices.Contains(of[k], f) {
				c.add(k, left, right, parts, need, 1/float64(len(of[k])))
			}
		}
	}
	for q := 1 + quantities; q < dims; q++ {
		mean := 0.0
		for k := range c.channels {
			mean += c.channels[k].values[q-quantities] / n
		}
		for k := range c.channels {
			c.channels[k].values[q] = mean
		}
	}
}

// add adds a share of the products of channel k, by the parts of one fold and their means.
func (c *cell) add(k int, left, right [dims]float64, parts [][quantities]halves, need []quantity, share float64) {
	n, products := float64(len(c.channels)), &c.channels[k].products
	for _, q := range need {
		own, mean, h := 1+q, 1+quantities+q, parts[k][q]
		left[own], right[own] = h.left, h.right
		for l := range parts {
			products[mean][mean] -= share * parts[l][q].shared / (n * n)
		}
		products[own][own] -= share * h.shared
		products[own][mean] -= share * h.shared / n
		products[mean][own] -= share * h.shared / n
	}
	for i, x := range left {
		floats.AddScaled(products[i][:], share*x, right[:])
	}
}

// constant is whether a quantity is the same in all channels.
func (s samples) constant(q quantity) bool {
	same := true
	for _, c := range s.all() {
		same = same && c.values[1+q] == s.cells[0].channels[0].values[1+q]
	}
	return same
}
