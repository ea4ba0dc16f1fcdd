package broadcast_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/broadcast"

	"gonum.org/v1/gonum/stat"
)

// Rates for one percent of errors at α = .5 from a program in Python, in the middle of
// the window; and the law 1/(eˣ − 1), which is one of scale.
func TestRate(t *testing.T) {
	var price []float64
	for _, row := range [][3]float64{
		{1, 0.309066742881, 4.63601870125}, {2, 0.382676656674, 1.7810967659}, {3, 0.441564587709, 0.892574477519}, {4, 0.488674932536, 0.561803557586},
		{5, 0.526363208398, 0.393077169735}, {6, 0.556513829088, 0.293267683818}, {7, 0.58063432564, 0.228987079665},
	} {
		offset, rate, err := broadcast.Rate(bare(0.2, 0), broadcast.Common{Neurons: row[0]}, 0.5, 0.01)
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, "offset", offset, row[1], 1e-5)
		lesson.Near(t, "rate", rate/row[2], 1, 2e-4) // the program's average over the spectrum has its own quadrature
		if row[0] > 1 {
			price = append(price, rate*math.Expm1(-(row[0]-1)*math.Log1p(-0.2)))
		}
	}
	t.Logf("λ (eˣ − 1) = %.3f", price)
	if spread := price[len(price)-1] / price[0]; spread > 1.6 || spread < 1/1.6 {
		t.Errorf("λ (eˣ − 1) changes by a factor %v", spread)
	}
	_, rate, err := broadcast.Rate(bare(0.2, 0), broadcast.Common{Neurons: 10}, 0.5, 0.01)
	if err != nil || rate != 0 {
		t.Errorf("beyond the wall: rate %v, %v", rate, err)
	}
	_, _, err = broadcast.Rate(bare(0.2, 0), broadcast.Common{Neurons: 2}, 0.5, 0.6)
	refusal.Mentions(t, err, "eps = 0.6")
	_, _, err = broadcast.Rate(bare(0.2, 0), broadcast.Common{}, 0.5, 0.01)
	refusal.Mentions(t, err, "Common.Neurons = 0")
}

// At that rate neurons make one percent of errors and somewhat more, their potentials
// having heavier tails than a Gaussian.
func TestRateInSimulation(t *testing.T) {
	lesson.Long(t)
	for _, neurons := range []int{2, 4, 7} {
		c := bare(0.2, 0)
		offset, rate, err := broadcast.Rate(c, broadcast.Common{Neurons: float64(neurons)}, 0.5, 0.01)
		if err != nil {
			t.Fatal(err)
		}
		c.Balance.Offset = offset
		misses, falseAlarms, _ := repeated(t, 2, 71, afresh(c, broadcast.Common{Neurons: float64(neurons)}, rate, 400))
		m, fa := stat.Mean(misses, nil), stat.Mean(falseAlarms, nil)
		t.Logf("M = %d: rate %.3f, misses %.4f, false alarms %.4f", neurons, rate, m, fa)
		if m > 0.01 || fa < 0.009 || fa > 0.025 {
			t.Errorf("M = %d: misses %.4f, false alarms %.4f, want the larger within .009 and .025", neurons, m, fa)
		}
	}
}
