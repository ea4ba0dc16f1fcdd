package recordings

import (
	"fmt"
	"math"

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
	None Treatment = iota // the tone alone, or nothing
	ACh                   // acetylcholine, or stimulation of the nucleus basalis
	NE                    // noradrenaline, or stimulation of the locus coeruleus
	Drug                  // with a drug, for example an antagonist
)

var treatments = [...]string{None: "none", ACh: "ACh", NE: "NE", Drug: "drug"}

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

var statuses = [...]string{Measured: "measured", Derived: "derived", Digitised: "digitised", Generated: "generated"}

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
	switch len(v) {
	case 0:
		return math.NaN(), math.NaN()
	case 1:
		return v[0], math.NaN()
	}
	mean, sd := stat.MeanStdDev(v, nil)
	return mean, stat.StdErr(sd, float64(len(v)))
}
