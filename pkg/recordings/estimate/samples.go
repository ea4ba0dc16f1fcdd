package estimate

import (
	"fmt"
	"math"
	"slices"
)

// Reference is the excitation from which inhibition takes its distance to the line.
type Reference uint8

const (
	AfterPairing  Reference = iota // early and late pooled: what inhibition meets while it changes
	BeforePairing                  // the baseline
)

// sample is a channel's measured quantities and the variances of their errors,
// which are independent of each other.
type sample struct {
	value, variance [quantities]float64
	weight          float64
	paired, best    bool
}

// samples are the usable channels of cells, with the cluster of each cell.
type samples struct {
	cells   [][]sample
	cluster []int       // of each cell, 0 … n−1: its animal, or itself where none is named
	n       int         // clusters
	names   [][2]string // of the clusters: animal, or cell where none is named
	channel int         // used
	missing int         // channels that lack something needed
}

// gather collects the channels of which all of need were measured. A channel
// has the weight
//
//	1/(v + 0.3 v̄),
//
// with v the variance of the error of the quantity by, and v̄ its mean over the
// cell: noisy channels and cells count less, and quiet ones not without bound.
// The estimates choose a quantity whose error does not enter their sums
// otherwise, since a weight that knows an error would bias what is corrected
// for it. Where nothing has an error all weights are 1.
//
// It returns an error if a standard error is unknown, or fewer than two
// clusters are left.
func gather(cells []Cell, from Reference, by quantity, need ...quantity) (samples, error) {
	var out samples
	index := map[[2]string]int{}
	for c := range cells {
		cell := &cells[c]
		var list []sample
		for k := range cell.Channels {
			s := cell.Channels[k].sample(from)
			if slices.ContainsFunc(need, func(q quantity) bool { return math.IsNaN(s.value[q]) }) {
				out.missing++
				continue
			}
			if q := slices.IndexFunc(need, func(q quantity) bool { return math.IsNaN(s.variance[q]) }); q >= 0 {
				return out, fmt.Errorf("recordings: animal %q, cell %q, channel %v: the standard error of %v is unknown; two sweeps, or sem, are needed", cell.Animal, cell.Name, cell.Channels[k].Number, need[q])
			}
			list = append(list, s)
		}
		if len(list) == 0 {
			continue
		}
		weigh(list, by)
		key := [2]string{cell.Animal}
		if cell.Animal == "" {
			key[1] = cell.Name
		}
		if _, ok := index[key]; !ok {
			index[key] = len(index)
			out.names = append(out.names, key)
		}
		out.cells, out.cluster = append(out.cells, list), append(out.cluster, index[key])
		out.channel += len(list)
	}
	out.n = len(index)
	if out.n < 2 {
		return out, fmt.Errorf("recordings: %d animals or cells with all of %v measured, need two", out.n, need)
	}
	return out, nil
}

// constant is whether a quantity is the same in all channels.
func (s samples) constant(q quantity) bool {
	differs := func(c sample) bool { return c.value[q] != s.cells[0][0].value[q] }
	return !slices.ContainsFunc(s.cells, func(list []sample) bool { return slices.ContainsFunc(list, differs) })
}

// sample returns the quantities of a channel.
func (c *Track) sample(from Reference) sample {
	after := pool([]Mean{c.E[Early], c.E[Late]})
	spikes := c.Spikes[Early]
	if math.IsNaN(spikes.Value) {
		spikes = c.Spikes[Before]
	}
	s := sample{paired: c.Paired, best: c.Best}
	for q, m := range [quantities]Mean{e0: c.E[Before], i0: c.I[Before], e1: after, i1: c.I[Late], s1: spikes} {
		s.value[q], s.variance[q] = m.Value, m.Variance
	}
	if from == BeforePairing {
		s.value[e1], s.variance[e1] = s.value[e0], s.variance[e0]
	}
	return s
}

func weigh(list []sample, by quantity) {
	mean := 0.0
	for _, s := range list {
		mean += s.variance[by] / float64(len(list))
	}
	for k := range list {
		if list[k].weight = 1; mean > 0 {
			list[k].weight = 1 / (list[k].variance[by] + 0.3*mean)
		}
	}
}

// moments returns those of each cluster, the sums over its cells.
func (s samples) moments(y form, x ...form) []moments {
	out := newMomentsOf(s.n, len(x))
	for c, list := range s.cells {
		out[s.cluster[c]].add(within(list, y, x...), 1)
	}
	return out
}
