package broadcast_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/broadcast"
	"credo/pkg/capacity"
	"credo/pkg/theory"

	"gonum.org/v1/gonum/stat"
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

// together is a pool that learns at that load, of a hundred channels.
func together(neurons int, load float64, gated, winner bool, epochs int) func(*rand.Rand) layer {
	return func(rng *rand.Rand) layer {
		c := bare(0.2, 0.5)
		c.Balance.WhenFiring = gated
		patterns := int(math.Round(load * 100))
		common := draw(1, patterns, 0.2, rng)[0]
		l := layer{circuit: c, tag: 1, winner: winner, channels: 100, rate: 0.1, epochs: epochs, last: 0.1, apart: 0.1}
		for range neurons {
			l.targets = append(l.targets, common)
		}
		l.called = func(mu int, _ *rand.Rand) (float64, func(int) bool) {
			if common[mu] {
				return c.ACh.Probability, nil
			}
			return 0, nil
		}
		return l
	}
}

// Pools with gated and lateral inhibition learn .8 of the load, which one neuron cannot
// store, with few errors; without either kind of inhibition they do not. Means and
// standard errors of four runs of another program.
func TestPoolLearns(t *testing.T) {
	lesson.Long(t)
	one, err := theory.Gated{TargetCoding: 0.2}.Capacity()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		neurons        int
		load           float64
		gated, winner  bool
		epochs         int
		miss, sm       float64 // misses elsewhere
		falseAlarm, sf float64
	}{
		{neurons: 2, load: 3.02, gated: true, winner: true, epochs: 3000},
		{4, 4.79, true, true, 3000, 6.9445e-05, 6.9445e-05, 0.006958225, 0.000965147280967},
		{1, 2.93, true, true, 3000, 0.314055, 0.0398354763371, 0.0953985, 0.00575510316299},
		{neurons: 4, load: 3, gated: true, epochs: 3000},
		{1, 1.5, false, true, 2000, 0.444875, 0.031657404742, 0, 0},
		{4, 3, false, true, 2000, 0.9510025, 0.0134423202207, 0, 0},
	} {
		misses, falseAlarms := repeated(4, 61, together(test.neurons, test.load, test.gated, test.winner, test.epochs))
		if test.miss > 0 {
			agrees(t, "misses", misses, test.miss, test.sm, 4)
			agrees(t, "false alarms", falseAlarms, test.falseAlarm, test.sf, 4)
		}
		wrong := 0.2*stat.Mean(misses, nil) + 0.8*stat.Mean(falseAlarms, nil)
		t.Logf("%+v: error %.4f", test, wrong)
		if learns := test.gated && test.winner && test.neurons > 1; learns && (wrong > 0.01 || test.load < one) || !learns && wrong < 0.05 {
			t.Errorf("%+v: error %v; one neuron could store %v", test, wrong, one)
		}
	}
}
