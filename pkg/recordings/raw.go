package recordings

import (
	"fmt"
	"io"
	"iter"
)

// raw is the schema of one row a sweep and holding potential.
var raw = schema[Sweep]{
	kind:   "raw",
	either: []string{"tone_kHz", "channel"},
	columns: []column[Sweep]{
		text("animal", "", func(s *Sweep) *string { return &s.Animal }),
		text("cell", "unique within the animal", func(s *Sweep) *string { return &s.Cell }),
		integer("sweep", "number of the sweep", count, func(s *Sweep) *int { return &s.Number }),
		number("time_min", "relative to pairing, negative before", finite, func(s *Sweep) *float64 { return &s.Time }),
		choice("condition", "what is paired, the same in all rows of an experiment", treatments[:], func(s *Sweep) *Treatment { return &s.Treatment }),
		toneOrChannel("tone_kHz", "frequency of the tone", positive, true),
		toneOrChannel("channel", "or, in its place, the number of the channel", count, false),
		number("level_dB", "of the tone", finite, func(s *Sweep) *float64 { return &s.Level }).orEmpty().orMissing(),
		flag("is_paired", "the tone is the paired one", func(s *Sweep) *bool { return &s.Paired }),
		flag("is_best", "the tone is the best one before pairing", func(s *Sweep) *bool { return &s.Best }),
		number("holding_mV", "of the clamp", potential, func(s *Sweep) *float64 { return &s.Holding }),
		number("reversal_mV", "of the current that is measured here", potential, func(s *Sweep) *float64 { return &s.Reversal }),
		number("series_resistance_MOhm", "what compensation leaves of it", domain{0, 1e4, "in [0, 10000] MΩ"}, func(s *Sweep) *float64 { return &s.Series }).orEmpty(),
		number("current_pA", "inward negative, baseline subtracted", finite, func(s *Sweep) *float64 { return &s.Current }),
		number("window_ms", "length of the window that it is averaged over", positive, func(s *Sweep) *float64 { return &s.Window }),
		whole("postsynaptic_spikes", "in the sweep", count, func(s *Sweep) *float64 { return &s.Spikes }).orEmpty(),
		choice("status", "measured if missing", statuses[:], func(s *Sweep) *Status { return &s.Status }).orMissing(),
	},
	begin: func(has func(string) bool) func(*Sweep, int) (string, string) {
		keys, flags := newKeys(), newFlags()
		return func(s *Sweep, line int) (string, string) {
			if s.Tone != has("tone_kHz") {
				return "", "channels are tones in some rows and numbers in others"
			}
			if s.Holding == s.Reversal {
				return "holding_mV", "must differ from reversal_mV: no current flows there"
			}
			keys.text(s.Animal, s.Cell)
			keys.numbers(float64(s.Treatment), s.Channel)
			if name, reason := flags.check(keys.sum(), s.Paired, s.Best, line); reason != "" {
				return name, reason + fmt.Sprintf(" for channel %v of cell %s of animal %s", s.Channel, s.Cell, s.Animal)
			}
			keys.numbers(float64(s.Number), s.Time, s.Level, s.Holding)
			if first := keys.add(line); first > 0 {
				return "", fmt.Sprintf("the same animal, cell, condition, channel, sweep, time, level and holding potential as line %d", first)
			}
			return "", ""
		}
	},
}

// toneOrChannel is the column of the channel, as a tone or as a number.
func toneOrChannel(name, about string, d domain, tone bool) column[Sweep] {
	make := number[Sweep]
	if !tone {
		make = whole[Sweep]
	}
	c := make(name, about, d, func(s *Sweep) *float64 { return &s.Channel }).orMissing()
	set := c.set
	c.set = func(s *Sweep, field string) bool {
		s.Tone = tone
		return set(s, field)
	}
	return c
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
func WriteRaw(w io.Writer, sweeps iter.Seq[Sweep]) error {
	return raw.write(w, sweeps, func(first *Sweep, name string) bool {
		return name == "tone_kHz" && !first.Tone || name == "channel" && first.Tone
	})
}
