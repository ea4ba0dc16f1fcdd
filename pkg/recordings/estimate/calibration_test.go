package estimate_test

import (
	"context"
	"flag"
	"fmt"
	"math"
	"slices"
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
//	go test ./pkg/recordings/estimate -run Calibration -v -sets 300
//
// In short mode there are at most eight, and the slack of share is wide.
var sets = flag.Int("sets", 40, "generated sets a measurement of calibration")

// typical is the typical generator with n cells, each an animal, two blocks before
// pairing, and one paired of K channels as the f of acetylcholine, so that β is the
// circuit's.
func typical(n int, noise float64) generate.Generator {
	g := generate.Typical()
	g.Cells, g.Animals, g.Noise, g.Times = n, n, noise, []float64{-15, -5, 5, 60}
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
		c, err := drawn(g, 20, uint64(i))
		if err != nil {
			return out, err
		}
		return f(uint64(i), c)
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func drawn(g generate.Generator, seed, run uint64) ([]estimate.Cell, error) {
	set, err := g.Generate(model.Stream(seed, run))
	if err != nil {
		return nil, err
	}
	return estimate.Cells(set.Responses, 20)
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
		slack = 3*math.Sqrt(0.05*0.95/n) + 1/n
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

// errors are kinds of errors that are not known, of cells with two blocks before
// pairing. All but the first two are of 12 cells with 20 percent noise a sweep.
var errors = []struct {
	name  string
	cells int
	of    func(*generate.Generator)
}{
	{"20 % a sweep", 12, func(*generate.Generator) {}},
	{"5 cells", 5, func(*generate.Generator) {}},
	{"unequal channels", 12, func(g *generate.Generator) { g.Unequal = 0.7 }},
	{"heavy tails", 12, func(g *generate.Generator) { g.Tail, g.Noise = 2.5, 0.4 }},
	{"inhibition fluctuates by 10 %", 12, func(g *generate.Generator) { g.DriftI = 0.1 }},
	{"inhibition fluctuates by 20 %", 12, func(g *generate.Generator) { g.DriftI = 0.2 }},
	{"channels fluctuate by 20 %", 12, func(g *generate.Generator) { g.DriftChannel = 0.2 }},
	{"errors of E and I correlated .7", 12, func(g *generate.Generator) { g.Correlated, g.Noise = 0.7, 0.4 }},
	{"the same, two late blocks", 12, func(g *generate.Generator) {
		g.Correlated, g.Noise, g.Times = 0.7, 0.4, []float64{-15, -5, 5, 50, 60}
	}},
	{"gains fluctuate by 10 %", 12, func(g *generate.Generator) { g.Drift = 0.1 }},
	{"5 cells, inhibition by 20 %", 5, func(g *generate.Generator) { g.DriftI = 0.2 }},
	{"20 % a mean", 12, func(g *generate.Generator) { g.Noise = noises["20 % a mean"] }},
}

// With two blocks before pairing restoration is found where there is none no more
// often than the level says, and intervals cover the rate, whatever the errors. The
// verdict without a control is this test.
func TestCalibrationOfRestoration(t *testing.T) {
	t.Parallel()
	for k, x := range errors {
		g := typical(x.cells, 0.2)
		x.of(&g)
		slope, offset := g.Line()
		relaxed, late := 0., 0.
		for _, at := range g.Times {
			if at >= 20 {
				relaxed, late = relaxed+g.Relaxed(at), late+1
			}
		}
		restore := func(rate float64) []estimate.Restoration {
			g.Rate = rate
			return each(t, g, func(_ uint64, c []estimate.Cell) (estimate.Restoration, error) {
				r, err := estimate.Restore(c, 0.95)
				if r.Replicated != r.Cells {
					t.Errorf("%d of %d cells rest on blocks", r.Replicated, r.Cells)
				}
				return r, err
			})
		}
		null, found := restore(0), restore(0.05)
		// The first eight must hold; the others are what else was tried.
		high := 0.98
		if k > 7 {
			high = 1
		}
		share(t, x.name+": false positives", pick(null, func(r estimate.Restoration) bool { return r.P < 0.05 }), 0, 0.06)
		share(t, x.name+": interval covers r", pick(found, func(r estimate.Restoration) bool { return holds(r.Rate, relaxed/late) }), 0.92, high)
		share(t, x.name+": interval covers r = 0", pick(null, func(r estimate.Restoration) bool { return holds(r.Rate, 0) }), 0.92, 1)
		share(t, x.name+": interval covers a", pick(found, func(r estimate.Restoration) bool { return holds(r.Slope, slope) }), 0.92, 1)
		share(t, x.name+": interval covers b", pick(found, func(r estimate.Restoration) bool { return holds(r.Offset, offset) }), 0.92, 1)
		share(t, x.name+": found", pick(found, func(r estimate.Restoration) bool { return r.P < 0.05 }), 0.5, 1)
	}
}

// Where something other than a line makes inhibition change, or nothing, no line is
// found, with one block before pairing or two.
func TestCalibrationOfTheNull(t *testing.T) {
	t.Parallel()
	for name, noise := range noises {
		for _, x := range []struct {
			name   string
			change func(*generate.Generator)
		}{
			{"nothing plastic, all on the line", func(g *generate.Generator) { g.Rate, g.Scatter = 0, 0 }},
			{"nothing plastic, far from the line", func(g *generate.Generator) { g.Rate, g.Scatter = 0, 0.4 }},
			{"excitation alone plastic", func(g *generate.Generator) { g.Pace = 0 }},
			{"inhibition runs down", func(g *generate.Generator) {
				g.Rebalance = func(c generate.Channel) float64 { return -0.3 * c.I0 }
			}},
			{"inhibition grows with excitation", func(g *generate.Generator) {
				g.Rebalance = func(c generate.Channel) float64 { return 0.3 * c.E1 }
			}},
			{"nothing plastic, one block before", func(g *generate.Generator) { g.Rate, g.Times = 0, []float64{-5, 5, 60} }},
		} {
			g := typical(12, noise)
			x.change(&g)
			slope, offset := g.Line()
			type result struct{ cured, naive bool }
			list := each(t, g, func(_ uint64, c []estimate.Cell) (result, error) {
				r, err := estimate.Restore(c, 0.95)
				if err != nil {
					return result{}, err
				}
				n, _ := r.Ordinary(slope, offset)
				return result{r.P < 0.05, n.P < 0.05 && n.Value > 0}, nil
			})
			share(t, name+", "+x.name+": false positives", pick(list, func(r result) bool { return r.cured }), 0, 0.06)
			share(t, name+", "+x.name+": of ordinary regression", pick(list, func(r result) bool { return r.naive }), 0, 1)
		}
	}
}

// One block before pairing does not know how inhibition fluctuates, and finds
// restoration where there is none; the contrast with a control does not.
func TestCalibrationOfTheControl(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name  string
		times []float64
		rate  float64
	}{
		{"one block, nothing plastic", []float64{-5, 5, 60}, 0},
		{"one block", []float64{-5, 5, 60}, 0.05},
		{"two blocks, nothing plastic", []float64{-15, -5, 5, 60}, 0},
		{"two blocks", []float64{-15, -5, 5, 60}, 0.05},
	} {
		g := typical(8, 0.2)
		g.DriftI, g.Times, g.Rate = 0.1, x.times, x.rate
		sham := g
		sham.Prefix, sham.Treatment, sham.Rate = "sham ", recordings.None, 0
		type result struct {
			own, with estimate.Restoration
			contrast  estimate.Estimate
		}
		list := each(t, g, func(run uint64, c []estimate.Cell) (r result, err error) {
			control, err := drawn(sham, 24, run)
			if err != nil {
				return r, err
			}
			if r.own, err = estimate.Restore(c, 0.95); err != nil {
				return r, err
			}
			c = append(c, control...)
			if r.with, err = estimate.Restore(estimate.Of(c, recordings.ACh), 0.95); err != nil {
				return r, err
			}
			without, err := estimate.Restore(estimate.Of(c, recordings.None), 0.95)
			r.contrast = r.with.Rate.Minus(without.Rate, 0.95)
			return r, err
		})
		for _, r := range list {
			if r.own.Rate.Low != r.with.Rate.Low || r.own.Rate.Value != r.with.Rate.Value || r.own.P != r.with.P {
				t.Errorf("r with sham cells beside %+v, without %+v", r.with.Rate, r.own.Rate)
			}
		}
		truth := g.Relaxed(60)
		share(t, "8 + 8 cells, "+x.name+": by their own test", pick(list, func(r result) bool { return r.own.P < 0.05 }), 0, 1)
		both := pick(list, func(r result) bool { return r.own.P < 0.05 && r.contrast.P < 0.05 && r.contrast.Value > 0 })
		if truth == 0 {
			share(t, "8 + 8 cells, "+x.name+": and by the contrast", both, 0, 0.06)
		} else {
			share(t, "8 + 8 cells, "+x.name+": and by the contrast", both, 0.8, 1)
		}
		if len(x.times) == 4 || truth == 0 {
			share(t, "8 + 8 cells, "+x.name+": contrast covers r", pick(list, func(r result) bool { return holds(r.contrast, truth) }), 0.92, 1)
		}
	}
}

func restored(_ uint64, c []estimate.Cell) (estimate.Restoration, error) {
	return estimate.Restore(c, 0.95)
}

// rated gives a generator the λ of a rate r = 1 − (1 − λ a_I)ⁿ with n = 60.
func rated(g generate.Generator, r float64) generate.Generator {
	g.Rate = (1 - math.Pow(1-r, 1./60)) / g.Circuit.Balance.Rate
	return g
}

// The smallest rate that a set says would be found in eight of ten is found in
// about as many.
func TestCalibrationOfPower(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name  string
		cells int
		drift float64
	}{{"12 cells", 12, 0}, {"12 cells, inhibition by 10 %", 12, 0.1}, {"6 cells", 6, 0}} {
		g := typical(x.cells, 0.2)
		g.DriftI, g.Rate = x.drift, 0
		null := each(t, g, restored)
		var smallest []float64
		for _, r := range null {
			smallest = append(smallest, r.Smallest())
		}
		slices.Sort(smallest)
		r := smallest[len(smallest)/2]
		list := each(t, rated(g, r), restored)
		t.Logf("%s: smallest r %.2f", x.name, r)
		share(t, x.name+": it is found", pick(list, func(r estimate.Restoration) bool { return r.P < 0.05 }), 0.7, 0.97)
		// And so many animals as a set says find 0.2.
		sizes := make([]int, 0, len(null))
		for _, r := range null {
			sizes = append(sizes, r.Animals(0.2))
		}
		slices.Sort(sizes)
		g.Cells = sizes[len(sizes)/2]
		g.Animals = g.Cells
		list = each(t, rated(g, 0.2), restored)
		share(t, fmt.Sprintf("%s: 0.2 is found by %d animals", x.name, g.Cells), pick(list, func(r estimate.Restoration) bool { return r.P < 0.05 }), 0.65, 0.97)
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
		r, err := estimate.Restore(c, 0.95)
		n, artefact := r.Ordinary(slope, offset)
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
		tau := -1 / (g.Pace * math.Log(1-g.Rate*g.Circuit.Balance.Rate))
		type result struct {
			beta   estimate.Estimate
			course estimate.Course
		}
		list := each(t, g, func(run uint64, c []estimate.Cell) (r result, err error) {
			if r.course, err = estimate.Follow(c, 0.95); err != nil {
				return r, err
			}
			p, err := estimate.Potentiate(c, 0, 0.95)
			r.beta = p.Beta
			return r, err
		})
		share(t, name+": interval covers β", pick(list, func(r result) bool { return holds(r.beta, g.Circuit.Acetylcholine.Depression) }), 0.92, 0.98)
		// This was asked for by nobody and is measured with more slack.
		share(t, name+": interval covers τ", pick(list, func(r result) bool { return holds(r.course.Tau, tau) }), 0.88, 0.99)
	}
}

func laws(_ uint64, c []estimate.Cell) (estimate.Contest, error) {
	return estimate.InhibitoryLaws(c), nil
}

// Where nothing changes, excitation either, no law may come of chance.
func TestCalibrationOfNoLaw(t *testing.T) {
	t.Parallel()
	for _, cells := range []int{8, 12, 24} {
		g := typical(cells, 0.2)
		g.Rate = 0
		share(t, fmt.Sprint(cells, " cells, nothing changes: no law is chosen"), pick(each(t, g, laws), func(c estimate.Contest) bool {
			return c.Chosen().Name == "no plasticity"
		}), 0.9, 1)
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
		list := each(t, g, laws)
		share(t, name+" is true and chosen", pick(list, func(c estimate.Contest) bool { return c.Chosen().Name == name }), 0.9, 1)
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
		list := each(t, g, func(_ uint64, c []estimate.Cell) (estimate.Contest, error) { return estimate.DepressionLaws(c), nil })
		least := 0.9
		if name == "uniform" {
			least = 0.75 // a change of 2 percent of the mean
		}
		share(t, "depression "+name+" is true and chosen", pick(list, func(c estimate.Contest) bool { return c.Chosen().Name == name }), least, 1)
	}
}

// Nothing changes, and errors are large: neither a side of the line nor a
// change of unpaired channels is to be seen in the mean.
func TestCalibrationOfSidesAndUnpaired(t *testing.T) {
	t.Parallel()
	g := typical(12, 0.63)
	g.Rate = 0
	for _, gain := range []float64{0, 0.2} { // of inhibition
		g.DriftI = gain
		list := each(t, g, func(_ uint64, c []estimate.Cell) (estimate.Gating, error) {
			return estimate.Gate(c, 0.95, 0, nil)
		})
		name := fmt.Sprintf("nothing plastic, inhibition fluctuates by %v: ", gain)
		share(t, name+"change at over-inhibited channels", pick(list, func(a estimate.Gating) bool { return a.Evoked.P < 0.05 }), 0, 0.1)
		share(t, name+"rate with too little inhibition", pick(list, func(a estimate.Gating) bool { return a.TooLittle.P < 0.05 }), 0, 0.1)
	}

	g.DriftI, g.Noise, g.Channels, g.Cells, g.Animals = 0, 0.8, 2, 200, 200
	var unpaired []float64
	for _, p := range each(t, g, func(_ uint64, c []estimate.Cell) (estimate.Potentiation, error) {
		return estimate.Potentiate(c, 0, 0.95)
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
		list := each(t, g, func(run uint64, c []estimate.Cell) (estimate.Gating, error) {
			return estimate.Gate(c, 0.95, 99, model.Stream(22, run))
		})
		type result = estimate.Gating
		found := pick(list, func(r result) bool { return r.Gated.P <= 0.05 })
		sides := pick(list, func(r result) bool { return r.Difference.P < 0.05 && r.Difference.Value > 0 })
		evoked := pick(list, func(r result) bool { return r.Evoked.Value < 0 })
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

// Inhibition drawn anew in every channel is not paired with excitation, whatever
// errors the two share in a block. Intervals of the correlation cover that of many
// cells without errors.
func TestCalibrationOfTuning(t *testing.T) {
	t.Parallel()
	g := typical(12, 0.4)
	many := g
	many.Noise, many.Cells, many.Animals = 0, 1000, 1000
	c, err := drawn(many, 25, 0)
	if err != nil {
		t.Fatal(err)
	}
	exact, err := estimate.Correlate(c, 0.95, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	truth := exact.Corrected[estimate.Before].Value
	for _, x := range []struct {
		name       string
		paired     bool
		correlated float64
	}{{"paired", true, 0}, {"paired, errors correlated .7", true, 0.7}, {"not paired", false, 0}, {"not paired, errors correlated .7", false, 0.7}} {
		g.Correlated = x.correlated
		list := each(t, g, func(run uint64, c []estimate.Cell) (estimate.Tuning, error) {
			rng := model.Stream(23, run)
			for k := range c {
				if x.paired {
					break
				}
				// The truth of inhibition goes to another channel, the errors stay.
				ch := c[k].Channels
				to := rng.Perm(len(ch))
				shift := make([][]float64, len(ch))
				for i := range ch {
					for b := range ch[i].Blocks {
						shift[i] = append(shift[i], ch[to[i]].I[ch[i].Blocks[b].Phase].Value-ch[i].I[ch[i].Blocks[b].Phase].Value)
					}
				}
				for i := range ch {
					for b := range ch[i].Blocks {
						ch[i].Blocks[b].I.Value += shift[i][b]
					}
				}
			}
			return estimate.Correlate(c, 0.95, 99, rng)
		})
		found := pick(list, func(r estimate.Tuning) bool { return r.Paired[estimate.Before] <= 0.05 })
		covers := func(v float64) []bool {
			return pick(list, func(r estimate.Tuning) bool { return holds(r.Corrected[estimate.Before], v) })
		}
		if x.paired {
			share(t, x.name+": found", found, 0.95, 1)
			share(t, x.name+": interval of the correlation covers it", covers(truth), 0.9, 0.99)
		} else {
			share(t, x.name+": found", found, 0, 0.08)
			share(t, x.name+": interval of the correlation covers 0", covers(0), 0.9, 0.99)
		}
	}
}
