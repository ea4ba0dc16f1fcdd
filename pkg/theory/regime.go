package theory

import (
	"fmt"
	"math"
	"strings"

	"credo/internal/domain"
	"credo/pkg/model"

	"gonum.org/v1/gonum/stat/distuv"
)

// Setting is an experiment that a theory is to be held against.
type Setting struct {
	Task     model.Task
	Rate     float64 // λ > 0
	Duration float64 // T = λ × epochs, of learning; ≥ 0
	Weight   float64 // w of all synapses at the start, ≥ 0
}

// Regime says what the theory of a circuit assumes and whether a setting keeps
// to it, assumption by assumption. Where one is broken, simulations may leave
// the theory without either being wrong.
type Regime struct{ Assumptions []Assumption }

// Assumption is one of them. The numbers that separate holding from broken are
// chosen: about where the theory is off by a tenth.
type Assumption struct {
	Name   string
	Value  float64 // what is compared; NaN where it does not exist
	Limit  string  // with what, such as "< 1"
	Broken string  // what is broken; empty: it holds
}

// Holds reports whether all assumptions hold.
func (r Regime) Holds() bool { return len(r.Broken()) == 0 }

// Broken lists what is broken.
func (r Regime) Broken() (list []string) {
	for _, a := range r.Assumptions {
		if a.Broken != "" {
			list = append(list, a.Broken)
		}
	}
	return list
}

// String is the card of a notebook, a line each.
func (r Regime) String() string {
	var out strings.Builder
	for _, a := range r.Assumptions {
		value, verdict := "–", "holds"
		switch {
		case math.IsInf(a.Value, 1):
			value = "∞"
		case !math.IsNaN(a.Value):
			value = minus(fmt.Sprintf("%.3g", a.Value))
		}
		if a.Broken != "" {
			verdict = "BROKEN\n     " + a.Broken
		}
		fmt.Fprintf(&out, "%-44s %-8s %-8s %s\n", a.Name, value, a.Limit, verdict)
	}
	if r.Holds() {
		out.WriteString("The theory applies.\n")
	} else {
		fmt.Fprintf(&out, "The theory applies but for %d of these.\n", len(r.Broken()))
	}
	return out.String()
}

// Regime returns the card of a setting:
//
//	task                 co-tuned, with the circuit's f and f_Y
//	force                F is a function of V alone (a = 1)
//	load                 α = P/N below 1, or below the capacity of gated inhibition
//	margins              of the window, b + θ − b_min and b_max − (b + θ), positive
//	spread               quenched by β, in units of the distance to threshold, below 1/3
//	noise                s.d. by single presentations in the same units, below 1/3
//	rate                 λ k n/N below 2 for the pattern of most active inputs, n ≃ fN + √(2 g N ln P)
//	time                 T k g (1−√α)² at least 3, the slowest mode's relaxation times
//	weights              share that meets 0, below 0.01; an estimate, up to three times too large
//	finite N f, P f      at least 10 inputs active in a pattern, and patterns in a channel
//
// with g = f(1−f) and k = −∂F/∂V at rest. If inhibition is plastic only when
// firing, modes are those of the Y = 1 patterns, f_Y α for α. Derived here.
func (t *Theory) Regime(s Setting) Regime {
	c, task, r := t.circuit, s.Task, Regime{}
	add := func(name string, value float64, limit string, holds bool, broken string, a ...any) {
		why := ""
		if !holds {
			why = minus(fmt.Sprintf(broken, a...))
		}
		r.Assumptions = append(r.Assumptions, Assumption{name, value, limit, why})
	}
	if err := s.check(); err != nil {
		add("setting", math.NaN(), "", false, "%v", err)
		return r
	}
	add("co-tuning r", task.CoTuning, "= 1", task.CoTuning == 1, "inhibitory inputs are no copies: currents fluctuate apart")
	if task.Coding != c.Coding || task.TargetCoding != c.TargetCoding {
		add("coding f of the task", task.Coding, fmt.Sprint("= ", c.Coding), false, "task of f = %v, f_Y = %v for a circuit of %v, %v: use Circuit.With",
			task.Coding, task.TargetCoding, c.Coding, c.TargetCoding)
	}
	d, err := t.Condition()
	add("slope a of the E/I line", c.Balance.Slope, "= 1", err == nil, "%v", err)
	if err != nil {
		return r
	}
	n, p, f := float64(task.Channels), float64(task.Patterns), task.Coding
	load, most, g := p/n, 1., f*(1-f)
	if d.Gated {
		most, _ = Gated{c.TargetCoding}.Capacity() // f_Y was checked
	}
	add("load P/N", load, fmt.Sprintf("< %.3g", most), load < most, "more patterns than can stand still together")
	lower, upper := d.Margins()
	add("margin above b_min", lower, "≥ 0", lower > 0 || d.Learnable, "%s", d.Advice())
	add("margin below b_max", upper, "≥ 0", upper > 0 || d.Learnable, "%s", d.Advice())
	if lower > 0 && upper > 0 {
		add("depth from which targets rise", d.Escape, "", d.Learnable, "%s", d.Advice())
	}
	if !(d.V1 > 0 && d.V0 <= 0) {
		add("resting potentials", math.NaN(), "", false, "there are none on the right side of threshold")
		return r
	}
	force := t.force()
	force.learner.MeanOutput = d.MeanOutput
	k := -force.slope(true, d.V1)
	if d.V0 < 0 && !d.Gated {
		k = max(k, -force.slope(false, d.V0))
	}
	active := min(1, f+math.Sqrt(2*g*math.Log(p)/n))
	add("rate λ, half of it over the largest stable", s.Rate*k*active/2, "< 1", s.Rate*k*active < 2, "the pattern of most active inputs overshoots and diverges")
	add("active inputs of a pattern, N f", n*f, "≥ 10", n*f >= 10, "currents are not Gaussian: corrections of order %.2g", 1/(n*f))
	add("patterns that share a channel, P f", p*f, "≥ 10", p*f >= 10, "sums over patterns are not Gaussian: corrections of order %.2g", 1/(p*f))
	if load >= most {
		return r // nothing of the following exists
	}
	spread := t.spread(load)
	add("spread by β, distances to threshold", spread, "< 1/3", spread < 1./3, "heterosynaptic depression carries patterns across threshold at any rate")
	noise := math.NaN()
	if o, err := t.Online(load, s.Rate); err == nil {
		noise = math.Sqrt(o.Var1) / o.V1
		if !d.Gated {
			noise = max(noise, math.Sqrt(o.Var0)/-o.V0)
		}
	}
	add("noise at the rate λ, distances to threshold", noise, "< 1/3", noise < 1./3, "single presentations carry patterns across threshold: lower the rate")
	modes := load
	if d.Gated {
		modes *= c.TargetCoding
	}
	slow := s.Duration * k * g * slowest(modes)
	add("time, over that of the slowest mode", slow, "≥ 3", slow >= 3, "the slowest modes have not come to rest: errors are left that more time removes")
	share := force.bounded(s, d, k)
	add("share of weights that meet 0, estimated", share, "< 0.01", share < 0.01, "weights at their bound take part in no balance: start from larger ones")
	return r
}

// check returns an error that names the first field outside its domain.
func (s Setting) check() error {
	if err := s.Task.Check(); err != nil {
		return err
	}
	return domain.Check("theory: Setting.",
		domain.Field{Name: "Rate", Value: s.Rate, In: domain.Positive},
		domain.Field{Name: "Duration", Value: s.Duration, In: domain.NonNegative},
		domain.Field{Name: "Weight", Value: s.Weight, In: domain.NonNegative})
}

// spread is the larger of the two classes' quenched standard deviations over
// their distance from threshold; 0 without change of silent synapses.
func (t *Theory) spread(load float64) float64 {
	if f := t.force(); f.silent(true, f.above()) == 0 {
		return 0
	}
	h, err := t.Heterosynaptic(load)
	if err != nil {
		return math.NaN()
	}
	spread := h.Spread1 / h.V1
	if !math.IsNaN(h.Spread0) {
		spread = max(spread, h.Spread0/-h.V0)
	}
	return spread
}

// bounded estimates the share of weights that meet 0, soon after the start or
// at the end. An excitatory weight drifts by what the patterns do in which its
// channel is active, k of P_1 targets, k binomial, and others; inhibitory ones
// follow, w_I = w_E − J, with the J of least norm that brings the potentials to
// rest, of variance α Var(V)/(g(1−α)).
func (f force) bounded(s Setting, d Condition, slope float64) float64 {
	n, p, coding, fY := float64(s.Task.Channels), float64(s.Task.Patterns), s.Task.Coding, s.Task.TargetCoding
	g, load := coding*(1-coding), p/n
	var on, off [2]float64 // change of an active and of a silent weight, by target
	for y := range on {
		iE, iI := f.currents(max([2]float64{d.V0, d.V1}[y], -math.MaxFloat64/4), 1)
		e, _ := f.learner.Mean(y == 1, iE, iI)
		on[y], off[y] = e.Active, e.Silent
	}
	var apart, shift float64 // variance and mean of J
	if v0 := d.V0; !math.IsInf(v0, 0) && load < 1 {
		apart = load / (1 - load) * fY * (1 - fY) * (d.V1 - v0) * (d.V1 - v0) / g
		shift = (fY*d.V1 + (1-fY)*v0 + f.circuit.Threshold) / (coding * math.Sqrt(n))
	}
	users := distuv.Binomial{N: math.Round(fY * p), P: coding}
	others := p - users.N
	rest := others * (coding*on[0] + (1-coding)*off[0])
	variance := others * g * (on[0] - off[0]) * (on[0] - off[0]) / n
	most := 0.
	for _, t := range [2]float64{min(s.Duration, 1/(slope*g)), s.Duration} {
		share := 0.
		for k := range int(users.N) + 1 {
			k := float64(k)
			w, v := s.Weight+t*(k*on[1]+(users.N-k)*off[1]+rest)/math.Sqrt(n), t*t*variance
			share += users.Prob(k) * (tail(-w, v) + tail(shift-w, v+apart)) / 2
		}
		most = max(most, share)
	}
	return math.Max(0, most-1e-12) // nothing below a rounding error
}
