package recordings

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// responses ends the fold.
func (a *folding) responses() ([]Response, Account, error) {
	for k, n := range a.signs {
		const enough = 8
		if n.all >= enough && 4*n.wrong > 3*n.all {
			side, sign := "below", "negative (inward)"
			if kind(k) == inhibition {
				side, sign = "above", "positive (outward)"
			}
			return nil, Account{}, fmt.Errorf("recordings: %d of the %d currents held %s the reversal potential of their row have the wrong sign, must be %s: is the sign convention another, or the reversal potential that of the other current?", n.wrong, n.all, side, sign)
		}
	}
	var all []Response
	for _, c := range a.order {
		keys := make([]group, 0, len(c.groups))
		for at := range c.groups {
			keys = append(keys, at)
		}
		slices.SortFunc(keys, func(x, y group) int {
			return cmp.Or(cmp.Compare(x.condition, y.condition), cmp.Compare(x.phase, y.phase), cmp.Compare(x.channel, y.channel))
		})
		for _, at := range keys {
			all = append(all, a.response(c, at, c.groups[at]))
		}
		for k := range kinds {
			if w := c.clamp[k].window; w.n > 0 && (w.low != w.high || c.clamp[1-k].window.n > 0 && w.low != c.clamp[1-k].window.low) {
				a.account.note("cells with windows of several lengths", func() string { return fmt.Sprintf("animal %s, cell %s", c.animal, c.cell) })
				break
			}
		}
	}
	a.account.complete(all)
	return all, a.account, nil
}

// response makes one response of its sweeps.
func (a *folding) response(c *folded, at group, w *sweeps) Response {
	r := Response{
		Animal: c.animal, Cell: c.cell, Channel: at.channel, Paired: w.paired, Best: w.best, Condition: at.condition,
		Time: w.times.mean(), SweepsSpikes: w.spikes, Unit: a.fold.Unit, Status: w.status,
	}
	where := func() string {
		return fmt.Sprintf("animal %s, cell %s, channel %v at %.4g min", r.Animal, r.Cell, r.Channel, r.Time)
	}
	mixed := false
	for k := range kinds {
		mixed = mixed || len(w.g[k]) > 0 && c.other(kind(k)) > a.fold.Isolation
		if len(w.g[k]) > 0 && c.clamp[1-k].holding.n == 0 {
			a.account.note("responses whose isolation is unknown, the other current not being in the cell", where)
		}
	}
	g, sem := w.g, [2]float64{}
	for k := range g {
		_, sem[k] = meanAndError(g[k])
	}
	if mixed {
		var reason string
		if g, sem, reason = a.unmix(c, w, sem); reason != "" {
			for k := range g {
				switch {
				case len(w.g[k]) == 0:
				case c.other(kind(k)) <= a.fold.Isolation:
					g[k] = w.g[k] // what is isolated stays
				default:
					sem[k] = math.NaN()
					a.account.leave("responses in which "+kinds[k]+" is mixed with the other current, "+reason, where)
				}
			}
		}
	}
	for k := range g {
		unit := 1.
		if n := &c.clamp[k]; a.fold.Unit == "pA" && n.holding.n > 0 {
			unit = math.Abs(n.holding.mean() - n.reversal.mean())
		}
		for i := range g[k] {
			g[k][i] *= unit
		}
		sem[k] *= unit
	}
	r.SweepsE, r.SweepsI = g[excitation], g[inhibition]
	r.summarise()
	r.ErrorE, r.ErrorI = sem[excitation], sem[inhibition]
	return r
}
