package recordings

import (
	"fmt"
	"io"
	"iter"
	"math"
	"strings"
)

// Aggregate is a row of the aggregate schema: means over sweeps, or over cells,
// as a paper or a laboratory's own analysis gives them.
type Aggregate struct {
	Source, Figure         string // DOI, and figure or table; empty for one's own data
	Animal, Cell           string // Animal may be empty; a mean over cells has a name in place of the cell's
	Channel                float64
	Treatment              Treatment
	Time                   float64 // min relative to pairing; negative before
	Paired, Best           bool
	Excitation, Inhibition float64 // magnitudes in Unit; NaN where not measured
	ErrorE, ErrorI         float64 // standard error of the mean; NaN if unknown
	Unit                   string
	N                      int     // sweeps, or cells, behind the means
	Spikes                 float64 // postsynaptic spikes a sweep; NaN if not counted
	Status                 Status
}

// aggregate is the schema of one row a channel, cell and time.
var aggregate = schema[Aggregate]{
	kind: "aggregate",
	columns: []column[Aggregate]{
		doi("source_doi", "of the paper; empty for one's own data", func(a *Aggregate) *string { return &a.Source }),
		text("figure", "or table; empty for one's own data", func(a *Aggregate) *string { return &a.Figure }).orEmpty(),
		text("animal", "", func(a *Aggregate) *string { return &a.Animal }).orEmpty().orMissing(),
		text("cell", "or a name for a mean over cells", func(a *Aggregate) *string { return &a.Cell }),
		number("channel", "tone in kHz, or number of the channel", nonNegative, func(a *Aggregate) *float64 { return &a.Channel }),
		choice("condition", "what is paired, the same in all rows of an experiment", treatments[:], func(a *Aggregate) *Treatment { return &a.Treatment }),
		number("time_min", "relative to pairing, negative before", finite, func(a *Aggregate) *float64 { return &a.Time }),
		flag("is_paired", "0 if missing", func(a *Aggregate) *bool { return &a.Paired }).orMissing(),
		flag("is_best", "0 if missing", func(a *Aggregate) *bool { return &a.Best }).orMissing(),
		number("excitation", "magnitude", nonNegative, func(a *Aggregate) *float64 { return &a.Excitation }).orEmpty(),
		number("inhibition", "magnitude", nonNegative, func(a *Aggregate) *float64 { return &a.Inhibition }).orEmpty(),
		text("unit", "of both, the same all over a figure", func(a *Aggregate) *string { return &a.Unit }),
		number("sem", "of excitation, and of inhibition if there is no sem_inhibition", nonNegative, func(a *Aggregate) *float64 { return &a.ErrorE }).orEmpty(),
		number("sem_inhibition", "of inhibition", nonNegative, func(a *Aggregate) *float64 { return &a.ErrorI }).orEmpty().orMissing(),
		integer("n", "sweeps or cells behind the mean", atLeast1, func(a *Aggregate) *int { return &a.N }),
		number("postsynaptic_spikes", "mean a sweep", nonNegative, func(a *Aggregate) *float64 { return &a.Spikes }).orEmpty().orMissing(),
		choice("status", "", statuses[:], func(a *Aggregate) *Status { return &a.Status }),
	},
	begin: func(has func(string) bool) func(*Aggregate, int) (string, string) {
		keys, flags, units := newKeys(), newFlags(), make(map[[2]string]string)
		return func(a *Aggregate, line int) (string, string) {
			if a.Excitation != a.Excitation && a.Inhibition != a.Inhibition {
				return "", "neither excitation nor inhibition"
			}
			if !has("sem_inhibition") {
				a.ErrorI = a.ErrorE
				if a.Inhibition != a.Inhibition {
					a.ErrorI = math.NaN()
				}
				if a.Excitation != a.Excitation {
					a.ErrorE = math.NaN()
				}
			}
			if a.Excitation != a.Excitation && a.ErrorE == a.ErrorE {
				return "sem", "must be empty without an excitation"
			}
			if a.Inhibition != a.Inhibition && a.ErrorI == a.ErrorI {
				return "sem_inhibition", "must be empty without an inhibition"
			}
			figure := [2]string{a.Source, a.Figure}
			if unit, ok := units[figure]; ok && unit != a.Unit {
				return "unit", fmt.Sprintf("must be %q as in the rows before of the same source and figure", unit)
			}
			units[figure] = a.Unit
			keys.text(a.Source, a.Figure, a.Animal, a.Cell)
			keys.numbers(float64(a.Treatment), a.Channel)
			if name, reason := flags.check(keys.sum(), a.Paired, a.Best, line); reason != "" {
				return name, reason + fmt.Sprintf(" for channel %v of cell %s", a.Channel, a.Cell)
			}
			keys.numbers(a.Time)
			if first := keys.add(line); first > 0 {
				return "", fmt.Sprintf("the same source, figure, animal, cell, condition, channel and time as line %d", first)
			}
			return "", ""
		}
	},
}

// doi is a column of DOIs, or empty.
func doi[T any](name, about string, at func(*T) *string) column[T] {
	c := text(name, about, at)
	set := c.set
	c.set = func(row *T, s string) bool {
		return set(row, s) && strings.HasPrefix(s, "10.") && strings.Contains(s, "/") && !strings.ContainsAny(s, " ")
	}
	c.domain = "a DOI, as 10.1038/nature06289"
	return c.orEmpty()
}

// ReadAggregate goes through the rows of a file of the aggregate schema as
// ReadRaw does. It refuses rows of the same source, figure, animal, cell,
// condition, channel and time, two units within a figure, and a channel that is
// paired or best in one row and not in another.
func ReadAggregate(r io.Reader, file string) iter.Seq2[Aggregate, error] {
	return aggregate.read(r, file)
}

// WriteAggregate writes rows in the aggregate schema, as ReadAggregate reads
// them back. It returns an error for a row that ReadAggregate would refuse.
func WriteAggregate(w io.Writer, rows iter.Seq[Aggregate]) error {
	return aggregate.write(w, rows, func(*Aggregate, string) bool { return false })
}

// Aggregate is the response as a row of the aggregate schema, without the
// single sweeps. N is the larger of the
// numbers of sweeps of excitation and of inhibition.
func (r Response) Aggregate() Aggregate {
	return Aggregate{
		Animal: r.Animal, Cell: r.Cell, Channel: r.Channel, Treatment: r.Treatment, Time: r.Time,
		Paired: r.Paired, Best: r.Best, Excitation: r.Excitation, Inhibition: r.Inhibition,
		ErrorE: r.ErrorE, ErrorI: r.ErrorI, Unit: r.Unit,
		N: max(1, len(r.SweepsE), len(r.SweepsI)), Spikes: r.Spikes, Status: r.Status,
	}
}

// Response is the row as a response. Without an animal, the source and figure
// stand for it.
func (a Aggregate) Response() Response {
	animal := a.Animal
	if animal == "" {
		animal = strings.TrimSpace(a.Source + " " + a.Figure)
	}
	return Response{
		Animal: animal, Cell: a.Cell, Channel: a.Channel, Treatment: a.Treatment, Time: a.Time,
		Paired: a.Paired, Best: a.Best, Excitation: a.Excitation, Inhibition: a.Inhibition,
		ErrorE: a.ErrorE, ErrorI: a.ErrorI, Spikes: a.Spikes, Unit: a.Unit, Status: a.Status,
	}
}
