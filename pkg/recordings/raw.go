package recordings

import (
	"cmp"
	"io"
	"iter"
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
		{name: "sweep", about: "number of the sweep", in: domain.NonNegative, at: func(s *Sweep) any { return &s.Number }},
		{name: "time_min", about: "relative to pairing, negative before", in: domain.Finite, at: func(s *Sweep) any { return &s.Time }},
		{name: "block", about: "another in another run of sweeps; 0 if missing", in: domain.NonNegative, optional: true, at: func(s *Sweep) any { return &s.Block }},
		{name: "condition", about: "what is paired, the same in all rows of an experiment", words: treatments[:], at: func(s *Sweep) any { return (*uint8)(&s.Treatment) }},
		{name: "tone_kHz", about: "frequency of the tone", in: domain.Positive, optional: true, at: func(s *Sweep) any { s.Tone = true; return &s.Channel }},
		{name: "channel", about: "or, in its place, the number of the channel", in: domain.NonNegative, whole: true, optional: true, at: func(s *Sweep) any { return &s.Channel }},
		{name: "level_dB", about: "of the tone", in: domain.Finite, empty: true, optional: true, at: func(s *Sweep) any { return &s.Level }},
		{name: "is_paired", about: "the tone is the paired one", at: func(s *Sweep) any { return &s.Paired }},
		{name: "is_best", about: "the tone is the best one before pairing", at: func(s *Sweep) any { return &s.Best }},
		{name: "holding_mV", about: "of the clamp", in: potential, empty: true, at: func(s *Sweep) any { return &s.Holding }},
		{name: "reversal_mV", about: "of the current that is measured here", in: potential, empty: true, at: func(s *Sweep) any { return &s.Reversal }},
		{name: "series_resistance_MOhm", about: "what compensation leaves of it", in: domain.Interval{High: 10000}, empty: true, at: func(s *Sweep) any { return &s.Series }},
		{name: "current_pA", about: "inward negative, baseline subtracted", in: domain.Finite, empty: true, at: func(s *Sweep) any { return &s.Current }},
		{name: "window_ms", about: "length of the window that it is averaged over", in: domain.Positive, empty: true, at: func(s *Sweep) any { return &s.Window }},
		{name: "postsynaptic_spikes", about: "in the sweep", in: domain.NonNegative, whole: true, empty: true, at: func(s *Sweep) any { return &s.Spikes }},
		{name: "status", about: "measured if missing", words: statuses[:], optional: true, at: func(s *Sweep) any { return (*uint8)(&s.Status) }},
	},
	leaves: func(first *Sweep, name string) bool {
		return name == "tone_kHz" && !first.Tone || name == "channel" && first.Tone
	},
	begin: func(has func(string) bool) check[Sweep] {
		seen, tones := newSeen("animal, cell, condition, channel, sweep, time, level and holding potential"), has("tone_kHz")
		return func(s *Sweep, line int) (string, string) {
			var missing, given string
			for i, v := range [...]float64{s.Holding, s.Reversal, s.Current, s.Window} {
				if name := [...]string{"holding_mV", "reversal_mV", "current_pA", "window_ms"}[i]; math.IsNaN(v) {
					missing = cmp.Or(missing, name)
				} else {
					given = cmp.Or(given, name)
				}
			}
			switch {
			case missing != "" && (given != "" || math.IsNaN(s.Spikes)):
				return missing, "must be given; or a row of current clamp, with postsynaptic_spikes and without holding_mV, reversal_mV, current_pA and window_ms"
			case s.Tone != tones:
				return "", "channels are tones in some rows and numbers in others"
			case s.Holding == s.Reversal:
				return "holding_mV", "must differ from reversal_mV: no current flows there"
			}
			return seen.check(line, s.Paired, s.Best, []any{s.Treatment, s.Channel, s.Cell, s.Animal}, s.Number, s.Time, s.Level, s.Holding)
		}
	},
}

// ReadRaw goes through the rows of a file of the raw schema, one line in memory
// and 60 bytes a row for what finds duplicates; errors call the file by the
// given name. The first error, an *InputError if the file is at fault, ends it.
// It can be gone through once.
//
// Beside the domains of the columns, which the package's comment lists, it
// refuses rows of the same animal, cell, condition, channel, sweep, time, level
// and holding potential, a channel that is paired or best in one row and not in
// another of the same experiment, text that is not UTF-8, and lines of more
// than 65536 bytes. A byte order mark and lines ending with CR LF are read.
func ReadRaw(r io.Reader, file string) iter.Seq2[Sweep, error] { return raw.read(r, file) }

// WriteRaw writes rows in the raw schema, as ReadRaw reads them back. It
// returns an error for a row that ReadRaw would refuse.
func WriteRaw(w io.Writer, sweeps iter.Seq[Sweep]) error { return raw.write(w, sweeps) }
