package recordings

// A voltage clamp measures, where the synaptic current reverses at E and flows
// through a series resistance R_s that is not compensated,
//
//	I = g (V_h − I R_s − E),
//
// because the potential that reaches the synapse is V_h − I R_s. In nS, mV, MΩ
// and pA. Filtering by R_s and the distance to the synapse are left out.

// milli turns pA MΩ into mV.
const milli = 1e-3

// driving is the driving force without series resistance, V_h − E in mV; it is
// negative where excitation is measured and positive where inhibition is.
func (s *Sweep) driving() float64 { return s.Holding - s.Reversal }

// reached is the driving force that reaches the synapse, V_h − I R_s − E.
func (s *Sweep) reached() float64 {
	if s.Series > 0 {
		return s.driving() - s.Current*s.Series*milli
	}
	return s.driving()
}

// conductance is g = I/(V_h − I R_s − E) in nS, at least 0 but for noise.
func (s *Sweep) conductance() float64 { return s.Current / s.reached() }

// magnitude is g |V_h − E|, the current in pA, without its sign, that an ideal
// clamp would measure.
func (s *Sweep) magnitude() float64 {
	d := s.driving()
	if d < 0 {
		d = -d
	}
	return s.conductance() * d
}

// clamped is the current in pA that the clamp measures of a magnitude: the
// inverse of magnitude, I = g (V_h − E)/(1 + g R_s).
func (s *Sweep) clamped(magnitude float64) float64 {
	d := s.driving()
	g := magnitude / d
	if d < 0 {
		g = -g
	}
	series := 0.
	if s.Series > 0 {
		series = s.Series
	}
	return g * d / (1 + g*series*milli)
}
