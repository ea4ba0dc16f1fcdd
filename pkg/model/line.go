package model

// Line is a change of the active synapses towards an E/I line i_I = a i_E + b,
//
//	Δw = rate (a i_E + b − i_I) x,
//
// only where y = 1 if WhenFiring.
type Line struct {
	Rate, Slope, Offset float64 // rate, a, b
	WhenFiring          bool
}

// Lined is a rule that is a Line. Training then follows the line itself, which
// gives the same bits as asking the rule.
type Lined interface {
	Rule
	Line() Line
}

// Active is the change on a trial of output y and of these currents.
func (l Line) Active(y, excitation, inhibition float64) float64 {
	if l.WhenFiring && y == 0 {
		return 0
	}
	return l.Rate * (float64(l.Slope*excitation) + l.Offset - inhibition)
}
