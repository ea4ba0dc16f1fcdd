package recordings

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"

	"credo/internal/domain"

	"gonum.org/v1/gonum/floats"
)

// Fold makes responses of sweeps. The zero value is the fold of the defaults.
//
// A sweep held below the reversal potential that its row names, V_h < E, drives
// current inward and measures excitation; held above, inhibition. What is left of
// the series resistance, R_s, takes I R_s from the potential, so the conductance is
//
//	g = I / (V_h − I R_s − E),
//
// where an empty R_s is not corrected for, and counted. As pA, a magnitude is
// g |V_h − E|, the current of an ideal clamp at the mean V_h and E of the cell.
// Filtering by R_s and imperfect space clamp are not corrected.
//
// That holds if the other current does not flow: excitation has to be held at
// the reversal potential of inhibition, and the reverse. Where a cell has both
// and the other is driven by more than Isolation, the response is left out. And
// as R_s moves the potential away from there, some of the other current flows
// all the same, and each g comes out too small by the share R_s g of the other,
// 4 percent at 20 MΩ and 2 nS. Unmix cures both, at a price: the errors of
// excitation and inhibition are then no longer independent.
//
// A phase, before pairing or between two edges, has as many blocks as its cell has
// runs of sweeps in it: a run of excitation ends where the next sweep of
// excitation comes more than Gap later or has another number in the column block,
// and so for inhibition. The first run of either makes the first block, and so on.
// Where the phase has more runs of one kind than of the other, all of it is one
// block, and the account says so. Spikes counted in current clamp belong to the
// block of the phase that is nearest in time.
type Fold struct {
	Unit      string    // "pA", or "nS" for conductances; empty means "pA"
	Edges     []float64 // phases after pairing begin at 0 and at these times in min, increasing; nil means one edge at 20, a choice
	Gap       float64   // a run of sweeps of one kind ends where none follows within this time, min; 0 means 3, a choice
	Length    float64   // longer runs are cut into equal blocks of about this length, min; 0: none is
	Levels    []float64 // sweeps of these levels alone, dB; nil: a cell has one level, or it is an error
	MaxSeries float64   // sweeps with more series resistance are left out, MΩ; 0: none is
	Isolation float64   // tolerated driving force of the other current, mV; 0 means 10, a choice
	// Unmix solves the two equations for the conductances of excitation and
	// inhibition instead; it needs both in the channel and block, and the same
	// window after the tone.
	Unmix bool
}

// Check returns an error that names the first field outside its domain.
func (f Fold) Check() error {
	if f.Unit != "" && f.Unit != "pA" && f.Unit != "nS" {
		return fmt.Errorf("recordings: Fold.Unit = %q, must be pA or nS", f.Unit)
	}
	for i, t := range f.Edges {
		if !domain.Positive.Has(t) || i > 0 && t <= f.Edges[i-1] {
			return fmt.Errorf("recordings: Fold.Edges = %v, must be above 0 and increasing", f.Edges)
		}
	}
	return domain.Check("recordings: Fold.",
		domain.Field{Name: "Gap", Value: f.Gap, In: domain.NonNegative},
		domain.Field{Name: "Length", Value: f.Length, In: domain.NonNegative},
		domain.Field{Name: "MaxSeries", Value: f.MaxSeries, In: domain.NonNegative},
		domain.Field{Name: "Isolation", Value: f.Isolation, In: domain.NonNegative})
}

// Sweeps folds sweeps, in any order, into responses, one a channel, cell,
// condition and block, ordered by cell as they first come, condition, block and
// channel, and accounts for every row that is left out and every response that
// lacks something. A response's time is the mean of its sweeps'. Memory is that
// of nine numbers a sweep.
//
// It returns an error where the rows end with one, if a field of f is outside
// its domain, if levels are mixed in a cell, and if most of the currents of one
// kind have the wrong sign, which a file without the sign convention has.
func (f Fold) Sweeps(rows iter.Seq2[Sweep, error]) ([]Response, Account, error) {
	if err := f.Check(); err != nil {
		return nil, Account{}, err
	}
	f.Unit, f.Isolation, f.Gap = cmp.Or(f.Unit, "pA"), cmp.Or(f.Isolation, 10), cmp.Or(f.Gap, 3)
	a := &folding{Fold: f, edges: append([]float64{0}, f.Edges...), cells: map[[2]string]*folded{}}
	if f.Edges == nil {
		a.edges = []float64{0, 20}
	}
	for s, err := range rows {
		if err == nil {
			err = a.take(&s)
		}
		if err != nil {
			return nil, Account{}, err
		}
	}
	return a.responses()
}

// What a sweep measures.
const (
	excitation = iota
	inhibition
	firing // spikes alone, in current clamp
)

var kinds = [...]string{"excitation", "inhibition"}

// folding is a fold under way.
type folding struct {
	Fold
	edges   []float64 // where phases begin
	account Account
	cells   map[[2]string]*folded
	order   []*folded
}

// folded is a cell under way.
type folded struct {
	animal, cell string
	level        float64 // of the first sweep
	window       span
	clamp        [2]clamp
	sweeps       map[Treatment][]sweep
}

// sweep is what is kept of a row.
type sweep struct {
	time, channel float64
	own, block    int // the file's own count of blocks, and ours
	kind          uint8
	status        Status
	paired, best  bool
	g, reached    float64 // conductance, as if the other current did not flow, and the driving force that reached the synapse
	spikes        float64
}

// take keeps a row.
func (f *folding) take(s *Sweep) error {
	f.account.Rows++
	where := func() string { return fmt.Sprintf("row %d", f.account.Rows) }
	w := sweep{time: s.Time, channel: s.Channel, own: s.Block, kind: firing, status: s.Status, paired: s.Paired, best: s.Best, spikes: s.Spikes}
	if !math.IsNaN(s.Current) || !math.IsNaN(s.Holding) {
		w.kind, w.reached = excitation, s.reached()
		if w.g = s.Current / w.reached; s.driving() > 0 {
			w.kind = inhibition
		}
	}
	left := ""
	switch {
	case f.Levels != nil && !slices.Contains(f.Levels, s.Level):
		left = "sweeps of another level than asked for"
	case w.kind == firing && math.IsNaN(s.Spikes):
		left = "sweeps with neither a current nor a count of spikes"
	case w.kind == firing:
	case f.MaxSeries > 0 && s.Series > f.MaxSeries:
		left = fmt.Sprintf("sweeps with a series resistance above %v MΩ", f.MaxSeries)
	case !(w.reached/s.driving() > 0.5):
		left = "sweeps in which the series resistance takes half of the driving force or more"
	case math.IsNaN(s.Series):
		f.account.note("sweeps without a series resistance, not corrected", where)
	}
	if left != "" {
		f.account.leave(left, where)
		return nil
	}
	c := f.cells[[2]string{s.Animal, s.Cell}]
	if c == nil {
		c = &folded{animal: s.Animal, cell: s.Cell, level: s.Level, sweeps: map[Treatment][]sweep{}}
		f.cells[[2]string{s.Animal, s.Cell}], f.order = c, append(f.order, c)
	}
	if one := c.level == s.Level || math.IsNaN(c.level) && math.IsNaN(s.Level); f.Levels == nil && !one {
		return fmt.Errorf("recordings: cell %s of animal %s was recorded at %v and at %v dB; choose with Fold.Levels", c.cell, c.animal, c.level, s.Level)
	}
	if w.kind != firing {
		n := &c.clamp[w.kind]
		n.holding.add(s.Holding)
		n.reversal.add(s.Reversal)
		if w.g < 0 {
			n.wrong, n.first = n.wrong+1, cmp.Or(n.first, where())
		}
	}
	if !math.IsNaN(s.Window) {
		c.window.add(s.Window)
	}
	c.sweeps[s.Treatment] = append(c.sweeps[s.Treatment], w)
	return nil
}

// responses ends the fold: the sweeps of an experiment are dealt to its blocks and
// channels, and stay in their order in each.
func (f *folding) responses() (all []Response, _ Account, err error) {
	if err := f.signs(); err != nil {
		return nil, Account{}, err
	}
	for _, c := range f.order {
		for _, treatment := range slices.Sorted(maps.Keys(c.sweeps)) {
			e, sweeps := experiment{c.animal, c.cell, treatment}, c.sweeps[treatment]
			f.blocks(e, sweeps)
			slices.SortStableFunc(sweeps, func(x, y sweep) int {
				return cmp.Or(cmp.Compare(x.block, y.block), cmp.Compare(x.channel, y.channel))
			})
			for _, s := range divide(sweeps, func(x, y sweep) bool { return x.block == y.block && x.channel == y.channel }) {
				all = append(all, f.response(c, e, s))
			}
		}
		if c.window.low != c.window.high {
			f.account.note("cells with windows of several lengths", func() string { return fmt.Sprintf("animal %s, cell %s", c.animal, c.cell) })
		}
	}
	f.account.complete(all)
	return all, f.account, nil
}

// divide divides a slice between neighbours that are not together.
func divide[T any](all []T, together func(x, y T) bool) (parts [][]T) {
	for n := 0; len(all) > 0; all = all[n:] {
		for n = 1; n < len(all) && together(all[n-1], all[n]); n++ {
		}
		parts = append(parts, all[:n:n])
	}
	return parts
}

// response makes one response of its sweeps.
func (f *folding) response(c *folded, e experiment, sweeps []sweep) Response {
	s := &sweeps[0]
	r := Response{Animal: e.animal, Cell: e.cell, Channel: s.channel, Paired: s.paired, Best: s.best, Treatment: e.treatment, Block: s.block, Unit: f.Unit}
	var g, forces [2][]float64 // by kind
	var time [2]span           // in voltage clamp, and in current clamp
	var spikes [2][]float64    // in either
	for i := range sweeps {
		s, clamp := &sweeps[i], 0
		if s.kind == firing {
			clamp = 1
		} else {
			g[s.kind], forces[s.kind] = append(g[s.kind], s.g), append(forces[s.kind], s.reached)
		}
		time[clamp].add(s.time)
		if !math.IsNaN(s.spikes) {
			spikes[clamp] = append(spikes[clamp], s.spikes)
		}
		r.Status = max(r.Status, s.status)
	}
	if time[0].n == 0 {
		time[0] = time[1]
	}
	if r.Time = time[0].mean(); spikes[0] != nil && spikes[1] != nil {
		f.account.leave("counts of spikes in voltage clamp, of responses that have current clamp", r.where)
	}
	if r.SweepsSpikes = spikes[1]; spikes[1] == nil {
		r.SweepsSpikes = spikes[0]
	}
	reason, sem := "Fold.Unmix not being set", [2]float64{}
	if f.Unmix {
		g, sem, reason = c.unmix(g, forces)
	}
	for k := range kinds {
		switch {
		case g[k] == nil:
			continue
		case c.clamp[1-k].holding.n == 0:
			f.account.note("responses whose isolation is unknown, the other current not being in the cell", r.where)
		case reason != "" && c.other(k) > f.Isolation:
			g[k] = nil
			f.account.leave("responses in which "+kinds[k]+" is mixed with the other current, "+reason, r.where)
		}
		if f.Unit == "pA" {
			force := math.Abs(c.clamp[k].holding.mean() - c.clamp[k].reversal.mean())
			sem[k] *= force
			floats.Scale(force, g[k])
		}
	}
	r.SweepsE, r.SweepsI = g[excitation], g[inhibition]
	if r.Summarise(); reason == "" {
		r.ErrorE, r.ErrorI = sem[excitation], sem[inhibition]
	}
	return r
}
