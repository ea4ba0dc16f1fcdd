package broadcast_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/broadcast"
	"credo/pkg/model"
	"credo/pkg/theory"
)

// Window, limits and wall of a graded release in closed form: those of acetylcholine
// alone, of large disinhibition.
func TestGradedInClosedForm(t *testing.T) {
	lesson.Near(t, "requests", broadcast.GradedRequests, phi1/(1-phi1), 1e-13)
	const rho, f, reference = 0.825, 0.2, 0.01
	unit := rho * 0.575 / 0.638
	for _, m := range []float64{1, 2.5, 8, 40} {
		c := bare(f, 0.5)
		low, high, err := broadcast.Window(c, broadcast.Graded{Neurons: m})
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, "lower edge", low, unit*(m-1)*f*(1-reference), 1e-9)
		lesson.Near(t, "upper edge", high, unit*(1+(m-1)*f)*(phi1-reference), 1e-9)
		low, high, err = broadcast.Window(c, broadcast.Graded{Neurons: m, Subtracted: true})
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, "lower edge, subtracted", low, -unit*f*(1-reference), 1e-9)
		lesson.Near(t, "upper edge, subtracted", high, unit*(1-f)*(phi1-reference), 1e-9)
	}
	c := bare(f, 0.5)
	l := limit(t, c, broadcast.Graded{})
	lesson.Near(t, "M_1", (l.Onset-1)*f*unit*(1-reference), 0.5, 1e-8)
	lesson.Near(t, "M_2", (l.Loss-1)*f*unit*(phi1-reference), 0.5, 1e-8)
	lesson.Near(t, "M_max", (l.Wall-1)*f*(1-phi1), phi1-reference, 1e-7)
	c.Acetylcholine.Reference = 0
	lesson.Near(t, "(M_max − 1) f", (limit(t, c, broadcast.Graded{}).Wall-1)*f, broadcast.GradedRequests, 1e-7)
	if l := limit(t, c, broadcast.Graded{Subtracted: true}); !math.IsInf(l.Onset, 1) || !math.IsInf(l.Loss, 1) || !math.IsInf(l.Wall, 1) {
		t.Errorf("limits with the mean subtracted: %+v", l)
	}
}

// Mean and variance of the change on a trial of a neuron of Seen are those of a literal
// sum over how many others ask, of whether the neuron itself does, and whether it fires.
func TestGradedIsASumOverRequests(t *testing.T) {
	for _, subtracted := range []bool{false, true} {
		for _, v := range []float64{-0.3, 0.2} {
			for _, m := range []int{1, 3, 9} {
				c := sparse(0.3, 0.3, 0.2) // with noradrenaline and the Hebbian rule
				c.NE.Probability, c.NE.Error, c.ACh.Error = 0, 0, 0.04
				s := broadcast.Graded{Neurons: float64(m), Subtracted: subtracted}
				seen, err := broadcast.Seen(c, s)
				if err != nil {
					t.Fatal(err)
				}
				asks := 0.3*c.ACh.Probability + 0.7*c.ACh.Error
				for y, target := range []bool{false, true} {
					rho := []float64{c.ACh.Error, c.ACh.Probability}[y]
					moment := func(power func(float64) float64) float64 {
						return expected(m-1, asks, func(n int) (sum float64) {
							for own, p := range []float64{1 - rho, rho} {
								amplitude, fires := float64(n+own), 0.
								if subtracted {
									amplitude -= float64(m) * asks
								}
								if v > 0 {
									fires = 1
								} else if subtracted || n+own > 0 {
									fires = c.ACh.Spike(v)
								}
								for out, q := range []float64{1 - fires, fires} {
									d := c.Hebbian.Rate*(float64(out)-c.Hebbian.MeanOutput) - c.Balance.Rate*(v+c.Balance.Offset)
									sum += p * q * power(d+amplitude*c.Acetylcholine.Rate*(float64(out)-c.Acetylcholine.Reference))
								}
							}
							return sum
						})
					}
					th := theory.Must(seen)
					mean := moment(func(x float64) float64 { return x })
					lesson.Near(t, "mean", th.Force(target, v), mean, 1e-12)
					variance := moment(func(x float64) float64 { return (x - mean) * (x - mean) })
					lesson.Near(t, "variance", th.TrialVariance(target, v), variance, 1e-12)
				}
			}
		}
	}
}

// Graded, 20 neurons learn that a release by any leaves no window, and 60 do not.
func TestGradedReleaseHasAWall(t *testing.T) {
	lesson.Long(t)
	for _, neurons := range []float64{20, 60} {
		c := bare(0.2, 0)
		low, high, err := broadcast.Window(c, broadcast.Graded{Neurons: neurons})
		if err != nil {
			t.Fatal(err)
		}
		c.Balance.Offset = (low + high) / 2
		of := afresh(c, broadcast.Graded{Neurons: neurons}, 0.01, 60)
		of.patterns = 40
		x := of.learns(t, 91, uint64(neurons))
		t.Logf("M = %v: window (%.3f, %.3f), misses %.4f, false alarms %.4f", neurons, low, high, x.misses, x.falseAlarm)
		if wrong, open := x.misses+x.falseAlarm, neurons < 27; (low < high) != open || open && wrong > 1e-3 || !open && wrong < 0.5 {
			t.Errorf("M = %v: window (%v, %v), misses %v, false alarms %v", neurons, low, high, x.misses, x.falseAlarm)
		}
	}
}

// With the mean subtracted any number learns, at a rate that goes down with their number:
// at the largest for one percent of errors they make about as many.
func TestSubtractedReleaseHasNoWall(t *testing.T) {
	lesson.Long(t)
	var price []float64
	for _, neurons := range []float64{8, 27, 60} {
		c, s := bare(0.2, 0), broadcast.Graded{Neurons: neurons, Subtracted: true}
		offset, rate, err := broadcast.Rate(c, s, 0.5, 0.01)
		if err != nil {
			t.Fatal(err)
		}
		c.Balance.Offset, price = offset, append(price, rate*neurons)
		x := afresh(c, s, rate, 4000*rate).learns(t, 92, uint64(neurons))
		t.Logf("M = %v: rate %.4f, times M %.3f, misses %.4f, false alarms %.4f", neurons, rate, rate*neurons, x.misses, x.falseAlarm)
		if x.misses > 0.005 || x.falseAlarm < 0.008 || x.falseAlarm > 0.016 {
			t.Errorf("M = %v: misses %v, false alarms %v", neurons, x.misses, x.falseAlarm)
		}
	}
	if first, last := price[0], price[len(price)-1]; math.Abs(first/last-1) > 0.1 {
		t.Errorf("M λ is %v", price)
	}
}

func TestGradedRefuses(t *testing.T) {
	c := bare(0.2, 0.5)
	_, err := broadcast.Seen(c, broadcast.Graded{})
	refusal.Mentions(t, err, "broadcast: Graded.Neurons = 0")
	_, _, err = broadcast.Frozen(broadcast.Graded{Neurons: 3, Subtracted: true}, 0.2)
	refusal.Mentions(t, err, "Graded.Subtracted = true", "offset")
	_, _, err = broadcast.Contexts(c, broadcast.Graded{Neurons: 3}, 2)
	refusal.Mentions(t, err, "broadcast.Graded", "not derived")
	c.ACh.Variation = 0.3
	_, err = broadcast.Seen(c, broadcast.Graded{Neurons: 3})
	refusal.Mentions(t, err, "ACh.Variation = 0", "0.3")
	misses, falseAlarms, err := broadcast.Frozen(broadcast.Graded{Neurons: 4}, 0.2)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "misses", misses, 0, 0)
	lesson.Near(t, "false alarms", falseAlarms, 1-0.8*0.8*0.8, 1e-12)
	if got := (broadcast.Graded{Neurons: 4}).Baseline(model.Modulator{Probability: 0.5}, 0.2); got != 0 {
		t.Errorf("baseline %v where nothing is subtracted", got)
	}
	lesson.Near(t, "baseline", broadcast.Graded{Neurons: 4, Subtracted: true}.Baseline(model.Modulator{Probability: 0.5, Error: 0.1}, 0.2), 4*(0.2*0.5+0.8*0.1), 1e-15)
}
