package estimate_test

import (
	"context"
	"flag"
	"math"
	"testing"

	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/recordings"
	"credo/pkg/recordings/estimate"
	"credo/pkg/recordings/generate"
)

// sets is how many generated sets each rate below is measured on. The rates of
// record are those of
//
//	go test ./pkg/recordings -run Calibration -v -sets 300
//
// In short mode there are at most eight, and the slack of share is wide.
var sets = flag.Int("sets", 40, "generated sets a measurement of calibration")

// typical is the typical generator with n cells, each an animal, and one paired
// of K channels as the f of acetylcholine, so that β is the circuit's.
func typical(n int, noise float64) generate.Generator {
	g := generate.Typical()
	g.Cells, g.Animals, g.Noise = n, n, noise
	g.Circuit = g.Circuit.Without("Hebbian")
	g.Circuit.Acetylcholine.Coding = 1 / float64(g.Channels)
	return g
}

// each applies f to the cells of generated sets.
func each[T any](t *testing.T, g generate.Generator, f func(run uint64, c []estimate.Cell) (T, error)) []T {
	t.Helper()
	n := *sets
	if testing.Short() {
		n = min(n, 8)
	}
	out, err := experiment.Ensemble(context.Background(), n, func(_ context.Context, i int) (out T, err error) {
		set, err := g.Generate(model.Stream(20, uint64(i)))
		if err != nil {
			return out, err
		}
		cells, err := estimate.Cells(set.Responses, 20)
		if err != nil {
			return out, err
		}
		return f(uint64(i), cells)
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// share reports how often something is so and fails if that is not within
// [low, high], give or take three standard errors where there are fewer than 200
// sets.
func share(t *testing.T, what string, is []bool, low, high float64) {
	t.Helper()
	n, k := float64(len(is)), 0.
	for _, v := range is {
		if v {
			k++
		}
	}
	slack := 0.
	if n < 200 {
		slack = 3 * math.Sqrt(0.05*0.95/n)
	}
	t.Logf("%-58s %.3f of %v sets", what, k/n, n)
	if k/n < low-slack || k/n > high+slack {
		t.Errorf("%s: %v of %v sets, want %v to %v", what, k/n, n, low, high)
	}
}

func pick[T any](list []T, f func(T) bool) (out []bool) {
	for _, v := range list {
		out = append(out, f(v))
	}
	return out
}

func holds(v estimate.Estimate, x float64) bool { return v.Low <= x && x <= v.High }

// Noise is that of a sweep: 20 percent, and 63 percent, which is 20 percent for
// the mean of ten.
var noises = map[string]float64{"20 % a sweep": 0.2, "20 % a mean": 0.2 * math.Sqrt(10)}

func TestCalibrationOfTheNull(t *testing.T) {
	t.Parallel()
	for name, noise := range noises {
		for _, x := range []struct {
			name   string
			change func(*generate.Generator)
		}{
			{"nothing plastic", func(g *generate.Generator) { g.Rate = 0 }},
			{"nothing plastic, all on the line", func(g *generate.Generator) { g.Rate, g.Scatter = 0, 0 }},
			{"nothing plastic, far from the line", func(g *generate.Generator) { g.Rate, g.Scatter = 0, 0.4 }},
			{"excitation alone plastic", func(g *generate.Generator) { g.Pace = 0 }},
			{"inhibition runs down", func(g *generate.Generator) {
				g.Rebalance = func(c generate.Channel) float64 { return -0.3 * c.I0 }
			}},
			{"inhibition grows with excitation", func(g *generate.Generator) {
				g.Rebalance = func(c generate.Channel) float64 { return 0.3 * c.E1 }
			}},
		} {
			g := typical(12, noise)
			x.change(&g)
			slope, offset := g.Line()
			type result struct{ cured, naive bool }
			list := each(t, g, func(_ uint64, c []estimate.Cell) (result, error) {
				r, err := estimate.Restore(c, estimate.AfterPairing, 0.95)
				if err != nil {
					return result{}, err
				}
				n, _, err := estimate.Naive(c, estimate.AfterPairing, slope, offset, 0.95)
				return result{r.P < 0.05, n.P < 0.05 && n.Value > 0}, err
			})
			share(t, name+", "+x.name+": false positives", pick(list, func(r result) bool { return r.cured }), 0, 0.06)
			share(t, name+", "+x.name+": of ordinary regression", pick(list, func(r result) bool { return r.naive }), 0, 1)
		}
	}
}

// A drift of gain, common to the currents of a cell in a phase, is no error of
// sweeps and makes false positives, which go with it when it is taken out. What
// is true is found all the same.
func TestCalibrationUnderDrift(t *testing.T) {
	t.Parallel()
	for name, noise := range noises {
		for _, x := range []struct {
			name        string
			drift, rate float64
			pace        float64
		}{
			{"no drift", 0, 0, 1}, {"drift 10 %", 0.1, 0, 1}, {"drift 20 %", 0.2, 0, 1},
			{"drift 10 %, excitation alone plastic", 0.1, 0.05, 0},
		} {
			g := typical(12, noise)
			g.Drift, g.Rate, g.Pace = x.drift, x.rate, x.pace
			type result struct{ plain, rescaled bool }
			list := each(t, g, func(_ uint64, c []estimate.Cell) (result, error) {
				a, err := estimate.Restore(c, estimate.AfterPairing, 0.95)
				if err != nil {
					return result{}, err
				}
				b, err := estimate.Restore(estimate.Rescaled(c), estimate.AfterPairing, 0.95)
				return result{a.P < 0.05, b.P < 0.05}, err
			})
			share(t, name+", "+x.name+": false positives, as it is", pick(list, func(r result) bool { return r.plain }), 0, 1)
			share(t, name+", "+x.name+": false positives, rescaled", pick(list, func(r result) bool { return r.rescaled }), 0, 0.06)
		}
		g := typical(12, noise)
		g.Drift = 0.1
		slope, offset := g.Line()
		list := each(t, g, func(_ uint64, c []estimate.Cell) (estimate.Restoration, error) {
			return estimate.Restore(estimate.Rescaled(c), estimate.AfterPairing, 0.95)
		})
		share(t, name+", drift 10 %, rescaled: covers a", pick(list, func(r estimate.Restoration) bool { return holds(r.Slope, slope) }), 0.90, 0.98)
		share(t, name+", drift 10 %, rescaled: covers b", pick(list, func(r estimate.Restoration) bool { return holds(r.Offset, offset) }), 0.90, 0.98)
		share(t, name+", drift 10 %, rescaled: found", pick(list, func(r estimate.Restoration) bool { return r.P < 0.05 }), 0.9, 1)
	}
}

// The slope that noise alone makes is the variance of the baseline's error over
// that of the distance.
func TestArtefact(t *testing.T) {
	t.Parallel()
	g := typical(12, 0.6)
	g.Rate = 0
	slope, offset := g.Line()
	excess := each(t, g, func(_ uint64, c []estimate.Cell) (float64, error) {
		n, artefact, err := estimate.Naive(c, estimate.AfterPairing, slope, offset, 0.95)
		return n.Value - artefact, err
	})
	// Ratios of sums over 96 channels: a bias of a percent is left.
	v := experiment.NewInterval(excess, 0.999)
	if math.Abs(v.Mean) > v.Half+0.01 {
		t.Errorf("ordinary regression less the formula: %v", v)
	}
}

func TestCalibrationOfIntervals(t *testing.T) {
	t.Parallel()
	for name, noise := range noises {
		g := typical(12, noise)
		slope, offset := g.Line()
		tau := -1 / (g.Pace * math.Log(1-g.Rate*g.Circuit.Balance.Rate))
		type result struct {
			line   estimate.Restoration
			boot   estimate.Resampled
			beta   estimate.Estimate
			course estimate.Course
		}
		list := each(t, g, func(run uint64, c []estimate.Cell) (r result, err error) {
			if r.line, err = estimate.Restore(c, estimate.AfterPairing, 0.95); err != nil {
				return r, err
			}
			if r.boot, err = estimate.Bootstrap(c, estimate.AfterPairing, 0.95, 400, model.Stream(21, run)); err != nil {
				return r, err
			}
			if r.course, err = estimate.Follow(c, estimate.AfterPairing, 0.95); err != nil {
				return r, err
			}
			p, err := estimate.Potentiate(c, recordings.ACh, 0, 0.95)
			r.beta = p.Beta
			return r, err
		})
		for _, x := range []struct {
			what string
			in   func(result) bool
		}{
			{"a", func(r result) bool { return holds(r.line.Slope, slope) }},
			{"b", func(r result) bool { return holds(r.line.Offset, offset) }},
			{"β", func(r result) bool { return holds(r.beta, g.Circuit.Acetylcholine.Depression) }},
		} {
			share(t, name+": interval covers "+x.what, pick(list, x.in), 0.92, 0.98)
		}
		// Those below were asked for by nobody and are measured with more slack.
		share(t, name+": interval covers r", pick(list, func(r result) bool { return holds(r.line.Rate, g.Relaxed(60)) }), 0.90, 0.99)
		share(t, name+": interval covers τ", pick(list, func(r result) bool { return holds(r.course.Tau, tau) }), 0.88, 0.99)
		share(t, name+": bootstrap covers a", pick(list, func(r result) bool { return holds(r.boot.Slope, slope) }), 0.85, 0.99)
		share(t, name+": bootstrap covers b", pick(list, func(r result) bool { return holds(r.boot.Offset, offset) }), 0.85, 0.99)
		share(t, name+": bootstrap covers r", pick(list, func(r result) bool { return holds(r.boot.Rate, g.Relaxed(60)) }), 0.80, 0.99)
		share(t, name+": restoration found", pick(list, func(r result) bool { return r.line.P < 0.05 }), 0.9, 1)
	}
}

func TestCalibrationOfRivals(t *testing.T) {
	t.Parallel()
	g := typical(24, 0.2)
	slope, offset := g.Line()
	for name, law := range map[string]func(generate.Channel) float64{
		"no plasticity":       func(generate.Channel) float64 { return 0 },
		"inhibition itself":   func(c generate.Channel) float64 { return -0.3 * c.I0 },
		"excitation's change": func(c generate.Channel) float64 { return slope * (c.E1 - c.E0) },
		"cell mean":           func(c generate.Channel) float64 { return slope*c.MeanE1 + offset - c.MeanI0 },
		"output rate":         func(c generate.Channel) float64 { return 0.3 * c.MeanI0 * (c.Firing - 0.2) },
		"line":                nil,
	} {
		g.Rebalance = law
		list := each(t, g, func(_ uint64, c []estimate.Cell) (estimate.Contest, error) {
			return estimate.Compare(c, estimate.AfterPairing)
		})
		share(t, name+" is true and chosen", pick(list, func(c estimate.Contest) bool { return c.Chosen().Name == name }), 0.9, 1)
		share(t, name+" is true and of least criterion", pick(list, func(c estimate.Contest) bool {
			best := c.Rivals[0]
			for _, r := range c.Rivals {
				if r.Criterion < best.Criterion {
					best = r
				}
			}
			return best.Name == name
		}), 0.6, 1)
		if name != "no plasticity" {
			continue
		}
		// Three useless parameters predict others worse, though they fit better.
		share(t, "no plasticity is true and predicts better than the line", pick(list, func(c estimate.Contest) bool {
			return c.Rivals[0].Loss < c.Rivals[len(c.Rivals)-1].Loss
		}), 0.8, 1)
	}
}

func TestCalibrationOfDepression(t *testing.T) {
	t.Parallel()
	g := typical(24, 0.2)
	for name, law := range map[string]func(generate.Channel, float64) float64{
		"none":         func(generate.Channel, float64) float64 { return 0 },
		"uniform":      nil, // the circuit's
		"proportional": func(c generate.Channel, _ float64) float64 { return -0.2 * c.E0 },
		"best only": func(c generate.Channel, _ float64) float64 {
			if c.Best {
				return -0.38 * c.E0
			}
			return 0
		},
	} {
		g.Depress = law
		list := each(t, g, func(_ uint64, c []estimate.Cell) (estimate.Contest, error) {
			return estimate.Depression(c, recordings.ACh)
		})
		least := 0.9
		if name == "uniform" {
			least = 0.75 // a change of 2 percent of the mean
		}
		share(t, "depression "+name+" is true and chosen", pick(list, func(c estimate.Contest) bool { return c.Chosen().Name == name }), least, 1)
	}
}

// Where no channel is flagged as the best, one is found that errors of
// excitation did not choose.
func TestCalibrationOfTheBestChannel(t *testing.T) {
	t.Parallel()
	for _, only := range []bool{false, true} {
		g := typical(24, 0.4)
		g.Depress = func(c generate.Channel, _ float64) float64 {
			if only && c.Best {
				return -0.38 * c.E0
			}
			return 0
		}
		list := each(t, g, func(_ uint64, c []estimate.Cell) (estimate.Contest, error) {
			for k := range c {
				for i := range c[k].Channels {
					c[k].Channels[i].Best = false
				}
			}
			return estimate.Depression(c, recordings.ACh)
		})
		want := map[bool]string{true: "best only", false: "none"}[only]
		share(t, "not flagged: depression "+want+" is true and chosen", pick(list, func(c estimate.Contest) bool { return c.Chosen().Name == want }), 0.65, 1)
	}
}

// Nothing changes, and errors are large: neither a side of the line nor a
// change of unpaired channels is to be seen in the mean.
func TestCalibrationOfSidesAndUnpaired(t *testing.T) {
	t.Parallel()
	g := typical(12, 0.63)
	g.Rate = 0
	slope, offset := g.Line()
	list := each(t, g, func(_ uint64, c []estimate.Cell) (estimate.Asymmetry, error) {
		return estimate.Sides(c, estimate.AfterPairing, slope, offset, 0.95)
	})
	share(t, "nothing plastic: change at over-inhibited channels", pick(list, func(a estimate.Asymmetry) bool { return a.Evoked.P < 0.05 }), 0, 0.1)
	share(t, "nothing plastic: rate with too little inhibition", pick(list, func(a estimate.Asymmetry) bool { return a.TooLittle.P < 0.05 }), 0, 0.1)

	g.Noise, g.Channels, g.Cells, g.Animals = 0.8, 2, 200, 200
	var unpaired []float64
	for _, p := range each(t, g, func(_ uint64, c []estimate.Cell) (estimate.Potentiation, error) {
		return estimate.Potentiate(c, recordings.ACh, 0, 0.95)
	}) {
		unpaired = append(unpaired, p.Unpaired.Value)
	}
	// Divided by the baseline alone it would lean by sem²/2, 3 percent.
	v := experiment.NewInterval(unpaired, 0.999)
	if math.Abs(v.Mean) > v.Half {
		t.Errorf("relative change of an unpaired channel where there is none: %v", v)
	}
}

func TestCalibrationOfTheGate(t *testing.T) {
	t.Parallel()
	for _, gated := range []bool{false, true} {
		g := typical(12, 0.2)
		g.Circuit.Balance.WhenFiring = gated
		g.Drive = 0.3
		type result struct {
			gate  estimate.Gating
			sides estimate.Asymmetry
		}
		list := each(t, g, func(run uint64, c []estimate.Cell) (r result, err error) {
			if r.gate, err = estimate.EstimateGating(c, estimate.AfterPairing, 0.95, 99, model.Stream(22, run)); err != nil {
				return r, err
			}
			line, err := estimate.Restore(c, estimate.AfterPairing, 0.95)
			if err != nil {
				return r, err
			}
			r.sides, err = estimate.Sides(c, estimate.AfterPairing, line.Slope.Value, line.Offset.Value, 0.95)
			return r, err
		})
		found := pick(list, func(r result) bool { return r.gate.P <= 0.05 })
		sides := pick(list, func(r result) bool { return r.sides.Difference.P < 0.05 && r.sides.Difference.Value > 0 })
		evoked := pick(list, func(r result) bool { return r.sides.Evoked.Value < 0 })
		if gated {
			share(t, "gated: gate found", found, 0.9, 1)
			share(t, "gated: slopes differ", sides, 0.3, 1) // a hidden drive hides what is over-inhibited
			share(t, "gated: over-inhibited channels lose inhibition on spikes", evoked, 0.8, 1)
		} else {
			share(t, "ungated: gate found", found, 0, 0.06)
			share(t, "ungated: slopes differ", sides, 0, 0.06)
		}
	}
}

// Inhibition drawn anew in every channel is not paired with excitation.
func TestCalibrationOfTuning(t *testing.T) {
	t.Parallel()
	for _, paired := range []bool{false, true} {
		g := typical(12, 0.4)
		list := each(t, g, func(run uint64, c []estimate.Cell) (estimate.Tuning, error) {
			rng := model.Stream(23, run)
			if !paired {
				for k := range c {
					ch := c[k].Channels
					rng.Shuffle(len(ch), func(i, j int) { ch[i].I, ch[j].I = ch[j].I, ch[i].I })
				}
			}
			return estimate.Correlate(c, 0.95, 99, rng)
		})
		found := pick(list, func(r estimate.Tuning) bool { return r.Paired[estimate.Before] <= 0.05 })
		if paired {
			share(t, "paired: found", found, 0.95, 1)
		} else {
			share(t, "not paired: found", found, 0, 0.08)
			share(t, "not paired: interval of the correlation covers 0", pick(list, func(r estimate.Tuning) bool {
				return holds(r.Corrected[estimate.Before], 0)
			}), 0.9, 0.99)
		}
	}
}
