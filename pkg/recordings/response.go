package recordings

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// Response is the excitation and inhibition of one channel of one cell in one
// block of an experiment. The sign convention of the clamp is gone: both are
// magnitudes, so that more is more.
type Response struct {
	Animal, Cell string
	Channel      float64 // tone_kHz, or the channel's number
	Paired, Best bool    // the channel that was paired; the best one before pairing
	Treatment    Treatment
	Time         float64 // min relative to pairing; negative before
	Block        int     // run of sweeps of its cell that it belongs to, in time from 0 over the experiment; the same for all channels and both currents of the run

	Excitation, Inhibition float64   // magnitudes, ≥ 0 in the mean, in Unit; NaN where not measured
	ErrorE, ErrorI         float64   // standard error of the mean over sweeps; NaN if unknown
	SweepsE, SweepsI       []float64 // the single sweeps behind them, for split halves; nil for aggregate rows

	Spikes       float64   // postsynaptic spikes a sweep, mean; NaN if not counted
	ErrorSpikes  float64   // standard error of that; NaN if unknown
	SweepsSpikes []float64 // the sweeps in which spikes were counted; nil for aggregate rows

	Unit   string // "pA", "nS", or as given in the aggregate file
	Status Status
}

// Treatment is what was paired with the tone of the paired channel. It names
// the experiment, so it is the same before and after pairing.
type Treatment uint8

const (
	None Treatment = iota // the control: the tone alone, sham, or nothing
	ACh                   // acetylcholine, or stimulation of the nucleus basalis
	NE                    // noradrenaline, or stimulation of the locus coeruleus
	Drug                  // with a drug, for example an antagonist
)

// The words of the schemas.
var (
	treatments = [...]string{None: "none", ACh: "ACh", NE: "NE", Drug: "drug"}
	statuses   = [...]string{Measured: "measured", Derived: "derived", Digitised: "digitised", Generated: "generated"}
)

// String returns the word of the schemas.
func (t Treatment) String() string { return word(treatments[:], uint8(t)) }

// Status is where a number comes from. Every figure and table should say it.
type Status uint8

const (
	Measured  Status = iota // in an experiment, by whoever made the file
	Derived                 // computed from measured numbers
	Digitised               // read off a published figure
	Generated               // by a Generator: no experiment
)

// String returns the word of the schemas.
func (s Status) String() string { return word(statuses[:], uint8(s)) }

func word(words []string, i uint8) string {
	if int(i) < len(words) {
		return words[i]
	}
	return fmt.Sprintf("unknown (%d)", i)
}

// Summarise sets the means and standard errors of the sweeps.
func (r *Response) Summarise() {
	r.Excitation, r.ErrorE = meanAndError(r.SweepsE)
	r.Inhibition, r.ErrorI = meanAndError(r.SweepsI)
	r.Spikes, r.ErrorSpikes = meanAndError(r.SweepsSpikes)
}

// meanAndError returns the mean and its standard error, NaN of too few values.
func meanAndError(v []float64) (mean, sem float64) {
	if len(v) == 0 {
		return math.NaN(), math.NaN() // not 0/0, which has other bits
	}
	mean, sd := stat.MeanStdDev(v, nil)
	return mean, stat.StdErr(sd, float64(len(v)))
}

// experiment is one cell under one condition.
type experiment struct {
	animal, cell string
	treatment    Treatment
}

func (e experiment) String() string {
	return fmt.Sprintf("animal %s, cell %s, %v", e.animal, e.cell, e.treatment)
}

// experiments deals responses to their experiments, in order of the first.
func experiments(all []Response) (order []experiment, of map[experiment][]*Response) {
	of = map[experiment][]*Response{}
	for i := range all {
		e := experiment{all[i].Animal, all[i].Cell, all[i].Treatment}
		if of[e] == nil {
			order = append(order, e)
		}
		of[e] = append(of[e], &all[i])
	}
	return order, of
}

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
	s := fmt.Sprintf("%d rows of %d cells of %d animals: %d responses", a.Rows, a.Cells, a.Animals, a.Responses)
	for k, items := range [][]Item{a.LeftOut, a.Notes} {
		for _, i := range items {
			s += fmt.Sprintf("\n%s: %d %s, first %s", []string{"left out", "note"}[k], i.Count, i.What, i.First)
		}
	}
	return s
}

func (a *Account) leave(what string, where func() string) { add(&a.LeftOut, what, where) }
func (a *Account) note(what string, where func() string)  { add(&a.Notes, what, where) }

func add(items *[]Item, what string, where func() string) {
	i := slices.IndexFunc(*items, func(i Item) bool { return i.What == what })
	if i < 0 {
		i, *items = len(*items), append(*items, Item{what, 0, where()})
	}
	(*items)[i].Count++
}

// complete notes what the responses lack, and counts them, their cells and animals.
func (a *Account) complete(all []Response) {
	animals, cells, control := map[string]bool{"": true}, map[[2]string]bool{}, false
	for i := range all {
		r := &all[i]
		animals[r.Animal], cells[[2]string{r.Animal, r.Cell}], control = true, true, control || r.Treatment == None
		when := map[bool]string{true: "before", false: "after"}[r.Time < 0]
		for k, of := range [...][2]float64{{r.Excitation, r.ErrorE}, {r.Inhibition, r.ErrorI}} {
			mean, sem := of[0], of[1]
			if math.IsNaN(mean) {
				a.note("responses "+when+" pairing without "+kinds[k], r.where)
			} else if mean < 0 {
				a.note("responses with "+kinds[k]+" below 0 in the mean", r.where)
			}
			if !math.IsNaN(mean) && math.IsNaN(sem) {
				a.note("responses without a standard error of "+kinds[k], r.where)
			}
		}
		if math.IsNaN(r.Spikes) {
			a.note("responses without a count of spikes", r.where)
		}
	}
	a.Animals, a.Cells, a.Responses = len(animals)-1, len(cells), len(all)
	order, of := experiments(all)
	for _, e := range order {
		var before, after, paired bool
		baseline := map[int]bool{} // its blocks
		for _, r := range of[e] {
			before, after, paired = before || r.Time < 0, after || r.Time >= 0, paired || r.Paired || r.Treatment == None
			if r.Time < 0 && !(math.IsNaN(r.Excitation) && math.IsNaN(r.Inhibition)) {
				baseline[r.Block] = true
			}
		}
		for _, item := range []struct {
			lacks bool
			what  string
		}{
			{!before, "without a baseline"},
			{!after, "without a phase after pairing"},
			{!paired, "without a paired channel"},
			{len(baseline) == 1, "with one baseline block, so that the fluctuation between blocks is unknown"},
			{!control, "without controls, no cell having the condition none"},
		} {
			if item.lacks {
				a.note("experiments "+item.what, e.String)
			}
		}
	}
}

func (r *Response) where() string {
	return fmt.Sprintf("animal %s, cell %s, channel %v at %.4g min", r.Animal, r.Cell, r.Channel, r.Time)
}
