package memory_test

import (
	"context"
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/experiment"
	"credo/pkg/memory"
	"credo/pkg/model"

	"gonum.org/v1/gonum/stat"
)

// The currents are those of clipped weights built from drawn patterns, by
// counting who uses which channel.
func TestClippedAgainstCounting(t *testing.T) {
	t.Parallel()
	for _, depression := range []float64{0.6, 1, 1.5} {
		c := memory.Clipped{Task: task(300, 90), Depression: depression, Max: 4}
		edge := 18 * 0.2 * depression / (0.8 + 0.2*depression)
		v := repeat(t, short(200, 50), func(i int) ([]float64, error) {
			a, err := c.Task.Draw(model.Stream(15, uint64(i)))
			if err != nil {
				return nil, err
			}
			n, users := model.NewNeuron(300, 0), make([]float64, 300)
			for mu := range a.Len() {
				if a.Target(mu) {
					for _, j := range a.Excitatory(mu) {
						users[j]++
					}
				}
			}
			for j, k := range users {
				if k > edge {
					n.Excitatory[j] = 4
				}
			}
			var currents []float64
			for mu := range a.Len() {
				e, _ := n.Currents(a, mu)
				currents = append(currents, e)
			}
			one, zero := a.ByTarget(currents)
			return []float64{stat.Mean(one, nil), stat.Mean(zero, nil), one[0] * one[0], zero[0] * zero[0]}, nil
		})
		m1, s1 := c.Current(true)
		m0, s0 := c.Current(false)
		lesson.Near(t, "i_E, target 1", v[0].Mean, m1, v[0].Half)
		lesson.Near(t, "i_E, target 0", v[1].Mean, m0, v[1].Half)
		lesson.Near(t, "i_E², target 1", v[2].Mean, m1*m1+s1*s1, v[2].Half)
		lesson.Near(t, "i_E², target 0", v[3].Mean, m0*m0+s0*s0, v[3].Half)
	}
}

// With many targets the classes part by what the comment says, and
// the two errors are equal at the threshold.
func TestClippedLimit(t *testing.T) {
	c := memory.Clipped{Task: task(200000, 100000), Depression: 1, Max: 1}
	m1, _ := c.Current(true)
	m0, s0 := c.Current(false)
	lesson.Near(t, "d'", (m1-m0)/s0, math.Sqrt(0.8/0.9/(math.Pi*0.5*0.2)), 0.01)
	miss, falseAlarm, total := c.Errors(c.Threshold())
	lesson.Near(t, "both errors", miss, falseAlarm, 1e-12)
	lesson.Near(t, "total", total, miss, 1e-12)
	m, _ := memory.Clipped{Task: task(10, 10), Depression: 1}.Current(true)
	if !math.IsNaN(m) {
		t.Errorf("current %v without a bound", m)
	}
	refusal.Mentions(t, memory.Clipped{Task: task(10, 10), Max: 1}.Check(), "Depression = 0")
	refusal.Mentions(t, memory.Clipped{Task: task(10, 10), Depression: 1}.Check(), "Max = 0")
	refusal.Mentions(t, memory.Clipped{Task: task(10, 1), Depression: 1, Max: 1}.Check(), "no target")
	refusal.Mentions(t, memory.Clipped{Task: task(0, 1), Depression: 1, Max: 1}.Check(), "Channels = 0")
}

// Acetylcholine, balance of slope 0.9 and bounds reach these weights, and keep
// them when acetylcholine stops.
func TestClippedAgainstLearning(t *testing.T) {
	t.Parallel()
	c := memory.Clipped{Task: task(400, 120), Depression: 1, Max: 4}
	circuit := pair(0.1 * c.Threshold())
	circuit.Balance.Slope = 0.9
	circuit.Acetylcholine.Depression, circuit.Acetylcholine.Coding = 1, 0.2
	_, _, want := c.Errors(c.Threshold())
	f := memory.Forgetting{
		Study: experiment.Study{Task: c.Task, Seed: 16, Epochs: short(2000, 1000), Learner: func() *model.Learner {
			l := circuit.Learner(model.NewNeuron(400, 2), 0.1)
			l.MaxWeight, l.MaxInhibitory = 4, math.Inf(1)
			return l
		}},
		After: circuit.Without("ACh"), Later: short(1000, 300),
	}
	wrong := func(x experiment.Trained) []float64 {
		e := x.History[len(x.History)-1].AtEnd
		return []float64{(1 - e.Hits + e.FalseAlarms) / 2}
	}
	runs := short(8, 3)
	taught, err := f.Study.Measure(context.Background(), runs, wrong)
	if err != nil {
		t.Fatal(err)
	}
	later, err := f.Measure(context.Background(), runs, wrong)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("error taught %v, later %v, theory %.3f", taught[0], later[0], want)
	lesson.Near(t, "balanced error", taught[0].Mean, want, 2.5*taught[0].Half)
	lesson.Near(t, "balanced error later", later[0].Mean, taught[0].Mean, 0.01)
}

// Channels whose use is just k* = P_1 f = 1 count half: with two targets and
// f = 1/2, A_0 = (P(2) + P(1)/2)/2 = 1/4 and A_1 = (1/2 + 1/4)/2 = 3/8.
func TestClippedTies(t *testing.T) {
	c := memory.Clipped{Task: model.Task{Channels: 100, Patterns: 10, Coding: 0.5, TargetCoding: 0.2, CoTuning: 1}, Depression: 1, Max: 3}
	for target, a := range map[bool]float64{false: 1. / 4, true: 3. / 8} {
		mean, sd := c.Current(target)
		lesson.Near(t, "mean", mean, 10*3*a, 1e-12)
		lesson.Near(t, "sd", sd, 3*math.Sqrt(a-a*a), 1e-12)
	}
}
