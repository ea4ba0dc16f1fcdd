package estimate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/recordings"
	"credo/pkg/recordings/estimate"
	"credo/pkg/recordings/generate"
)

// truth is a channel of an oracle that knows nothing of the Generator: numbers
// drawn here, laws written out by the test.
type truth struct {
	e0, i0, e1, meanE1, meanI0, spikes float64
	paired, best                       bool
}

// oracle writes cells whose inhibition changes as the test says, by share r(t)
// at 5 and at 60 min, with sweeps that scatter by noise of their mean.
type oracle struct {
	cells, channels, sweeps int
	noise                   float64
	animal                  func(cell int) string
	excite                  func(truth) float64 // E after
	inhibit                 func(truth) float64 // ΔI at 60 min
	early                   float64             // share of it at 5 min
	single                  bool                // one block before pairing, not two
}

func (o oracle) draw(rng *rand.Rand) (out []recordings.Response) {
	for c := range o.cells {
		gain, k := 20+80*rng.Float64(), float64(o.channels)
		list := make([]truth, o.channels)
		best := rng.IntN(o.channels)
		for i := range list {
			t := &list[i]
			t.e0 = gain * (0.4 + 0.6*rng.Float64())
			if i == best {
				t.e0 = 1.3 * gain
			}
			t.best, t.paired = i == best, i == (best+2)%o.channels
			t.i0 = 0.9*t.e0 + 5 + 0.15*gain*rng.NormFloat64()
			t.spikes = rng.Float64()
		}
		var meanE, meanI float64
		for i := range list {
			list[i].e1 = list[i].e0
			if o.excite != nil {
				list[i].e1 = o.excite(list[i])
			}
			meanE, meanI = meanE+list[i].e1/k, meanI+list[i].i0/k
		}
		for i := range list {
			t := &list[i]
			t.meanE1, t.meanI0 = meanE, meanI
			change := 0.
			if o.inhibit != nil {
				change = o.inhibit(*t)
			}
			for p, time := range []float64{-15, -5, 5, 60} {
				if p == 0 && o.single {
					continue
				}
				r := recordings.Response{Animal: fmt.Sprint("animal ", c), Cell: fmt.Sprint("cell ", c), Channel: float64(i),
					Paired: t.paired, Best: t.best, Treatment: recordings.ACh, Time: time, Block: p, Unit: "pA", Status: recordings.Generated}
				if o.animal != nil {
					r.Animal = o.animal(c)
				}
				r.Excitation, r.ErrorE, r.SweepsE = o.measure(rng, []float64{t.e0, t.e0, t.e1, t.e1}[p])
				r.Inhibition, r.ErrorI, r.SweepsI = o.measure(rng, t.i0+[]float64{0, 0, o.early, 1}[p]*change)
				r.Spikes, r.ErrorSpikes, r.SweepsSpikes = o.measure(rng, t.spikes)
				out = append(out, r)
			}
		}
	}
	return out
}

func (o oracle) measure(rng *rand.Rand, mean float64) (value, sem float64, sweeps []float64) {
	n := float64(o.sweeps)
	for range o.sweeps {
		sweeps = append(sweeps, mean*(1+o.noise*rng.NormFloat64()))
		value += sweeps[len(sweeps)-1] / n
	}
	for _, s := range sweeps {
		sem += (s - value) * (s - value) / (n - 1) / n
	}
	return value, math.Sqrt(sem), sweeps
}

// potentiate pairs one channel and takes 3 of every 8 that it gains from the
// seven others, so that β = 3/8.
func potentiate(t truth) float64 {
	if t.paired {
		return t.e0 + 40
	}
	return t.e0 - 15./7
}

func toLine(rate float64) func(truth) float64 {
	return func(t truth) float64 { return rate * (0.8*t.e1 + 7 - t.i0) }
}

func joined(t *testing.T, responses []recordings.Response) []estimate.Cell {
	t.Helper()
	cells, err := estimate.Cells(responses, 20)
	if err != nil {
		t.Fatal(err)
	}
	return cells
}

// Without noise every estimate is the truth.
func TestExact(t *testing.T) {
	t.Parallel()
	const eps = 1e-6
	rng := model.Stream(1, 1)
	o := oracle{cells: 6, channels: 8, sweeps: 4, excite: potentiate, inhibit: toLine(0.6), early: (1 - math.Sqrt(0.4)) / 0.6}
	cells := joined(t, o.draw(rng))
	line, err := estimate.Restore(cells, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "a", line.Slope.Value, 0.8, eps)
	lesson.Near(t, "b", line.Offset.Value, 7, eps)
	lesson.Near(t, "r", line.Rate.Value, 0.6, eps)
	lesson.Near(t, "width", line.Slope.High-line.Slope.Low, 0, eps)
	naive, _ := line.Ordinary(0.8, 7)
	lesson.Near(t, "naive rate", naive.Value, 0.6, eps)

	p, err := estimate.Potentiate(cells, 0, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "β", p.Beta.Value, 3./8, eps)
	p, err = estimate.Potentiate(cells, 0.2, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "β at f = 0.2", p.Beta.Value, 4*15./7/40, eps)

	sides, err := estimate.Gate(cells, 0.95, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "rate with too little", sides.TooLittle.Value, 0.6, eps)
	lesson.Near(t, "rate with too much", sides.TooMuch.Value, 0.6, eps)
	if !(sides.Evoked.Value < 0) {
		t.Errorf("change on spikes with too much inhibition %v, want it negative", sides.Evoked.Value)
	}

	// Half of the logarithm at 30 of 60 min: √0.4 is left at half the time.
	o.early = (1 - math.Pow(0.4, 5./60)) / 0.6
	course, err := estimate.Follow(joined(t, o.draw(rng)), 0.95)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "τ", course.Tau.Value, -60/math.Log(0.4), 1e-3)
	lesson.Near(t, "r at 5 min", course.Share[0].Value, 1-math.Pow(0.4, 5./60), eps)

	o.inhibit = func(c truth) float64 { return (0.2 + 0.5*c.spikes) * (0.8*c.e1 + 7 - c.i0) }
	gate, err := estimate.Gate(joined(t, o.draw(rng)), 0.95, 99, rng)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "η_0", gate.Always.Value, 0.2, 1e-4)
	lesson.Near(t, "η_1", gate.Gated.Value, 0.5, 1e-4)
	lesson.Near(t, "a of the gated law", gate.Slope.Value, 0.8, 1e-4)
	if gate.Gated.P > 0.05 {
		t.Errorf("P of no gate = %v where there is one", gate.Gated.P)
	}
}

// Each rival, without noise and at its true parameters, is chosen and has no loss.
func TestRivalsExact(t *testing.T) {
	for _, x := range []struct {
		name    string
		inhibit func(truth) float64
		want    []float64
	}{
		{"inhibition itself", func(c truth) float64 { return -0.3 * c.i0 }, []float64{-0.3}},
		{"excitation's change", func(c truth) float64 { return 0.5 * (c.e1 - c.e0) }, []float64{0.5}},
		{"cell mean", func(c truth) float64 { return 0.5 * (0.8*c.meanE1 + 7 - c.meanI0) }, []float64{3.5, 0.4, 0.5}},
		{"output rate", func(c truth) float64 { return 12 * (c.spikes - 0.4) }, []float64{-4.8, 12}},
		{"line", toLine(0.5), []float64{3.5, 0.4, 0.5}},
	} {
		o := oracle{cells: 8, channels: 8, sweeps: 4, excite: potentiate, inhibit: x.inhibit}
		r := estimate.InhibitoryLaws(joined(t, o.draw(model.Stream(2, 1)))).Chosen()
		if r.Name != x.name {
			t.Errorf("%s is chosen where %s is true", r.Name, x.name)
			continue
		}
		lesson.Near(t, x.name+": loss", r.Loss, 0, 1e-9)
		for k, v := range x.want {
			lesson.Near(t, fmt.Sprint(x.name, ": parameter ", k), r.Parameters[k], v, 1e-6)
		}
	}
}

// Estimates do not depend on the unit, on the order of the rows, or on how often
// an animal was written down: its cells are one cluster.
func TestInvariance(t *testing.T) {
	t.Parallel()
	responses := oracle{cells: 8, channels: 8, sweeps: 6, noise: 0.2, excite: potentiate, inhibit: toLine(0.6), early: 0.2}.draw(model.Stream(3, 1))
	analyse := func(list []recordings.Response) estimate.Report {
		r, err := estimate.Analyse(list, estimate.Options{Draws: 99}, model.Stream(3, 2))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	same := func(what string, one, two estimate.Report, scale float64) {
		t.Helper()
		a, b := one.Groups[0], two.Groups[0]
		lesson.Near(t, what+": a", b.Restoration.Slope.Low, a.Restoration.Slope.Low, 1e-9)
		lesson.Near(t, what+": b", b.Restoration.Offset.High, scale*a.Restoration.Offset.High, 1e-6)
		lesson.Near(t, what+": r", b.Restoration.Rate.High, a.Restoration.Rate.High, 1e-9)
		lesson.Near(t, what+": P", b.Restoration.P, a.Restoration.P, 1e-12)
		lesson.Near(t, what+": β", b.Excitation.Beta.High, a.Excitation.Beta.High, 1e-9)
		lesson.Near(t, what+": ρ", b.Tuning.Corrected[0].Low, a.Tuning.Corrected[0].Low, 1e-9)
		lesson.Near(t, what+": τ", b.Course.Tau.High, a.Course.Tau.High, 1e-2*a.Course.Tau.High)
		lesson.Near(t, what+": η_1", b.Gating.Gated.Low, a.Gating.Gated.Low, 1e-5)
		lesson.Near(t, what+": r₋", b.Gating.TooMuch.Low, a.Gating.TooMuch.Low, 1e-6)
		if x, y := a.InhibitoryLaws.Chosen().Name, b.InhibitoryLaws.Chosen().Name; x != y {
			t.Errorf("%s: %s chosen, then %s", what, x, y)
		}
	}
	first := analyse(responses)
	scaled, twice := slices.Clone(responses), slices.Clone(responses)
	for k := range scaled {
		r := &scaled[k]
		r.Excitation, r.Inhibition = 0.01*r.Excitation, 0.01*r.Inhibition
		r.ErrorE, r.ErrorI = 0.01*r.ErrorE, 0.01*r.ErrorI
		r.SweepsE, r.SweepsI = slices.Clone(r.SweepsE), slices.Clone(r.SweepsI)
		for i := range r.SweepsE {
			r.SweepsE[i] *= 0.01
			r.SweepsI[i] *= 0.01
		}
	}
	same("in nA", first, analyse(scaled), 0.01)
	for _, r := range responses {
		r.Cell += " again"
		twice = append(twice, r)
	}
	same("every cell twice", first, analyse(twice), 1)
	mixed := slices.Clone(responses)
	model.Stream(3, 3).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	a, b := analyse(mixed).String(), first.String()
	if a != b {
		t.Errorf("in another order:\n%s\nfirst:\n%s", a, b)
	}
	if !strings.Contains(b, "256 generated responses of 8 cells") {
		t.Errorf("the report does not say where its numbers come from:\n%s", b)
	}
}

// Errors of the spikes and of the currents bias neither the gate nor the tuning.
func TestErrorsDoNotBias(t *testing.T) {
	t.Parallel()
	noisy := oracle{cells: 48, channels: 8, sweeps: 6, noise: 0.3, inhibit: func(c truth) float64 { return (0.2 + 0.5*c.spikes) * (0.8*c.e1 + 7 - c.i0) }}
	exact := noisy
	exact.noise = 0
	var gated, corrected []float64
	for run := range uint64(60) {
		cells := joined(t, noisy.draw(model.Stream(7, run)))
		g, err := estimate.Gate(cells, 0.95, 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		gated = append(gated, g.Gated.Value)
		c, err := estimate.Correlate(cells, 0.95, 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		want, err := estimate.Correlate(joined(t, exact.draw(model.Stream(8, run))), 0.95, 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		at := want.Corrected[estimate.Before].Value
		corrected = append(corrected, c.Corrected[estimate.Before].Value-at)
	}
	// The median, for the four numbers come of a ratio, with three of its standard
	// errors, and a percent are what is left with 48 cells.
	slices.Sort(gated)
	n := len(gated)
	lesson.Near(t, "median η_1", gated[n/2], 0.5, 3*1.25/1.35*(gated[3*n/4]-gated[n/4])/math.Sqrt(float64(n)))
	v := experiment.NewInterval(corrected, 0.999)
	lesson.Near(t, "corrected correlation less the true one", v.Mean, 0, v.Half+0.01)
}

// Every cell counts the same, whatever its gain: the correlation of tuning does
// not know the units of a cell.
func TestTuningDoesNotKnowTheGain(t *testing.T) {
	responses := oracle{cells: 4, channels: 8, sweeps: 4, noise: 0.1}.draw(model.Stream(10, 1))
	var rho [2]estimate.Estimate
	for k, gain := range []float64{1, 1000} {
		for i := range responses {
			if r := &responses[i]; r.Cell == "cell 0" {
				r.Excitation, r.ErrorE, r.Inhibition, r.ErrorI = gain*r.Excitation, gain*r.ErrorE, gain*r.Inhibition, gain*r.ErrorI
			}
		}
		tuning, err := estimate.Correlate(joined(t, responses), 0.95, 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		rho[k] = tuning.Corrected[estimate.Before]
	}
	lesson.Near(t, "ρ with a large gain", rho[1].Value, rho[0].Value, 1e-9)
	lesson.Near(t, "its lower bound", rho[1].Low, rho[0].Low, 1e-9)
}

// Where all is relaxed at the first time, or nothing changes, no time constant is
// given.
func TestUnboundedTimeConstant(t *testing.T) {
	for name, o := range map[string]oracle{
		"relaxed at once": {cells: 4, channels: 8, sweeps: 4, inhibit: toLine(1), early: 1},
		"hardly a change": {cells: 4, channels: 8, sweeps: 4, inhibit: toLine(1e-3), early: 1. / 12},
	} {
		c, err := estimate.Follow(joined(t, o.draw(model.Stream(10, 2))), 0.95)
		if err != nil || !math.IsNaN(c.Tau.Value) {
			t.Errorf("%s: τ = %+v, %v", name, c.Tau, err)
		}
	}
}

// What cannot be estimated is said, not left out.
func TestNothingInSilence(t *testing.T) {
	responses := oracle{cells: 4, channels: 4, sweeps: 4, noise: 0.1, excite: potentiate, inhibit: toLine(0.6)}.draw(model.Stream(4, 1))
	for k := range responses {
		if r := &responses[k]; r.Time == 60 && r.Channel == 1 {
			r.Inhibition, r.ErrorI, r.SweepsI = math.NaN(), math.NaN(), nil
		}
	}
	r, err := estimate.Analyse(responses, estimate.Options{Draws: 99}, model.Stream(4, 2))
	if err != nil {
		t.Fatal(err)
	}
	if r.Groups[0].Restoration.Missing != 4 || r.Groups[0].Restoration.Channels != 12 {
		t.Errorf("%d channels used and %d missing, want 12 and 4", r.Groups[0].Restoration.Channels, r.Groups[0].Restoration.Missing)
	}
	if !strings.Contains(r.String(), "note: ACh: restoration, and with it laws of ΔI, gating and time course: 4 channels left out") {
		t.Errorf("no note of the missing channels:\n%v", r)
	}
	for k := range responses {
		responses[k].SweepsI, responses[k].ErrorI = nil, math.NaN()
	}
	if r, err = estimate.Analyse(responses, estimate.Options{Draws: 99}, model.Stream(4, 2)); err != nil || r.Groups[0].Restoration == nil {
		t.Errorf("two blocks need no standard error: %v, %v", r.Notes, err)
	}
	responses = slices.DeleteFunc(responses, func(r recordings.Response) bool { return r.Time == -15 })
	r, err = estimate.Analyse(responses, estimate.Options{Draws: 99}, model.Stream(4, 2))
	if err != nil {
		t.Fatal(err)
	}
	if r.Groups[0].Restoration != nil || !strings.Contains(r.String(), "standard error of inhibition before is unknown") {
		t.Errorf("no note of the unknown standard error:\n%v", r)
	}

	for _, x := range []struct {
		change func([]recordings.Response) []recordings.Response
		option estimate.Options
		want   string
	}{
		{func([]recordings.Response) []recordings.Response { return nil }, estimate.Options{}, "no responses"},
		{func(r []recordings.Response) []recordings.Response { r[5].Unit = "nS"; return r }, estimate.Options{}, `response 5 of animal "animal 0", cell "cell 0" is in "nS", others are in "pA"`},
		{func(r []recordings.Response) []recordings.Response { r[5].Paired = !r[5].Paired; return r }, estimate.Options{}, "channel 1 is paired or best in one response and not in another"},
		{func(r []recordings.Response) []recordings.Response { r[5].Time = math.NaN(); return r }, estimate.Options{}, "time_min = NaN is not finite"},
		{slices.Clone[[]recordings.Response], estimate.Options{Early: -1}, "Options.Early = -1 outside (0, ∞)"},
		{slices.Clone[[]recordings.Response], estimate.Options{Level: 1}, "Options.Level = 1 outside (0, 1)"},
		{slices.Clone[[]recordings.Response], estimate.Options{Coding: 1}, "Options.Coding = 1 outside [0, 1)"},
		{slices.Clone[[]recordings.Response], estimate.Options{Draws: -1}, "Options.Draws = -1 outside [0, ∞)"},
	} {
		_, err := estimate.Analyse(x.change(slices.Clone(responses)), x.option, model.Stream(4, 2))
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("error %v, want %q", err, x.want)
		}
	}
	cells := joined(t, oracle{cells: 1, channels: 4, sweeps: 4, noise: 0.1}.draw(model.Stream(4, 1)))
	if _, err := estimate.Restore(cells, 0.95); err == nil || !strings.Contains(err.Error(), "need two") {
		t.Errorf("one animal: error %v", err)
	}
}

// The same generator gives the same report.
func TestReproducible(t *testing.T) {
	responses := oracle{cells: 5, channels: 6, sweeps: 5, noise: 0.2, excite: potentiate, inhibit: toLine(0.6), early: 0.3}.draw(model.Stream(5, 1))
	var text [2]string
	for k := range text {
		r, err := estimate.Analyse(responses, estimate.Options{Draws: 199}, model.Stream(5, 2))
		if err != nil {
			t.Fatal(err)
		}
		text[k] = r.String()
	}
	if text[0] != text[1] {
		t.Errorf("two analyses of the same data differ:\n%s\n%s", text[0], text[1])
	}
}

// Spikes that are the same in all channels say nothing of a gate: no P value and
// no law of firing, rather than a significant one.
func TestEqualSpikesAreNoGate(t *testing.T) {
	set, err := generate.Typical().Generate(model.Stream(3, 1))
	if err != nil {
		t.Fatal(err)
	}
	for k := range set.Responses {
		r := &set.Responses[k]
		r.Spikes, r.SweepsSpikes = 0, make([]float64, len(r.SweepsSpikes))
	}
	r, err := estimate.Analyse(set.Responses, estimate.Options{Draws: 99}, model.Stream(3, 2))
	if err != nil {
		t.Fatal(err)
	}
	if r.Groups[0].Gating.Gated.N != 0 || !strings.Contains(strings.Join(r.Notes, "\n"), "0 spikes a sweep") {
		t.Errorf("η_1 %+v, notes %q", r.Groups[0].Gating.Gated, r.Notes)
	}
	for _, x := range r.Groups[0].InhibitoryLaws.Rivals {
		if math.IsNaN(x.Loss) || x.Name == "output rate" {
			t.Errorf("law %s has the loss %v", x.Name, x.Loss)
		}
	}
}

// Which animal comes first must not matter where inhibition of one is missing at
// a time: the jackknife leaves out the same animal at all times.
func TestCourseLeavesOutAnAnimalAtAllTimes(t *testing.T) {
	set, err := generate.Typical().Generate(model.Stream(3, 3))
	if err != nil {
		t.Fatal(err)
	}
	tau := func(order string) estimate.Estimate {
		list := slices.Clone(set.Responses)
		for k := range list {
			r := &list[k]
			if r.Animal == set.Responses[0].Animal {
				r.Animal = order
				if r.Time == 5 {
					r.Inhibition, r.SweepsI = math.NaN(), nil
				}
			}
		}
		cells, err := estimate.Cells(list, 20)
		if err != nil {
			t.Fatal(err)
		}
		c, err := estimate.Follow(cells, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		return c.Tau
	}
	first, last := tau(" "), tau("~")
	if !(math.Abs(first.Low-last.Low) < 1e-3*first.Low && math.Abs(first.High-last.High) < 1e-3*first.High) {
		t.Errorf("τ %v … %v with the animal first, %v … %v with it last", first.Low, first.High, last.Low, last.High)
	}
}

// under puts responses under another condition, in cells of their own.
func under(treatment recordings.Treatment, responses []recordings.Response) []recordings.Response {
	for k := range responses {
		r := &responses[k]
		r.Treatment, r.Animal, r.Cell = treatment, fmt.Sprint(treatment, r.Animal), fmt.Sprint(treatment, r.Cell)
	}
	return responses
}

// A "yes" needs a second block or a control that does not show the same.
func TestVerdicts(t *testing.T) {
	plastic := oracle{cells: 8, channels: 8, sweeps: 8, noise: 0.1, excite: potentiate, inhibit: toLine(0.7), early: 0.2}
	single, still := plastic, plastic
	single.single = true
	still.inhibit, still.excite = nil, nil
	one := still
	one.cells = 1
	const line, falls, broken = "inhibition goes to a line", "unpaired excitation falls", "the E/I correlation is broken early"
	for _, x := range []struct {
		name             string
		own, other       oracle
		treatment        recordings.Treatment // of other, if it has cells
		question, answer string
		missing          string
	}{
		{"one block", single, oracle{}, 0, line, "cannot say", "a second block of the baseline"},
		{"one block", single, oracle{}, 0, line, "cannot say", "cells of a control"},
		{"two blocks", plastic, oracle{}, 0, line, "yes", ""},
		{"nothing plastic", still, oracle{}, 0, line, "not shown", ""},
		{"one block, control", single, still, recordings.None, line, "yes", "a second block"},
		{"two blocks, control", plastic, still, recordings.None, line, "yes", ""},
		{"control does the same", plastic, plastic, recordings.None, line, "not shown", ""},
		{"control of one cell", plastic, one, recordings.None, line, "cannot say", "two animals of the control"},
		{"no control", plastic, oracle{}, 0, falls, "cannot say", "cells of a control"},
		{"control", plastic, still, recordings.None, falls, "yes", ""},
		{"control falls", plastic, plastic, recordings.None, falls, "not shown", ""},
		{"noradrenaline", plastic, still, recordings.NE, falls, "yes", ""},
		{"phases of one block", plastic, oracle{}, 0, broken, "cannot say", "a second block in each phase"},
		{"phases of one block", plastic, still, recordings.None, broken, "yes", "a second block in each phase"},
	} {
		all := x.own.draw(model.Stream(12, 1))
		if x.other.cells > 0 {
			all = append(all, under(x.treatment, x.other.draw(model.Stream(12, 2)))...)
		}
		r, err := estimate.Analyse(all, estimate.Options{Draws: 19}, model.Stream(12, 3))
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range r.Group(recordings.ACh).Verdicts {
			if v.Question == x.question && (v.Answer != x.answer || !strings.Contains(strings.Join(v.Missing, ", "), x.missing)) {
				t.Errorf("%s: %v, want %s and missing %q", x.name, v, x.answer, x.missing)
			}
		}
		if text := r.String(); strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
			t.Errorf("%s: a number that is none:\n%s", x.name, text)
		}
	}
}

// Every estimate refuses cells of two conditions together, in a sentence.
func TestConditionsAreNotMixed(t *testing.T) {
	o := oracle{cells: 3, channels: 4, sweeps: 4, noise: 0.1}
	cells := joined(t, append(o.draw(model.Stream(13, 1)), under(recordings.None, o.draw(model.Stream(13, 2)))...))
	if a, b := estimate.Of(cells, recordings.ACh), estimate.Of(cells, recordings.None); len(a) != 3 || len(b) != 3 || a[0].Treatment != recordings.ACh {
		t.Errorf("%d and %d cells, want 3 of each", len(a), len(b))
	}
	_, restore := estimate.Restore(cells, 0.95)
	_, gate := estimate.Gate(cells, 0.95, 0, nil)
	_, course := estimate.Follow(cells, 0.95)
	_, excitation := estimate.Potentiate(cells, 0, 0.95)
	_, tuning := estimate.Correlate(cells, 0.95, 0, nil)
	for name, err := range map[string]error{"Restore": restore, "Gate": gate, "Follow": course, "Potentiate": excitation, "Correlate": tuning} {
		if err == nil || !strings.Contains(err.Error(), "condition") {
			t.Errorf("%s of ACh and none together: %v", name, err)
		}
	}
}

// Spikes of which only mean and standard error are known tell of a gate as well as
// their sweeps.
func TestSpikesWithoutSweeps(t *testing.T) {
	o := oracle{cells: 6, channels: 8, sweeps: 6, noise: 0.1, excite: potentiate, inhibit: func(c truth) float64 { return 0.8 * c.spikes * (0.8*c.e1 + 7 - c.i0) }}
	responses := o.draw(model.Stream(14, 1))
	var gates [2]estimate.Gating
	for k := range gates {
		var err error
		if gates[k], err = estimate.Gate(joined(t, responses), 0.95, 99, model.Stream(14, 2)); err != nil {
			t.Fatal(err)
		}
		for i := range responses {
			responses[i].SweepsSpikes = nil
		}
	}
	lesson.Near(t, "η_1", gates[1].Gated.Value, gates[0].Gated.Value, 1e-9)
	lesson.Near(t, "P", gates[1].Gated.P, gates[0].Gated.P, 0)
}

// Intervals of a correlation stay between −1 and 1, where one by one or all together
// exceed 1 by chance, too, and where it is not known at all.
func TestCorrelationsAreBounded(t *testing.T) {
	o := oracle{cells: 4, channels: 5, sweeps: 4, noise: 0.5}
	beyond, unknown := 0, 0
	for run := range uint64(60) {
		tuning, err := estimate.Correlate(joined(t, o.draw(model.Stream(15, run))), 0.95, 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range tuning.Corrected {
			if math.IsNaN(v.Value) {
				continue
			}
			if !(-1 <= v.Low && v.Low <= v.High && v.High <= 1) {
				t.Errorf("interval %v … %v of %v", v.Low, v.High, v.Value)
			}
			if v.Value > 1 {
				beyond++
			}
			if v.Low == -1 && v.High == 1 {
				unknown++
			}
		}
	}
	if beyond == 0 || unknown == 0 {
		t.Errorf("%d estimates beyond 1, %d not bounded: the test does not reach them", beyond, unknown)
	}
}

// A paired channel that is always the weakest before is noted, one that is not is not.
func TestChosenByTheBaseline(t *testing.T) {
	for _, weakest := range []bool{false, true} {
		responses := oracle{cells: 8, channels: 6, sweeps: 4, noise: 0.1}.draw(model.Stream(16, 1))
		least := map[string]float64{}
		for _, r := range responses {
			if v, ok := least[r.Cell]; r.Time == -15 && (!ok || r.Excitation < v) {
				least[r.Cell] = r.Excitation
			}
		}
		if weakest {
			which := map[string]float64{}
			for _, r := range responses {
				if r.Time == -15 && r.Excitation == least[r.Cell] {
					which[r.Cell] = r.Channel
				}
			}
			for k := range responses {
				responses[k].Paired = responses[k].Channel == which[responses[k].Cell]
			}
		}
		r, err := estimate.Analyse(responses, estimate.Options{Draws: 9}, model.Stream(16, 2))
		if err != nil {
			t.Fatal(err)
		}
		if noted := strings.Contains(strings.Join(r.Notes, "\n"), "weakest excitation before"); noted != weakest {
			t.Errorf("weakest paired: %v, noted: %v", weakest, noted)
		}
	}
}

// Whatever is missing, an analysis ends without a panic, and prints no number that is
// none.
func TestWhateverIsMissing(t *testing.T) {
	t.Parallel()
	for run := range uint64(150) {
		rng := model.Stream(17, run)
		o := oracle{cells: 1 + rng.IntN(5), channels: 1 + rng.IntN(4), sweeps: 1 + rng.IntN(4), noise: 0.3 * rng.Float64(), excite: potentiate, inhibit: toLine(rng.Float64())}
		responses := o.draw(rng)
		share := rng.Float64() * rng.Float64()
		kept := responses[:0]
		for _, r := range responses {
			if rng.Float64() < share {
				r.Excitation, r.ErrorE, r.SweepsE = math.NaN(), math.NaN(), nil
			}
			if rng.Float64() < share {
				r.Inhibition, r.ErrorI, r.SweepsI = math.NaN(), math.NaN(), nil
			}
			if rng.Float64() < share {
				r.Spikes, r.ErrorSpikes, r.SweepsSpikes = math.NaN(), math.NaN(), nil
			}
			if rng.Float64() < share {
				r.ErrorE, r.ErrorI = math.NaN(), math.NaN()
			}
			if run%7 == 0 {
				r.Animal, r.Paired, r.Best = "", false, false
			}
			if run%5 == 0 {
				r.Excitation = 0
			}
			if run%3 == 0 && r.Channel == 0 {
				r.Treatment = recordings.None
			}
			if rng.Float64() > share {
				kept = append(kept, r)
			}
		}
		if len(kept) == 0 {
			continue
		}
		r, err := estimate.Analyse(kept, estimate.Options{Draws: 9}, rng)
		if err != nil {
			t.Errorf("run %d: %v", run, err)
		}
		if text := r.String(); strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
			t.Errorf("run %d: a number that is none:\n%s", run, text)
		}
	}
}
