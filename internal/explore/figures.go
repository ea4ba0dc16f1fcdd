package explore

import (
	"fmt"
	"strings"

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
