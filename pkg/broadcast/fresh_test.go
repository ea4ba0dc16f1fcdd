package broadcast_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/broadcast"
	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// afresh is one neuron among so many whose requests are drawn afresh at every
// presentation of its patterns, each other's with probability f.
func afresh(c rules.Circuit, neurons, needed int, separate bool, rate, duration float64) func(*rand.Rand) layer {
	return among(c, 100, neurons, needed, separate, rate, duration)
}

// among is afresh with another number of patterns.
func among(c rules.Circuit, patterns, neurons, needed int, separate bool, rate, duration float64) func(*rand.Rand) layer {
	return func(rng *rand.Rand) layer {
		return alone(c, patterns, rate, duration, rng, func(target bool, rng *rand.Rand) float64 {
			n := 0
			if target {
				n++
			}
			for range neurons - 1 {
				if rng.Float64() < c.TargetCoding {
					n++
				}
			}
			switch {
			case separate:
				return 1 - math.Pow(1-c.ACh.Probability, float64(n))
			case n >= max(1, needed):
				return c.ACh.Probability
			}
			return 0
		})
	}
}

// The first errors come within one neuron of M_1, and beyond M_2 all is lost, in five
// families: simulations whose other neurons ask one by one.
func TestOnsetOfSharing(t *testing.T) {
	lesson.Long(t)
	for name, family := range families() {
		l := limit(t, family.circuit, family.scheme)
		at := func(neurons, runs int) float64 {
			_, separate := family.scheme.(broadcast.Separate)
			misses, falseAlarms := repeated(runs, 41, afresh(family.circuit, neurons, 1, separate, 0.03, 200))
			lesson.Near(t, name+": misses", stat.Mean(misses, nil), 0, 0)
			return stat.Mean(falseAlarms, nil)
		}
		first := int(l.Onset)
		before, after, beyond := at(first-1, 3), at(first+1, 8), at(int(l.Loss)+1, 2)
		t.Logf("%s: M_1 = %.2f, M_2 = %.2f: false alarms %.6f at %d, %.6f at %d, %.4f at %d", name, l.Onset, l.Loss, before, first-1, after, first+1, beyond, int(l.Loss)+1)
		if before > 1e-5 || after < 1e-4 || beyond < 0.98 {
			t.Errorf("%s: false alarms %v, %v and %v", name, before, after, beyond)
		}
	}
}

type family struct {
	circuit rules.Circuit
	scheme  broadcast.Scheme
}

func families() map[string]family {
	return map[string]family{
		"f = .2":           {bare(0.2, 0.5), broadcast.Common{}},
		"f = .1":           {bare(0.1, 0.5), broadcast.Common{}},
		"f = .05":          {bare(0.05, 0.5), broadcast.Common{}},
		"separate":         {bare(0.2, 0.5), broadcast.Separate{}},
		"with NE and Hebb": {sparse(0.05, 0.05, 0.2), broadcast.Common{}},
	}
}

// Between M_1 and M_2 what is lost is a matter of the start: means and standard errors
// of three to six runs of another program, from the same one. What share of the training
// they count is not known; here it is the last tenth, and errors still fall then.
func TestBetweenOnsetAndLoss(t *testing.T) {
	lesson.Long(t)
	for _, test := range []struct {
		name      string
		neurons   int
		fa, se, n float64
	}{
		{"f = .2", 7, 0.648922166667, 0.0094090450894, 6},
		{"f = .1", 14, 0.880939166667, 0.00469745824474, 6},
		{"f = .05", 28, 0.929248666667, 0.00445654561042, 3},
		{"separate", 6, 0.1917145, 0.0109087310635, 4},
		{"with NE and Hebb", 6, 0.018896225, 0.00178740277842, 4},
		{"with NE and Hebb", 7, 0.703714, 0.0101496561682, 4},
	} {
		f := families()[test.name]
		_, separate := f.scheme.(broadcast.Separate)
		_, falseAlarms := repeated(10, 47, afresh(f.circuit, test.neurons, 1, separate, 0.03, 200))
		agrees(t, test.name, falseAlarms, test.fa, test.se, test.n)
	}
}

// The neuron of Seen, in the loop that trains every neuron, has the potentials of a
// neuron among others that ask one by one.
func TestSeenIsOneNeuronInError(t *testing.T) {
	lesson.Long(t)
	const neurons = 4
	c := bare(0.2, 0.5)
	seen, err := broadcast.Seen(c, broadcast.Common{Neurons: neurons})
	if err != nil {
		t.Fatal(err)
	}
	d, err := theory.Must(seen).Condition()
	if err != nil {
		t.Fatal(err)
	}
	class := func(v []float64, target func(int) bool) (up, down float64) {
		var n [2]float64
		for mu, x := range v {
			if target(mu) {
				up, n[1] = up+x, n[1]+1
			} else {
				down, n[0] = down+x, n[0]+1
			}
		}
		return up / n[1], down / n[0]
	}
	var plain, trained [2][]float64
	for run := range uint64(16) {
		rng := model.Stream(42, run)
		l := among(c, 30, neurons, 1, false, 0.02, 150)(rng)
		_, _, v := l.answers(rng)
		up, down := class(v[0], func(mu int) bool { return l.targets[0][mu] })
		plain[0], plain[1] = append(plain[0], down), append(plain[1], up)

		a := lesson.Drawn(t, lesson.Task(200, 30), 42+run)
		learner := seen.Learner(model.NewNeuron(200, 60), 0.02)
		lesson.Train(t, learner, a, 7500, model.Stream(43, run))
		up, down = class(learner.Neuron.Potentials(a), a.Target)
		trained[0], trained[1] = append(trained[0], down), append(trained[1], up)
	}
	covers(t, "V_0, one by one", plain[0], d.V0, 0.01)
	covers(t, "V_0, in error", trained[0], d.V0, 0.01)
	covers(t, "V_1, one by one", plain[1], d.V1, 0.015)
	covers(t, "V_1, in error", trained[1], d.V1, 0.015)
}

// Among 32 neurons no offset works for a release by 5, where the window is just closed,
// and by 7 or 9 all is learned. Means and standard errors of two runs of another program.
func TestAgreementOfManyTeaches(t *testing.T) {
	lesson.Long(t)
	others := distuv.Binomial{N: 31, P: 0.2}
	for _, row := range [][3]float64{{5, 0.05420315, 0.00059845}, {7, 0, 0}, {9, 0, 0}} {
		m := int(row[0])
		c := bare(0.2, 0)
		low, high, err := broadcast.Window(c, broadcast.Common{Neurons: 32, Needed: m})
		if err != nil {
			t.Fatal(err)
		}
		c.Balance.Offset = (low + high) / 2
		misses, falseAlarms := repeated(6, 44, afresh(c, 32, m, false, 0.01, 120))
		agrees(t, "misses", misses, row[1], row[2], 2)
		agrees(t, "false alarms", falseAlarms, 0, 0, 2)
		if open := m > 5; (low < high) != open || (stat.Mean(misses, nil) == 0) != open {
			t.Errorf("m = %d: window (%v, %v), misses %v", m, low, high, misses)
		}
		lesson.Near(t, "contrast", broadcast.Common{Neurons: 32, Needed: m}.Heard(model.Modulator{Probability: 1}, 0.2).Probability-
			broadcast.Common{Neurons: 32, Needed: m}.Heard(model.Modulator{Probability: 1}, 0.2).Error, others.Prob(float64(m)-1), 1e-12)
	}
}

// A few frozen contexts: false alarms between what must and what may be lost.
func TestContexts(t *testing.T) {
	lesson.Long(t)
	const neurons, coding = 4, 0.2
	for _, row := range [][3]float64{ // R, simulated elsewhere by 24 runs
		{1, 0.475520833333, 0.00950183426069}, {2, 0.216145833333, 0.00739047315455}, {4, 0.169513541667, 0.008200755248}, {8, 0.0661897916667, 0.00534485331206},
	} {
		c, contexts := bare(coding, 0.5), int(row[0])
		low, high, err := broadcast.Contexts(c, broadcast.Common{Neurons: neurons}, contexts)
		if err != nil {
			t.Fatal(err)
		}
		_, falseAlarms := repeated(10, 45, func(rng *rand.Rand) layer {
			called := make([][]bool, contexts)
			for k := range called {
				others := draw(neurons-1, 100, coding, rng)
				for mu := range 100 {
					called[k] = append(called[k], asking(others, mu) > 0)
				}
			}
			l := alone(c, 100, 0.02, 150, rng, nil)
			l.called = func(mu int, rng *rand.Rand) (float64, func(int) bool) {
				if l.targets[0][mu] || called[rng.IntN(contexts)][mu] {
					return c.ACh.Probability, nil
				}
				return 0, nil
			}
			return l
		})
		agrees(t, "false alarms", falseAlarms, row[1], row[2], 24)
		v := experiment.NewInterval(falseAlarms, 0.999)
		if v.Mean+v.Half < low || v.Mean-v.Half > high {
			t.Errorf("%d contexts: %v, not between %v and %v", contexts, v, low, high)
		}
	}
}

// Bounds from a program in Python, and a literal sum over which contexts call. As contexts
// grow in number the loss falls as the rate of large deviations says.
func TestContextBounds(t *testing.T) {
	c := bare(0.2, 0.5)
	const called, e1 = 0.488, 0.638 * 0.5 / (0.825 * 0.575 * 0.99)
	for _, row := range [][3]float64{{1, 0.488, 0.488}, {2, 0.238144, 0.238144}, {4, 0.056712564736, 0.294719393792}, {8, 0.0302122703998, 0.129344959085}, {32, 0.000162081071585, 0.0181003787948}} {
		low, high, err := broadcast.Contexts(c, broadcast.Common{Neurons: 4}, int(row[0]))
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, "low", low, row[1], 1e-11)
		lesson.Near(t, "high", high, row[2], 1e-11)
		beyond := func(share float64) float64 {
			return expected(int(row[0]), called, func(n int) float64 {
				if float64(n) > share*row[0] {
					return 1
				}
				return 0
			})
		}
		lesson.Near(t, "high, summed", high, beyond(e1), 1e-12)
		lesson.Near(t, "low, summed", low, beyond(e1*0.99/(phi1-0.01)), 1e-12)
	}
	rate := e1*math.Log(e1/called) + (1-e1)*math.Log((1-e1)/(1-called))
	_, few, _ := broadcast.Contexts(c, broadcast.Common{Neurons: 4}, 1000)
	_, many, _ := broadcast.Contexts(c, broadcast.Common{Neurons: 4}, 2000)
	lesson.Near(t, "rate", math.Log(few/many)/1000, rate, 1e-3)
}

// Gated, any foreign request is answered with errors, which grow gradually; they are not
// fewer with a Hebbian rule. Means and standard errors of four runs of another program.
func TestGatedSharingIsGraded(t *testing.T) {
	lesson.Long(t)
	for _, row := range [][5]float64{ // M, a_H, simulated elsewhere, theory there
		{2, 0, 0.0286937, 0.000273528977746, 0.0284299273036}, {16, 0, 0.57070825, 0.0011655842866, 0.580986546848},
		{2, 0.02, 0.029725275, 0.000331233455876, 0.0292828884618}, {16, 0.02, 0.65875375, 0.00129341295126, 0.674328668212},
	} {
		c := bare(0.05, 0.5)
		c.Balance.WhenFiring, c.Hebbian.Rate, c.Hebbian.MeanOutput = true, row[1], 0.05
		seen, err := broadcast.Seen(c, broadcast.Common{Neurons: row[0]})
		if err != nil {
			t.Fatal(err)
		}
		d, err := theory.Must(seen).Condition()
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, "theory", d.Chatter, row[4], 1e-9)
		if row[1] == 0 {
			lesson.Near(t, "F(0, 0⁻)", d.Below[0], seen.ACh.Error*(phi1*(0.575-0.638*0.5)-0.575*0.01), 1e-12)
		}
		_, falseAlarms := repeated(4, 46, afresh(c, int(row[0]), 1, false, 0.03, 150))
		agrees(t, "false alarms", falseAlarms, row[2], row[3], 4)
	}
}
