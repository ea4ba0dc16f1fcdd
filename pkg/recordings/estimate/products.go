package estimate

import (
	"fmt"
	"math"
	"slices"
)

// quantity is one measured mean of a channel.
type quantity int

const (
	e0 quantity = iota // excitation before
	i0                 // inhibition before
	e1                 // excitation after, early and late: what inhibition meets while it changes
	i1                 // inhibition late
	s1                 // spikes
	quantities
)

const dims = 1 + 2*quantities // 1, a channel's own quantities, their means over the cell

func (q quantity) String() string {
	return [...]string{
		e0: "excitation before", i0: "inhibition before", e1: "excitation after", i1: "inhibition late", s1: "spikes",
	}[q]
}

// view says what of a block measures a quantity.
type view func(q quantity, b *Block) (Mean, bool)

// usual is the view of the comments of the quantities.
func usual(q quantity, b *Block) (Mean, bool) {
	switch q {
	case e0:
		return b.E, b.Phase == Before
	case i0:
		return b.I, b.Phase == Before
	case e1:
		return b.E, b.Phase != Before
	case i1:
		return b.I, b.Phase == Late
	}
	return b.Spikes, b.Phase == Early
}

// channel is a channel's values of 1, its own quantities and their means over the
// cell, as measured, and their products, each right in the mean.
type channel struct {
	paired, best bool
	values       [dims]float64
	products     [dims][dims]float64
	level        float64 // Ē + Ī over its blocks, each counting once
	weight       float64
	measured     [quantities][]Mean // by block, NaN where not measured
}

// cell is what is used of a Cell.
type cell struct {
	channels []channel
	weight   float64 // 1/z̄², of sums over whole cells
	cluster  int
	alone    [dims][dims]bool // products that rest on sweeps alone
}

// samples are the usable channels of cells of one condition.
type samples struct {
	cells   []cell
	n       int      // clusters: animals, or cells where none is named
	names   []string // of the clusters
	channel int      // used
	missing int      // channels that lack something needed
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

// variance is that of the error of the mean over blocks, by sweeps.
func variance(q []Mean) float64 {
	s, n := 0.0, 0.0
	for _, m := range q {
		if !math.IsNaN(m.Value) {
			s, n = s+m.Variance, n+1
		}
	}
	return s / (n * n)
}

// gather collects the channels of which all of need were measured, of cells of one
// condition. A channel has the weight
//
//	1/(z² + 0.1 z̄²),  z = Ē + Ī over all blocks of the channel,
//
// with z̄ the mean of z over the cell. As errors and fluctuations grow with a current,
// channels and cells of any gain then count about alike, and weak ones not without
// bound. A weight must not know the errors that the products are rid of: since it
// takes every block once, before and after, its error does not go with that of any
// change, and scales all currents of the channel alike.
//
// It returns an error if conditions are mixed, if a square of one of squares has
// neither two blocks nor a standard error, or if fewer than two clusters are left.
func gather(cells []Cell, v view, squares []quantity, need ...quantity) (samples, error) {
	var out samples
	index := map[string]int{}
	need = append(slices.Clone(squares), need...)
	for c := range cells {
		of := &cells[c]
		if of.Treatment != cells[0].Treatment {
			return out, fmt.Errorf("recordings: cells of conditions %v and %v together; choose one by estimate.Of", cells[0].Treatment, of.Treatment)
		}
		var one cell
		for k := range of.Channels {
			ch, missing := measure(&of.Channels[k], v, need)
			if missing {
				out.missing++
				continue
			}
			one.channels = append(one.channels, ch)
		}
		if len(one.channels) == 0 {
			continue
		}
		one.multiply(need)
		for _, q := range squares {
			for k := range one.channels {
				if math.IsNaN(one.channels[k].products[1+q][1+q]) {
					return out, fmt.Errorf("recordings: animal %q, cell %q: the standard error of %v is unknown; two sweeps, sem, or a second block are needed", of.Animal, of.Name, q)
				}
			}
		}
		one.weigh()
		name := of.Animal
		if name == "" {
			name = "cell " + of.Name
		}
		if _, ok := index[name]; !ok {
			index[name] = len(index)
			out.names = append(out.names, name)
		}
		one.cluster = index[name]
		out.cells = append(out.cells, one)
		out.channel += len(one.channels)
	}
	out.n = len(index)
	if out.n < 2 {
		return out, fmt.Errorf("recordings: %d animals or cells with all of %v measured, need two", out.n, need)
	}
	return out, nil
}

// measure returns the blocks of a channel's quantities, and whether it lacks one.
// Spikes are those before pairing where none were counted early after it.
// They are kept where they were counted, needed or not.
func measure(t *Track, v view, need []quantity) (ch channel, missing bool) {
	ch.paired, ch.best, ch.level = t.Paired, t.Best, t.level()
	for _, q := range append(slices.Clone(need), s1) {
		list, found := make([]Mean, len(t.Blocks)), false
		take := func(v view) {
			for b := range t.Blocks {
				m, in := v(q, &t.Blocks[b])
				if !in || math.IsNaN(m.Value) {
					m.Value = math.NaN()
				} else {
					found = true
				}
				list[b] = m
			}
		}
		if take(v); !found && q == s1 {
			take(func(_ quantity, b *Block) (Mean, bool) { return b.Spikes, b.Phase == Before })
		}
		if !found && slices.Contains(need, q) {
			return ch, true
		}
		ch.measured[q] = list
	}
	return ch, false
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
// Where there is none, the errors of sweeps are the only ones known: [q q] is the
// square of the mean less that of its standard error, and errors of different
// quantities are taken to be independent. A product in which a block meets itself
// is marked alone. Spikes are counted in other sweeps than currents, and their
// errors are taken to be independent of those of currents anyway.

// outer are the products of 1 and the quantities of one channel, the instrument,
// with those of another.
type outer [1 + quantities][1 + quantities]float64

// outer returns the products of channels k and l.
func (c *cell) outer(k, l int, need []quantity) (p outer) {
	ch, other := &c.channels[k], &c.channels[l]
	folds := ch.folds(need)
	share := 1 / float64(len(folds))
	p[0][0] = 1
	for _, f := range folds {
		for _, r := range need {
			y, without := f.right(other, r)
			p[0][1+r] += share * y
			x, _ := f.left(ch, r)
			p[1+r][0] += share * x
			for _, q := range need {
				x, only := f.left(ch, q)
				v, alone := x*y, false
				switch {
				case q == s1 && r == s1:
					v = apart(ch.measured[q], other.measured[r], k == l)
				case q != s1 && r != s1 && q.after() == r.after():
					alone = meet(ch.measured[q], other.measured[r], f[q.after()], only, without)
				}
				if alone && k == l && q == r {
					v -= variance(ch.measured[q])
				}
				p[1+q][1+r] += share * v
				if k == l {
					c.mark(1+q, 1+r, alone)
				}
				c.mark(1+q, 1+quantities+r, alone)
				c.mark(1+quantities+q, 1+r, alone)
				c.mark(1+quantities+q, 1+quantities+r, alone)
			}
		}
	}
	return p
}

func (c *cell) mark(i, j quantity, alone bool) { c.alone[i][j] = c.alone[i][j] || alone }

// after is 0 for what is measured before pairing and 1 for what is after.
func (q quantity) after() int {
	if q == e0 || q == i0 {
		return 0
	}
	return 1
}

// fold is the block of the instrument before pairing and that after; −1 where none
// can be one.
type fold [2]int

// folds returns all pairs of blocks of a channel that can be instruments.
func (c *channel) folds(need []quantity) (list []fold) {
	var blocks [2][]int
	for k, all := range [2][]quantity{{e0, i0}, {e1, i1}} {
		all = slices.DeleteFunc(all, func(q quantity) bool { return !slices.Contains(need, q) })
		for b := range c.measured[need[0]] {
			if !slices.ContainsFunc(all, func(q quantity) bool {
				return q != i1 && math.IsNaN(c.measured[q][b].Value) || math.IsNaN(average(c.measured[q], b))
			}) {
				blocks[k] = append(blocks[k], b)
			}
		}
		if len(all) == 0 || len(blocks[k]) == 0 {
			blocks[k] = []int{-1}
		}
	}
	for _, b := range blocks[0] {
		for _, a := range blocks[1] {
			list = append(list, fold{b, a})
		}
	}
	return list
}

// left is what an instrument knows of q: its block alone, or all blocks where that
// does not measure q.
func (f fold) left(c *channel, q quantity) (v float64, only bool) {
	if b := f[q.after()]; b >= 0 && q != s1 && !math.IsNaN(c.measured[q][b].Value) {
		return c.measured[q][b].Value, true
	}
	return average(c.measured[q]), false
}

// right is the mean of r over the other blocks, or over all where there is no other.
func (f fold) right(c *channel, r quantity) (v float64, without bool) {
	if b := f[r.after()]; b >= 0 && r != s1 {
		if v := average(c.measured[r], b); !math.IsNaN(v) {
			return v, true
		}
	}
	return average(c.measured[r]), false
}

// meet is whether a block is on both sides of a product: on the left b only or all,
// on the right all without b or with it.
func meet(q, r []Mean, b int, only, without bool) bool {
	for c := range q {
		if !math.IsNaN(q[c].Value+r[c].Value) && !(only && c != b) && !(without && c == b) {
			return true
		}
	}
	return false
}

// apart is the mean of products of different blocks; of the only block it is the
// product, less the variance of its error if it is the same quantity.
func apart(q, r []Mean, same bool) float64 {
	v, n := 0.0, 0.0
	for b, x := range q {
		if y := average(r, b); !math.IsNaN(x.Value + y) {
			v, n = v+x.Value*y, n+1
		}
	}
	if n > 0 {
		return v / n
	}
	if v = average(q) * average(r); same {
		v -= variance(q)
	}
	return v
}

// multiply makes the products of the channels of a cell.
func (c *cell) multiply(need []quantity) {
	n := float64(len(c.channels))
	var whole outer // between means over the cell
	of := func(i int) int { return i + int(quantities) }
	for k := range c.channels {
		for l := range c.channels {
			one, two := &c.channels[k].products, &c.channels[l].products
			for i, row := range c.outer(k, l, need) {
				for j, v := range row {
					if k == l {
						one[i][j] = v
					}
					if i > 0 {
						two[of(i)][j] += v / n
					}
					if j > 0 {
						one[i][of(j)] += v / n
					}
					whole[i][j] += v / (n * n)
				}
			}
		}
	}
	for k := range c.channels {
		ch := &c.channels[k]
		for i, row := range whole {
			for j, v := range row {
				if i > 0 && j > 0 {
					ch.products[of(i)][of(j)] = v
				}
			}
		}
		for _, q := range need {
			v := average(ch.measured[q])
			ch.values[1+q] = v
			for l := range c.channels {
				c.channels[l].values[1+quantities+q] += v / n
			}
		}
		ch.values[0] = 1
	}
}

// weigh sets the weights.
func (c *cell) weigh() {
	mean := 0.0
	for _, ch := range c.channels {
		mean += ch.level / float64(len(c.channels))
	}
	if mean == 0 {
		return
	}
	c.weight = 1 / (mean * mean)
	for k := range c.channels {
		z := c.channels[k].level
		c.channels[k].weight = 1 / (z*z + 0.1*mean*mean)
	}
}

// level is Ē + Ī over the blocks of a channel, each counting once.
func (t *Track) level() (z float64) {
	var e, i []Mean
	for _, b := range t.Blocks {
		e, i = append(e, b.E), append(i, b.I)
	}
	for _, v := range []float64{average(e), average(i)} {
		if !math.IsNaN(v) {
			z += v
		}
	}
	return z
}

// replicated counts the cells in which no product of a regressor x with another
// or with y rests on sweeps alone.
func (s samples) replicated(y form, x ...form) (cells int) {
	for c := range s.cells {
		rests := func(f, g form) bool {
			for i, a := range f.v {
				for j, b := range g.v {
					if a != 0 && b != 0 && s.cells[c].alone[i][j] {
						return true
					}
				}
			}
			return false
		}
		if !slices.ContainsFunc(x, func(f form) bool {
			return rests(f, y) || slices.ContainsFunc(x, func(g form) bool { return rests(f, g) })
		}) {
			cells++
		}
	}
	return cells
}

// constant is whether a quantity is the same in all channels.
func (s samples) constant(q quantity) bool {
	first := s.cells[0].channels[0].values[1+q]
	return !slices.ContainsFunc(s.cells, func(c cell) bool {
		return slices.ContainsFunc(c.channels, func(ch channel) bool { return ch.values[1+q] != first })
	})
}
