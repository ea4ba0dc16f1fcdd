package experiment_test

import (
	"math"
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// No teacher says nothing; acetylcholine at ρ = 0.825 says 0.512 bits; reward,
// error and target, with the output, all of H(Y) = h(0.2) = 0.722 bits. At an
// output of one half a reward alone would say nothing.
func TestBits(t *testing.T) {
	want := map[string]float64{"Hebb, homeostasis": 0, "target-only ACh": 0.512, "target-only ACh, gated": 0.512}
	all := experiment.Information(model.Modulator{Probability: 1}, 0.2)
	for _, r := range experiment.Rungs() {
		bits, told := r.Bits(0.5), want[r.Name]
		if _, listed := want[r.Name]; !listed {
			told = all
		}
		if math.Abs(bits-told) > 5e-4 {
			t.Errorf("%s: %v bits, want %v", r.Name, bits, told)
		}
		if r.Told != nil && !math.IsNaN(r.Bits(1.1)) {
			t.Errorf("%s: bits at P(y=1) = 1.1", r.Name)
		}
	}
	// Acetylcholine: the output adds nothing to release, whatever it is.
	r := experiment.Rungs()[1]
	for _, p := range []float64{0, 0.2, 1} {
		if got, want := r.Bits(p), experiment.Information(r.Circuit.ACh, 0.2); math.Abs(got-want) > 1e-14 {
			t.Errorf("output %v: %v bits, want %v", p, got, want)
		}
	}
	r.Circuit.ACh.Coupling = 0.5
	if !math.IsNaN(r.Bits(0.2)) {
		t.Error("bits of a release that depends on the potential")
	}
}

// ear counts what is told, by output and target.
type ear struct {
	rung  experiment.Rung
	joint [2]map[float64][]float64
}

func (e *ear) hear(s *model.Signals) {
	y := int(s.Output)
	if e.joint[y] == nil {
		e.joint[y] = map[float64][]float64{}
	}
	told := e.rung.Told(s)
	if e.joint[y][told] == nil {
		e.joint[y][told] = make([]float64, 2)
	}
	if s.Target {
		e.joint[y][told][1]++
	} else {
		e.joint[y][told][0]++
	}
}

// Bits is what counting finds while a neuron that does not learn is taught, its
// output having nothing to do with the target.
func TestBitsAgainstCounts(t *testing.T) {
	t.Parallel()
	for k, r := range experiment.Rungs()[1:] {
		if testing.Short() && k%3 != 0 { // acetylcholine, burst, delta rule
			continue
		}
		a, err := model.Task{Channels: 40, Patterns: 4000, Coding: 0.2, TargetCoding: 0.2}.Draw(model.Stream(72, 0))
		if err != nil {
			t.Fatal(err)
		}
		e := &ear{rung: r}
		l := r.Circuit.Learner(model.NewNeuron(40, 3), 0)
		l.ACh.Disinhibition, l.NE.Disinhibition = 0, 0 // output by inputs alone
		l.Excitatory, l.Inhibitory = []model.Rule{model.Observer(e.hear)}, nil
		if _, err := l.Train(t.Context(), a, 10, model.Stream(72, 1)); err != nil {
			t.Fatal(err)
		}
		bits, n, fired := 0., 0., 0.
		for y, joint := range e.joint {
			var rows [][]float64
			count := 0.
			for _, row := range joint {
				rows = append(rows, row)
				count += row[0] + row[1]
			}
			bits += count * experiment.MutualInformation(rows)
			n += count
			fired += count * float64(y)
		}
		// 4000 patterns tell H(Y) given y to about 1/(2·4000 ln 2).
		if got, want := bits/n, r.Bits(fired/n); math.Abs(got-want) > 0.01 {
			t.Errorf("%s: %.4f bits by counting, %.4f expected at P(y=1) = %.2f", r.Name, got, want, fired/n)
		}
	}
}

// climb is a short comparison of small neurons.
var climb = experiment.Climb{Channels: 60, Trials: 150000, Rate: 0.1, Tolerance: 0.01, Seed: 73}

// measured is the largest load that 6 neurons store, and their errors.
func measured(t *testing.T, r experiment.Rung, loads ...float64) (largest experiment.Interval, errors []experiment.Interval) {
	t.Helper()
	largest, errors, err := climb.Measure(t.Context(), r, loads, 6)
	if err != nil {
		t.Fatal(err)
	}
	return largest, errors
}

// Every rung with a teacher stores half as many patterns as channels. Without
// one a neuron fires for a fifth of the patterns by its own choice, and errs on
// 2 f_Y (1−f_Y) = 0.32 of them.
func TestWhatRungsStore(t *testing.T) {
	t.Parallel()
	for k, r := range experiment.Rungs() {
		if testing.Short() && k%3 != 0 { // no teacher, reward, perceptron
			continue
		}
		largest, errors := measured(t, r, 0.25, 0.5)
		if k == 0 {
			if math.Abs(errors[1].Mean-0.32) > errors[1].Half+0.02 || largest.Mean != 0 {
				t.Errorf("%s: errors %v, largest load %v", r.Name, errors, largest)
			}
			continue
		}
		if errors[1].Mean > 0.002 || largest.Mean != 0.5 || largest.Half != 0 {
			t.Errorf("%s: errors %v, largest load %v", r.Name, errors, largest)
		}
	}
}

// A silent neuron is driven up on average only if its baseline exceeds 1 − f_Y,
// the reward of silence; silent, it errs on f_Y.
func TestBaselineOfSilence(t *testing.T) {
	t.Parallel()
	at := func(baseline float64) float64 {
		r := experiment.Rungs()[slices.IndexFunc(experiment.Rungs(), func(r experiment.Rung) bool { return r.Name == "reward" })]
		r.Circuit.Excitatory = []model.Rule{rules.Reward{Rate: 1, Baseline: baseline, MeanOutput: 0.2}}
		r.Circuit.Inhibitory = []model.Rule{rules.Reward{Rate: -1, Baseline: baseline, MeanOutput: 0.2}}
		_, errors := measured(t, r, 0.9)
		return errors[0].Mean
	}
	if e := at(0.5); math.Abs(e-11./54) > 1e-12 { // round(0.2 · 54) = 11 patterns
		t.Errorf("baseline below 1 − f_Y: error %v", e)
	}
	if e := at(0.9); e > 0.03 {
		t.Errorf("baseline above 1 − f_Y: error %v", e)
	}
}

// Measure is the study's runs, one by one, and the crossing of their errors.
func TestMeasureIsTheStudy(t *testing.T) {
	r := experiment.Rungs()[1]
	loads := []float64{0.5, 1.5}
	short := climb
	short.Trials = 20000
	largest, errors, err := short.Measure(t.Context(), r, loads, 3)
	if err != nil {
		t.Fatal(err)
	}
	var sum, cross float64
	for i := range 3 {
		var e []float64
		for _, load := range loads {
			run, err := short.Study(r, load).Run(t.Context(), i)
			if err != nil {
				t.Fatal(err)
			}
			_, end := run.History[len(run.History)*3/4:].Recall()
			e = append(e, end.Error)
		}
		sum, cross = sum+e[1]/3, cross+experiment.Crossing(loads, e, 0.01)/3
	}
	if math.Abs(errors[1].Mean-sum) > 1e-12 || math.Abs(largest.Mean-cross) > 1e-12 {
		t.Errorf("error %v and load %v, by hand %v and %v", errors[1].Mean, largest.Mean, sum, cross)
	}
	_, _, err = short.Measure(t.Context(), r, nil, 3)
	refusal.Mentions(t, err, "0 loads")
	_, _, err = short.Measure(t.Context(), r, []float64{0}, 3)
	refusal.Mentions(t, err, "Patterns")
}

func TestCrossing(t *testing.T) {
	for _, c := range []struct {
		y    []float64
		want float64
	}{
		{[]float64{0, 0, 1}, 1.25}, {[]float64{0, 0.25, 1}, 1}, {[]float64{0, 0.5, 0}, 0.5}, {[]float64{0.25, 0.5, 1}, 0},
	} {
		if got := experiment.Crossing([]float64{0, 1, 2}, c.y, 0.25); !(math.Abs(got-c.want) <= 1e-15) { // not NaN
			t.Errorf("%v: %v, want %v", c.y, got, c.want)
		}
	}
	for _, y := range [][]float64{{0, 0, 0}, {1, 1, 1}} {
		if got := experiment.Crossing([]float64{0, 1, 2}, y, 0.25); !math.IsNaN(got) {
			t.Errorf("%v: %v, want NaN", y, got)
		}
	}
	refusal.Panics(t, func() { experiment.Crossing([]float64{1}, nil, 0) }, "1 abscissae", "0 ordinates")
}

// The rungs are circuits that pass their own checks.
func TestRungsCheck(t *testing.T) {
	for _, r := range experiment.Rungs() {
		if err := r.Circuit.Check(); err != nil {
			t.Errorf("%s: %v", r.Name, err)
		}
	}
}

// A release that errs says as much as Information says, whatever the output.
func TestBitsOfErrors(t *testing.T) {
	r := experiment.Rungs()[1]
	r.Circuit.ACh.Error = 0.1
	lesson.Near(t, "bits", r.Bits(0.3), experiment.Information(r.Circuit.ACh, 0.2), 1e-14)
}

// An error of just Tolerance is stored.
func TestToleratedIsStored(t *testing.T) {
	exact := climb
	exact.Tolerance, exact.Trials = 0, 20000
	largest, errors, err := exact.Measure(t.Context(), experiment.Rungs()[7], []float64{0.1, 0.2}, 2)
	if err != nil || errors[0].Mean != 0 || errors[1].Mean != 0 || largest.Mean != 0.2 {
		t.Errorf("errors %v, largest load %v, %v", errors, largest, err)
	}
}

// A teacher that names the target to a neuron that fires, and says nothing to
// one that does not, says H(Y) as often as the neuron fires.
func TestBitsOfOutput(t *testing.T) {
	r := experiment.Rungs()[1]
	r.Told = func(s *model.Signals) float64 {
		if s.Output == 1 && s.Target {
			return 1
		}
		return 0
	}
	lesson.Near(t, "bits", r.Bits(0.3), 0.3*experiment.Information(model.Modulator{Probability: 1}, 0.2), 1e-12)
}
