package memory_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/experiment"
	"credo/pkg/memory"
	"credo/pkg/model"

	"gonum.org/v1/gonum/stat"
)

// With acetylcholine and balance the theory is in closed form: the force on a
// fresh pattern below threshold is a_I (Φ(1) c Y − V − b).
func TestPalimpsestByHand(t *testing.T) {
	p := memory.Palimpsest{Circuit: pair(0.4), Channels: 100, Rate: 0.5}
	c := 0.8413447460685429 // Φ(1), the share of trials on which acetylcholine acts, for A_A → ∞; it is 1000 here
	m, sd := p.Fresh()
	const scatter = 0.8 / (0.2 * 100) // of the number of active inputs, relative
	lesson.Near(t, "m", m, (0.2*c-0.4)/(1+scatter), 2e-5)
	lesson.Near(t, "signal", p.Signal(0), 0.5*0.16*c, 1e-5)
	lesson.Near(t, "τ", p.Time(), 100/(0.5*0.16), 1e-9)
	release := 0.2 * 1.25 * 1.25 * 0.8 * c * (1 - 0.8*c)
	number := m * m * scatter
	rest := 0.2*c - m - 0.4 // the mean force at m
	lesson.Near(t, "q", sd*sd, 0.25*0.16*(rest*rest+c*c*0.16+release+number)/(1-0.25*0.16)+number, 1e-6)
	lesson.Near(t, "one e-fold", p.Signal(p.Time())/p.Signal(0), math.Exp(-1), 1e-12)
	n := p.Remembered(0.1)
	lesson.Near(t, "signal of the last remembered", p.Signal(n), 0.1*sd, 1e-12)
	if got := p.Remembered(10); got != 0 {
		t.Errorf("%v patterns of ten standard deviations", got)
	}

	// Decay draws the mean towards −θ: Σ_Y p_Y F = [(1−f)/(fN) + d/(λ f²)] (m+θ).
	p.Circuit.Threshold, p.Decay = 0.1, 0.004
	pull := scatter + 0.004/(0.5*0.04)
	m, sd = p.Fresh()
	lesson.Near(t, "m with decay", m, (0.2*c-0.4-0.1*(1+pull))/(1+pull), 2e-5)
	number = (m + 0.1) * (m + 0.1) * scatter
	lesson.Near(t, "τ with decay", p.Time(), 1/(0.5*0.16/100+0.004), 1e-9)
	// The class means of F are c Y − (m + θ + b), whose square at m is not 0 now.
	rest = 0.2*c - m - 0.5
	square := rest*rest + c*c*0.16 + release + number
	lesson.Near(t, "q with decay", sd*sd, 0.25*0.16*square/(1+2*0.004*100/0.16-0.25*0.16)+number, 1e-6)
}

// The trace of a pattern, and the scatter of fresh ones, against neurons that
// learn one pattern after another, without and with decay, at two codings.
func TestPalimpsestAgainstLearning(t *testing.T) {
	t.Parallel()
	for k, x := range []struct{ rate, decay, coding float64 }{{1, 0.004, 0.2}, {1, 0, 0.2}, {2, 0, 0.1}, {4, 0, 0.05}} {
		if testing.Short() && k > 0 {
			continue
		}
		c := pair(0.4)
		c.Coding = x.coding
		p := memory.Palimpsest{Circuit: c, Channels: 100, Rate: x.rate, Decay: x.decay}
		patterns := int(math.Round(4 * p.Time()))
		fresh := model.Task{Channels: 100, Patterns: 1000, Coding: x.coding, TargetCoding: 0.2, CoTuning: 1}
		v := repeat(t, short(60, 16), func(i int) ([]float64, error) {
			r, err := p.Study(patterns, 12).Run(context.Background(), i)
			if err != nil {
				return nil, err
			}
			a, err := fresh.Draw(model.Stream(13, uint64(i)))
			if err != nil {
				return nil, err
			}
			mean, sd := stat.MeanStdDev(r.Learner.Neuron.Potentials(a), nil)
			return append(memory.ByAge(r, 4)[:2], mean, sd), nil
		})
		m, sd := p.Fresh()
		lesson.Near(t, "signal, first τ", v[0].Mean, p.Signal(0)*(1-math.Exp(-1)), v[0].Half)
		lesson.Near(t, "signal, second τ", v[1].Mean, p.Signal(p.Time())*(1-math.Exp(-1)), v[1].Half)
		t.Logf("%+v: signals %v, %v, theory %.4f, %.4f; fresh %v, %v, theory %.4f, %.4f", x, v[0], v[1],
			p.Signal(0)*(1-math.Exp(-1)), p.Signal(p.Time())*(1-math.Exp(-1)), v[2], v[3], m, sd)
		// At f = 0.05 a mean that is the same for patterns of few and of many active inputs would be 0.04 lower.
		lesson.Near(t, "mean of fresh patterns", v[2].Mean, m, 0.02)
		lesson.Near(t, "deviation of fresh patterns", v[3].Mean, sd, 0.05*sd)
	}
}

// Ages are counted from the last pattern, by hand.
func TestByAge(t *testing.T) {
	a, err := model.NewAssociations(4, [][]int32{{0}, {1}, {2}, {3}}, nil, []bool{true, false, false, true})
	if err != nil {
		t.Fatal(err)
	}
	n := model.NewNeuron(4, 0)
	n.Excitatory = []float64{2, 4, 6, 8} // potentials 1, 2, 3, 4
	got := memory.ByAge(experiment.Trained{Associations: a, Learner: &model.Learner{Neuron: n}}, 2)
	if got[0] != 1 || got[1] != -1 {
		t.Errorf("signals %v, want 4 − 3 and 1 − 2", got)
	}
	if got := memory.ByAge(experiment.Trained{Associations: a, Learner: &model.Learner{Neuron: n}}, 4); !math.IsNaN(got[0]) {
		t.Errorf("signal %v of one pattern", got[0])
	}
}

// The study is one training after another, and keeps to the order.
func TestStudyIsInOrder(t *testing.T) {
	a, err := task(40, 3).Draw(model.Stream(14, 0))
	if err != nil {
		t.Fatal(err)
	}
	l := pair(0.3).Learner(model.NewNeuron(40, 20), 0.5)
	train := memory.Palimpsest{}.Study(3, 14).Train
	if _, err := train(context.Background(), l, a, model.Stream(14, 1)); err != nil {
		t.Fatal(err)
	}
	k, rng := pair(0.3).Learner(model.NewNeuron(40, 20), 0.5), model.Stream(14, 1)
	for mu := range 3 {
		one, err := model.NewAssociations(40, [][]int32{a.Excitatory(mu)}, nil, []bool{a.Target(mu)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.Train(context.Background(), one, 1, rng); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(l.Neuron.Inhibitory, k.Neuron.Inhibitory) || l.Epochs != 3 {
		t.Errorf("other than by hand, after %d epochs", l.Epochs)
	}
	l.Rate = -1
	_, err = train(context.Background(), l, a, rng)
	refusal.Mentions(t, err, "Rate = -1")
}

func TestPalimpsestRefuses(t *testing.T) {
	good := memory.Palimpsest{Circuit: pair(0.4), Channels: 100, Rate: 1}
	for want, spoil := range map[string]func(*memory.Palimpsest){
		"Channels = 0": func(p *memory.Palimpsest) { p.Channels = 0 },
		"Rate = 13":    func(p *memory.Palimpsest) { p.Rate = 13 },
		"Decay = 1":    func(p *memory.Palimpsest) { p.Decay = 1 },
		"Depression":   func(p *memory.Palimpsest) { p.Circuit.Acetylcholine.Depression = 0.1 },
		"WhenFiring":   func(p *memory.Palimpsest) { p.Circuit.Balance.WhenFiring = true },
		"Coding = 0":   func(p *memory.Palimpsest) { p.Circuit.Coding = 0 },
		"Slope = 0.9":  func(p *memory.Palimpsest) { p.Circuit.Balance.Slope = 0.9 },
	} {
		p := good
		spoil(&p)
		refusal.Mentions(t, p.Check(), want)
		if m, sd := p.Fresh(); !math.IsNaN(m) || !math.IsNaN(sd) || !math.IsNaN(p.Signal(1)) || !math.IsNaN(p.Time()) {
			t.Errorf("%s: numbers nevertheless", want)
		}
	}
}
