package explore

import (
	"credo/pkg/capacity"
	"credo/pkg/experiment"
	"credo/pkg/theory"
)

// A State is all that is known at one setting of the parameters. Its condition is
// there from the beginning; edges, errors and learning grow by steps.
type State struct {
	design    experiment.Design
	theory    *theory.Theory
	condition theory.Condition
	edges     edges
	errors    series // of theory, at loads below 1
	least     series // of any weights
	learning  *learning
}

// series is a curve that grows.
type series struct{ x, y []float64 }

func (s *series) add(x, y float64) { s.x, s.y = append(s.x, x), append(s.y, y) }

// edges are those of the window by ρ_A. They depend on nothing else that is moved but
// what tells them from others.
type edges struct {
	hebbian, reach    float64
	rho, lower, upper []float64
}

// New returns the state at the given values of the parameters, by name. The error
// names the one that is outside its domain.
func New(values map[string]float64) (*State, error) {
	d, err := designed(values)
	if err != nil {
		return nil, err
	}
	s := &State{design: d}
	if s.theory, err = theory.Of(d.Circuit); err != nil {
		return nil, err
	}
	if s.condition, err = s.theory.Condition(); err != nil {
		return nil, err
	}
	s.edges = edges{hebbian: d.Circuit.Hebbian.Rate, reach: d.Circuit.ACh.Disinhibition}
	s.learning, err = newLearning(d)
	return s, err
}

// Verdict says what the circuit can learn, in lines.
func (s *State) Verdict() []string { return s.condition.Verdict() }

// Regime is the card of the setting.
func (s *State) Regime() theory.Regime {
	return s.theory.Regime(theory.Setting{Task: s.design.Task, Rate: s.design.Rate, Duration: s.design.Duration, Weight: s.design.Weight})
}

// after takes over from an earlier state what has not changed.
func (s *State) after(before *State) {
	if before == nil {
		return
	}
	if e := before.edges; e.hebbian == s.edges.hebbian && e.reach == s.edges.reach {
		s.edges = e
	}
	s.least = before.least // of f_Y alone, which nobody moves
}

// rhos is at how many ρ_A the edges are drawn, from 0 to 1.
const rhos = 17

// widen adds the edges at the next ρ_A, and says whether there are more.
func (s *State) widen() (more bool, err error) {
	if len(s.edges.rho) < rhos {
		c := s.design.Circuit
		c.ACh.Probability = float64(len(s.edges.rho)) / (rhos - 1)
		t, err := theory.Of(c)
		if err != nil {
			return false, err
		}
		d, err := t.Condition()
		if err != nil {
			return false, err
		}
		e := &s.edges
		e.rho, e.lower, e.upper = append(e.rho, c.ACh.Probability), append(e.lower, d.Lower.Value), append(e.upper, d.Upper.Value)
	}
	return len(s.edges.rho) < rhos, nil
}

// predict adds to the errors of theory and to the least errors of any weights, at a
// few loads, and says whether there are more.
func (s *State) predict() (more bool, err error) {
	if load := float64(len(s.least.x)+1) / 10; load <= mostLoad {
		e, err := capacity.Capacity{TargetCoding: s.design.Circuit.TargetCoding}.MinimalError(load)
		if err != nil {
			return false, err
		}
		s.least.add(load, e.Error)
		return true, nil
	}
	load := float64(2*len(s.errors.x)+1) / 20
	if load >= 1 {
		return false, nil
	}
	o, err := s.theory.Online(load, s.design.Rate)
	if err != nil {
		return false, nil // theory has nothing at rest here, and the figure no line
	}
	s.errors.add(load, o.Error)
	return true, nil
}
