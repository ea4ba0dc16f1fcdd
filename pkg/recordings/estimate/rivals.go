package estimate

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// Rival is a law of a change that is linear in its parameters, and how well it
// predicts the change in cells that were not used to fit it.
type Rival struct {
	Name, Law  string
	Parameters []float64
	// Loss is the weighted squared error of prediction of the true changes by
	// leave-one-animal-out cross-validation, as a share of the weighted sum of
	// squared observed changes; it may be negative by chance. Error is the
	// standard error of the difference of losses from the chosen rival's.
	Loss, Error float64
	// Criterion is an information criterion in the same units,
	//
	//	[L(θ) + ln G tr(XX V)],
	//
	// with L the loss of the fit, V the covariance of θ between the G animals:
	// Pan's quasi-likelihood criterion with Schwarz' penalty.
	Criterion float64
	Chosen    bool // by cross-validation
	x         []form
	within    []int // the rivals of which it is a generalisation
}

// Contest is a list of rivals with what they were compared on.
type Contest struct {
	Rivals   []Rival
	Channels int // used
	Missing  int // channels that lack a measurement it needs
}

// Chosen returns the rival that was chosen.
func (c Contest) Chosen() Rival {
	for _, r := range c.Rivals {
		if r.Chosen {
			return r
		}
	}
	return Rival{}
}

// Compare sets rival laws of the change of inhibition against each other:
//
//	no plasticity          ΔI = 0
//	inhibition itself      ΔI = p I
//	excitation's change    ΔI = p ΔE
//	cell mean              ΔI = r (a Ē + b − Ī), means over the cell: only the total is balanced
//	output rate            ΔI = p (s − s_0), the rate form of Vogels et al. (2011), s the spikes
//	line                   ΔI = r (a E + b − I)
//
// The losses are rid of errors of measurement as the fits are. The one of the
// least cross-validated loss is chosen, but not against a special case of
// itself whose loss is within 1.5 standard errors. Output rate is left out where
// spikes were not counted, or are the same in all channels. Errors are those of [Restore].
func Compare(cells []Cell, from Reference) (Contest, error) {
	laws := []Rival{
		{Name: "no plasticity", Law: "ΔI = 0"},
		{Name: "inhibition itself", Law: "ΔI = p I", x: []form{own(i0, 1)}, within: []int{0}},
		{Name: "excitation's change", Law: "ΔI = p ΔE", x: []form{own(e1, 1).plus(own(e0, -1))}, within: []int{0}},
		{Name: "cell mean", Law: "ΔI = r (a Ē + b − Ī)", x: []form{one, mean(e1, 1), mean(i0, -1)}, within: []int{0}},
		{Name: "output rate", Law: "ΔI = p (s − s_0)", x: []form{one, own(s1, 1)}, within: []int{0}},
		{Name: "line", Law: "ΔI = r (a E + b − I)", x: toLine(), within: []int{1, 0}},
	}
	s, err := gather(cells, from, e0, e0, i0, e1, i1, s1)
	if err != nil || s.constant(s1) {
		laws = slices.Delete(laws, 4, 5)
		s, err = gather(cells, from, e0, e0, i0, e1, i1)
	}
	if err != nil {
		return Contest{}, err
	}
	return s.choose(change, laws), nil
}

// choose compares rival laws of y. The first must be that nothing changes.
func (s samples) choose(y form, laws []Rival) Contest {
	losses := make([][]float64, len(laws))
	best := 0
	for k := range laws {
		r, m := &laws[k], s.moments(y, laws[k].x...)
		c := estimate(m)
		losses[k] = crossValidate(m)
		r.Parameters, r.Loss, r.Criterion = c.theta, floats.Sum(losses[k]), criterion(m, c)
		if r.Loss < laws[best].Loss {
			best = k
		}
	}
	difference := func(k int) (mean, se float64) {
		d := floats.SubTo(make([]float64, s.n), losses[k], losses[best])
		mean, sd := stat.MeanStdDev(d, nil)
		return mean * float64(s.n), sd * math.Sqrt(float64(s.n))
	}
	for again := true; again; {
		again = false
		for _, k := range laws[best].within {
			if d, se := difference(k); d < 1.5*se {
				best, again = k, true
				break
			}
		}
	}
	unit := 0.0
	for _, list := range s.cells {
		for _, one := range list {
			v := y.at(one, sample{})
			unit += one.weight * v * v
		}
	}
	for k := range laws {
		r := &laws[k]
		_, r.Error = difference(k)
		r.Error, r.Loss, r.Criterion = r.Error/unit, r.Loss/unit, r.Criterion/unit
		r.Chosen = k == best
	}
	return Contest{Rivals: laws, Channels: s.channel, Missing: s.missing}
}

// crossValidate returns the loss of each cluster at the fit to the others.
func crossValidate(clusters []moments) []float64 {
	all := sum(clusters)
	out := make([]float64, len(clusters))
	for g, m := range clusters {
		all.add(m, -1)
		out[g] = m.loss(all.solve())
		all.add(m, 1)
	}
	return out
}

func criterion(clusters []moments, c clustered) float64 {
	v := 0.0
	for _, m := range clusters {
		v += m.loss(c.theta)
		for i, x := range m.xx {
			v += math.Log(float64(c.n)) * x * c.v[i]
		}
	}
	return v
}
