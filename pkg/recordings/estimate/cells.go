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

// The phases.
const (
	Before Phase = iota
	Early
	Late
)

// String returns the phase's name.
func (p Phase) String() string { return [...]string{"before", "early", "late"}[p] }

// Mean is what sweeps say about one quantity of one channel.
type Mean struct {
	Value    float64   // mean over sweeps; NaN where not measured
	Variance float64   // of Value's error by sweeps, s²/n; NaN if unknown
	Sweeps   []float64 // behind it; nil if only the mean was given
}

// Block is a run of sweeps. Errors of any kind may be shared within a block, by
// channels, by excitation and inhibition; those of two blocks are independent.
type Block struct {
	Time         float64 // min relative to pairing, mean over the cell's responses in it
	Phase        Phase
	E, I, Spikes Mean // NaN where not measured
}

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

// Cells joins the responses of each cell by channel and block. Responses of one
// Block are one block; in a cell whose blocks are not numbered those of one time
// are. Before is t < 0, Early 0 ≤ t < early minutes, and Late from there on.
// Cells come in order of animal, name and condition.
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
	slices.SortStableFunc(order, func(a, b *recordings.Response) int {
		return cmp.Or(sameCell(a, b), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Time, b.Time))
	})
	var cells []Cell
	for n := 0; len(order) > 0; order = order[n:] {
		for n = 1; n < len(order) && sameCell(order[0], order[n]) == 0; n++ {
		}
		cell, err := join(order[:n], early)
		if err != nil {
			return nil, err
		}
		cells = append(cells, cell)
	}
	return cells, nil
}

// sameCell is 0 for responses of one cell under one treatment, and orders others.
func sameCell(a, b *recordings.Response) int {
	return cmp.Or(cmp.Compare(a.Animal, b.Animal), cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.Treatment, b.Treatment))
}

// join makes a cell of its responses, which are in order of channel and time.
func join(responses []*recordings.Response, early float64) (Cell, error) {
	first := responses[0]
	c := Cell{Animal: first.Animal, Name: first.Cell, Treatment: first.Treatment}
	numbered := slices.ContainsFunc(responses, func(r *recordings.Response) bool { return r.Block != 0 })
	key := func(r *recordings.Response) float64 {
		if numbered {
			return float64(r.Block)
		}
		return r.Time
	}
	times := map[float64][]float64{}
	for _, r := range responses {
		times[key(r)] = append(times[key(r)], r.Time)
	}
	empty := Mean{Value: math.NaN(), Variance: math.NaN()}
	var blank []Block
	index := map[float64]int{}
	for k, t := range times {
		if slices.Min(t) < 0 && slices.Max(t) >= 0 {
			return c, fmt.Errorf("recordings: animal %q, cell %q: block %v has times from %v to %v min, before and after pairing", c.Animal, c.Name, k, slices.Min(t), slices.Max(t))
		}
		slices.Sort(t) // the mean must not depend on the order of rows
		times[k] = t
		blank = append(blank, Block{Time: stat.Mean(t, nil), E: empty, I: empty, Spikes: empty})
		index[k] = 0
	}
	keys := make([]float64, 0, len(index))
	for k := range index {
		keys = append(keys, k)
	}
	at := func(k float64) float64 { return stat.Mean(times[k], nil) }
	slices.SortFunc(keys, func(a, b float64) int { return cmp.Or(cmp.Compare(at(a), at(b)), cmp.Compare(a, b)) })
	for i, k := range keys {
		index[k], blank[i].Time = i, at(k)
		switch t := blank[i].Time; {
		case t < 0:
			blank[i].Phase = Before
		case t < early:
			blank[i].Phase = Early
		default:
			blank[i].Phase = Late
		}
	}
	for n := 0; len(responses) > 0; responses = responses[n:] {
		first := responses[0]
		track := Track{Number: first.Channel, Paired: first.Paired, Best: first.Best, Blocks: slices.Clone(blank)}
		parts := make([][3][]Mean, len(blank))
		for n = 0; n < len(responses) && responses[n].Channel == first.Channel; n++ {
			r := responses[n]
			if r.Paired != track.Paired || r.Best != track.Best {
				return c, fmt.Errorf("recordings: animal %q, cell %q: channel %v is paired or best in one response and not in another", r.Animal, r.Cell, r.Channel)
			}
			of := &parts[index[key(r)]]
			for k, m := range [3]Mean{
				{r.Excitation, r.ErrorE * r.ErrorE, r.SweepsE},
				{r.Inhibition, r.ErrorI * r.ErrorI, r.SweepsI},
				{r.Spikes, r.ErrorSpikes * r.ErrorSpikes, r.SweepsSpikes},
			} {
				of[k] = append(of[k], m)
			}
		}
		var phases [3][3][]Mean
		for b, p := range parts {
			block := &track.Blocks[b]
			block.E, block.I, block.Spikes = pool(p[0]), pool(p[1]), pool(p[2])
			for k, m := range [3]Mean{block.E, block.I, block.Spikes} {
				phases[block.Phase][k] = append(phases[block.Phase][k], m)
			}
		}
		for p, of := range phases {
			track.E[p], track.I[p], track.Spikes[p] = pool(of[0]), pool(of[1]), pool(of[2])
		}
		c.Channels = append(c.Channels, track)
	}
	return c, nil
}

// pool joins means of one quantity, leaving out what was not measured: weighted
// by their numbers of sweeps where all have at least two, equally otherwise. What
// the means differ by is not part of its error: the estimates take that from
// the blocks themselves.
func pool(means []Mean) Mean {
	means = slices.DeleteFunc(slices.Clone(means), func(m Mean) bool { return math.IsNaN(m.Value) })
	switch len(means) {
	case 0:
		return Mean{Value: math.NaN(), Variance: math.NaN()}
	case 1:
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

// half is the mean of the even sweeps, or of the odd ones: their errors are
// independent. It is NaN where there are fewer than four.
func (m Mean) half(h int) Mean {
	if len(m.Sweeps) < 4 {
		return Mean{Value: math.NaN(), Variance: math.NaN()}
	}
	var half []float64
	for k := h; k < len(m.Sweeps); k += 2 {
		half = append(half, m.Sweeps[k])
	}
	mean, variance := stat.MeanVariance(half, nil)
	return Mean{mean, variance / float64(len(half)), half}
}

// drift returns the mean excitation of the unpaired channels of a cell in each
// block, and the mean inhibition of its channels, as shares of those of the first
// block that has them. Channels are those that have the current in all blocks in
// which any has it. Variance is that of sweeps.
func (c Cell) drift() Cell {
	out := Cell{Animal: c.Animal, Name: c.Name, Treatment: c.Treatment, Channels: []Track{{}}}
	if len(c.Channels) == 0 {
		return out
	}
	t := &out.Channels[0]
	t.Blocks = slices.Clone(c.Channels[0].Blocks)
	for k, of := range []func(*Block) *Mean{func(b *Block) *Mean { return &b.E }, func(b *Block) *Mean { return &b.I }, func(b *Block) *Mean { return &b.Spikes }} {
		any := make([]bool, len(t.Blocks))
		for _, ch := range c.Channels {
			for b := range ch.Blocks {
				any[b] = any[b] || !math.IsNaN(of(&ch.Blocks[b]).Value)
			}
		}
		first := math.NaN()
		for b := range t.Blocks {
			m, n := Mean{}, 0.
			for _, ch := range c.Channels {
				lacks := func() bool {
					for b, needed := range any {
						if needed && math.IsNaN(of(&ch.Blocks[b]).Value) {
							return true
						}
					}
					return false
				}
				if k == 0 && ch.Paired || lacks() {
					continue
				}
				one := of(&ch.Blocks[b])
				m.Value, m.Variance, n = m.Value+one.Value, m.Variance+one.Variance, n+1
			}
			m.Value, m.Variance = m.Value/n, m.Variance/(n*n)
			if math.IsNaN(first) && m.Value > 0 {
				first = m.Value
			}
			m.Value, m.Variance = m.Value/first, m.Variance/(first*first)
			*of(&t.Blocks[b]) = m
		}
	}
	return out
}

// fluctuation returns the standard deviations of ln of the gain between blocks
// before pairing: of what excitation and inhibition share, of excitation alone
// and of inhibition alone, and how many cells tell. From the differences x and y of
// ln E and ln I between blocks that follow each other, by [Cell.drift],
//
//	common² = ⟨x y⟩/2,  alone² = ⟨x²⟩/2 − v − common²,
//
// with v the relative variance of a mean by its sweeps. A trend is part of them.
// Estimates below 0 are 0; they are NaN where no cell has two blocks.
func fluctuation(drift []Cell) (sd [3]float64, cells int) {
	var xx, yy, xy, v, w, n float64
	for _, c := range drift {
		last := -1
		for b, now := range c.Channels[0].Blocks {
			if now.Phase != Before || math.IsNaN(now.E.Value+now.I.Value) {
				continue
			}
			if last >= 0 {
				was := c.Channels[0].Blocks[last]
				x, y := math.Log(now.E.Value/was.E.Value), math.Log(now.I.Value/was.I.Value)
				if noise := relative(now.E) + relative(was.E) + relative(now.I) + relative(was.I); !math.IsNaN(x + y + noise) {
					xx, yy, xy, n = xx+x*x/2, yy+y*y/2, xy+x*y/2, n+1
					v, w = v+(relative(now.E)+relative(was.E))/2, w+(relative(now.I)+relative(was.I))/2
				}
			}
			last = b
		}
		if n > 0 {
			cells++
		}
	}
	root := func(x float64) float64 { return math.Sqrt(math.Max(0, x/n)) }
	if n == 0 {
		return [3]float64{math.NaN(), math.NaN(), math.NaN()}, 0
	}
	xy = math.Max(0, xy)
	return [3]float64{root(xy), root(xx - v - xy), root(yy - w - xy)}, cells
}

func relative(m Mean) float64 { return m.Variance / (m.Value * m.Value) }
