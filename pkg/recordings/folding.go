package recordings

import (
	"fmt"
	"math"
	"slices"
	"sort"
)

// What a sweep measures.
const (
	excitation = iota
	inhibition
)

var kinds = [...]string{"excitation", "inhibition"}

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
	level        float64 // of the first sweep
	clamp        [2]clamp
	groups       map[group]*sweeps
}

type group struct {
	treatment Treatment
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

// phase is 0 before pairing, and counts up with the edges after.
func (a *folding) phase(time float64) int {
	if time < 0 {
		return 0
	}
	return 1 + sort.Search(len(a.fold.Edges), func(i int) bool { return a.fold.Edges[i] > time })
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
	if math.IsNaN(s.Series) {
		a.account.note("sweeps without a series resistance, not corrected", where)
	}
	name := [2]string{s.Animal, s.Cell}
	c := a.cells[name]
	if c == nil {
		c = &folded{animal: s.Animal, cell: s.Cell, level: s.Level, groups: make(map[group]*sweeps)}
		a.cells[name], a.order = c, append(a.order, c)
	}
	if one := c.level == s.Level || math.IsNaN(c.level) && math.IsNaN(s.Level); a.fold.Levels == nil && !one {
		return fmt.Errorf("recordings: cell %s of animal %s was recorded at %v and at %v dB; choose with Fold.Levels", c.cell, c.animal, c.level, s.Level)
	}
	k, g := excitation, s.Current/s.reached()
	if s.driving() > 0 {
		k = inhibition
	}
	at := &c.clamp[k]
	at.holding.add(s.Holding)
	at.reversal.add(s.Reversal)
	at.window.add(s.Window)
	if g < 0 {
		if at.wrong++; at.wrong == 1 {
			at.first = where()
		}
	}
	key := group{s.Treatment, a.phase(s.Time), s.Channel}
	w := c.groups[key]
	if w == nil {
		w = &sweeps{paired: s.Paired, best: s.Best}
		c.groups[key] = w
	}
	w.times.add(s.Time)
	w.g[k] = append(w.g[k], g)
	w.reached[k] = append(w.reached[k], s.reached())
	w.status = max(w.status, s.Status)
	if !math.IsNaN(s.Spikes) {
		w.spikes = append(w.spikes, s.Spikes)
	}
	return nil
}

// other is the largest driving force |V_h − E| of the other current where kind
// k was measured, 0 if the other kind was not.
func (c *folded) other(k int) float64 {
	if c.clamp[1-k].holding.n == 0 {
		return 0
	}
	h, e := &c.clamp[k].holding, &c.clamp[1-k].reversal
	return max(math.Abs(h.high-e.low), math.Abs(h.low-e.high))
}
