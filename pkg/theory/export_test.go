package theory

// What the tests outside the package look at.
var PairRelaxation = pairRelaxation

func (l Linear) BalancedOffset() float64 { return l.balancedOffset() }
