package recordings

import (
	"fmt"
	"math"

	"credo/internal/domain"
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

// potential is where a voltage clamp may be held, in mV.
var potential = domain.Interval{Low: -200, High: 200}

// raw is the schema of one row a sweep and holding potential.
var raw = schema[Sweep]{
	kind:   "raw",
	either: []string{"tone_kHz", "channel"},
	blank: Sweep{
		Level: math.NaN(), Series: math.NaN(), Spikes: math.NaN(),
		Holding: math.NaN(), Reversal: math.NaN(), Current: math.NaN(), Window: math.NaN(),
	},
	columns: []column[Sweep]{
		{name: "animal", at: func(s *Sweep) any { return &s.Animal }},
		{name: "cell", about: "unique within the animal", at: func(s *Sweep) any { return &s.Cell }},
		{name: "sweep", about: "number of the sweep; the line if missing", in: domain.NonNegative, optional: true, at: func(s *Sweep) any { return &s.Number }},
		{name: "time_min", about: "relative to pairing, negative before", in: domain.Finite, largest: domain.Interval{Low: 1, High: 240}, at: func(s *Sweep) any { return &s.Time }},
		{name: "block", about: "another in another run of sweeps; 0 if missing", in: domain.NonNegative, optional: true, at: func(s *Sweep) any { return &s.Block }},
		{name: "condition", about: "what is paired, the same in all rows of an experiment", words: treatments[:], at: func(s *Sweep) any { return (*uint8)(&s.Treatment) }},
		{name: "tone_kHz", about: "frequency of the tone", in: domain.Positive, optional: true, median: domain.Interval{Low: 0.02, High: 200}, largest: domain.NonNegative, at: func(s *Sweep) any { s.Tone = true; return &s.Channel }},
		{name: "channel", about: "or, in its place, the number of the channel", in: domain.NonNegative, whole: true, optional: true, at: func(s *Sweep) any { return &s.Channel }},
		{name: "level_dB", about: "of the tone", in: domain.Finite, empty: true, optional: true, at: func(s *Sweep) any { return &s.Level }},
		{name: "is_paired", about: "the tone is the paired one", at: func(s *Sweep) any { return &s.Paired }},
		{name: "is_best", about: "the tone is the best one before pairing; 0 if missing", optional: true, at: func(s *Sweep) any { return &s.Best }},
		{name: "holding_mV", about: "of the clamp", in: potential, empty: true, largest: domain.Interval{Low: 1, High: 200}, at: func(s *Sweep) any { return &s.Holding }},
		{name: "reversal_mV", about: "of the current that is measured here; if not given, 0 at −50 mV or below and −70 at −20 mV or above", in: potential, empty: true, optional: true, at: func(s *Sweep) any { return &s.Reversal }},
		{name: "series_resistance_MOhm", about: "what compensation leaves of it; not corrected if not given", in: domain.Interval{High: 10000}, empty: true, optional: true, median: domain.Interval{Low: 0.5, High: 500}, largest: domain.NonNegative, at: func(s *Sweep) any { return &s.Series }},
		{name: "current_pA", about: "inward negative, baseline subtracted", in: domain.Finite, empty: true, median: domain.Interval{Low: 1, High: 20e3}, largest: domain.NonNegative, at: func(s *Sweep) any { return &s.Current }},
		{name: "window_ms", about: "length of the window that it is averaged over", in: domain.Positive, empty: true, optional: true, median: domain.Interval{Low: 0.5, High: 5000}, largest: domain.NonNegative, at: func(s *Sweep) any { return &s.Window }},
		{name: "postsynaptic_spikes", about: "in the sweep", in: domain.NonNegative, whole: true, empty: true, optional: true, at: func(s *Sweep) any { return &s.Spikes }},
		{name: "status", about: "measured if missing", words: statuses[:], optional: true, at: func(s *Sweep) any { return (*uint8)(&s.Status) }},
	},
	leaves: func(first *Sweep, name string) bool {
		return name == "tone_kHz" && !first.Tone || name == "channel" && first.Tone
	},
	begin: func(has func(string) bool, a *Account) (check[Sweep], func() string) {
		seen, tones := newSeen("animal, cell, condition, channel, sweep, time, level and holding potential"), has("tone_kHz")
		check := func(s *Sweep, line int) (string, string) {
			assume := func(what string) { a.note(what, func() string { return fmt.Sprintf("line %d", line) }) }
			if !has("sweep") {
				s.Number = line
				assume("sweeps without a number, numbered by their line")
			}
			voltage, current := !math.IsNaN(s.Holding), !math.IsNaN(s.Current)
			switch {
			case s.Tone != tones:
				return "", "channels are tones in some rows and numbers in others"
			case current && !voltage:
				return "holding_mV", "must be given where there is a current"
			case !current && (voltage || math.IsNaN(s.Spikes)):
				return "", leftOut
			case !current:
				s.Reversal, s.Window = math.NaN(), math.NaN()
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
		return check, func() string { return "" }
	},
}
