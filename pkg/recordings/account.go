package recordings

import (
	"fmt"
	"math"
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

// String lists the account, one line an item.
func (a Account) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d rows of %d cells of %d animals: %d responses", a.Rows, a.Cells, a.Animals, a.Responses)
	for k, items := range [][]Item{a.LeftOut, a.Notes} {
		for _, i := range items {
			fmt.Fprintf(&b, "\n%s: %d %s, first %s", []string{"left out", "note"}[k], i.Count, i.What, i.First)
		}
	}
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

func (r *Response) where() string {
	return fmt.Sprintf("animal %s, cell %s, channel %v at %.4g min", r.Animal, r.Cell, r.Channel, r.Time)
}

// experiment is one cell under one condition.
type experiment struct {
	animal, cell string
	treatment    Treatment
}

func (e experiment) String() string {
	return fmt.Sprintf("animal %s, cell %s, %v", e.animal, e.cell, e.treatment)
}

func (r *Response) experiment() experiment { return experiment{r.Animal, r.Cell, r.Treatment} }

// complete notes what the responses lack, and counts cells and animals.
func (a *Account) complete(responses []Response) {
	var order []experiment
	parts := [...]string{"a baseline", "a phase after pairing", "a paired channel"}
	has, control := map[experiment]*[len(parts)]bool{}, false
	baseline := map[experiment]map[int]bool{} // its blocks
	animals, cells := map[string]bool{}, map[[2]string]bool{}
	for i := range responses {
		r := &responses[i]
		e := r.experiment()
		if has[e] == nil {
			order, has[e], baseline[e] = append(order, e), new([len(parts)]bool), map[int]bool{}
		}
		control = control || r.Treatment == None
		for k, part := range [...]bool{r.Time < 0, r.Time >= 0, r.Paired || r.Treatment == None} {
			has[e][k] = has[e][k] || part
		}
		if r.Time < 0 && !(math.IsNaN(r.Excitation) && math.IsNaN(r.Inhibition)) {
			baseline[e][r.Block] = true
		}
		cells[[2]string{r.Animal, r.Cell}] = true
		if r.Animal != "" {
			animals[r.Animal] = true
		}
		phase := "before"
		if r.Time >= 0 {
			phase = "after"
		}
		for k, mean := range [...]float64{r.Excitation, r.Inhibition} {
			switch {
			case math.IsNaN(mean):
				a.note("responses "+phase+" pairing without "+kinds[k], r.where)
				continue
			case mean < 0:
				a.note("responses with "+kinds[k]+" below 0 in the mean", r.where)
			}
			if math.IsNaN([...]float64{r.ErrorE, r.ErrorI}[k]) {
				a.note("responses without a standard error of "+kinds[k], r.where)
			}
		}
		if math.IsNaN(r.Spikes) {
			a.note("responses without a count of spikes", r.where)
		}
	}
	a.Animals, a.Cells, a.Responses = len(animals), len(cells), len(responses)
	for _, e := range order {
		for k, part := range parts {
			if !has[e][k] {
				a.note("experiments without "+part, e.String)
			}
		}
		if len(baseline[e]) == 1 {
			a.note("experiments with one baseline block, so that the fluctuation between blocks is unknown", e.String)
		}
		if !control {
			a.note("experiments without controls, no cell having the condition none", e.String)
		}
	}
}
