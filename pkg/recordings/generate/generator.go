package generate

import (
	"math"

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

	Cells, Animals   int       // both at least 1; cells are dealt to animals in turn
	Channels, Sweeps int       // at least 2; at least 1, of each kind, a channel and phase
	Times            []float64 // min relative to pairing, increasing, one a phase

	Pairings int     // presentations of the paired channel with the modulator; 0: no pairing
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
	Drift    float64 // s.d. of ln of the gain of a whole cell in one phase, common to E and I
	Dropout  float64 // probability that a channel's inhibition is missing in the last phase
	Series   float64 // series resistance of all cells, MΩ

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

// modulated returns the circuit with the modulators as they are in pairing, or
// with those that the circuit itself releases on trials of no consequence.
func (g Generator) modulated(pairing bool) rules.Circuit {
	c := g.Circuit
	if pairing {
		release := map[bool]float64{true: 1}
		c.ACh.Probability, c.NE.Probability = release[g.Treatment == recordings.ACh], release[g.Treatment == recordings.NE]
		c.ACh.Error, c.NE.Error = c.ACh.Probability, c.NE.Probability
	}
	return c
}
