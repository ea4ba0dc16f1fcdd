package recordings

import (
	"fmt"
	"iter"
	"math"
	"slices"
)

// Fold makes responses of sweeps. The zero value is the fold of the defaults.
//
// A sweep held below the reversal potential that its row names, V_h < E, drives
// current inward and measures excitation; held above, inhibition. Of either the
// conductance is
//
//	g = I / (V_h − I R_s − E),
//
// with what is left of the series resistance, R_s, corrected for and not only
// flagged; an empty R_s is not corrected, and counted. As pA, a magnitude is
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
type Fold struct {
	Unit      string    // "pA", or "nS" for conductances; empty means "pA"
	Edges     []float64 // phases after pairing begin at 0 and at these times in min, increasing; nil means one edge at 20, a choice
	Levels    []float64 // sweeps of these levels alone, dB; nil: a cell has one level, or it is an error
	MaxSeries float64   // sweeps with more series resistance are left out, MΩ; 0: none is
	Isolation float64   // tolerated driving force of the other current, mV; 0 means 10, a choice
	// Unmix solves the two equations for the conductances of excitation and
	// inhibition instead; it needs both in the channel and phase, and the same
	// window after the tone.
	Unmix bool
}

// Check returns an error that names the first field outside its domain.
func (f Fold) Check() error {
	if f.Unit != "" && f.Unit != "pA" && f.Unit != "nS" {
		return fmt.Errorf("recordings: Fold.Unit = %q, must be pA or nS", f.Unit)
	}
	for i, t := range f.Edges {
		if !positive.has(t) || i > 0 && t <= f.Edges[i-1] {
			return fmt.Errorf("recordings: Fold.Edges = %v, must be above 0 and increasing", f.Edges)
		}
	}
	if err := nonNegative.check("Fold.MaxSeries", f.MaxSeries); err != nil {
		return err
	}
	return nonNegative.check("Fold.Isolation", f.Isolation)
}

// Sweeps folds sweeps into responses, one a channel, cell, condition and phase,
// ordered by cell as they first come, phase and channel, and accounts for every
// row that is left out and every response that lacks something. A response's
// time is the mean of its sweeps'. Memory is that of the responses, three numbers
// a sweep.
//
// It returns an error where the rows end with one, if a field of f is outside
// its domain, if levels are mixed in a cell, and if most of the currents of one
// kind have the wrong sign, which a file without the sign convention has.
func (f Fold) Sweeps(rows iter.Seq2[Sweep, error]) ([]Response, Account, error) {
	a := newFolding(f)
	if err := f.Check(); err != nil {
		return nil, Account{}, err
	}
	for s, err := range rows {
		if err != nil {
			return nil, Account{}, err
		}
		if err := a.take(&s); err != nil {
			return nil, Account{}, err
		}
	}
	return a.responses()
}

// kind is what a sweep measures.
type kind int

const (
	excitation kind = iota
	inhibition
)

var kinds = [...]string{"excitation", "inhibition"}

func (s *Sweep) kind() kind {
	if s.driving() < 0 {
		return excitation
	}
	return inhibition
}

// folding is a fold under way.
type folding struct {
	fold    Fold
	account Account
	cells   map[[2]string]*folded
	order   []*folded
}

// folded is a cell under way.
type folded struct {
	animal, cell string
	level        float64
	levelled     bool
	clamp        [2]clamp
	groups       map[group]*sweeps
}

type group struct {
	condition Condition
	phase     int
	channel   float64
}

// sweeps are those of one response.
type sweeps struct {
	paired, best bool
	times        span
	g            [2][]float64 // conductances, as if the other current did not flow
	reached      [2][]float64 // driving forces that reached the synapse
	spikes       []float64
	status       Status
}

// clamp is the potentials at which one kind was measured in a cell.
type clamp struct {
	holding, reversal, window span
	wrong                     int // sweeps of the wrong sign
}

// span is the mean and range of values.
type span struct {
	sum, low, high float64
	n              int
}

func (s *span) add(x float64) {
	if s.n == 0 {
		s.low, s.high = x, x
	}
	s.sum, s.low, s.high, s.n = s.sum+x, min(s.low, x), max(s.high, x), s.n+1
}

// mean is exact if all values are the same.
func (s *span) mean() float64 {
	if s.low == s.high {
		return s.low
	}
	return s.sum / float64(s.n)
}

func newFolding(f Fold) *folding {
	if f.Unit == "" {
		f.Unit = "pA"
	}
	if f.Edges == nil {
		f.Edges = []float64{20}
	}
	if f.Isolation == 0 {
		f.Isolation = 10
	}
	return &folding{fold: f, cells: make(map[[2]string]*folded)}
}

// phase is 0 before pairing, and counts up with the edges after.
func (a *folding) phase(time float64) int {
	if time < 0 {
		return 0
	}
	n, found := slices.BinarySearch(a.fold.Edges, time)
	if found {
		n++
	}
	return 1 + n
}

// take adds a row to its response.
func (a *folding) take(s *Sweep) error {
	a.account.Rows++
	where := func() string { return fmt.Sprintf("row %d", a.account.Rows) }
	if a.fold.Levels != nil && !slices.Contains(a.fold.Levels, s.Level) {
		a.account.leave("sweeps of another level than asked for", where)
		return nil
	}
	if a.fold.MaxSeries > 0 && s.Series > a.fold.MaxSeries {
		a.account.leave(fmt.Sprintf("sweeps with a series resistance above %v MΩ", a.fold.MaxSeries), where)
		return nil
	}
	if !(s.reached()/s.driving() > 0.5) {
		a.account.leave("sweeps in which the series resistance takes half of the driving force or more", where)
		return nil
	}
	if s.Series != s.Series {
		a.account.note("sweeps without a series resistance, not corrected", where)
	}
	k, g := s.kind(), s.conductance()
	c := a.cells[[2]string{s.Animal, s.Cell}]
	if c == nil {
		c = &folded{animal: s.Animal, cell: s.Cell, groups: make(map[group]*sweeps)}
		a.cells[[2]string{s.Animal, s.Cell}] = c
		a.order = append(a.order, c)
	}
	if a.fold.Levels == nil {
		if c.levelled && c.level != s.Level && (c.level == c.level || s.Level == s.Level) {
			return fmt.Errorf("recordings: cell %s of animal %s was recorded at %v and at %v dB; choose with Fold.Levels", c.cell, c.animal, c.level, s.Level)
		}
		c.level, c.levelled = s.Level, true
	}
	c.clamp[k].holding.add(s.Holding)
	c.clamp[k].reversal.add(s.Reversal)
	c.clamp[k].window.add(s.Window)
	if g < 0 {
		c.clamp[k].wrong++
		a.account.note("sweeps of the wrong sign, kept as noise", where)
	}
	at := group{s.Condition, a.phase(s.Time), s.Channel}
	w := c.groups[at]
	if w == nil {
		w = &sweeps{paired: s.Paired, best: s.Best}
		c.groups[at] = w
	}
	w.times.add(s.Time)
	w.g[k] = append(w.g[k], g)
	w.reached[k] = append(w.reached[k], s.reached())
	w.status = max(w.status, s.Status)
	if s.Spikes == s.Spikes {
		w.spikes = append(w.spikes, s.Spikes)
	}
	return nil
}

// other is the largest driving force |V_h − E| of the other current where kind
// k was measured, 0 if the other kind was not.
func (c *folded) other(k kind) float64 {
	if c.clamp[1-k].holding.n == 0 {
		return 0
	}
	h, e := &c.clamp[k].holding, &c.clamp[1-k].reversal
	return max(math.Abs(h.high-e.low), math.Abs(h.low-e.high))
}
