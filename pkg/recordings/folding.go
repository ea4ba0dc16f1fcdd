package recordings

import (
	"fmt"
	"math"
	"slices"
)

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
	condition Treatment
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
	wrong                     int    // sweeps of the wrong sign
	first                     string // of them
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
		if c.clamp[k].wrong == 0 {
			c.clamp[k].first = where()
		}
		c.clamp[k].wrong++
	}
	at := group{s.Treatment, a.phase(s.Time), s.Channel}
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
