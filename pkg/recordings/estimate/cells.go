package estimate

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"credo/internal/domain"
	"credo/pkg/recordings"

	"gonum.org/v1/gonum/stat"
)

// Phase is a stretch of an experiment: before pairing, early after it, when
// excitation has changed and inhibition hardly, and late.
type Phase int

const (
	Before Phase = iota
	Early
	Late
)

func (p Phase) String() string { return [...]string{"before", "early", "late"}[p] }

// Mean is what sweeps say about one quantity of one channel.
type Mean struct {
	Value    float64   // mean over sweeps; NaN where not measured
	Variance float64   // of Value's error by sweeps, s²/n; NaN if unknown
	Sweeps   []float64 // behind it; nil if only the mean was given
}

func unmeasured() Mean { return Mean{Value: math.NaN(), Variance: math.NaN()} }

// Block is a run of sweeps. Errors of any kind may be shared within a block, by
// channels, by excitation and inhibition; those of two blocks are independent.
type Block struct {
	Time         float64 // min relative to pairing, mean over the cell's responses in it
	Phase        Phase
	E, I, Spikes Mean // NaN where not measured
}

func (b *Block) means() [3]*Mean { return [3]*Mean{&b.E, &b.I, &b.Spikes} }

// Track is one channel of a cell through all blocks.
type Track struct {
	Number       float64 // tone_kHz, or the channel's number
	Paired, Best bool
	Blocks       []Block // in order of time, the same in all channels of the cell
	E, I, Spikes [3]Mean // by Phase: the blocks pooled, with the error of sweeps alone
}

// Cell is one recorded neuron under one condition.
type Cell struct {
	Animal, Name string
	Treatment    recordings.Treatment
	Channels     []Track // in order of Number
}

// Of returns the cells of one condition.
func Of(cells []Cell, treatment recordings.Treatment) []Cell {
	return slices.DeleteFunc(slices.Clone(cells), func(c Cell) bool { return c.Treatment != treatment })
}

// Cells joins the responses of each cell by channel and block; in a cell whose blocks
// are not numbered those of one time are one. Before is t < 0, Early 0 ≤ t < early
// minutes. Cells come in order of animal, name and condition.
//
// It returns an error if there is no response, if two units are mixed, if early
// is not positive, if a channel is paired or best in one response and not in
// another, or if a block has times before and after pairing.
func Cells(responses []recordings.Response, early float64) ([]Cell, error) {
	if len(responses) == 0 {
		return nil, fmt.Errorf("recordings: no responses")
	}
	if err := domain.Check("recordings: ", domain.Field{Name: "early", Value: early, In: domain.Positive}); err != nil {
		return nil, err
	}
	order := make([]*recordings.Response, len(responses))
	for i := range responses {
		r := &responses[i]
		if order[i] = r; r.Unit != responses[0].Unit {
			return nil, fmt.Errorf("recordings: response %d of animal %q, cell %q is in %q, others are in %q", i, r.Animal, r.Cell, r.Unit, responses[0].Unit)
		}
		if !domain.Finite.Has(r.Time) {
			return nil, fmt.Errorf("recordings: animal %q, cell %q, channel %v: time_min = %v is not finite", r.Animal, r.Cell, r.Channel, r.Time)
		}
	}
	same := func(a, b *recordings.Response) int {
		return cmp.Or(cmp.Compare(a.Animal, b.Animal), cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.Treatment, b.Treatment))
	}
	slices.SortStableFunc(order, func(a, b *recordings.Response) int {
		return cmp.Or(same(a, b), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Time, b.Time))
	})
	var cells []Cell
	for _, of := range runs(order, func(a, b *recordings.Response) bool { return same(a, b) == 0 }) {
		cell, err := join(of, early)
		if err != nil {
			return nil, fmt.Errorf("recordings: animal %q, cell %q: %w", cell.Animal, cell.Name, err)
		}
		cells = append(cells, cell)
	}
	return cells, nil
}

// runs cuts a list wherever something is not the same as the first of its run.
func runs[T any](list []T, same func(first, next T) bool) (out [][]T) {
	for n := 0; len(list) > 0; list = list[n:] {
		for n = 1; n < len(list) && same(list[0], list[n]); n++ {
		}
		out = append(out, list[:n:n])
	}
	return out
}

// join makes a cell of its responses, which are in order of channel and time.
func join(responses []*recordings.Response, early float64) (Cell, error) {
	c := Cell{Animal: responses[0].Animal, Name: responses[0].Cell, Treatment: responses[0].Treatment}
	key := func(r *recordings.Response) float64 { return r.Time }
	if slices.ContainsFunc(responses, func(r *recordings.Response) bool { return r.Block != 0 }) {
		key = func(r *recordings.Response) float64 { return float64(r.Block) }
	}
	inTime := slices.Clone(responses) // so that no mean depends on the order of rows
	slices.SortFunc(inTime, func(a, b *recordings.Response) int {
		return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(key(a), key(b)))
	})
	var order []float64   // of keys
	var times [][]float64 // of each
	for _, r := range inTime {
		i := slices.Index(order, key(r))
		if i < 0 {
			i, order, times = len(order), append(order, key(r)), append(times, nil)
		}
		times[i] = append(times[i], r.Time)
	}
	var blank []Block
	for i, k := range order {
		b := Block{Time: stat.Mean(times[i], nil), Phase: Late}
		if b.Time < 0 {
			b.Phase = Before
		} else if b.Time < early {
			b.Phase = Early
		}
		if first, last := times[i][0], times[i][len(times[i])-1]; first < 0 && last >= 0 {
			return c, fmt.Errorf("block %v has times from %v to %v min, before and after pairing", k, first, last)
		}
		blank = append(blank, b)
	}
	var same []Mean // that are pooled
	for _, of := range runs(responses, func(a, b *recordings.Response) bool { return a.Channel == b.Channel }) {
		track := Track{Number: of[0].Channel, Paired: of[0].Paired, Best: of[0].Best, Blocks: slices.Clone(blank)}
		for _, r := range of {
			if r.Paired != track.Paired || r.Best != track.Best {
				return c, fmt.Errorf("channel %v is paired or best in one response and not in another", r.Channel)
			}
		}
		for k, phases := range []*[3]Mean{&track.E, &track.I, &track.Spikes} {
			for i := range track.Blocks {
				same = same[:0]
				for _, r := range of {
					if key(r) == order[i] {
						same = append(same, measurement(r, k))
					}
				}
				*track.Blocks[i].means()[k] = pool(same)
			}
			for p := range phases {
				same = same[:0]
				for i := range track.Blocks {
					if b := &track.Blocks[i]; b.Phase == Phase(p) {
						same = append(same, *b.means()[k])
					}
				}
				phases[p] = pool(same)
			}
		}
		c.Channels = append(c.Channels, track)
	}
	return c, nil
}

// measurement is what a response says of excitation, of inhibition or of spikes.
func measurement(r *recordings.Response, k int) Mean {
	switch k {
	case 0:
		return Mean{r.Excitation, r.ErrorE * r.ErrorE, r.SweepsE}
	case 1:
		return Mean{r.Inhibition, r.ErrorI * r.ErrorI, r.SweepsI}
	}
	return Mean{r.Spikes, r.ErrorSpikes * r.ErrorSpikes, r.SweepsSpikes}
}

// pool joins means of one quantity, leaving out what was not measured: weighted
// by their numbers of sweeps where all have at least two, equally otherwise. What
// the means differ by is not part of its error: the estimates take that from
// the blocks themselves.
func pool(means []Mean) Mean {
	if means = measured(means); len(means) == 0 {
		return unmeasured()
	} else if len(means) == 1 {
		return means[0]
	}
	single := slices.ContainsFunc(means, func(m Mean) bool { return len(m.Sweeps) < 2 })
	var out Mean
	total := 0.0
	for _, m := range means {
		n := 1.0
		if !single {
			n = float64(len(m.Sweeps))
			out.Sweeps = append(out.Sweeps, m.Sweeps...)
		}
		out.Value, out.Variance, total = out.Value+n*m.Value, out.Variance+n*n*m.Variance, total+n
	}
	out.Value, out.Variance = out.Value/total, out.Variance/(total*total)
	return out
}

// measured are the means that are known; the list itself if all are.
func measured(means []Mean) []Mean {
	unknown := func(m Mean) bool { return math.IsNaN(m.Value) }
	if !slices.ContainsFunc(means, unknown) {
		return means
	}
	return slices.DeleteFunc(slices.Clone(means), unknown)
}

// drift is what [Group] has of a cell.
func (c Cell) drift() Cell {
	blocks := slices.Clone(c.Channels[0].Blocks)
	for k := range 2 {
		first, found := 0, false
		for b := range blocks {
			if !found {
				first = b
			}
			sum, unit := Mean{}, 0.0
			for _, t := range c.Channels {
				now, was := t.Blocks[b].means()[k], t.Blocks[first].means()[k]
				if !math.IsNaN(now.Value+was.Value) && !(k == 0 && t.Paired) {
					sum.Value, sum.Variance, unit = sum.Value+now.Value, sum.Variance+now.Variance, unit+was.Value
				}
			}
			found = found || unit > 0
			*blocks[b].means()[k] = Mean{Value: sum.Value / unit, Variance: sum.Variance / (unit * unit)}
		}
	}
	c.Channels = []Track{{Blocks: blocks}}
	return c
}

// fluctuation returns that of [Group] and how many cells tell of it. From the
// differences x and y of ln E and ln I between blocks that follow each other,
//
//	common² = ⟨x y⟩/2,  alone² = ⟨x² − v⟩/2 − common²,
//
// with v the variance of x by its sweeps. A trend is part of them; estimates below 0 are 0.
func fluctuation(drift []Cell) (sd [3]float64, cells int) {
	var xy, xx, yy, n float64
	gain := func(was, now Mean) (x, v float64) {
		return math.Log(now.Value / was.Value), was.Variance/(was.Value*was.Value) + now.Variance/(now.Value*now.Value)
	}
	for _, c := range drift {
		blocks := slices.DeleteFunc(slices.Clone(c.Channels[0].Blocks), func(b Block) bool {
			return b.Phase != Before || math.IsNaN(b.E.Variance+b.I.Variance)
		})
		for k := 1; k < len(blocks); k++ {
			x, v := gain(blocks[k-1].E, blocks[k].E)
			y, w := gain(blocks[k-1].I, blocks[k].I)
			xy, xx, yy, n = xy+x*y, xx+x*x-v, yy+y*y-w, n+2
		}
		if len(blocks) > 1 {
			cells++
		}
	}
	xy = max(0, xy)
	for k, v := range []float64{xy, xx - xy, yy - xy} {
		sd[k] = math.Sqrt(max(0, v) / n) // 0/0 is NaN
	}
	return sd, cells
}
