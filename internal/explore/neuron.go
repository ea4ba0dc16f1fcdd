package explore

import (
	"fmt"
	"math"

	"credo/pkg/capacity"
	"credo/pkg/viz"

	"gonum.org/v1/plot"
)

// Potentials draws the potentials of all patterns while they are learned.
func (s *State) Potentials() (Figure, error) {
	c := &s.learning.course
	p := s.overTime("potential $V$ (current units)")
	for y := range codes {
		y := 1 - y
		viz.Band(p, fmt.Sprintf("target %d, mean and s.d.", y), c.time, c.mean[y], c.sd[y], codes[y])
		viz.Points(p, [2]string{"highest of target 0", "lowest of target 1"}[y], c.time, c.nearest[y], nil, codes[y])
	}
	viz.HLine(p, 0, "threshold")
	last := len(c.time) - 1
	return figure("potentials", fmt.Sprintf("Potentials while the neuron learns: at time %.4g target 1 is at %.4g on average, target 0 at %.4g.",
		c.time[last], c.mean[1][last], c.mean[0][last]), p)
}

// Answers draws hits and false alarms while the neuron learns, and those of theory.
func (s *State) Answers() (Figure, error) {
	c := &s.learning.course
	p := s.overTime("hits, false alarms")
	p.Y.Min, p.Y.Max = -0.03, 1.03
	viz.Line(p, "hits", c.time, c.hits, viz.One)
	viz.Line(p, "false alarms", c.time, c.alarms, viz.Zero)
	said := "theory has no errors to predict here"
	if o, err := s.theory.Online(s.load(), s.design.Rate); err == nil {
		to := []float64{0, s.design.Duration}
		viz.Line(p, "hits, theory", to, []float64{1 - o.Miss, 1 - o.Miss}, viz.Theory)
		viz.Line(p, "false alarms, theory", to, []float64{o.FalseAlarm, o.FalseAlarm}, viz.Bound)
		said = fmt.Sprintf("theory has %.3g and %.3g", 1-o.Miss, o.FalseAlarm)
	}
	return figure("answers", fmt.Sprintf("Hits and false alarms while the neuron learns: %.3g and %.3g of late; %s.", late(c.hits), late(c.alarms), said), p)
}

// Load draws the error of this neuron at its load beside those of theory and the least
// of any weights.
func (s *State) Load() (Figure, error) {
	p := viz.New("load $P/N$ (patterns per channel)", "error $P(y ≠ Y)$")
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, max(mostLoad, s.load()), -0.01, 0.3
	most, err := capacity.Capacity{TargetCoding: s.design.Circuit.TargetCoding}.Unconstrained()
	if err != nil {
		return Figure{}, err
	}
	viz.VLine(p, most, "Gardner")
	if len(s.least.x) > 0 {
		viz.Line(p, "any weights, at least", s.least.x, s.least.y, viz.Bound)
	}
	if len(s.errors.x) > 0 {
		viz.Line(p, "theory", s.errors.x, s.errors.y, viz.Theory)
	}
	e := late(s.learning.course.error)
	p.Y.Max = max(p.Y.Max, math.Ceil(12*e)/10)
	viz.Points(p, "this neuron", []float64{s.load()}, []float64{e}, nil, viz.ACh)
	return figure("load", fmt.Sprintf("Error against load: this neuron has %.3g at %.4g; no weights answer all patterns right beyond %.4g.", e, s.load(), most), p)
}

func (s *State) load() float64 {
	return float64(s.design.Task.Patterns) / float64(s.design.Task.Channels)
}

func (s *State) overTime(label string) *plot.Plot {
	p := viz.New("time $λ$ × epochs", label)
	p.X.Min, p.X.Max = 0, s.design.Duration
	return p
}
