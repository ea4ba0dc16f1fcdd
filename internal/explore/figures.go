package explore

import (
	"fmt"
	"math"
	"strings"

	"credo/pkg/capacity"
	"credo/pkg/theory"
	"credo/pkg/viz"

	"gonum.org/v1/plot"
)

// A Figure is one as a page shows it.
type Figure struct {
	Name string `json:"name"`
	Alt  string `json:"alt"`
	SVG  string `json:"svg"`
}

func figure(name, alt string, p *plot.Plot) (Figure, error) {
	svg, err := viz.Encode("svg", alt, p)
	return Figure{name, alt, string(svg)}, err
}

var codes = [2]viz.Code{viz.Zero, viz.One} // by target

// Force draws F(Y, V) of both targets, and where patterns stand still.
func (s *State) Force() (Figure, error) {
	const left, right = -1.2, 1
	p := viz.New("potential $V$ (current units)", "mean force $F(Y, V)$")
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = left, right, -1.2, 1
	viz.HLine(p, 0, "")
	viz.VLine(p, 0, "threshold")
	var said []string
	var unstable series
	for y := range codes {
		y := 1 - y // target 1 first
		v, f := []float64{}, []float64{}
		for k := 0.; k <= 32; k++ { // the force bends near threshold
			v = append(v, left*(1-k/32)*(1-k/32))
		}
		for _, x := range v {
			f = append(f, s.theory.Force(y == 1, x))
		}
		viz.Line(p, fmt.Sprint("target ", y), v, f, codes[y])
		above := []float64{1e-9, right} // a straight line: all fire
		viz.Line(p, "", above, []float64{s.theory.Force(y == 1, above[0]), s.theory.Force(y == 1, above[1])}, codes[y])
		var rest series
		for _, r := range s.condition.Roots[y] {
			if r.Potential < left || r.Potential > right {
				continue
			}
			if r.Stable {
				rest.add(r.Potential, 0)
			} else {
				unstable.add(r.Potential, 0)
			}
		}
		if len(rest.x) > 0 {
			viz.Points(p, fmt.Sprint("rest, target ", y), rest.x, rest.y, nil, codes[y])
		}
		said = append(said, fmt.Sprintf("target %d %s", y, resting(s.condition.Roots[y])))
	}
	if len(unstable.x) > 0 {
		viz.Points(p, "unstable", unstable.x, unstable.y, nil, viz.Other)
	}
	return figure("force", "Mean force on patterns of either target against their potential; "+strings.Join(said, ", "), p)
}

// resting says where patterns come to rest.
func resting(roots []theory.Root) string {
	var at []string
	for _, r := range roots {
		if r.Stable {
			at = append(at, fmt.Sprintf("%.4g", r.Potential))
		}
	}
	if len(at) == 0 {
		return "rests nowhere"
	}
	return "rests at V = " + strings.Join(at, " and ")
}

// Window draws the edges of b + θ by ρ_A, as far as they are known, and where the
// circuit is.
func (s *State) Window() (Figure, error) {
	p := viz.New("$b + θ$ (current units)", "probability of acetylcholine $ρ_A$")
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = -0.25, 0.95, 0, 1
	c, d := s.design.Circuit, s.condition
	if len(s.edges.rho) == rhos {
		viz.Line(p, "$b_{min}$", s.edges.lower, s.edges.rho, viz.Bound)
		viz.Line(p, "$b_{max}$", s.edges.upper, s.edges.rho, viz.Theory)
	}
	rho := c.ACh.Probability
	alt := "There is no window at this ρ_A"
	if d.Lower.Value < d.Upper.Value {
		alt = fmt.Sprintf("At ρ_A = %.4g the window of b + θ is from %.4g to %.4g", rho, d.Lower.Value, d.Upper.Value)
		viz.Line(p, "window here", []float64{d.Lower.Value, d.Upper.Value}, []float64{rho, rho}, viz.ACh)
	}
	viz.Points(p, "the circuit", []float64{d.Offset}, []float64{rho}, nil, viz.E)
	return figure("window", alt+fmt.Sprintf("; the circuit is at %.4g.", d.Offset), p)
}

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
