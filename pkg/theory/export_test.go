package theory

// What the tests outside the package look at.
var PairRelaxation = pairRelaxation

func (l Linear) BalancedOffset() float64 { return l.balancedOffset() }

// Kicked is kicked.above.
func Kicked(drift, events, kick func(v float64) float64, diffusion, low, high float64) float64 {
	return kicked{drift: drift, events: events, kick: kick, diffusion: diffusion, low: low, high: high}.above()
}
