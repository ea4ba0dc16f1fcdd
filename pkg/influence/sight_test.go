package influence_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"credo/internal/gauss"
	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/experiment"
	"credo/pkg/influence"
	"credo/pkg/model"
	"credo/pkg/theory"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

func hears(t testing.TB, s influence.Sight) influence.Hearing {
	t.Helper()
	h, err := s.Hearing()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Values of an independent program, which iterated the cavity equations.
func TestSightOfPartialCopies(t *testing.T) {
	for _, c := range []struct{ load, r, seen, gain, own, noise float64 }{
		{0.2, 0, 0.25, 4, 1.06025982786, 0.444750265326},
		{0.5, 0, 0.25, 1, 1.35384615385, 3.01724304186},
		{0.5, 0.8, 0.5, 1, 0.841508325476, 0.596629147536},
		{0.5, 0.9, 1, 1, 0.5, 0.0392310460671},
		{0.5, 0.95, 0, 1, 1.0975, 0.51601875},
		{0.5, 0.99, 0.25, 4, 0.959347521608, 0.0762623870606},
		{0.8, 0.5, 0.5, 1, 1.0877793625, 3.81581261395},
		{0.8, 0.95, 0.75, 4, 0.831016567465, 0.876221045053},
	} {
		h := hears(t, influence.Sight{Feedback: influence.Detailed, Load: c.load, CoTuning: c.r, Seen: c.seen, Gain: c.gain})
		lesson.Near(t, fmt.Sprintf("%v: own", c), h.Own, c.own, 1e-9)
		lesson.Near(t, fmt.Sprintf("%v: noise", c), h.Noise, c.noise, 1e-8)
	}
}

// What it must be where it is known otherwise: in an open loop the theory of
// co-tuning; for copies by two routes; with all seen at unit gain and
// independent inputs 1/(1 − α/2).
func TestSightLimits(t *testing.T) {
	for _, load := range []float64{0.1, 0.5, 0.9} {
		for _, r := range []float64{0, 0.5, 0.95} {
			h, want := hears(t, influence.Sight{Feedback: influence.Detailed, Load: load, CoTuning: r, Gain: 3}), influence.CoTuning{Load: load, Degree: r}.Hearing()
			lesson.Near(t, "own at K = 0", h.Own/want.Own, 1, 1e-9)
			lesson.Near(t, "noise at K = 0", h.Noise/want.Noise, 1, 1e-9)
		}
		for _, seen := range []float64{0, 0.3, 1} {
			near := hears(t, influence.Sight{Feedback: influence.Detailed, Load: load, CoTuning: 1 - 1e-9, Seen: seen, Gain: 2})
			copies := hears(t, influence.Sight{Feedback: influence.Detailed, Load: load, CoTuning: 1, Seen: seen, Gain: 2})
			if copies != hears(t, influence.Sight{Feedback: influence.Delta, Load: load, Seen: seen, Gain: 2}) {
				t.Error("the delta rule is not as copies")
			}
			lesson.Near(t, "own, copies", near.Own, copies.Own, 1e-6)
			lesson.Near(t, "noise, copies", near.Noise, copies.Noise, 1e-5)
			lesson.Near(t, "N_eff − 1, copies", copies.Number()-1, seen*(1-seen)/((3-seen)*(3-seen)), 1e-12)
		}
		lesson.Near(t, "N_eff, all seen", hears(t, influence.Sight{Feedback: influence.Detailed, Load: load, Seen: 1, Gain: 1}).Number(), 1/(1-load/2), 1e-9)
		lesson.Near(t, "N_eff, none", hears(t, influence.Sight{Load: load}).Number(), 1+load, 1e-12)
		// Law 1: stopped at the best moment, P−K patterns on N−K channels in an open loop.
		at := influence.Sight{Load: load, Seen: 0.4, Gain: 20}
		open := influence.Sight{Load: load * 0.6 / (1 - 0.4*load)}
		lesson.Near(t, "N_eff, law 1", hears(t, at).Number(), hears(t, open).Number(), 1e-12)
		// and no other moment is better.
		for _, time := range []float64{0.8, 1.25} {
			at.Time = time / (1 - 0.4*load)
			if hears(t, at).Number() <= hears(t, open).Number() {
				t.Errorf("load %v: at τ = %v it errs less than at 1", load, time)
			}
		}
		// Law 2: never stopped, the more is seen the worse.
		for k, last := 0.1, 1+load; k < 1; k += 0.1 {
			n := hears(t, influence.Sight{Load: load, Seen: k, Gain: 1, Time: math.Inf(1)}).Number()
			if n <= last {
				t.Errorf("load %v: %v seen for ever is no worse than less, N_eff = %v", load, k, n)
			}
			last = n
		}
	}
	// Who instructs a share 1 − k of the components and sees nothing: 1/(1−k) by copies, (1+α)/(1−k) without.
	lesson.Near(t, "N_eff, instruction, copies", hears(t, influence.Sight{Feedback: influence.Detailed, Load: 0.5, CoTuning: 1, Seen: 0.75}).Number(), 4, 1e-12)
	lesson.Near(t, "N_eff, instruction, none", hears(t, influence.Sight{Load: 0.5, Seen: 0.75, Time: 8}).Number(), 6, 1e-12)
	lesson.Near(t, "N_eff, all seen", hears(t, influence.Sight{Load: 0.5, Seen: 1, Gain: 1, Time: 8}).Number(), 1, 1e-12)
	// Independent of the task's coding, the error is a Gaussian's.
	h := influence.Hearing{Own: 2, Noise: 2}
	lesson.Near(t, "error", h.Error(0.2), gauss.CDF(-0.5/math.Sqrt(0.5*0.16)), 1e-12)
}

// The theory against operators of random tasks, N_eff − 1 within the interval of
// 99.9 % and a twentieth, which is its correction by finite P f and N − P: all
// that is left at N = 200.
func TestSightAgainstOperators(t *testing.T) {
	lesson.Long(t)
	const patterns, runs = 100, 24
	worst := 0.
	for k, s := range []influence.Sight{
		{Feedback: influence.None, CoTuning: 1, Seen: 0.25, Gain: 1, Time: 64}, {Feedback: influence.None, CoTuning: 1, Seen: 0.5, Gain: 1, Time: 64},
		{Feedback: influence.None, CoTuning: 1, Seen: 0.75, Gain: 1, Time: 64}, {Feedback: influence.None, CoTuning: 1, Seen: 0.5, Gain: 20},
		{Feedback: influence.Global, CoTuning: 1, Seen: 0.5, Gain: 1, Time: 64},
		{Feedback: influence.Detailed, CoTuning: 0, Seen: 0.25, Gain: 1}, {Feedback: influence.Detailed, CoTuning: 0, Seen: 0.75, Gain: 1},
		{Feedback: influence.Detailed, CoTuning: 0, Seen: 1, Gain: 1}, {Feedback: influence.Detailed, CoTuning: 0.8, Seen: 0.5, Gain: 4},
		{Feedback: influence.Detailed, CoTuning: 0.95, Seen: 0.5, Gain: 1}, {Feedback: influence.Detailed, CoTuning: 0.95, Seen: 0.9, Gain: 1},
		{Feedback: influence.Detailed, CoTuning: 0.99, Seen: 0.25, Gain: 1},
	} {
		s.Load = 0.5
		var number []float64
		for run := range uint64(runs) {
			a := draw(t, task(2*patterns, patterns, s.CoTuning), 1000*uint64(k)+run)
			o := observer(patterns, int(s.Seen*patterns), s.Gain, 1000*uint64(k)+run)
			m, err := o.Operator(s.Feedback, a)
			if s.Feedback != influence.Detailed {
				time := s.Time
				if time == 0 {
					time = 1 / (1 - s.Load*s.Seen)
				}
				m, err = o.After(s.Feedback, a, time/0.16)
			}
			if err != nil {
				t.Fatal(err)
			}
			number = append(number, influence.MeasureCentred(centredBoth(m)).Number()-1)
		}
		got, want := experiment.NewInterval(number, 0.999), hears(t, s).Number()-1
		if off := math.Abs(got.Mean/want - 1); !(off <= 0.05+got.Half/want) || got.Half > 0.1*want {
			t.Errorf("%+v: N_eff − 1 = %v, want %v", s, got, want)
		}
		worst = max(worst, math.Abs(got.Mean/want-1))
	}
	t.Logf("largest relative error of N_eff − 1: %.3f", worst)
}

// centredBoth takes from potentials what all patterns share, too, which parts no classes.
func centredBoth(m *mat.Dense) mat.Matrix {
	p, _ := m.Dims()
	c := mat.DenseCopyOf(m)
	for nu := range p {
		mean := stat.Mean(mat.Col(nil, nu, m), nil)
		for mu := range p {
			c.Set(mu, nu, c.At(mu, nu)-mean)
		}
	}
	return c
}

// Components that do not sum to 0 over patterns drive all patterns alike by
// their differences, which inputs that are no copies do not hear alike: by
// a quarter to a half more is heard at f = 1/2, at any number of channels.
func TestComponentsWithAMean(t *testing.T) {
	lesson.Long(t)
	s := influence.Sight{Feedback: influence.Detailed, Load: 0.5, Seen: 0.5, Gain: 1}
	var with, without []float64
	for run := range uint64(16) {
		c := task(200, 100, 0)
		c.Coding = 0.5
		a, rng := draw(t, c, 2000+run), model.Stream(14, run)
		normal := mat.NewDense(100, 50, nil)
		for k := range normal.RawMatrix().Data {
			normal.RawMatrix().Data[k] = rng.NormFloat64()
		}
		var qr mat.QR
		qr.Factorize(normal)
		var q mat.Dense
		qr.QTo(&q)
		for k, components := range []*mat.Dense{mat.DenseCopyOf(q.Slice(0, 100, 0, 50)), observer(100, 50, 1, run).Components} {
			m, err := influence.Observer{Components: components, Gain: 1}.Operator(influence.Detailed, a)
			if err != nil {
				t.Fatal(err)
			}
			n := (influence.MeasureCentred(m).Number() - 1) / (hears(t, s).Number() - 1)
			if k == 0 {
				with = append(with, n)
			} else {
				without = append(without, n)
			}
		}
	}
	lesson.Near(t, "N_eff − 1 over theory, components of sum 0", stat.Mean(without, nil), 1, 0.05)
	if m := stat.Mean(with, nil); !(m > 1.2) {
		t.Errorf("N_eff − 1 over theory, any components: %v, and must be above 1.2", m)
	}
}

// Trained pattern by pattern, by the rules, from a neuron at balance and with
// no weight at its bound: own share and noise over theory.
func TestTrainedSight(t *testing.T) {
	lesson.Long(t)
	for k, s := range []influence.Sight{
		{Feedback: influence.None, CoTuning: 1, Seen: 0.5, Gain: 1, Time: 32},
		{Feedback: influence.Detailed, CoTuning: 1, Seen: 0.5, Gain: 1},
		{Feedback: influence.Detailed, CoTuning: 0.95, Seen: 0.5, Gain: 1},
		{Feedback: influence.Detailed, CoTuning: 0, Seen: 0.5, Gain: 1},
	} {
		s.Load = 0.5
		duration := 250.
		if s.Time > 0 {
			duration = s.Time / 0.16
		}
		v, err := influence.Trial{
			Feedback: s.Feedback, Task: task(160, 80, s.CoTuning), Seen: 40, Gain: s.Gain,
			Weight: 500, Rate: 0.05, Duration: duration, Seed: 3000 + uint64(k),
		}.Measure(t.Context(), 32, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := math.Pow(hears(t, s).Separation(0.2), -2)
		_, half := v.Crosstalk.At(0.999)
		lesson.Near(t, fmt.Sprintf("%d: d′⁻² over theory", k), v.Crosstalk.Mean/want, 1, half/want)
		lesson.Near(t, fmt.Sprintf("%d: half-width", k), half/want, 0, 0.35)
		lesson.Near(t, "weights at 0", v.AtZero.Mean, 0, 0)
	}
}

// K* in closed form without plastic inhibition, and values of an independent
// program for copies in part.
func TestNeeded(t *testing.T) {
	z := -quantile(0.01)
	nu := 1 / (4 * z * z * 0.16)
	needed := func(s influence.Sight) float64 {
		t.Helper()
		k, err := s.Needed(0.01, 0.2)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	for _, load := range []float64{0.2, 0.3, 0.5, 0.8, 0.95} {
		lesson.Near(t, "K*/P, none", needed(influence.Sight{Load: load, Gain: 1}), max(0, (1-nu/load)/(1-nu)), 1e-9)
		forever := 1.
		if load < nu {
			forever = 0
		}
		lesson.Near(t, "K*/P, none, never stopped", needed(influence.Sight{Load: load, Gain: 1, Time: math.Inf(1)}), forever, 0)
		lesson.Near(t, "K*/P, copies", needed(influence.Sight{Feedback: influence.Detailed, CoTuning: 1, Load: load, Gain: 1}), 0, 0)
	}
	for _, c := range []struct{ load, r, gain, want float64 }{
		{0.3, 0.8, 10, 0.278607777394}, {0.5, 0, 10, 0.845403842123}, {0.5, 0.9, 1, 0.907003115896}, {0.5, 0.9, 10, 0.605535416067},
		{0.5, 0.95, 10, 0.329861665768}, {0.5, 0.99, 10, 0}, {0.8, 0.99, 10, 0.845667779638}, {0.5, 0, 1, math.Inf(1)},
	} {
		k := needed(influence.Sight{Feedback: influence.Detailed, Load: c.load, CoTuning: c.r, Gain: c.gain})
		if k != c.want {
			lesson.Near(t, fmt.Sprintf("%v: K*/P", c), k, c.want, 1e-8)
		}
	}
}

// quantile is the standard normal quantile, by bisection of its distribution.
func quantile(p float64) float64 {
	low, high := -10., 10.
	for range 200 {
		if mid := (low + high) / 2; gauss.CDF(mid) < p {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// Above N patterns potentials come to rest if the teacher sees what is too many,
// but patterns may send one another ever more.
func TestSightAboveCapacity(t *testing.T) {
	s := influence.Sight{Feedback: influence.Detailed, Load: 1.2, Seen: 0.95, Gain: 1}
	var own []float64
	for run := range uint64(2) {
		a := draw(t, task(200, 240, 0), 4000+run)
		m, err := observer(240, 228, 1, run).Operator(influence.Detailed, a)
		if err != nil {
			t.Fatal(err)
		}
		own = append(own, influence.MeasureCentred(m).Own)
	}
	lesson.Near(t, "own", stat.Mean(own, nil), hears(t, s).Own, 0.01)
	s.Seen = 0.1
	_, err := s.Hearing()
	refusal.Mentions(t, err, "(P−K)/N = 1.08 outside (0, 1)")
	s = influence.Sight{Feedback: influence.Detailed, Load: 1.5, CoTuning: 0.9, Seen: 0.9, Gain: 1}
	if n := hears(t, s).Number(); !math.IsInf(n, 1) {
		t.Errorf("N_eff = %v where what is heard adds up without end", n)
	}
}

func TestSightRefuses(t *testing.T) {
	for want, s := range map[string]influence.Sight{
		"Feedback(9)":                    {Feedback: 9, Load: 1},
		"Sight.Load = 0":                 {},
		"Sight.CoTuning = 2":             {Load: 1, CoTuning: 2},
		"Sight.Seen = -1":                {Load: 1, Seen: -1},
		"Sight.Gain = -1":                {Load: 1, Gain: -1},
		"Sight.Time = -1":                {Load: 1, Time: -1},
		"αk = 1.5 outside [0, 1)":        {Load: 3, Seen: 0.5},
		"load P/N = 1.1 outside (0, 1]":  {Feedback: influence.Delta, Load: 1.1},
		"(P−K)/N = 1.1 outside (0, 1)":   {Feedback: influence.Detailed, Load: 1.1},
		"Sight.Load = NaN outside (0, ∞": {Load: math.NaN()},
	} {
		_, err := s.Hearing()
		refusal.Mentions(t, err, want)
	}
	_, err := influence.Sight{Load: 1}.Needed(0.5, 0.2)
	refusal.Mentions(t, err, "error δ = 0.5")
	_, err = influence.Sight{Load: 1}.Needed(0.1, 0)
	refusal.Mentions(t, err, "f_Y = 0")
	_, err = influence.Sight{}.Needed(0.1, 0.2)
	refusal.Mentions(t, err, "Sight.Load = 0")
}

// Each doubt alone, and none where all is well.
func TestDoubts(t *testing.T) {
	all := theory.Setting{Task: task(200, 100, 0.95), Duration: 300, Weight: 300}
	partly := influence.Sight{Feedback: influence.Detailed, Load: 0.5, CoTuning: 0.95, Seen: 0.5, Gain: 1}
	none := influence.Sight{Load: 0.5, Seen: 0.5, Gain: 1, Time: math.Inf(1)}
	for _, s := range []influence.Sight{partly, none} {
		if d := s.Doubts(all); len(d) != 0 {
			t.Errorf("%v: %q", s, d)
		}
	}
	for want, spoil := range map[string]func(*influence.Sight, *theory.Setting){
		"active patterns per channel":             func(_ *influence.Sight, t *theory.Setting) { t.Task.Coding, t.Duration, t.Weight = 0.05, 1000, 3000 },
		"30 channels more than":                   func(_ *influence.Sight, t *theory.Setting) { t.Task.Patterns = 170 },
		"2 components are not seen, of which one": func(s *influence.Sight, _ *theory.Setting) { *s = none; s.Seen = 0.98 },
		"the slowest component":                   func(_ *influence.Sight, t *theory.Setting) { t.Duration = 50 },
		"0.092 of the weights are at 0":           func(_ *influence.Sight, t *theory.Setting) { t.Weight = 45 },
		"Sight.Load = 0":                          func(s *influence.Sight, _ *theory.Setting) { s.Load = 0 },
		"Channels = 0":                            func(_ *influence.Sight, t *theory.Setting) { t.Task.Channels = 0 },
	} {
		s, at := partly, all
		spoil(&s, &at)
		d := s.Doubts(at)
		if len(d) != 1 {
			t.Errorf("%s: %d doubts, %q", want, len(d), d)
			continue
		}
		refusal.Mentions(t, fmt.Errorf("%s", d[0]), want)
	}
}

// The four readings of given operators, and in theory: all but N_eff and K* rise
// with balance.
func TestReadings(t *testing.T) {
	c := task(400, 200, 1)
	a := draw(t, c, 80)
	for _, k := range []influence.Feedback{influence.None, influence.Global, influence.Detailed, influence.Delta} {
		want, err := k.Readings(c)
		if err != nil {
			t.Fatal(err)
		}
		got := influence.MeasureReadings(operator(t, k, a), k == influence.Global)
		lesson.Near(t, k.String()+": participation ratio", got.Participation/want.Participation, 1, 0.05)
		lesson.Near(t, k.String()+": degrees of freedom", got.Freedom/want.Freedom, 1, 0.08)
		lesson.Near(t, k.String()+": N_eff", got.Signals/want.Signals, 1, 0.05)
		growing, err := influence.Observer{}.Growing(k, a)
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, k.String()+": K*", want.Components, float64(growing), 0)
	}
	_, err := influence.Detailed.Readings(task(400, 200, 0.5))
	refusal.Mentions(t, err, "CoTuning = 0.5")
	_, err = influence.None.Readings(task(40, 200, 1))
	refusal.Mentions(t, err, "200 patterns on 40 channels")
	_, err = influence.Feedback(9).Readings(c)
	refusal.Mentions(t, err, "Feedback(9)")
	if r := influence.MeasureReadings(mat.NewDense(2, 2, []float64{math.NaN(), 0, 0, 1}), false); !math.IsNaN(r.Freedom) {
		t.Errorf("%+v of an operator with NaN", r)
	}
}

// A trial is its parts, done by hand; what it is given wrongly it refuses.
func TestTrial(t *testing.T) {
	c := influence.Trial{Feedback: influence.Detailed, Task: task(60, 20, 0.9), Seen: 5, Gain: 2, Weight: 50, Offset: 0.3, Rate: 0.1, Duration: 4, Seed: 9}
	altered := 0
	a, n, err := c.Run(t.Context(), 1, func(*model.Associations, *model.Learner) { altered++ })
	if err != nil {
		t.Fatal(err)
	}
	rng := model.Stream(9, 2)
	b, err := c.Task.Draw(rng)
	if err != nil {
		t.Fatal(err)
	}
	o := influence.Observer{Components: influence.RandomComponents(20, 5, rng), Gain: 2}
	m, err := influence.Poised(b, 50, 0.3)
	if err != nil {
		t.Fatal(err)
	}
	l, err := o.Learner(influence.Detailed, m, b, influence.Drive(b, 0.2, 0), 0.3, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Train(t, l, b, 40, model.Stream(9, 3))
	if altered != 1 || !slices.Equal(n.Potentials(a), m.Potentials(b)) {
		t.Errorf("altered %d times; potentials differ", altered)
	}
	out, err := c.Measure(t.Context(), 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, other, err := c.Run(t.Context(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	first, _, _, _ := c.Draw(0)
	both := (influence.Misclassified(a, n.Potentials(a)) + influence.Misclassified(first, other.Potentials(first))) / 2
	lesson.Near(t, "error", out.Error.Mean, both, 1e-12)
	c.Weight = 0
	_, err = c.Measure(t.Context(), 2, nil)
	refusal.Mentions(t, err, "weight = 0")
	c.Weight, c.Gain = 1, -1
	_, err = c.Measure(t.Context(), 2, nil)
	refusal.Mentions(t, err, "Observer.Gain = -1")
	c.Task.Coding = 0
	_, err = c.Measure(t.Context(), 2, nil)
	refusal.Mentions(t, err, "Coding = 0")
}
