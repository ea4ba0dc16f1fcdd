package broadcast_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/broadcast"
	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// class is neurons that learn together, of one circuit: a layer far from its bounds, so
// that all is a matter of potentials.
type class struct {
	circuit            rules.Circuit
	neurons            int
	channels, patterns int
	rate, duration     float64 // λ, and λ times the number of epochs
	together           []model.Together
	common             bool    // one set of targets for all
	spread             float64 // of initial weights
}

// learned is what became of a class, over the last tenth of the training: means over
// neurons, at presentation.
type learned struct {
	layer              *model.Layer
	associations       *model.Associations
	histories          []model.History // of the last third
	misses, falseAlarm float64
	v1, v0             float64    // mean potentials of the two classes of patterns
	each               []float64  // false alarms of each neuron
	pool               [2]float64 // misses and false alarms if the pool answers that any neuron does
}

// learns trains the class.
func (c class) learns(t *testing.T, seed, run uint64) (x learned) {
	t.Helper()
	rng := model.Stream(seed, 1<<32|run)
	a, err := model.Task{Channels: c.channels, Patterns: c.patterns, Coding: c.circuit.Coding, TargetCoding: c.circuit.TargetCoding, CoTuning: 1}.Draw(rng)
	if err != nil {
		t.Fatal(err)
	}
	targets := 1
	if !c.common {
		targets = c.neurons
	}
	drawn := draw(targets, c.patterns, c.circuit.TargetCoding, rng)
	x.layer, x.associations = &model.Layer{Together: c.together}, a
	for j := range c.neurons {
		n := model.NewNeuron(c.channels, 2000)
		for i := range n.Excitatory {
			n.Excitatory[i] += c.spread * rng.NormFloat64()
		}
		x.layer.Learners = append(x.layer.Learners, c.circuit.Learner(n, c.rate))
		x.layer.Targets = append(x.layer.Targets, drawn[j%targets])
	}
	epochs, words := int(c.duration/c.rate), model.Stream(seed, run)
	if _, err := x.layer.Train(context.Background(), a, epochs-epochs/3, words); err != nil {
		t.Fatal(err)
	}
	for _, l := range x.layer.Learners {
		l.Every = max(1, epochs/1000)
	}
	if x.histories, err = x.layer.Train(context.Background(), a, epochs/3, words); err != nil {
		t.Fatal(err)
	}
	for j, l := range x.layer.Learners {
		for kind, w := range [][]float64{l.Neuron.Excitatory, l.Neuron.Inhibitory} {
			for _, w := range w {
				if w == 0 {
					t.Fatalf("neuron %d has a weight of kind %d at its bound", j, kind)
				}
			}
		}
	}
	return x.last(0.1)
}

// last is the same with the means over the last share of the training, up to a third.
func (x learned) last(share float64) learned {
	x.each = nil
	histories := slices.Clone(x.histories)
	for j, h := range histories {
		histories[j] = h[int(math.Round(float64(len(h))*(1-3*share))):]
	}
	var all, pool tally
	for j, h := range histories {
		var each tally
		for _, e := range h {
			for mu, v := range e.PresentedPotentials {
				each.add(x.layer.Targets[j][mu], v)
				all.add(x.layer.Targets[j][mu], v)
			}
		}
		x.each = append(x.each, each.wrong[0]/each.n[0])
	}
	for k := range histories[0] {
		for mu, target := range x.layer.Targets[0] {
			most := math.Inf(-1)
			for _, h := range histories {
				most = max(most, h[k].PresentedPotentials[mu])
			}
			pool.add(target, most)
		}
	}
	x.misses, x.falseAlarm = all.wrong[1]/all.n[1], all.wrong[0]/all.n[0]
	x.v1, x.v0 = all.v[1]/all.n[1], all.v[0]/all.n[0]
	x.pool = [2]float64{pool.wrong[1] / pool.n[1], pool.wrong[0] / pool.n[0]}
	return x
}

// tally counts answers, by target.
type tally struct{ n, wrong, v [2]float64 }

func (t *tally) add(target bool, v float64) {
	k := 0
	if target {
		k = 1
	}
	t.n[k]++
	t.v[k] += v
	if target != (v > 0) {
		t.wrong[k]++
	}
}

// draw draws the targets of neurons, round(f P) of them 1 each.
func draw(neurons, patterns int, coding float64, rng *rand.Rand) [][]bool {
	targets := make([][]bool, neurons)
	for j := range targets {
		targets[j] = make([]bool, patterns)
		for k, mu := range rng.Perm(patterns) {
			targets[j][mu] = k < int(math.Round(coding*float64(patterns)))
		}
	}
	return targets
}

// bare is acetylcholine and balance alone, of large disinhibition.
func bare(coding, offset float64) rules.Circuit {
	c := rules.Reported().Without("NE").Without("Hebbian").With(0.2, coding, 0)
	c.Acetylcholine.Depression, c.ACh.Disinhibition, c.Balance.Offset = 0, 1000, offset
	return c
}

// half is neurons at load 1/2, of two hundred channels.
func half(c rules.Circuit, neurons int, rate, duration float64, together ...model.Together) class {
	return class{circuit: c, neurons: neurons, channels: 200, patterns: 100, rate: rate, duration: duration, together: together}
}

// common is neurons that share one release, which is as reliable as that of the circuit
// and comes if m of them ask.
func common(c rules.Circuit, neurons, m int, rate, duration float64, further ...model.Together) class {
	return released(half(c, neurons, rate, duration, model.AtLeast(m)), further...)
}

// afresh is eight neurons that each hear M − 1 others, whose requests are drawn at every
// presentation.
func afresh(c rules.Circuit, s broadcast.Scheme, rate, duration float64) class {
	rho, f := c.ACh.Probability, c.TargetCoding
	switch s := s.(type) {
	case broadcast.Common:
		return released(half(c, 8, rate, duration, broadcast.Afresh(int(s.Neurons)-1, f), model.Zones(1, max(1, s.Needed))))
	case broadcast.Separate:
		return half(c, 8, rate, duration, broadcast.Afresh(int(s.Neurons)-1, rho*f), model.Zones(1, 1))
	case broadcast.Graded:
		return half(c, 8, rate, duration, broadcast.Afresh(int(s.Neurons)-1, rho*f), model.Graded(1, s.Baseline(c.ACh, f)))
	}
	panic("no such scheme")
}

// released makes neurons ask always, and the release that they share fail.
func released(c class, further ...model.Together) class {
	c.together = append(append(c.together, model.Reliably(c.circuit.ACh.Probability)), further...)
	c.circuit.ACh.Probability = 1
	return c
}

// repeated is so many runs, and one of their numbers each.
func repeated(t *testing.T, runs int, seed uint64, c class) (misses, falseAlarms []float64, all []learned) {
	t.Helper()
	for run := range uint64(runs) {
		x := c.learns(t, seed, run)
		misses, falseAlarms, all = append(misses, x.misses), append(falseAlarms, x.falseAlarm), append(all, x)
	}
	return misses, falseAlarms, all
}

// agrees fails unless the mean of the runs and a reference, a mean with its standard
// error of n runs, are as near as Welch's t at 99.9 percent would have them.
func agrees(t *testing.T, what string, runs []float64, mean, se, n float64) {
	t.Helper()
	m, sd := stat.MeanStdDev(runs, nil)
	own := sd / math.Sqrt(float64(len(runs)))
	if own == 0 && se == 0 {
		lesson.Near(t, what, m, mean, 0)
		return
	}
	v, w := own*own, se*se
	nu := (v + w) * (v + w) / (v*v/float64(len(runs)-1) + w*w/(n-1))
	half := math.Sqrt(v+w) * distuv.StudentsT{Sigma: 1, Nu: nu}.Quantile(0.9995)
	t.Logf("%s = %.5f (%.5f), reference %.5f (%.5f)", what, m, own, mean, se)
	lesson.Near(t, what, m, mean, half)
}

// covers fails unless theory is inside the 99.9 percent interval of the runs, and the
// interval no wider than the precision.
func covers(t *testing.T, what string, runs []float64, want, precision float64) {
	t.Helper()
	v := experiment.NewInterval(runs, 0.999)
	t.Logf("%s = %v, theory %.5f", what, v, want)
	lesson.Near(t, what, v.Mean, want, v.Half)
	if !(v.Half <= precision) {
		t.Errorf("%s: half an interval is %.3g, more than %v", what, v.Half, precision)
	}
}
