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
	// squared observed changes; it may be negative by chance, and is NaN where
	// the square of a change rests on an unknown standard error. Error is the
	// standard error of the difference of losses from the chosen rival's.
	Loss, Error float64
	P           float64 // that the last parameter is 0, by a score test; NaN if there is none
	Chosen      bool    // by cross-validation
	x           []form
	within      []int // the rivals of which it is a generalisation
}

// Contest is a list of rivals, of which the first is that nothing changes.
type Contest struct {
	Rivals []Rival
	used
}

// Chosen returns the rival that was chosen.
func (c Contest) Chosen() (r Rival) {
	if k := slices.IndexFunc(c.Rivals, func(r Rival) bool { return r.Chosen }); k >= 0 {
		r = c.Rivals[k]
	}
	return r
}

// InhibitoryLaws sets rival laws of the change of inhibition against each other, of which
// that of [Restore] is one. By the cell's mean only the total is balanced; by the output
// rate, s the spikes, it is the rate form of Vogels et al. (2011), left out where they were
// not counted, or are the same in all channels. There are none where excitation before was
// not measured in two animals, or without its error.
func InhibitoryLaws(cells []Cell) Contest {
	laws := []Rival{
		{Name: "no plasticity", Law: "ΔI = 0"},
		{Name: "inhibition itself", Law: "ΔI = p I", x: []form{own(i0, 1)}, within: []int{0}},
		{Name: "excitation's change", Law: "ΔI = p ΔE", x: []form{own(e1, 1).plus(own(e0, -1))}, within: []int{0}},
		{Name: "cell mean", Law: "ΔI = r (a Ē + b − Ī)", x: []form{one, mean(e1, 1), mean(i0, -1)}, within: []int{0}},
		{Name: "output rate", Law: "ΔI = p (s − s_0)", x: []form{one, own(s1, 1)}, within: []int{0}},
		{Name: "line", Law: "ΔI = r (a E + b − I)", x: toLine(), within: []int{1, 0}},
	}
	s, err := gather(cells, usual, []quantity{e0, i0, e1, s1}, i1)
	if err != nil || s.constant(s1) {
		laws = slices.Delete(laws, 4, 5)
		s, err = gather(cells, usual, []quantity{e0, i0, e1}, i1)
	}
	if err != nil {
		return Contest{}
	}
	return s.choose(change, laws)
}

// DepressionLaws sets laws of the change of unpaired channels' excitation against
// each other, as [InhibitoryLaws] does for inhibition. The uniform one, Ē the cell's mean before,
// is the rule of acetylcholine; best only, with 0 elsewhere, a heterosynaptic model cited.
// The best one is the one that the data flag; where they flag none among the
// unpaired of any cell the law is left out. A channel that these sweeps made the best
// is so by its error in part, and falls back.
func DepressionLaws(cells []Cell) Contest {
	unpaired := slices.Clone(cells)
	for k, c := range cells {
		unpaired[k].Channels = slices.DeleteFunc(slices.Clone(c.Channels), func(t Track) bool { return t.Paired })
	}
	s, err := gather(unpaired, usual, []quantity{e0}, e1)
	if err != nil {
		return Contest{}
	}
	strongest := own(e0, 1)
	strongest.best = true
	laws := []Rival{
		{Name: "none", Law: "ΔE = 0"},
		{Name: "uniform", Law: "ΔE = −u Ē", x: []form{mean(e0, 1)}, within: []int{0}},
		{Name: "proportional", Law: "ΔE = −p E", x: []form{own(e0, 1)}, within: []int{0}},
		{Name: "best only", Law: "ΔE = −q E at the best", x: []form{strongest}, within: []int{0}},
	}
	if !slices.ContainsFunc(s.cells, func(c cell) bool { return slices.ContainsFunc(c.channels, func(k channel) bool { return k.best }) }) {
		laws = laws[:3]
	}
	return s.choose(own(e1, 1).plus(own(e0, -1)), laws)
}

// choose compares rival laws of y, of which the first is that nothing changes. The
// losses are rid of errors of measurement as the fits are. The law of the least
// cross-validated loss is chosen, but not against a special case of itself whose loss
// is within 1.5 standard errors, and none that its score test does not tell from
// nothing at level 0.05.
func (s samples) choose(y form, laws []Rival) Contest {
	losses := make([][]float64, len(laws))
	for k := range laws {
		r, m := &laws[k], s.moments(y, laws[k].x...)
		c := jackknife(s.names, m, moments.solve)
		for g := range m {
			losses[k] = append(losses[k], m[g].loss(c.out[g]))
		}
		r.Parameters, r.Loss, r.P = c.theta, floats.Sum(losses[k]), math.NaN()
		if p := len(r.x); p > 0 {
			one := score(m, p-1)
			r.P = 2 * math.Min(one, 1-one)
		}
	}
	unit, squares := 0.0, 0.0 // of observed changes, and of true ones
	for _, c := range s.all() {
		v := y.at(c)
		unit, squares = unit+c.weight*v*v, squares+c.weight*y.times(y, c)
	}
	best := 0
	for k, r := range laws {
		if r.Loss < laws[best].Loss && r.P < 0.05 {
			best = k
		}
	}
	difference := func(k int) (total, se float64) {
		d := floats.SubTo(make([]float64, len(s.names)), losses[k], losses[best])
		return floats.Sum(d), stat.StdDev(d, nil) * math.Sqrt(float64(len(d)))
	}
	for i := 0; i < len(laws[best].within); i++ {
		k := laws[best].within[i]
		if d, se := difference(k); d < 1.5*se+1e-9*unit { // 1e-9 by rounding, where nothing has an error
			best, i = k, -1 // and on from there
		}
	}
	for k := range laws {
		r := &laws[k]
		_, r.Error = difference(k)
		r.Error, r.Loss = r.Error/unit, (r.Loss+squares)/unit
		r.Chosen = k == best
	}
	return Contest{Rivals: laws, used: s.used}
}
