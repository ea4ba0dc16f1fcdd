package broadcast_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/broadcast"
	"credo/pkg/capacity"
	"credo/pkg/model"
	"credo/pkg/theory"
)

// Loads of pools and their bits, from a program in Python, beside Gardner's.
func TestPoolCapacity(t *testing.T) {
	for _, row := range [][5]float64{ // f, M, α, bits, Gardner's capacity of one neuron
		{0.5, 2, 2.13407567319, 1.06703783659, 2}, {0.5, 4, 3.26646319325, 0.816615798312, 2}, {0.5, 16, 8.3054339591, 0.519089622444, 2},
		{0.2, 1, 2.43959885399, 1.76121495295, 2.66759459148}, {0.2, 2, 3.76925630931, 1.36056601326, 2.66759459148},
		{0.2, 8, 9.73896968638, 0.878854478982, 2.66759459148}, {0.2, 32, 27.4309415168, 0.618848979693, 2.66759459148},
	} {
		p := broadcast.Pool{Neurons: row[1], TargetCoding: row[0]}
		load, err := p.Capacity()
		if err != nil {
			t.Fatal(err)
		}
		bits, err := p.Bits()
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, "load", load, row[2], 1e-9)
		lesson.Near(t, "bits", bits, row[3], 1e-9)
		gardner, err := capacity.Capacity{TargetCoding: row[0]}.Unconstrained()
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, "Gardner", gardner, row[4], 1e-9)
		h := -row[0]*math.Log2(row[0]) - (1-row[0])*math.Log2(1-row[0])
		if bits > gardner*h {
			t.Errorf("%+v: %v bits, a neuron of any weights has %v", p, bits, gardner*h)
		}
	}
	small := broadcast.Pool{Neurons: 32, TargetCoding: 0.2}
	load, _ := small.Capacity()
	t.Logf("limit of small f/M over the capacity: %.3f", 32/(0.4*math.Log(160))/load)
	_, err := broadcast.Pool{Neurons: 0.5, TargetCoding: 0.2}.Capacity()
	refusal.Mentions(t, err, "broadcast: Pool.Neurons = 0.5")
	_, err = broadcast.Pool{Neurons: 2, TargetCoding: 1}.Bits()
	refusal.Mentions(t, err, "broadcast: Pool.TargetCoding = 1")
}

// pool is neurons that learn one dichotomy, of that load.
func pool(neurons int, f, load float64, gated, winner bool, duration float64) class {
	c := bare(f, 0.5)
	c.Balance.WhenFiring = gated
	of := class{circuit: c, neurons: neurons, channels: 100, patterns: int(math.Round(load * 100)), rate: 0.1, duration: duration, common: true, spread: 0.1}
	of.together = []model.Together{model.AtLeast(1)}
	if of = released(of); winner {
		of.together = append(of.together, model.Winners(1))
	}
	return of
}

// Pools with gated and lateral inhibition learn .8 of the load, which one neuron cannot
// store, with few errors; without either kind of inhibition they do not.
func TestPoolLearns(t *testing.T) {
	lesson.Long(t)
	one, err := theory.Gated{TargetCoding: 0.2}.Capacity()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		neurons       int
		load          float64
		gated, winner bool
		duration      float64
	}{{2, 3.02, true, true, 300}, {4, 4.79, true, true, 150}, {1, 2.93, true, true, 100}, {4, 3, true, false, 100}, {4, 3, false, true, 100}} {
		_, _, all := repeated(t, 2, 61, pool(test.neurons, 0.2, test.load, test.gated, test.winner, test.duration))
		wrong := 0.
		for _, x := range all {
			wrong += (0.2*x.pool[0] + 0.8*x.pool[1]) / float64(len(all))
		}
		t.Logf("%+v: error %.4f", test, wrong)
		if learns := test.gated && test.winner && test.neurons > 1; learns && (wrong > 0.01 || test.load < one) || !learns && wrong < 0.05 {
			t.Errorf("%+v: error %v; one neuron could store %v", test, wrong, one)
		}
	}
}
