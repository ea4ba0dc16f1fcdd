package recordings

// Response is the excitation and inhibition of one channel of one cell in one
// phase of an experiment. The sign convention of the clamp is gone: both are
// magnitudes, so that more is more.
type Response struct {
	Animal, Cell string
	Channel      float64   // tone_kHz, or the channel's number
	Paired, Best bool      // the channel that was paired; the best one before pairing
	Treatment    Treatment // what was paired: None, ACh, NE, Drug
	Time         float64   // min relative to pairing; negative before

	Excitation, Inhibition float64   // magnitudes, ≥ 0 in the mean, in Unit; NaN where not measured
	ErrorE, ErrorI         float64   // standard error of the mean over sweeps; NaN if unknown
	SweepsE, SweepsI       []float64 // the single sweeps behind them, for split halves; nil for aggregate rows

	Spikes       float64   // postsynaptic spikes a sweep, mean; NaN if not counted
	SweepsSpikes []float64 // the sweeps in which spikes were counted; nil for aggregate rows

	Unit   string // "pA", "nS", or as given in the aggregate file
	Status Status // Measured, Derived, Digitised, Generated
}
