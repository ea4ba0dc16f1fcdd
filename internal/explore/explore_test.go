package explore

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"credo/pkg/theory"
)

// told is a dialogue until there is nothing more to say.
func told(t *testing.T, d *Dialogue) (all []Answer) {
	t.Helper()
	for {
		answer, more := d.Step()
		if answer != nil {
			all = append(all, *answer)
		}
		if !more {
			return all
		}
	}
}

// The last of each that is said, and each figure as it is last.
func last(all []Answer) (a Answer, figures map[string]Figure) {
	figures = map[string]Figure{}
	for _, b := range all {
		if b.Verdict != nil {
			a.Verdict, a.Learnable = b.Verdict, b.Learnable
		}
		if b.Regime != "" {
			a.Regime, a.Derivation, a.Broken = b.Regime, b.Derivation, b.Broken
		}
		for _, f := range b.Figures {
			figures[f.Name] = f
		}
		a.Number, a.Error, a.Score, a.Epoch, a.Epochs, a.Done = b.Number, b.Error, b.Score, b.Epoch, b.Epochs, b.Done
	}
	return a, figures
}

// quick is a setting whose neuron learns in a moment.
func quick(more map[string]float64) map[string]float64 {
	v := map[string]float64{"rate": 1, "load": 0.2}
	for name, x := range more {
		v[name] = x
	}
	return v
}

// Below b_min and beyond b_max the sentence says so, in the window not, and resting
// points follow. The edges are those of the condition, by name.
func TestDialogueFollows(t *testing.T) {
	var d Dialogue
	d.Ask(Request{Number: 1, Values: quick(nil)})
	inside, figures := last(told(t, &d))
	if !inside.Done || !inside.Learnable || inside.Error != "" || !strings.Contains(strings.Join(inside.Verdict, " "), "the circuit learns") || len(figures) != 5 {
		t.Fatalf("%+v, %d figures", inside, len(figures))
	}
	for b, want := range map[float64]string{0.03: "below b_min", 0.75: "above b_max"} {
		d.Ask(Request{Number: 2, Values: quick(map[string]float64{"offset": b})})
		outside, moved := last(told(t, &d))
		if outside.Number != 2 || outside.Learnable || !strings.Contains(strings.Join(outside.Verdict, " "), want) || !strings.Contains(strings.Join(outside.Verdict, " "), "does not learn") {
			t.Errorf("b = %v: %+v", b, outside)
		}
		if moved["force"].Alt == figures["force"].Alt || moved["force"].SVG == figures["force"].SVG {
			t.Errorf("b = %v: the resting points are as before: %s", b, moved["force"].Alt)
		}
	}
}

// Slices of whatever length, with requests between them, teach what one training does.
func TestSlices(t *testing.T) {
	d, err := designed(quick(nil))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := d.Study().Run(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	var courses []course
	for _, budget := range []time.Duration{1, time.Millisecond, time.Second} {
		l, err := newLearning(d)
		for err == nil && !l.done() {
			err = l.step(context.Background(), budget)
		}
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(l.learner.Neuron, whole.Learner.Neuron) {
			t.Errorf("slices of %v: other weights than in one training", budget)
		}
		courses = append(courses, l.course)
	}
	for _, c := range courses[1:] {
		if !reflect.DeepEqual(c, courses[0]) {
			t.Error("what is shown depends on the slices")
		}
	}
	if c := courses[0]; c.time[len(c.time)-1] != Duration || c.error[len(c.error)-1] != whole.Learner.Neuron.Recall(whole.Associations).Error {
		t.Error("the last time shown is not the end")
	}
}

// A new request makes the rest of the last one void, and takes over the edges of the
// window only where they are the same.
func TestNewestCounts(t *testing.T) {
	var d Dialogue
	d.Ask(Request{Number: 1, Values: quick(nil)})
	for range 3 {
		d.Step()
	}
	d.Ask(Request{Number: 2, Values: quick(map[string]float64{"offset": 0.1})})
	all := told(t, &d)
	if len(all) == 0 || all[0].Number != 2 {
		t.Fatalf("%+v", all)
	}
	got, gotFigures := last(all)
	var fresh Dialogue
	fresh.Ask(Request{Number: 2, Values: quick(map[string]float64{"offset": 0.1})})
	want, wantFigures := last(told(t, &fresh))
	if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(gotFigures, wantFigures) {
		t.Error("what is said depends on what was asked before")
	}
	d.Ask(Request{Number: 3, Values: quick(map[string]float64{"hebbian": 0.1})})
	told(t, &d)
	if e := d.state.edges; len(e.rho) != rhos || e.lower[0] == fresh.state.edges.lower[0] {
		t.Error("the edges are those of another Hebbian rate")
	}
}

// The numbers in the words are those of the theory.
func TestNumbers(t *testing.T) {
	s, err := New(map[string]float64{"offset": 0.1})
	if err != nil {
		t.Fatal(err)
	}
	c, err := theory.Must(s.design.Circuit).Condition()
	if err != nil {
		t.Fatal(err)
	}
	if s.design.Circuit.Balance.Offset != 0.1 || s.design.Task.Channels != Channels || s.design.Task.Patterns != Channels/2 {
		t.Errorf("%+v", s.design)
	}
	for more := true; more; {
		if more, err = s.widen(); err != nil {
			t.Fatal(err)
		}
	}
	// b_max is a minimum of functions that are linear in ρ_A: concave.
	e := s.edges
	for k := 1; k+1 < rhos; k++ {
		if e.upper[k] < (e.upper[k-1]+e.upper[k+1])/2-1e-12 || math.Abs(e.lower[k]-c.Lower.Value) > 1e-12 {
			t.Errorf("edges at ρ_A = %v: %v, %v", e.rho[k], e.lower[k], e.upper[k])
		}
	}
	for more := true; more; {
		if more, err = s.predict(); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.least.x); n != 32 || s.least.y[0] != 0 || s.least.y[n-1] <= 0 || len(s.errors.x) != 10 {
		t.Errorf("%v, %v", s.least, s.errors)
	}
	w, err := s.Window()
	if want := fmt.Sprintf("from %.4g to %.4g; the circuit is at 0.1.", c.Lower.Value, c.Upper.Value); err != nil || !strings.Contains(w.Alt, want) {
		t.Errorf("%s, %v; want %s", w.Alt, err, want)
	}
}

func TestRefused(t *testing.T) {
	for name, x := range map[string]float64{"nosuch": 1, "offset": math.NaN(), "reliability": 1.5, "reach": -1, "beta": -0.1, "load": 0, "rate": 100, "seed": 0.5} {
		var d Dialogue
		d.Ask(Request{Number: 1, Values: map[string]float64{name: x}})
		if a, figures := last(told(t, &d)); a.Error == "" || len(figures) > 0 {
			t.Errorf("%s = %v: %+v", name, x, a)
		}
	}
	if _, err := ParseRequest("no"); err == nil {
		t.Error("no JSON is a request")
	}
	// Outside of the window theory has nothing at rest, and the figures say so.
	s, err := New(map[string]float64{"offset": -0.1})
	if err != nil {
		t.Fatal(err)
	}
	if f, err := s.Answers(); err != nil || !strings.Contains(f.Alt, "no errors to predict") {
		t.Errorf("%s, %v", f.Alt, err)
	}
}
