package model_test

import (
	"math"
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/model"

	"gonum.org/v1/gonum/stat"
)

func TestImperfectReleaseCheck(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		m    model.Modulator
		want []string
	}{
		{model.Modulator{Late: -0.1}, []string{"Late = -0.1", "[0, 1]"}},
		{model.Modulator{Late: nan}, []string{"Late = NaN", "[0, 1]"}},
		{model.Modulator{Delay: -1}, []string{"Delay = -1", "[0, ∞)"}},
		{model.Modulator{Coupling: 1.1}, []string{"Coupling = 1.1", "[-1, 1]"}},
		{model.Modulator{Coupling: nan}, []string{"Coupling = NaN"}},
		{model.Modulator{Variation: 2}, []string{"Variation = 2", "[0, 1]"}},
		{model.Modulator{Variation: nan}, []string{"Variation = NaN"}},
	} {
		refusal.Mentions(t, checked(c.m), c.want...)
	}
}

// What is not asked for costs nothing: a delay without lateness and a lateness
// of release that never comes leave every bit as it is.
func TestAbsentImperfectionChangesNothing(t *testing.T) {
	plain, a := busy(t, 61)
	other, _ := busy(t, 61)
	other.ACh.Delay, other.NE.Delay = 3, 5
	lesson.Train(t, plain, a, 30, model.Stream(61, 1))
	lesson.Train(t, other, a, 30, model.Stream(61, 1))
	same(t, "a delay alone", plain, other)
}

// witness is a rule that keeps what it sees and changes nothing.
type witness struct{ seen []model.Signals }

func (w *witness) Change(s *model.Signals) model.Change {
	w.seen = append(w.seen, *s)
	return model.Change{}
}

// shown is what a learner with this acetylcholine sees in epochs of a task of
// 20 patterns, 6 of target 1, at potentials of either sign.
func shown(t *testing.T, ach model.Modulator, epochs int) []model.Signals {
	t.Helper()
	a := lesson.Drawn(t, model.Task{Channels: 30, Patterns: 20, Coding: 0.3, TargetCoding: 0.3, CoTuning: 0.5}, 62)
	w, n := &witness{}, model.NewNeuron(30, 2)
	lesson.Train(t, &model.Learner{Neuron: n, Excitatory: []model.Rule{w}, ACh: ach}, a, epochs, model.Stream(62, 1))
	return w.seen
}

// A release that is always k trials late follows the target k trials before,
// the epoch being a ring.
func TestLateReleaseFollowsAnEarlierTarget(t *testing.T) {
	for _, delay := range []int{0, 1, 7, 20, 43} {
		seen := shown(t, model.Modulator{Probability: 1, Late: 1, Delay: delay}, 5)
		for k, s := range seen {
			epoch := seen[k/20*20 : k/20*20+20]
			from := (k%20 - max(1, delay) + 60) % 20
			if s.ACh != epoch[from].Target {
				t.Fatalf("delay %d, trial %d: released %v", delay, k, s.ACh)
			}
		}
	}
}

// Given the target, release is as probable as Prompt says for the other 19
// patterns, of which 5 or 6 have target 1. The order of the trials is drawn
// anew every epoch, so epochs are independent.
func TestPromptAgainstLateTrials(t *testing.T) {
	const epochs = 4000
	m := model.Modulator{Probability: 0.9, Error: 0.2, Late: 0.6, Delay: 3}
	var released, of [2]float64
	for _, s := range shown(t, m, epochs) {
		y := 0
		if s.Target {
			y = 1
		}
		of[y]++
		if s.ACh {
			released[y]++
		}
	}
	for y, want := range []float64{m.Prompt(6. / 19).Error, m.Prompt(5. / 19).Probability} {
		// Six standard errors of independent trials.
		lesson.Near(t, "released", released[y]/of[y], want, 6*math.Sqrt(want*(1-want)/of[y]))
	}
	if p := (model.Modulator{Probability: 0.7, Error: 0.1, Delay: 4}); p.Prompt(0.3) != p {
		t.Error("a modulator that is never late is changed")
	}
	p := model.Modulator{Probability: 0.7, Error: 0.1, Late: 1, Disinhibition: 2}.Prompt(0.3)
	lesson.Near(t, "ρ' of one that is always late", p.Probability, 0.3*0.7+0.7*0.1, 1e-15)
	lesson.Near(t, "ε' of one that is always late", p.Error, p.Probability, 1e-15)
}

// Mean and Firing with every imperfection but lateness are averages over the
// trials that Train runs, for a rule that is not linear in the amplitude.
func TestMeanOfImperfectReleaseAgainstTrials(t *testing.T) {
	t.Parallel()
	const repeats = 500
	epochs := 40
	if testing.Short() {
		epochs = 8
	}
	cubic := rule(func(s *model.Signals) model.Change {
		c := model.Change{Active: math.Pow(1+s.AChExcess, 3) * (s.Output + 0.1), Silent: math.Exp(s.NEExcess)}
		if !s.ACh {
			c.Active = -s.Output
		}
		if !s.NE {
			c.Silent = 0
		}
		return c
	})
	for run, m := range [][2]model.Modulator{
		{{Probability: 0.7, Error: 0.2, Disinhibition: 0.5, Coupling: 0.6}, {Probability: 0.3, Error: 0.3, Disinhibition: 1, Variation: 0.7}},
		{{Probability: 0.9, Error: 0.4, Disinhibition: 0.3, Coupling: -0.5, Variation: 0.5}, {Probability: 0.5, Error: 0.1, Coupling: 1, Variation: 1}},
		{{Probability: 1, Error: 1, Disinhibition: 0.3, Coupling: -1}, {}},
	} {
		for _, v := range []float64{-0.4, 0, 0.2} {
			for _, target := range []bool{false, true} {
				n := model.NewNeuron(1, 1.5)
				n.Excitatory[0], n.Threshold = 2, 0.5-v
				a, err := model.NewAssociations(1, slices.Repeat([][]int32{{0}}, repeats), nil, slices.Repeat([]bool{target}, repeats))
				if err != nil {
					t.Fatal(err)
				}
				w := &witness{}
				l := &model.Learner{Neuron: n, ACh: m[0], NE: m[1], Excitatory: []model.Rule{w}}
				lesson.Train(t, l, a, epochs, model.Stream(63, uint64(run)))
				var active, silent, fired []float64
				for _, s := range w.seen {
					c := cubic(&s)
					active, silent, fired = append(active, c.Active), append(silent, c.Silent), append(fired, s.Output)
				}
				iE, iI := n.Currents(a, 0)
				l.Excitatory = []model.Rule{cubic}
				mean, _ := l.Mean(target, iE, iI)
				for _, x := range []struct {
					what   string
					trials []float64
					want   float64
				}{{"Active", active, mean.Active}, {"Silent", silent, mean.Silent}, {"y", fired, l.Firing(target, v)}} {
					got, sd := stat.MeanStdDev(x.trials, nil)
					lesson.Near(t, x.what, got, x.want, 5*sd/math.Sqrt(float64(repeats*epochs))+1e-12)
				}
			}
		}
	}
}

// At exactly V = 0 the neuron is silent by itself, so that a coupling of 1 takes
// every release away there and one of −1 none.
func TestCouplingAtThreshold(t *testing.T) {
	const atom = 0.8413447460685429 // Φ(1), P(M > 0)
	for _, x := range []struct{ coupling, v, want float64 }{{1, 0, 0}, {0.25, 0, 0.75 * atom}, {-1, 0, atom}, {1, 1e-9, 1}, {-1, -1e-12, atom}} {
		l := &model.Learner{Neuron: model.NewNeuron(1, 1), ACh: model.Modulator{Probability: 1, Disinhibition: 1, Coupling: x.coupling}}
		lesson.Near(t, "ȳ", l.Firing(true, x.v), x.want, 1e-9)
	}
}

// The mean of a late release is a matter of the task.
func TestMeanOfLateReleaseIsUndefined(t *testing.T) {
	l, _ := busy(t, 64)
	l.NE.Late = 0.1
	e, i := l.Mean(true, 1, 0.5)
	for _, x := range []float64{e.Active, e.Silent, i.Active, i.SilentLoss, l.Firing(false, 0.1)} {
		if !math.IsNaN(x) {
			t.Errorf("mean %v, want NaN", x)
		}
	}
}

// The drift of a late release is that of the modulator that Prompt makes of it.
func TestDriftOfLateReleaseIsThatOfPrompt(t *testing.T) {
	c, a := lesson.Circuit(), lesson.HalfLoad(t, 60, 65)
	late := c.ACh
	late.Late, late.Delay = 0.3, 2
	var end [2][]float64
	for k, m := range []model.Modulator{late, late.Prompt(0.2)} {
		l := c.Learner(model.NewNeuron(60, 20), 1)
		l.ACh, l.Memory = m, 50
		if err := (model.Drift{Learner: l}).Integrate(t.Context(), a, 20); err != nil {
			t.Fatal(err)
		}
		if l.MeanOutput == 0 {
			t.Error("the running mean was not kept")
		}
		if l.ACh != m {
			t.Error("the learner's modulator was changed")
		}
		end[k] = append(l.Neuron.Potentials(a), l.MeanOutput)
	}
	if !slices.Equal(end[0], end[1]) {
		t.Error("potentials differ")
	}
}
