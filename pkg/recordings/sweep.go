package recordings

// Sweep is a row of the raw schema: the current of one sweep at one holding
// potential, averaged over a window after the tone.
type Sweep struct {
	Animal, Cell string
	Number       int     // of the sweep, at least 0
	Time         float64 // min relative to pairing; negative before
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
