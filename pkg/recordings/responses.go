package recordings

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
)

// responses ends the fold.
func (a *folding) responses() ([]Response, Account, error) {
	if err := a.signs(); err != nil {
		return nil, Account{}, err
	}
	var all []Response
	for _, c := range a.order {
		for _, at := range slices.SortedFunc(maps.Keys(c.groups), func(x, y group) int {
			return cmp.Or(cmp.Compare(x.treatment, y.treatment), cmp.Compare(x.phase, y.phase), cmp.Compare(x.channel, y.channel))
		}) {
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

// signs returns an error if most currents of a kind have the wrong sign, where
// the other current does not flow, and notes those that have it.
func (a *folding) signs() error {
	for k := range kinds {
		all, wrong := 0, 0
		for _, c := range a.order {
			if c.other(k) > a.fold.Isolation {
				continue
			}
			all, wrong = all+c.clamp[k].holding.n, wrong+c.clamp[k].wrong
			for range c.clamp[k].wrong {
				a.account.note("sweeps of the wrong sign, kept as noise", func() string { return c.clamp[k].first })
			}
		}
		const enough = 8
		if all < enough || 4*wrong <= 3*all {
			continue
		}
		side, sign := "below", "negative (inward)"
		if k == inhibition {
			side, sign = "above", "positive (outward)"
		}
		return fmt.Errorf("recordings: %d of the %d currents held %s the reversal potential of their row have the wrong sign, must be %s: is the sign convention another, or the reversal potential that of the other current?", wrong, all, side, sign)
	}
	return nil
}

// response makes one response of its sweeps.
func (a *folding) response(c *folded, at group, w *sweeps) Response {
	r := Response{
		Animal: c.animal, Cell: c.cell, Channel: at.channel, Paired: w.paired, Best: w.best, Treatment: at.treatment,
		Time: w.times.mean(), SweepsSpikes: w.spikes, Unit: a.fold.Unit, Status: w.status,
	}
	g, sem, reason := w.g, [2]float64{}, "Fold.Unmix not being set"
	for k := range kinds {
		_, sem[k] = meanAndError(g[k])
	}
	if a.fold.Unmix {
		both, errors, why := c.unmix(w)
		if reason = why; reason == "" {
			g, sem = both, errors
		}
	}
	for k := range kinds {
		n := &c.clamp[k]
		switch {
		case len(w.g[k]) == 0:
			continue
		case c.clamp[1-k].holding.n == 0:
			a.account.note("responses whose isolation is unknown, the other current not being in the cell", r.where)
		case reason != "" && c.other(k) > a.fold.Isolation:
			g[k], sem[k] = nil, math.NaN()
			a.account.leave("responses in which "+kinds[k]+" is mixed with the other current, "+reason, r.where)
		}
		if a.fold.Unit == "pA" {
			force := math.Abs(n.holding.mean() - n.reversal.mean())
			sem[k] *= force
			for i := range g[k] {
				g[k][i] *= force
			}
		}
	}
	r.SweepsE, r.SweepsI = g[excitation], g[inhibition]
	r.Summarise()
	r.ErrorE, r.ErrorI = sem[excitation], sem[inhibition]
	return r
}
