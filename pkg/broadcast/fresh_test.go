package broadcast_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/broadcast"
	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"

	"gonum.org/v1/gonum/stat/distuv"
)

// The first errors come within one neuron of M_1, and beyond M_2 all is lost, in six
// families: simulations whose other neurons ask one by one.
func TestOnsetOfSharing(t *testing.T) {
	lesson.Long(t)
	for name, family := range families() {
		l := limit(t, family.circuit, family.scheme)
		at := func(neurons int, duration float64) float64 {
			x := afresh(family.circuit, family.scheme.Among(float64(neurons)), 0.03, duration).learns(t, 41, uint64(neurons))
			lesson.Near(t, name+": misses", x.misses, 0, 0)
			return x.falseAlarm
		}
		first := int(l.Onset)
		before, after, beyond := at(first-1, 100), at(first+1, 200), at(int(l.Loss)+1, 100)
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
		"graded":           {bare(0.2, 0.5), broadcast.Graded{}},
		"separate":         {bare(0.2, 0.5), broadcast.Separate{}},
		"with NE and Hebb": {sparse(0.05, 0.05, 0.2), broadcast.Common{}},
	}
}

// A neuron of Seen has the potentials of one that hears others ask, one by one.
func TestSeenIsOneNeuronInError(t *testing.T) {
	lesson.Long(t)
	c := bare(0.2, 0.5)
	seen, err := broadcast.Seen(c, broadcast.Common{Neurons: 4})
	if err != nil {
		t.Fatal(err)
	}
	d, err := theory.Must(seen).Condition()
	if err != nil {
		t.Fatal(err)
	}
	for name, of := range map[string]class{"one by one": afresh(c, broadcast.Common{Neurons: 4}, 0.02, 150), "in error": half(seen, 8, 0.02, 150)} {
		of.patterns = 30
		var v0, v1 []float64
		_, _, all := repeated(t, 5, 42, of)
		for _, x := range all {
			v0, v1 = append(v0, x.v0), append(v1, x.v1)
		}
		covers(t, "V_0, "+name, v0, d.V0, 0.01)
		covers(t, "V_1, "+name, v1, d.V1, 0.015)
	}
}

// Among 32 neurons no offset works for a release by any, where all answer alike, and for
// one by 7 all is learned.
func TestAgreementOfManyTeaches(t *testing.T) {
	lesson.Long(t)
	others := distuv.Binomial{N: 31, P: 0.2}
	for _, m := range []int{1, 7} {
		c, s := bare(0.2, 0), broadcast.Common{Neurons: 32, Needed: m}
		low, high, err := broadcast.Window(c, s)
		if err != nil {
			t.Fatal(err)
		}
		c.Balance.Offset = (low + high) / 2
		of := afresh(c, s, 0.01, 80)
		of.patterns = 40
		x := of.learns(t, 44, uint64(m))
		t.Logf("m = %d: window (%.4f, %.4f), misses %.4f, false alarms %.4f", m, low, high, x.misses, x.falseAlarm)
		if open := m > 5; (low < high) != open || (x.misses+x.falseAlarm < 1e-3) != open || !open && x.misses+x.falseAlarm < 0.9 {
			t.Errorf("m = %d: window (%v, %v), misses %v, false alarms %v", m, low, high, x.misses, x.falseAlarm)
		}
		heard := s.Heard(model.Modulator{Probability: 1}, 0.2)
		lesson.Near(t, "contrast", heard.Probability-heard.Error, others.Prob(float64(m)-1), 1e-12)
	}
}

// A few frozen contexts: false alarms between what must and what may be lost.
func TestContexts(t *testing.T) {
	lesson.Long(t)
	for _, contexts := range []int{1, 2, 8} {
		c := bare(0.2, 0.5)
		low, high, err := broadcast.Contexts(c, broadcast.Common{Neurons: 4}, contexts)
		if err != nil {
			t.Fatal(err)
		}
		var falseAlarms []float64
		for run := range uint64(8) { // other requests in each
			of := released(half(c, 8, 0.03, 100, broadcast.Recurring(contexts, 3, 0.2, run), model.Zones(1, 1)))
			of.patterns = 40
			falseAlarms = append(falseAlarms, of.learns(t, 45, run).falseAlarm)
		}
		v := experiment.NewInterval(falseAlarms, 0.999)
		t.Logf("%d contexts: %v between %.4f and %.4f", contexts, v, low, high)
		if v.Mean+v.Half < low || v.Mean-v.Half > high || v.Half > 0.1 {
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
// fewer with a Hebbian rule: theory of another program. TestSimulatedElsewhere has the rest.
func TestGatedSharingIsGraded(t *testing.T) {
	for _, row := range [][3]float64{{2, 0, 0.0284299273036}, {16, 0, 0.580986546848}, {2, 0.02, 0.0292828884618}, {16, 0.02, 0.674328668212}} { // M, a_H
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
		lesson.Near(t, "theory", d.Chatter, row[2], 1e-9)
		if row[1] == 0 {
			lesson.Near(t, "F(0, 0⁻)", d.Below[0], seen.ACh.Error*(phi1*(0.575-0.638*0.5)-0.575*0.01), 1e-12)
		}
	}
}
