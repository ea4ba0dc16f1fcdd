// Package generate draws recordings whose truth is known. They are no experiment.
package generate

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"credo/internal/domain"
	"credo/pkg/recordings"
	"credo/pkg/rules"
)

// Generator draws recordings of cells whose synapses change by the rules of a
// circuit, so that the truth behind them is known. They are no experiment:
// every Response has the Status Generated.
//
// A channel is a group of synapses that change alike. Its excitation E and
// inhibition I are currents of the model, which Scale turns into pA, and a
// presentation of the channel alone changes them by λ times the mean change
// that model.Learner.Mean derives from the circuit: the chance of single trials
// is averaged over, but for Jitter. Pairing changes excitation only and the
// presentations after it inhibition only, a choice after the order in which
// they are seen to change (Froemke, Merzenich & Schreiner 2007).
//
// In the zero value every effect is absent, and no cell is there; Typical has
// values to begin with. All of those, unless of the circuit, are chosen.
type Generator struct {
	Circuit   rules.Circuit
	Treatment recordings.Treatment // ACh and NE are released on every pairing; None and Drug release neither
	Prefix    string               // before the names of animals and cells, so that sets can be joined

	Cells, Animals   int       // both at least 1; cells are dealt to animals in turn
	Channels, Sweeps int       // at least 2; at least 1, of each kind, a channel and block
	Times            []float64 // min relative to pairing, increasing, one a block; several may be before

	Pairings int     // presentations of the paired channel with the modulator; 0: no pairing, as in a sham cell
	PairBest bool    // pair the best channel; else another one, at random
	Linger   int     // presentations of each other channel while the modulator lingers
	Rate     float64 // λ ≥ 0; 0: nothing is plastic
	Pace     float64 // presentations of each channel a minute, after pairing; 0: inhibition is not plastic

	Base, Peak float64 // of the tuning curve of excitation: floor and height above it, in currents
	Width      float64 // s.d. of the Gaussian tuning curve, in channels, above 0
	Gain       float64 // s.d. over cells of ln of their gain, which multiplies the curve
	Ragged     float64 // relative s.d. of excitation about the curve
	Scatter    float64 // s.d. of inhibition about the E/I line, relative to the cell's mean inhibition
	Drive      float64 // s.d. over channels of a depolarisation that the clamp does not see
	Jitter     float64 // s.d. over presentations of the potential

	Scale    float64 // pA of a current of 1, above 0
	Noise    float64 // relative s.d. of one sweep
	Additive float64 // s.d. of one sweep beside it, pA
	Dropout  float64 // probability that a channel's inhibition is missing in the last block
	Series   float64 // series resistance of all cells, MΩ

	// Between blocks gains fluctuate, as ln of what the clamp measures, and all
	// that is plastic takes no notice. A block of a cell has draws of its own.
	Drift        float64 // s.d. of that of the whole cell, common to E and I
	DriftI       float64 // s.d. of that of its inhibition, common to its channels
	DriftChannel float64 // s.d. of that of a channel's inhibition

	// The errors of sweeps, Noise and Additive, are Gaussian, of one size in all
	// channels, and of E and I independent, but for these.
	Unequal    float64 // s.d. over channels of ln of the size of a channel's errors
	Tail       float64 // degrees of freedom of Student's t, scaled to the same s.d., above 2; 0: Gaussian
	Correlated float64 // correlation of the errors of E and I in sweeps of the same number, in [−1, 1], and so of their means in a block

	// Depress replaces the circuit's change of silent synapses: what the
	// pairing that changed the paired channel by change, in pA, does to another.
	Depress func(c Channel, change float64) float64
	// Rebalance replaces the circuit's inhibitory rules: the change of
	// inhibition that a channel comes to, in pA, with the time course of the
	// circuit's Balance when it is not gated.
	Rebalance func(c Channel) float64
}

// Channel is the truth of one channel, in pA: E0 and I0 before pairing, E1
// after, their means over the cell's channels, and Firing, the probability of a
// spike in a presentation right after pairing.
type Channel struct {
	Paired, Best           bool
	E0, I0, E1             float64
	MeanE0, MeanI0, MeanE1 float64
	Firing                 float64
}

// Typical returns a generator of 12 cells of 8 channels with 20 percent noise,
// paired with acetylcholine in the reported circuit. Inhibition is ungated, and
// relaxes with a time constant of 31 min.
func Typical() Generator {
	return Generator{
		Circuit: rules.Reported(), Treatment: recordings.ACh,
		Cells: 12, Animals: 6, Channels: 8, Sweeps: 10, Times: []float64{-5, 5, 60},
		Pairings: 24, Rate: 0.05, Pace: 1,
		Base: 0.6, Peak: 1, Width: 1.5, Gain: 0.2, Ragged: 0.1, Scatter: 0.2, Jitter: 0.2,
		Scale: 100, Noise: 0.2, Series: 15,
	}
}

// Check returns an error that names the first field outside its domain.
func (g Generator) Check() error {
	if err := g.Circuit.Check(); err != nil {
		return err
	}
	fields := reflect.ValueOf(g)
	for _, of := range []struct {
		in     domain.Interval
		fields string
	}{
		{domain.Interval{High: float64(recordings.Drug)}, "Treatment"},
		{domain.AtLeast(1), "Cells Animals Sweeps"},
		{domain.AtLeast(2), "Channels"},
		{domain.Positive, "Width Scale"},
		{domain.NonNegative, "Pairings Linger Rate Pace Base Peak Gain Ragged Scatter Drive Jitter Noise Additive Series Drift DriftI DriftChannel Unequal"},
		{domain.Probability, "Dropout"},
		{domain.Signed, "Correlated"},
	} {
		for name := range strings.FieldsSeq(of.fields) {
			value := fields.FieldByName(name).Convert(reflect.TypeFor[float64]()).Float()
			if err := of.in.Check("recordings: Generator."+name, value); err != nil {
				return err
			}
		}
	}
	if err := domain.AtLeast(1).Check("recordings: Generator.len(Times)", float64(len(g.Times))); err != nil {
		return err
	}
	if !(g.Tail == 0 || g.Tail > 2 && domain.Finite.Has(g.Tail)) {
		return fmt.Errorf("recordings: Generator.Tail = %v, must be 0 or above 2 and finite", g.Tail)
	}
	for i, t := range g.Times {
		if !domain.Finite.Has(t) || i > 0 && t <= g.Times[i-1] {
			return fmt.Errorf("recordings: Generator.Times = %v, must be finite and increasing", g.Times)
		}
	}
	if last := slices.Max(g.Times); g.Pace*last > 1e7 {
		return fmt.Errorf("recordings: Generator.Pace = %v asks for %v presentations of a channel, must be at most 1e7", g.Pace, g.Pace*last)
	}
	return nil
}

// Line returns the E/I line that the circuit restores, i_I = slope i_E + offset
// with the offset in pA.
func (g Generator) Line() (slope, offset float64) {
	b := g.Circuit.Balance
	return b.Slope, b.Offset * g.Scale
}

// Relaxed returns the share of its distance from the line, with excitation as
// pairing left it, that the circuit's Balance takes from every channel until a
// time in min after pairing if it is not gated,
//
//	r = 1 − (1 − λ a_I)ⁿ,  n = round(Pace t).
//
// Gated, n counts the presentations on which the channel makes the neuron fire.
func (g Generator) Relaxed(minutes float64) float64 {
	return 1 - math.Pow(1-g.Rate*g.Circuit.Balance.Rate, float64(g.presentations(minutes)))
}
