// Package recordings reads recordings of the excitation and inhibition of single
// neurons before and after pairing, and estimates from them what acetylcholine
// and inhibitory plasticity did: rows in, estimates out.
//
// No open set of recordings before and after pairing was known when it was
// written. It is made for a laboratory's own, and tried out on those that a
// generator draws from a circuit of package rules, which are always marked as
// generated, and, for the null of Restore, on recordings without pairing; see
// notebook 10.
//
// # Estimates
//
// estimate.Analyse estimates all that a set of responses allows, each condition by
// itself and set against the control, with verdicts that say what they rest on and
// what is missing; estimate.Cells joins the responses for the estimates by
// themselves: Restore (the E/I line and the power of an experiment), Gate (plasticity
// gated by firing), Potentiate (excitation), Correlate (tuning), Follow (time course),
// InhibitoryLaws and DepressionLaws (rivals of the line, and where excitation falls).
//
// They have one idea in common. What is measured with an error and stands on both
// sides of a comparison looks like an effect. Errors are shared within a block of
// sweeps, and independent between blocks. So every product is of measurements from
// different blocks: two before pairing, and excitation in two after, are what an
// experiment needs. Products, the jackknife, Fieller's, Fisher's and Welch's
// intervals, score and permutation tests are written here; distributions, ordinary regression, linear algebra and minimisation are
// gonum's. Rates of errors:
//
//	go test ./pkg/recordings/estimate -run Calibration -v -sets 300
//
// # Files
//
// Open and Read take files as laboratories have them, of text or a spreadsheet: how
// they are written is found out (package table), columns are known by many names,
// units by the header, and what is the laboratory's own is said by a Mapping, of
// which File.Template is a first draft. Where a guess would change numbers, they
// ask. Columns that are not known are ignored, counted and named. What is assumed
// is in the Account. Time is relative to pairing, and negative before.
//
// Raw: one row a sweep and holding potential, or, wide, with a column for each
// channel; see Sweep and, for how sweeps become responses, Fold. Exactly one of
// tone_kHz and channel is there. reversal_mV is the reversal potential of the
// current that the row measures: that of excitation, near 0, where it is held below
// it, and that of inhibition, near −70, where it is held above. A row of current
// clamp has postsynaptic_spikes, and neither holding_mV nor current_pA: it counts
// spikes while the synapses act as they do, and then those of voltage clamp do not
// count. block is needed only where runs of sweeps follow each other without a pause.
// is_paired and is_best may name the channel in place of a flag.
//
//	animal                  required  text
//	cell                    required  text; unique within the animal
//	sweep                   optional  a whole number in [0, ∞); number of the sweep; the line if missing
//	time_min                required  a number in (−∞, ∞); relative to pairing, negative before
//	block                   optional  a whole number in [0, ∞); another in another run of sweeps; 0 if missing
//	condition               required  one of none, ACh, NE, drug; what is paired, the same in all rows of an experiment
//	tone_kHz                optional  a number in (0, ∞); frequency of the tone
//	channel                 optional  a whole number in [0, ∞); or, in its place, the number of the channel
//	level_dB                optional  a number in (−∞, ∞), or empty; of the tone
//	is_paired               required  0 or 1, false or true, no or yes; the tone is the paired one
//	is_best                 optional  0 or 1, false or true, no or yes; the tone is the best one before pairing; 0 if missing
//	holding_mV              required  a number in [-200, 200], or empty; of the clamp
//	reversal_mV             optional  a number in [-200, 200], or empty; of the current that is measured here; if not given, 0 at −50 mV or below and −70 at −20 mV or above
//	series_resistance_MOhm  optional  a number in [0, 10000], or empty; what compensation leaves of it; not corrected if not given
//	current_pA              required  a number in (−∞, ∞), or empty; inward negative, baseline subtracted
//	window_ms               optional  a number in (0, ∞), or empty; length of the window that it is averaged over
//	postsynaptic_spikes     optional  a whole number in [0, ∞), or empty; in the sweep
//	status                  optional  one of measured, derived, digitised, generated; measured if missing
//
// Aggregate: one row a channel, cell and time, with means over sweeps or cells, or,
// wide, with columns for several times; see Aggregate. Both magnitudes are positive
// whatever the direction of the current, in one unit, which their headers or unit
// say; relative to the baseline they are refused.
//
//	source_doi              optional  text, or empty; a DOI, as 10.1038/nature06289, of the paper; empty for one's own data
//	figure                  optional  text, or empty; or table; empty for one's own data
//	animal                  optional  text, or empty
//	cell                    required  text; or a name for a mean over cells
//	channel                 required  a number in [0, ∞); tone in kHz, or number of the channel
//	condition               required  one of none, ACh, NE, drug; what is paired, the same in all rows of an experiment
//	time_min                required  a number in (−∞, ∞); relative to pairing, negative before
//	block                   optional  a whole number in [0, ∞); run of sweeps that the mean is over; 0 if missing, and of no meaning if the same in all rows of an experiment
//	is_paired               optional  0 or 1, false or true, no or yes; 0 if missing
//	is_best                 optional  0 or 1, false or true, no or yes; 0 if missing
//	excitation              required  a number in [0, ∞), or empty; magnitude
//	inhibition              required  a number in [0, ∞), or empty; magnitude
//	unit                    required  text; of both, the same all over a figure
//	sem                     optional  a number in [0, ∞), or empty; of excitation, and of inhibition if there is no sem_inhibition
//	sem_inhibition          optional  a number in [0, ∞), or empty; of inhibition
//	n                       optional  a whole number in [1, ∞), or empty; sweeps or cells behind the mean; empty if unknown
//	postsynaptic_spikes     optional  a number in [0, ∞), or empty; mean a sweep
//	sem_spikes              optional  a number in [0, ∞), or empty; of that
//	status                  optional  one of measured, derived, digitised, generated; measured if missing
package recordings
