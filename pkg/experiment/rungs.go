package experiment

import (
	"context"
	"fmt"
	"math"
	"slices"

	"credo/internal/domain"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// Rung is a rule with its teacher: a step of the ladder of supervision, see
// [Rungs]. What a rule was made for, many layers, many spikes or time, is lost in
// the reduction to one binary neuron on static patterns; each rule's comment says
// what is kept.
//
// Two more names are no rungs, because on one layer without time they are the
// delta rule: predictive coding at equilibrium changes a weight by the
// prediction error of its neuron times its input (Whittington & Bogacz 2017,
// doi 10.1162/NECO_a_00949), and e-prop by a learning signal, the error, times
// an eligibility trace, which without time is the input (Bellec et al. 2020,
// doi 10.1038/s41467-020-17236-y).
type Rung struct {
	Name    string
	Circuit rules.Circuit

	// Told is what the teacher says on a trial, in any code: a number for each
	// thing it can say. nil: there is no teacher.
	Told func(s *model.Signals) float64
}

// Bits returns what the teacher adds on one trial to what the neuron knows of
// the target from its own output, I(told; Y | y) in bits, while the output
// still has nothing to do with the target and is 1 with probability output, in
// [0, 1]. It is at most H(Y), for which what is told and the output together
// must give the target away, as a reward does. As y comes to be Y it goes to 0.
// NaN if output is outside its domain, and if release depends on the potential.
func (r Rung) Bits(output float64) float64 {
	if r.Told == nil {
		return 0
	}
	if !domain.Probability.Has(output) {
		return math.NaN()
	}
	return output*r.bits(1) + (1-output)*r.bits(0)
}

// bits is I(told; Y | y) at one output y.
func (r Rung) bits(y float64) float64 {
	f := r.Circuit.TargetCoding
	ach := r.Circuit.ACh.Prompt(f)
	if ach.Coupling != 0 {
		return math.NaN()
	}
	var told []float64
	var joint [][]float64
	for target, p := range [2]float64{1 - f, f} {
		released := [2]float64{ach.Error, ach.Probability}[target]
		for k, q := range [2]float64{1 - released, released} {
			s := model.Signals{Output: y, Target: target == 1, ACh: k == 1, Reward: (y == 1) == (target == 1)}
			x := r.Told(&s)
			row := slices.Index(told, x)
			if row < 0 {
				row, told, joint = len(told), append(told, x), append(joint, make([]float64, 2))
			}
			joint[row][target] += p * q
		}
	}
	return MutualInformation(joint)
}

// Rungs returns the ladder: no teacher, one that says Y = 1 when it comes, one
// bit (right or wrong), the error by two routes, and two references. Parameters
// other than those of the reported circuit are chosen, for rates λ near 0.1, so
// that a pattern's own change is of the order of the margins; inputs and targets
// have coding 0.2.
func Rungs() []Rung {
	reported := rules.Reported()
	// A rule at rate 1 for excitation and −1 for inhibition.
	both := func(name string, told func(s *model.Signals) float64, rule func(rate float64) model.Rule) Rung {
		return Rung{Name: name, Told: told, Circuit: rules.Circuit{
			Excitatory: []model.Rule{rule(1)}, Inhibitory: []model.Rule{rule(-1)},
			Coding: reported.Coding, TargetCoding: reported.TargetCoding,
		}}
	}
	released := func(s *model.Signals) float64 { return bit(s.ACh) }
	missed := func(s *model.Signals) float64 { return bit(s.Target) - s.Output }
	return []Rung{
		{Name: "Hebb, homeostasis", Circuit: rules.Circuit{
			Memory: 500,
			Coding: reported.Coding, TargetCoding: reported.TargetCoding,
			Excitatory: []model.Rule{rules.Homeostatic{Rate: 1, Scaling: 0.05, Goal: reported.TargetCoding}},
		}},
		{Name: "target-only ACh", Circuit: targetOnly(false), Told: released},
		{Name: "target-only ACh, gated", Circuit: targetOnly(true), Told: released},
		both("reward", func(s *model.Signals) float64 { return bit(s.Reward) },
			func(rate float64) model.Rule { return rules.Reward{Rate: rate, Baseline: 0.9, MeanOutput: 0.2} }),
		both("burst", missed,
			func(rate float64) model.Rule { return rules.Burst{Rate: rate, Baseline: 0.5, Gain: 0.5, Silent: 0.2} }),
		both("disinhibitory error", missed,
			func(rate float64) model.Rule { return rules.Disinhibitory{Rate: rate, Margin: 0.1} }),
		both("perceptron", func(s *model.Signals) float64 { return bit(s.Target) },
			func(rate float64) model.Rule { return rules.Perceptron{Rate: rate, Margin: 0.1} }),
		both("delta rule", missed, func(rate float64) model.Rule { return rules.Delta{Rate: rate} }),
	}
}

// targetOnly returns the reported circuit as a rung: without depression of
// silent synapses, which costs it errors at any load, and further from
// threshold than the reported b = 0.05. With inhibition plastic on every trial
// b = 0.3 is in the middle of the window; if it is plastic only when the neuron
// fires b = 0.4, A_A = 1 and no noradrenaline leave silent patterns alone.
func targetOnly(gated bool) rules.Circuit {
	c := rules.Reported()
	c.Acetylcholine.Depression, c.Balance.Offset = 0, 0.3
	if gated {
		c = c.Without("NE")
		c.ACh.Disinhibition, c.Balance.Offset, c.Balance.WhenFiring = 1, 0.4, true
	}
	return c
}

func bit(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Climb is how rungs are compared: at equal numbers of presentations, on the
// same co-tuned tasks, from equal weights w = 20, which leave V = −θ.
type Climb struct {
	Channels  int     // N
	Trials    float64 // presentations at each load, at least one epoch
	Rate      float64 // λ
	Tolerance float64 // error at which a load no longer counts as stored
	Seed      uint64
}

// Study returns the experiment of a rung at a load P/N, with a history of 80
// entries or one for each epoch. Of P = 0 patterns its runs return an error.
func (c Climb) Study(r Rung, load float64) Study {
	d := Design{Circuit: r.Circuit, Task: Task(r.Circuit, c.Channels, load), Weight: 20, Rate: c.Rate, Seed: c.Seed}
	d.Duration = c.Rate * math.Round(c.Trials/float64(max(1, d.Task.Patterns)))
	return d.Study()
}

// Measure trains neurons at each of the loads, which ascend, and returns
// intervals over neurons, as [Measure] does, of the error at each, without
// neuromodulators over the last quarter of training, and of the largest load
// stored: where the error passes Tolerance, by [Crossing]; 0 if it does below
// the first load, the last load if not at all. It returns an error without a
// load or a neuron, and as Study.Run does.
func (c Climb) Measure(ctx context.Context, r Rung, loads []float64, neurons int) (largest Interval, errors []Interval, err error) {
	if len(loads) == 0 || neurons < 1 {
		return largest, nil, fmt.Errorf("experiment: %d loads and %d neurons, must be at least one of each", len(loads), neurons)
	}
	all, err := Measure(ctx, neurons, func(ctx context.Context, i int) ([]float64, error) {
		var row []float64
		for _, load := range loads {
			t, err := c.Study(r, load).Run(ctx, i)
			if err != nil {
				return nil, err
			}
			_, end := t.History[len(t.History)*3/4:].Recall()
			row = append(row, end.Error)
		}
		largest := loads[len(loads)-1]
		if row[0] > c.Tolerance {
			largest = 0
		} else if x := Crossing(loads, row, c.Tolerance); !math.IsNaN(x) {
			largest = x
		}
		return append(row, largest), nil
	})
	if err != nil {
		return largest, nil, err
	}
	return all[len(loads)], all[:len(loads)], nil
}

// Crossing returns the first x at which the polygon through the points (x, y)
// rises beyond the level, NaN if it does not. It panics if there are not as
// many x as y.
func Crossing(x, y []float64, level float64) float64 {
	if len(x) != len(y) {
		panic(fmt.Sprintf("experiment: %d abscissae for %d ordinates", len(x), len(y)))
	}
	for k := 1; k < len(x); k++ {
		if y[k-1] <= level && y[k] > level {
			return x[k-1] + (x[k]-x[k-1])*(level-y[k-1])/(y[k]-y[k-1])
		}
	}
	return math.NaN()
}
