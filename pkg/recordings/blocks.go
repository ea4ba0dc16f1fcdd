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

// blocks sets the block of each sweep of an experiment; Fold says what it is.
func (f *folding) blocks(e experiment, sweeps []sweep) {
	order := make([]*sweep, len(sweeps))
	for i := range order {
		order[i] = &sweeps[i]
	}
	slices.SortStableFunc(order, func(x, y *sweep) int { return cmp.Or(cmp.Compare(x.time, y.time), cmp.Compare(x.own, y.own)) })
	next := 0
	for _, phase := range divide(order, func(x, y *sweep) bool { return f.phase(x.time) == f.phase(y.time) }) {
		var of [firing + 1][]*sweep
		for _, s := range phase {
			of[s.kind] = append(of[s.kind], s)
		}
		if len(of[firing]) == len(phase) { // which make blocks of their own
			of[excitation], of[firing] = phase, nil
		}
		var runs [][][]*sweep // of each current that is there
		for _, current := range of[:firing] {
			if current != nil {
				runs = append(runs, divide(current, func(x, y *sweep) bool { return y.time-x.time <= f.Gap && y.own == x.own }))
			}
		}
		if len(runs) == 2 && len(runs[0]) != len(runs[1]) {
			f.account.note("phases with more runs of one current than of the other, taken as one block", func() string {
				return e.String() + ", " + [...]string{"before", "after"}[min(f.phase(phase[0].time), 1)] + " pairing"
			})
			runs = [][][]*sweep{{of[excitation]}, {of[inhibition]}}
		}
		var times []span // of the blocks of the phase
		for j := range runs[0] {
			times = append(times, f.cut(runs, j, next+len(times))...)
		}
		for _, s := range of[firing] {
			s.block = next + closest(times, s.time)
		}
		next += len(times)
	}
}

// phase is 0 before pairing, and counts up with the edges, the first of which is 0.
func (f *folding) phase(time float64) int {
	return sort.Search(len(f.edges), func(i int) bool { return f.edges[i] > time })
}

// cut makes blocks, the next of which has the given number, of the j-th run of
// each current, and returns their times. Each run is cut into as many equal parts
// as the mean duration of the runs holds lengths, rounded; parts without a sweep
// make no block.
func (f *Fold) cut(runs [][][]*sweep, j, next int) (times []span) {
	lasting := func(run []*sweep) float64 { return run[len(run)-1].time - run[0].time }
	parts := 1.
	if f.Length > 0 {
		most, minutes := math.Inf(1), 0.
		for _, r := range runs {
			most, minutes = min(most, float64(len(r[j]))), minutes+lasting(r[j])/float64(len(runs))
		}
		parts = max(1, min(most, math.Round(minutes/f.Length)))
	}
	of := make([][]*sweep, int(parts))
	for _, r := range runs {
		for _, s := range r[j] {
			part := 0
			if d := lasting(r[j]); d > 0 {
				part = int(min(parts-1, parts*((s.time-r[j][0].time)/d)))
			}
			of[part] = append(of[part], s)
		}
	}
	for _, sweeps := range of {
		if sweeps == nil {
			continue
		}
		var t span
		for _, s := range sweeps {
			s.block = next + len(times)
			t.add(s.time)
		}
		times = append(times, t)
	}
	return times
}

// closest is the block that is nearest to a time.
func closest(times []span, t float64) (at int) {
	least := math.Inf(1)
	for i, s := range times {
		if d := max(0, s.low-t, t-s.high); d < least {
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
	_, of := experiments(all)
	for _, responses := range of {
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
