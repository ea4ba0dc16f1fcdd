package recordings

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// The gain of a recording fluctuates from one run of sweeps to the next by more
// than the scatter of sweeps says, and alike in all sweeps of a run. So blocks
// are what is compared over time, and two blocks before pairing show how far
// apart two lie by chance.

// blocks returns the block of each sweep of an experiment; Fold says what it is.
func (a *folding) blocks(e experiment, sweeps []sweep) []int {
	block, order := make([]int, len(sweeps)), make([]int, len(sweeps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(sweeps[i].time, sweeps[j].time), cmp.Compare(sweeps[i].own, sweeps[j].own))
	})
	var times []span // of the blocks so far
	for n := 0; len(order) > 0; order = order[n:] {
		phase, before := a.fold.phase(sweeps[order[0]].time), len(times)
		for n = 1; n < len(order) && a.fold.phase(sweeps[order[n]].time) == phase; n++ {
		}
		runs := a.fold.runs(sweeps, order[:n])
		if len(runs) == 2 && len(runs[0]) != len(runs[1]) {
			a.account.note("phases with more runs of one current than of the other, taken as one block", func() string {
				return e.String() + ", " + [...]string{"before", "after"}[min(phase, 1)] + " pairing"
			})
			for k := range runs {
				runs[k] = [][]int{slices.Concat(runs[k]...)}
			}
		}
		for j := range runs[0] {
			times = append(times, a.fold.cut(sweeps, runs, j, block, len(times))...)
		}
		for _, i := range order[:n] {
			if s := &sweeps[i]; s.kind == firing {
				block[i] = before + closest(times[before:], s.time)
			}
		}
	}
	used := slices.Compact(slices.Sorted(slices.Values(block)))
	for i := range block {
		block[i], _ = slices.BinarySearch(used, block[i])
	}
	return block
}

// phase is 0 before pairing, and counts up with the edges after.
func (f *Fold) phase(time float64) int {
	if time < 0 {
		return 0
	}
	return 1 + sort.Search(len(f.Edges), func(i int) bool { return f.Edges[i] > time })
}

// runs returns the runs of excitation and those of inhibition, of which there is
// none where the kind is not there, or of sweeps in current clamp where there is
// nothing else. The sweeps of a phase are given in order of time.
func (f *Fold) runs(sweeps []sweep, in []int) (all [][][]int) {
	for kind := range uint8(firing + 1) {
		var runs [][]int
		last := -1
		for _, i := range in {
			s := &sweeps[i]
			if s.kind != kind {
				continue
			}
			if last < 0 || s.time-sweeps[last].time > f.Gap || s.own != sweeps[last].own {
				runs = append(runs, nil)
			}
			runs[len(runs)-1], last = append(runs[len(runs)-1], i), i
		}
		if runs != nil && (kind != firing || all == nil) {
			all = append(all, runs)
		}
	}
	return all
}

// cut makes blocks, the next of which has the given number, of the j-th run of
// each kind, and returns their times. Each run is cut into as many equal parts as
// its mean duration holds lengths, rounded.
func (f *Fold) cut(sweeps []sweep, runs [][][]int, j int, block []int, next int) []span {
	at := func(i int) float64 { return sweeps[i].time }
	lasting := func(run []int) float64 { return at(run[len(run)-1]) - at(run[0]) }
	parts := 1.
	if f.Length > 0 {
		most, minutes := math.Inf(1), 0.
		for _, r := range runs {
			most, minutes = min(most, float64(len(r[j]))), minutes+lasting(r[j])/float64(len(runs))
		}
		parts = max(1, min(most, math.Round(minutes/f.Length)))
	}
	times := make([]span, int(parts))
	for _, r := range runs {
		for _, i := range r[j] {
			part := 0
			if d := lasting(r[j]); d > 0 {
				part = int(min(parts-1, parts*((at(i)-at(r[j][0]))/d)))
			}
			block[i] = next + part
			times[part].add(at(i))
		}
	}
	return times
}

// closest is the block that has any sweep and is nearest to a time.
func closest(times []span, t float64) (at int) {
	least := math.Inf(1)
	for i, s := range times {
		if d := max(0, s.low-t, t-s.high); s.n > 0 && d < least {
			at, least = i, d
		}
	}
	return at
}

// number numbers the blocks of responses from an aggregate file in order of time.
// They are told apart by their own numbers, on either side of pairing, where those
// differ within an experiment, and by their times where not.
func number(all []Response) {
	type key struct {
		after bool
		own   int
		time  float64
	}
	byExperiment := map[experiment][]*Response{}
	for i := range all {
		e := all[i].experiment()
		byExperiment[e] = append(byExperiment[e], &all[i])
	}
	for _, responses := range byExperiment {
		slices.SortStableFunc(responses, func(x, y *Response) int { return cmp.Compare(x.Time, y.Time) })
		own := slices.ContainsFunc(responses, func(r *Response) bool { return r.Block != responses[0].Block })
		blocks := map[key]int{}
		for _, r := range responses {
			k := key{r.Time >= 0, r.Block, 0}
			if !own {
				k.time = r.Time
			}
			if _, ok := blocks[k]; !ok {
				blocks[k] = len(blocks)
			}
			r.Block = blocks[k]
		}
	}
}
