package recordings

import (
	"fmt"
	"strings"
)

// Account says what was read, what was left out and what deserves a look, so
// that nothing is dropped in silence.
type Account struct {
	Rows, Animals, Cells, Responses int

	LeftOut []Item // measured, and in no estimate
	Notes   []Item // kept, with the reason to look at it
}

// Item counts what has one thing in common.
type Item struct {
	What  string
	Count int
	First string // where it occurs first
}

// Count returns how many of what the account left out or noted, 0 if none.
func (a *Account) Count(what string) int {
	for _, items := range [...][]Item{a.LeftOut, a.Notes} {
		for _, i := range items {
			if i.What == what {
				return i.Count
			}
		}
	}
	return 0
}

// String lists the account, one line an item.
func (a Account) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d rows of %d cells of %d animals: %d responses", a.Rows, a.Cells, a.Animals, a.Responses)
	list := func(title string, items []Item) {
		for _, i := range items {
			fmt.Fprintf(&b, "\n%s: %d %s, first %s", title, i.Count, i.What, i.First)
		}
	}
	list("left out", a.LeftOut)
	list("note", a.Notes)
	return b.String()
}

func (a *Account) leave(what string, where func() string) { add(&a.LeftOut, what, where) }
func (a *Account) note(what string, where func() string)  { add(&a.Notes, what, where) }

func add(items *[]Item, what string, where func() string) {
	for i := range *items {
		if (*items)[i].What == what {
			(*items)[i].Count++
			return
		}
	}
	*items = append(*items, Item{what, 1, where()})
}

// complete notes what the responses lack, and counts cells and animals.
func (a *Account) complete(responses []Response) {
	a.Responses = len(responses)
	type experiment struct {
		animal, cell string
		condition    Treatment
	}
	animals, cells := map[string]bool{}, map[[2]string]bool{}
	before, after, paired := map[experiment]bool{}, map[experiment]bool{}, map[experiment]bool{}
	var order []experiment
	for i := range responses {
		r := &responses[i]
		e := experiment{r.Animal, r.Cell, r.Treatment}
		if !before[e] && !after[e] {
			order = append(order, e)
		}
		cells[[2]string{r.Animal, r.Cell}] = true
		if r.Animal != "" {
			animals[r.Animal] = true
		}
		before[e] = before[e] || r.Time < 0
		after[e] = after[e] || r.Time >= 0
		paired[e] = paired[e] || r.Paired
		where := func() string {
			return fmt.Sprintf("animal %s, cell %s, channel %v at %.4g min", r.Animal, r.Cell, r.Channel, r.Time)
		}
		phase := "before"
		if r.Time >= 0 {
			phase = "after"
		}
		for _, x := range [...]struct {
			kind        string
			mean, error float64
		}{{kinds[excitation], r.Excitation, r.ErrorE}, {kinds[inhibition], r.Inhibition, r.ErrorI}} {
			switch {
			case x.mean != x.mean:
				a.note("responses "+phase+" pairing without "+x.kind, where)
			case x.mean < 0:
				a.note("responses with "+x.kind+" below 0 in the mean", where)
			}
			if x.mean == x.mean && x.error != x.error {
				a.note("responses without a standard error of "+x.kind, where)
			}
		}
		if r.Spikes != r.Spikes {
			a.note("responses without a count of spikes", where)
		}
	}
	a.Animals, a.Cells = len(animals), len(cells)
	for _, e := range order {
		where := func() string { return fmt.Sprintf("animal %s, cell %s, %v", e.animal, e.cell, e.condition) }
		switch {
		case !before[e]:
			a.note("experiments without a baseline", where)
		case !after[e]:
			a.note("experiments without a phase after pairing", where)
		}
		if !paired[e] {
			a.note("experiments without a paired channel", where)
		}
	}
}
