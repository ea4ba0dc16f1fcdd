package recordings

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"strings"

	"credo/internal/domain"
	"credo/pkg/recordings/table"
)

// Sweep is a row of the raw schema: the current of one sweep at one holding
// potential, averaged over a window after the tone. Or, of current clamp, the
// spikes of a sweep alone: then Holding, Reversal, Current and Window are NaN.
type Sweep struct {
	Animal, Cell string
	Number       int     // of the sweep, at least 0
	Time         float64 // min relative to pairing; negative before
	Block        int     // run of sweeps that it belongs to, by a count of one's own; 0 in all if not counted
	Treatment    Treatment
	Channel      float64 // tone in kHz, or the channel's number
	Tone         bool    // Channel is a tone in kHz; one choice a file
	Level        float64 // of the tone, dB; NaN if unknown
	Paired, Best bool
	Holding      float64 // V_h, mV
	Reversal     float64 // E of the synaptic current that is measured here, mV
	Series       float64 // what compensation leaves of the series resistance, MΩ; NaN if unknown
	Current      float64 // I, pA, inward negative, baseline subtracted
	Window       float64 // length of the averaging window, ms
	Spikes       float64 // postsynaptic spikes, a whole number; NaN if not counted
	Status       Status
}

// Aggregate is a row of the aggregate schema: means over sweeps, or over cells,
// as a paper or a laboratory's own analysis gives them. It has no single sweeps,
// Animal may be empty, and Cell may be a name for a mean over cells.
type Aggregate struct {
	Response
	Source, Figure string // DOI, and figure or table; empty for one's own data
	N              int    // sweeps, or cells, behind the means; 0 if unknown
}

var (
	nan       = math.NaN()
	potential = domain.Interval{Low: -200, High: 200}                                                // where a voltage clamp may be held, mV
	currents  = map[string]domain.Interval{"pA": {Low: 1, High: 20e3}, "nS": {Low: 0.01, High: 1e3}} // where the mean is to be expected, by unit
)

// unknownUnit is the unit where a file gives none.
const unknownUnit = "unknown unit"

// raw is the schema of one row a sweep and holding potential. What the columns
// are, here and below, the package's comment says.
var raw = schema[Sweep]{
	form: form{kind: "raw", either: []string{"tone_kHz", "channel"}, columns: []column{
		{name: "animal"},
		{name: "cell"},
		{name: "sweep", in: domain.NonNegative, optional: true},
		{name: "time_min", in: domain.Finite, largest: domain.Interval{Low: 1, High: 240}},
		{name: "block", in: domain.NonNegative, optional: true},
		{name: "condition", words: treatments[:]},
		{name: "tone_kHz", in: domain.Positive, optional: true, median: domain.Interval{Low: 0.02, High: 200}, largest: domain.NonNegative},
		{name: "channel", in: domain.NonNegative, whole: true, optional: true},
		{name: "level_dB", in: domain.Finite, empty: true, optional: true},
		{name: "is_paired"},
		{name: "is_best", optional: true},
		{name: "holding_mV", in: potential, empty: true, largest: domain.Interval{Low: 1, High: 200}},
		{name: "reversal_mV", in: potential, empty: true, optional: true},
		{name: "series_resistance_MOhm", in: domain.Interval{High: 10000}, empty: true, optional: true, median: domain.Interval{Low: 0.5, High: 500}, largest: domain.NonNegative},
		{name: "current_pA", in: domain.Finite, empty: true, median: currents["pA"], largest: domain.NonNegative},
		{name: "window_ms", in: domain.Positive, empty: true, optional: true, median: domain.Interval{Low: 0.5, High: 5000}, largest: domain.NonNegative},
		{name: "postsynaptic_spikes", in: domain.NonNegative, whole: true, empty: true, optional: true},
		{name: "status", words: statuses[:], optional: true},
	}},
	fields: func(s *Sweep) []any {
		return []any{&s.Animal, &s.Cell, &s.Number, &s.Time, &s.Block, (*uint8)(&s.Treatment), &s.Channel, &s.Channel, &s.Level, &s.Paired, &s.Best,
			&s.Holding, &s.Reversal, &s.Series, &s.Current, &s.Window, &s.Spikes, (*uint8)(&s.Status)}
	},
	leaves: func(first *Sweep) string { return map[bool]string{true: "channel", false: "tone_kHz"}[first.Tone] },
	begin: func(has func(string) bool, a *Account) (Sweep, func(*Sweep, int) (string, string), func() string) {
		seen := newSeen("animal, cell, condition, channel, sweep, time, level and holding potential")
		blank := Sweep{Tone: has("tone_kHz"), Level: nan, Series: nan, Spikes: nan, Holding: nan, Reversal: nan, Current: nan, Window: nan}
		check := func(s *Sweep, line int) (string, string) {
			assume := func(what string) { a.note(what, func() string { return fmt.Sprintf("line %d", line) }) }
			if !has("sweep") {
				s.Number = line
				assume("sweeps without a number, numbered by their line")
			}
			voltage, current := !math.IsNaN(s.Holding), !math.IsNaN(s.Current)
			switch {
			case s.Tone != blank.Tone:
				return "", "channels are tones in some rows and numbers in others"
			case current && !voltage:
				return "holding_mV", "must be given where there is a current"
			case !current && (voltage || math.IsNaN(s.Spikes)):
				return "", leftOut
			case !current:
				s.Reversal, s.Window = nan, nan
			case !math.IsNaN(s.Reversal):
			case s.Holding <= -50:
				s.Reversal = 0
				assume("sweeps held at −50 mV or below, taken as excitation that reverses at 0 mV")
			case s.Holding >= -20:
				s.Reversal = -70
				assume("sweeps held at −20 mV or above, taken as inhibition that reverses at −70 mV")
			default:
				return "reversal_mV", fmt.Sprintf("must be given: which current is measured at %v mV?", s.Holding)
			}
			if s.Holding == s.Reversal {
				return "holding_mV", "must differ from reversal_mV: no current flows there"
			}
			return seen.check(line, s.Paired, s.Best, []any{s.Treatment, s.Channel, s.Cell, s.Animal}, s.Number, s.Time, s.Level, s.Holding)
		}
		return blank, check, func() string { return "" }
	},
}

// aggregate is the schema of one row a channel, cell and time.
var aggregate = schema[Aggregate]{
	form: form{kind: "aggregate", columns: []column{
		{name: "source_doi", empty: true, optional: true},
		{name: "figure", empty: true, optional: true},
		{name: "animal", empty: true, optional: true},
		{name: "cell"},
		{name: "channel", in: domain.NonNegative},
		{name: "condition", words: treatments[:]},
		{name: "time_min", in: domain.Finite, largest: domain.Interval{Low: 1, High: 240}},
		{name: "block", in: domain.NonNegative, optional: true},
		{name: "is_paired", optional: true},
		{name: "is_best", optional: true},
		{name: "excitation", in: domain.NonNegative, empty: true},
		{name: "inhibition", in: domain.NonNegative, empty: true},
		{name: "unit"},
		{name: "sem", in: domain.NonNegative, empty: true, optional: true},
		{name: "sem_inhibition", in: domain.NonNegative, empty: true, optional: true},
		{name: "n", in: domain.AtLeast(1), empty: true, optional: true},
		{name: "postsynaptic_spikes", in: domain.NonNegative, empty: true, optional: true},
		{name: "sem_spikes", in: domain.NonNegative, empty: true, optional: true},
		{name: "status", words: statuses[:], optional: true},
	}},
	fields: func(a *Aggregate) []any {
		return []any{&a.Source, &a.Figure, &a.Animal, &a.Cell, &a.Channel, (*uint8)(&a.Treatment), &a.Time, &a.Block, &a.Paired, &a.Best, &a.Excitation, &a.Inhibition,
			&a.Unit, &a.ErrorE, &a.ErrorI, &a.N, &a.Spikes, &a.ErrorSpikes, (*uint8)(&a.Status)}
	},
	leaves: func(*Aggregate) string { return "" },
	begin: func(has func(string) bool, _ *Account) (Aggregate, func(*Aggregate, int) (string, string), func() string) {
		seen := newSeen("source, figure, animal, cell, condition, channel and time")
		blank := Aggregate{Response: Response{Excitation: nan, Inhibition: nan, ErrorE: nan, ErrorI: nan, Spikes: nan, ErrorSpikes: nan}}
		units, unit := map[[2]string]string{}, "" // by figure; the last
		var magnitude [2]span                     // those before pairing if the unit is of neither current nor conductance
		check := func(a *Aggregate, line int) (string, string) {
			noE, noI, noSpikes := math.IsNaN(a.Excitation), math.IsNaN(a.Inhibition), math.IsNaN(a.Spikes)
			if !has("sem_inhibition") { // then there is one for both
				if a.ErrorI = a.ErrorE; noI {
					a.ErrorI = nan
				}
				if noE {
					a.ErrorE = nan
				}
			}
			figure := [2]string{a.Source, a.Figure}
			if _, ok := units[figure]; !ok {
				units[figure] = a.Unit
			}
			switch {
			case a.Source != "" && (!strings.HasPrefix(a.Source, "10.") || !strings.Contains(a.Source, "/") || strings.Contains(a.Source, " ")):
				return "source_doi", "must be a DOI, as 10.1038/nature06289, or empty"
			case noE && noI && noSpikes:
				return "", "neither excitation nor inhibition nor spikes"
			case noSpikes && !math.IsNaN(a.ErrorSpikes):
				return "sem_spikes", "must be empty without postsynaptic_spikes"
			case noE && !math.IsNaN(a.ErrorE):
				return "sem", "must be empty without an excitation"
			case noI && !math.IsNaN(a.ErrorI):
				return "sem_inhibition", "must be empty without an inhibition"
			case a.Unit != units[figure]:
				return "unit", fmt.Sprintf("must be %q as in the rows before of the same source and figure", units[figure])
			}
			unit = a.Unit
			for k, x := range [...]float64{a.Excitation, a.Inhibition} {
				if _, known := currents[unit]; !math.IsNaN(x) && (known || a.Time < 0) {
					magnitude[k].add(x)
				}
			}
			return seen.check(line, a.Paired, a.Best, []any{a.Source, a.Figure, a.Treatment, a.Channel, a.Cell, a.Animal}, a.Time)
		}
		end := func() string {
			usual, known := currents[unit]
			if unit == unknownUnit {
				usual = domain.Interval{Low: 0.01, High: 20e3}
			}
			for k, m := range magnitude {
				if usual.High > 0 && m.high > 0 && !usual.Has(m.mean()) {
					return fmt.Sprintf(`%s is %.3g %s in the mean, expected in %v: in which unit is it? Say "units": {%[1]q: …} in a mapping`, kinds[k], m.mean(), unit, usual)
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
		return blank, check, end
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

// seen are the rows of a file by what makes them one row, and the channels by
// what makes them one channel: digests of 128 bits, so that a row takes the same
// memory whatever the length of its words.
type seen struct {
	what     string // makes two rows the same
	rows     map[digest]int
	channels map[digest]flagged
	bytes    []byte // of the key under way
}

type digest [16]byte

type flagged struct {
	paired, best bool
	line         int
}

func newSeen(what string) *seen {
	return &seen{what: what, rows: map[digest]int{}, channels: map[digest]flagged{}}
}

// add goes on with a key and returns its digest. Words have no control
// characters, and 0 and −0 are the same.
func (s *seen) add(parts ...any) digest {
	for _, p := range parts {
		switch x := p.(type) {
		case string:
			s.bytes = append(append(s.bytes, x...), 0)
		case float64:
			s.bytes = binary.LittleEndian.AppendUint64(s.bytes, math.Float64bits(x+0)) // −0 + 0 = 0
		default:
			s.bytes = append(fmt.Append(s.bytes, p), 0)
		}
	}
	sum := sha256.Sum256(s.bytes)
	return digest(sum[:16])
}

// check returns what is wrong with a row of a channel: a flag that contradicts an
// earlier row of it, or that an earlier row is the same. The name of the channel
// ends with its number, cell and animal.
func (s *seen) check(line int, paired, best bool, channel []any, rest ...any) (column, reason string) {
	s.bytes = s.bytes[:0]
	key := s.add(channel...)
	first, ok := s.channels[key]
	switch {
	case !ok:
		s.channels[key] = flagged{paired, best, line}
	case first.paired != paired:
		column = "is_paired"
	case first.best != best:
		column = "is_best"
	}
	if column != "" {
		return column, fmt.Sprintf("contradicts line %d for channel %v of cell %s of animal %s", append([]any{first.line}, channel[len(channel)-3:]...)...)
	}
	key = s.add(rest...)
	if earlier := s.rows[key]; earlier > 0 {
		return "", fmt.Sprintf("the same %s as line %d", s.what, earlier)
	}
	s.rows[key] = line
	return "", ""
}
