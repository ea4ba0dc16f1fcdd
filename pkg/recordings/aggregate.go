package recordings

import (
	"fmt"
	"math"
	"strings"

	"credo/internal/domain"
	"credo/pkg/recordings/table"
)

// Aggregate is a row of the aggregate schema: means over sweeps, or over cells,
// as a paper or a laboratory's own analysis gives them. It has no single sweeps,
// Animal may be empty, and Cell may be a name for a mean over cells.
type Aggregate struct {
	Response
	Source, Figure string // DOI, and figure or table; empty for one's own data
	N              int    // sweeps, or cells, behind the means; 0 if unknown
}

// currents is where currents and conductances are to be expected in the mean.
var currents = map[string]domain.Interval{"pA": {Low: 1, High: 20e3}, "nS": {Low: 0.01, High: 1e3}}

// unknownUnit is the unit where a file gives none.
const unknownUnit = "unknown unit"

// aggregate is the schema of one row a channel, cell and time.
var aggregate = schema[Aggregate]{
	kind: "aggregate",
	blank: Aggregate{Response: Response{
		Excitation: math.NaN(), Inhibition: math.NaN(), ErrorE: math.NaN(), ErrorI: math.NaN(), Spikes: math.NaN(), ErrorSpikes: math.NaN(),
	}},
	columns: []column[Aggregate]{
		{name: "source_doi", about: "a DOI, as 10.1038/nature06289, of the paper; empty for one's own data", empty: true, optional: true, at: func(a *Aggregate) any { return &a.Source }},
		{name: "figure", about: "or table; empty for one's own data", empty: true, optional: true, at: func(a *Aggregate) any { return &a.Figure }},
		{name: "animal", empty: true, optional: true, at: func(a *Aggregate) any { return &a.Animal }},
		{name: "cell", about: "or a name for a mean over cells", at: func(a *Aggregate) any { return &a.Cell }},
		{name: "channel", about: "tone in kHz, or number of the channel", in: domain.NonNegative, at: func(a *Aggregate) any { return &a.Channel }},
		{name: "condition", about: "what is paired, the same in all rows of an experiment", words: treatments[:], at: func(a *Aggregate) any { return (*uint8)(&a.Treatment) }},
		{name: "time_min", about: "relative to pairing, negative before", in: domain.Finite, largest: domain.Interval{Low: 1, High: 240}, at: func(a *Aggregate) any { return &a.Time }},
		{name: "block", about: "run of sweeps that the mean is over; 0 if missing, and of no meaning if the same in all rows of an experiment", in: domain.NonNegative, optional: true, at: func(a *Aggregate) any { return &a.Block }},
		{name: "is_paired", about: "0 if missing", optional: true, at: func(a *Aggregate) any { return &a.Paired }},
		{name: "is_best", about: "0 if missing", optional: true, at: func(a *Aggregate) any { return &a.Best }},
		{name: "excitation", about: "magnitude", in: domain.NonNegative, empty: true, at: func(a *Aggregate) any { return &a.Excitation }},
		{name: "inhibition", about: "magnitude", in: domain.NonNegative, empty: true, at: func(a *Aggregate) any { return &a.Inhibition }},
		{name: "unit", about: "of both, the same all over a figure", at: func(a *Aggregate) any { return &a.Unit }},
		{name: "sem", about: "of excitation, and of inhibition if there is no sem_inhibition", in: domain.NonNegative, empty: true, optional: true, at: func(a *Aggregate) any { return &a.ErrorE }},
		{name: "sem_inhibition", about: "of inhibition", in: domain.NonNegative, empty: true, optional: true, at: func(a *Aggregate) any { return &a.ErrorI }},
		{name: "n", about: "sweeps or cells behind the mean; empty if unknown", in: domain.AtLeast(1), empty: true, optional: true, at: func(a *Aggregate) any { return &a.N }},
		{name: "postsynaptic_spikes", about: "mean a sweep", in: domain.NonNegative, empty: true, optional: true, at: func(a *Aggregate) any { return &a.Spikes }},
		{name: "sem_spikes", about: "of that", in: domain.NonNegative, empty: true, optional: true, at: func(a *Aggregate) any { return &a.ErrorSpikes }},
		{name: "status", about: "measured if missing", words: statuses[:], optional: true, at: func(a *Aggregate) any { return (*uint8)(&a.Status) }},
	},
	begin: func(has func(string) bool, _ *Account) (check[Aggregate], func() string) {
		seen := newSeen("source, figure, animal, cell, condition, channel and time")
		units, one := map[[2]string]string{}, !has("sem_inhibition")
		var magnitude [2]span // those before pairing if the unit is of neither current nor conductance
		unit := ""
		check := func(a *Aggregate, line int) (string, string) {
			noE, noI := math.IsNaN(a.Excitation), math.IsNaN(a.Inhibition)
			if one {
				a.ErrorI = a.ErrorE
				if noI {
					a.ErrorI = math.NaN()
				}
				if noE {
					a.ErrorE = math.NaN()
				}
			}
			figure := [2]string{a.Source, a.Figure}
			if _, ok := units[figure]; !ok {
				units[figure] = a.Unit
			}
			switch {
			case a.Source != "" && (!strings.HasPrefix(a.Source, "10.") || !strings.Contains(a.Source, "/") || strings.Contains(a.Source, " ")):
				return "source_doi", "must be a DOI, as 10.1038/nature06289, or empty"
			case noE && noI && math.IsNaN(a.Spikes):
				return "", "neither excitation nor inhibition nor spikes"
			case math.IsNaN(a.Spikes) && !math.IsNaN(a.ErrorSpikes):
				return "sem_spikes", "must be empty without postsynaptic_spikes"
			case noE && !math.IsNaN(a.ErrorE):
				return "sem", "must be empty without an excitation"
			case noI && !math.IsNaN(a.ErrorI):
				return "sem_inhibition", "must be empty without an inhibition"
			case a.Unit != units[figure]:
				return "unit", fmt.Sprintf("must be %q as in the rows before of the same source and figure", units[figure])
			}
			for k, x := range [...]float64{a.Excitation, a.Inhibition} {
				if _, known := currents[a.Unit]; !math.IsNaN(x) && (known || a.Time < 0) {
					magnitude[k].add(x)
				}
			}
			unit = a.Unit
			return seen.check(line, a.Paired, a.Best, []any{a.Source, a.Figure, a.Treatment, a.Channel, a.Cell, a.Animal}, a.Time)
		}
		end := func() string {
			usual, known := currents[unit]
			if unit == unknownUnit {
				usual = domain.Interval{Low: 0.01, High: 20e3}
			}
			for k, m := range magnitude {
				if usual.High > 0 && m.high > 0 && !usual.Has(m.mean()) {
					return fmt.Sprintf(`%s is %.3g %s in the mean, expected in %v: in which unit is it? Say "units": {%q: …} in a mapping`, kinds[k], m.mean(), unit, usual, kinds[k])
				}
			}
			for _, whole := range []float64{1, 100} {
				near := func(s span) bool { return s.n > 0 && math.Abs(s.mean()/whole-1) < 0.1 }
				if !known && near(magnitude[0]) && near(magnitude[1]) {
					return fmt.Sprintf("excitation and inhibition before pairing are both near %v in the mean, in %s: relative to the baseline they have no tuning and no E/I line left; must be currents or conductances", whole, table.Quoted(unit))
				}
			}
			return ""
		}
		return check, end
	},
}

// Aggregate is the response as a row of the aggregate schema, without the single
// sweeps. N is the largest of the numbers of sweeps of excitation and inhibition,
// or of those in which spikes were counted if there is no other.
func (r Response) Aggregate() Aggregate {
	n := max(1, len(r.SweepsE), len(r.SweepsI))
	if r.SweepsE == nil && r.SweepsI == nil {
		n = max(1, len(r.SweepsSpikes))
	}
	r.SweepsE, r.SweepsI, r.SweepsSpikes = nil, nil, nil
	return Aggregate{Response: r, N: n}
}
