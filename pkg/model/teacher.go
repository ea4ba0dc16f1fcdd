package model

// Teacher stands beside the neuron and says a number to its synapses on every
// trial, [Signals.Told]. It is no local rule: it may look at the whole neuron,
// such as at its answers to all patterns, which no synapse can see. What the
// synapses make of what they are told remains a matter of the rules.
//
// Tell is asked with the weights before the trial of pattern mu, keeps and
// changes nothing of them, and must be pure, as a rule is: it is asked by
// [Learner.Train] once a trial and by [Drift] once a pattern and step. What
// [Learner.Mean] says is for Told = 0. A method Fits(*Associations) error is
// asked before both.
type Teacher interface {
	Tell(n *Neuron, mu int) float64
}

// told is what the teacher of l says of pattern mu, 0 if there is none.
func (l *Learner) told(mu int) float64 {
	if l.Teacher == nil {
		return 0
	}
	return l.Teacher.Tell(l.Neuron, mu)
}

// fits returns the error of a teacher that is for other associations, if it
// has a method Fits(*Associations) error to say so.
func (l *Learner) fits(a *Associations) error {
	if t, ok := l.Teacher.(interface{ Fits(*Associations) error }); ok {
		return t.Fits(a)
	}
	return nil
}
