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

// channel is a channel's products of 1, its own quantities and their means over
// the cell, each right in the mean; products[0] are the means as measured.
type channel struct {
	paired, best bool
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
	pairs    [][]float64      // of tuning: [e0 i0] of channels k and l
}

// samples are the usable channels of cells of one condition.
type samples struct {
	cells   []cell
	n       int      // clusters: animals, or cells where none is named
	names   []string // of the clusters
	channel int      // used
	missing int      // channels that lack something needed
}

// An error is shared within a block and independent between blocks, whatever it
// is: of sweeps, or a fluctuation of the gain of a cell, of inhibition alone or
// of a channel. So the product of two quantities, of one channel or of two, is
// the mean over all pairs of different blocks,
//
//	[q r] = mean of q_b r_b' over b ≠ b',
//
// b among the blocks of q and b' among those of r. It is right in the mean
// without any variance being known. With two blocks A and B, [q q] = q_A q_B, the
// square of the mean less (q_A − q_B)²/4. Where both were measured in one and the
// same block only, the errors of sweeps are the only ones known: [q q] is the
// square of the mean less that of its standard error, and errors of different
// quantities are taken to be independent. Such a product is marked alone.
func product(q, r []Mean, same bool) (v float64, alone bool) {
	var sq, sr, common, nq, nr, nc float64
	var variance float64
	for b := range q {
		x, y := q[b].Value, r[b].Value
		hasX, hasY := !math.IsNaN(x), !math.IsNaN(y)
		if hasX {
			sq, nq, variance = sq+x, nq+1, q[b].Variance
		}
		if hasY {
			sr, nr = sr+y, nr+1
		}
		if hasX && hasY {
			common, nc = common+x*y, nc+1
		}
	}
	switch n := nq*nr - nc; {
	case nq == 0 || nr == 0:
		return math.NaN(), false
	case n > 0:
		return (sq*sr - common) / n, false
	case same:
		return sq*sq - variance, true
	}
	return sq * sr, true
}

// plainly is the product of the means over blocks, errors and all.
func plainly(q, r []Mean, _ bool) (float64, bool) { return average(q) * average(r), true }

// average is the mean over blocks.
func average(q []Mean) float64 {
	s, n := 0.0, 0.0
	for _, m := range q {
		if !math.IsNaN(m.Value) {
			s, n = s+m.Value, n+1
		}
	}
	return s / n
}

// gather collects the channels of which all of need were measured, of cells of one
// condition. A channel has the weight
//
//	1/(z² + 0.3 z̄²),  z = Ē + Ī over all blocks of the channel,
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
	return gatherBy(product, cells, v, squares, need...)
}

func gatherBy(product func(q, r []Mean, same bool) (float64, bool), cells []Cell, v view, squares []quantity, need ...quantity) (samples, error) {
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
		one.multiply(product, need)
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

// multiply makes the products of the channels of a cell.
func (c *cell) multiply(product func(q, r []Mean, same bool) (float64, bool), need []quantity) {
	n := float64(len(c.channels))
	var mean [dims][dims]float64
	mean[0][0] = 1
	add := func(to *[dims][dims]float64, i, j quantity, v float64) {
		to[i][j] += v
		if i != j {
			to[j][i] += v
		}
	}
	for k := range c.channels {
		ch := &c.channels[k]
		ch.products[0][0] = 1
		for _, q := range need {
			v := average(ch.measured[q])
			add(&ch.products, 0, 1+q, v)
			add(&mean, 0, 1+quantities+q, v/n)
		}
		for l := range c.channels {
			for _, q := range need {
				for _, r := range need {
					v, alone := product(ch.measured[q], c.channels[l].measured[r], k == l && q == r)
					own, other, both := 1+q, 1+quantities+r, 1+quantities+q
					if k == l {
						ch.products[own][1+r] = v
						c.alone[own][1+r] = c.alone[own][1+r] || alone
					}
					add(&ch.products, own, other, v/n)
					mean[both][other] += v / (n * n)
					c.alone[own][other] = c.alone[own][other] || alone
					c.alone[other][own] = c.alone[own][other]
					c.alone[both][other] = c.alone[both][other] || alone
				}
			}
		}
	}
	for k := range c.channels {
		p := &c.channels[k].products
		for i := range p {
			for j := range p[i] {
				if i, j := quantity(i), quantity(j); (i == 0 || i > quantities) && (j == 0 || j > quantities) {
					p[i][j] = mean[i][j]
				}
			}
		}
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
		c.channels[k].weight = 1 / (z*z + 0.3*mean*mean)
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
	first := s.cells[0].channels[0].products[0][1+q]
	return !slices.ContainsFunc(s.cells, func(c cell) bool {
		return slices.ContainsFunc(c.channels, func(ch channel) bool { return ch.products[0][1+q] != first })
	})
}
