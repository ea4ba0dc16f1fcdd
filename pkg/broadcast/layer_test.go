package broadcast_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// layer is a plain simulation of neurons that share a release, of the four standard
// rules, in the potentials: a mean change Δ on a trial of pattern μ moves the potential
// of pattern ν by λ G_μν Δ, which is exact while no weight is at its bound.
type layer struct {
	circuit           rules.Circuit
	targets           [][]bool // of each neuron that is simulated, by pattern
	called            func(mu int, rng *rand.Rand) (probability float64, reaches func(neuron int) bool)
	tag               float64 // σ
	winner            bool    // on a release only the neuron of the largest potential may fire
	channels, epochs  int
	rate, last, apart float64 // λ; share of the epochs over which answers are counted; spread of initial weights
}

// answers are the misses and false alarms at presentation, of each neuron on its own
// targets or, with winner, of any neuron on the first's.
func (l layer) answers(rng *rand.Rand) (misses, falseAlarms float64, potentials [][]float64) {
	c, patterns := l.circuit, len(l.targets[0])
	x := l.inputs(rng)
	gram := make([][]float64, patterns)
	for mu := range gram {
		gram[mu] = make([]float64, patterns)
		for nu := range gram[mu] {
			gram[mu][nu] = floats.Dot(x[mu], x[nu]) / float64(l.channels)
		}
	}
	v := make([][]float64, len(l.targets))
	for j := range v {
		v[j] = make([]float64, patterns)
		if l.apart == 0 {
			continue
		}
		w := make([]float64, l.channels)
		for i := range w {
			w[i] = l.apart * rng.NormFloat64() / math.Sqrt(float64(l.channels))
		}
		for mu := range v[j] {
			v[j][mu] = floats.Dot(w, x[mu])
		}
	}
	wrong, all := [2]float64{}, [2]float64{}
	count := func(target, fires bool) {
		k := 0
		if target {
			k = 1
		}
		all[k]++
		if target != fires {
			wrong[k]++
		}
	}
	for epoch := range l.epochs {
		for _, mu := range rng.Perm(patterns) {
			probability, reaches := l.called(mu, rng)
			released := rng.Float64() < probability
			first, any := 0, false
			for j := range v {
				any = any || v[j][mu] > 0
				if v[j][mu] > v[first][mu] {
					first = j
				}
				if !l.winner && float64(epoch) >= (1-l.last)*float64(l.epochs) {
					count(l.targets[j][mu], v[j][mu] > 0)
				}
			}
			if l.winner && float64(epoch) >= (1-l.last)*float64(l.epochs) {
				count(l.targets[0][mu], any)
			}
			for j := range v {
				ach, ne := released && (reaches == nil || reaches(j)), rng.Float64() < c.NE.Probability
				u := v[j][mu]
				if ach {
					u += c.ACh.Disinhibition * max(0, 1+rng.NormFloat64())
				}
				if ne {
					u += c.NE.Disinhibition * max(0, 1+rng.NormFloat64())
				}
				y := 0.
				if u > 0 && !(l.winner && ach && j != first) && !(ach && !l.targets[j][mu] && rng.Float64() >= l.tag) {
					y = 1
				}
				d := c.Hebbian.Rate * (y - c.Hebbian.MeanOutput)
				if ach {
					d += c.Acetylcholine.Rate * (y - c.Acetylcholine.Reference)
				}
				if ne {
					d += c.Noradrenaline.Rate * (y - c.Noradrenaline.Reference)
				}
				if !c.Balance.WhenFiring || y == 1 {
					d -= c.Balance.Rate * (v[j][mu] + c.Balance.Offset)
				}
				if d != 0 {
					floats.AddScaled(v[j], l.rate*d, gram[mu])
				}
			}
		}
	}
	return wrong[1] / all[1], wrong[0] / all[0], v
}

// inputs are random patterns of the circuit's coding.
func (l layer) inputs(rng *rand.Rand) [][]float64 {
	x := make([][]float64, len(l.targets[0]))
	for mu := range x {
		x[mu] = make([]float64, l.channels)
		for i := range x[mu] {
			if rng.Float64() < l.circuit.Coding {
				x[mu][i] = 1
			}
		}
	}
	return x
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

// asking is the number of neurons whose target of the pattern is 1.
func asking(targets [][]bool, mu int) (n int) {
	for _, y := range targets {
		if y[mu] {
			n++
		}
	}
	return n
}

// bare is acetylcholine and balance alone, of large disinhibition.
func bare(coding, offset float64) rules.Circuit {
	c := rules.Reported().Without("NE").Without("Hebbian").With(0.2, coding, 0)
	c.Acetylcholine.Depression, c.ACh.Disinhibition, c.Balance.Offset = 0, 1000, offset
	return c
}

// alone is one neuron of a circuit whose patterns meet the given probability of
// release, if its target is 1 or 0, and each presentation afresh.
func alone(c rules.Circuit, patterns int, rate, duration float64, rng *rand.Rand, release func(target bool, rng *rand.Rand) float64) layer {
	l := layer{circuit: c, targets: draw(1, patterns, c.TargetCoding, rng), tag: 1, channels: 200, rate: rate, epochs: int(duration / rate), last: 0.1}
	l.called = func(mu int, rng *rand.Rand) (float64, func(int) bool) { return release(l.targets[0][mu], rng), nil }
	return l
}

// repeated are the misses and false alarms of so many runs.
func repeated(runs int, seed uint64, one func(rng *rand.Rand) layer) (misses, falseAlarms []float64) {
	for run := range runs {
		rng := model.Stream(seed, uint64(run))
		miss, fa, _ := one(rng).answers(rng)
		misses, falseAlarms = append(misses, miss), append(falseAlarms, fa)
	}
	return misses, falseAlarms
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
