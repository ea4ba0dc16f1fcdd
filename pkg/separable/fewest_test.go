package separable

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
	"testing"
	"time"

	"credo/pkg/model"
	"credo/pkg/separable/internal/written"
)

// fewest runs FewestErrors and checks what it returns.
func fewest(t *testing.T, a *model.Associations, c Constraints, most int) Fewest {
	t.Helper()
	f, err := FewestErrors(context.Background(), a, c, most)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Verify(a, c); err != nil {
		t.Errorf("%+v: %v", c, err)
	}
	if f.Reached != (f.Reason == "") {
		t.Errorf("%+v: reached %t, %q", c, f.Reached, f.Reason)
	}
	if f.Certificate.Neuron != nil && f.Certificate.Neuron.Recall(a).Error > float64(f.Errors)/float64(a.Len())+1e-12 {
		t.Errorf("%+v: an error of %v for %d of %d", c, f.Certificate.Neuron.Recall(a).Error, f.Errors, a.Len())
	}
	return f
}

// All subsets of the patterns of small tasks tell the least number of errors.
func TestFewestErrorsExhaustive(t *testing.T) {
	tasks := 12
	if testing.Short() {
		tasks = 4
	}
	seen := map[int]int{}
	for k := range tasks {
		for at, c := range every {
			rng := model.Stream(1902, uint64(100*k+at))
			task := model.Task{Channels: 1 + rng.IntN(4), Patterns: 2 + rng.IntN(7), Coding: 0.4, TargetCoding: 0.5, CoTuning: float64(k % 2)}
			a, err := task.Draw(rng)
			if err != nil {
				t.Fatal(err)
			}
			want := a.Len()
			for given := range uint(1) << a.Len() {
				if up := bits.OnesCount(given); up < want {
					lost := slices.DeleteFunc(without(a.Len(), nil), func(mu int) bool { return given>>mu&1 == 0 })
					if stored(t, a.Only(without(a.Len(), lost)), c).Answer == Feasible {
						want = up
					}
				}
			}
			got := fewest(t, a, c, a.Len())
			if !got.Reached || got.Errors != want {
				t.Errorf("%+v, %+v: %d to %d (%s), want %d", task, c, got.Low, got.Errors, got.Reason, want)
			}
			seen[want]++
		}
	}
	if len(seen) < 4 {
		t.Errorf("the test has only the numbers of errors %v", seen)
	}
}

// Patterns that come in pairs of both targets lose one of each pair.
func TestFewestErrorsOfPairs(t *testing.T) {
	var patterns []string
	for k := range 6 {
		x := fmt.Sprintf("%06b", 1<<k)
		patterns = append(patterns, x+" "+x+" 1", x+" "+x+" 0")
	}
	a := written.Patterns(t, 6, patterns...)
	got := fewest(t, a, Constraints{FreeThreshold: true}, 12)
	if got.Errors != 6 || !got.Reached || len(got.Conflicts) < 6 {
		t.Errorf("%+v", got)
	}
	// A bound on the search bounds the answer from below; a bound of 5 proves 6.
	if got := fewest(t, a, Constraints{FreeThreshold: true}, 5); !got.Reached {
		t.Errorf("up to 5: %d to %d", got.Low, got.Errors)
	}
	for most := range 5 {
		got := fewest(t, a, Constraints{FreeThreshold: true}, most)
		if got.Reached || got.Low != most+1 || !strings.Contains(got.Reason, fmt.Sprintf("more than %d errors", most)) {
			t.Errorf("up to %d: %d to %d, %q", most, got.Low, got.Errors, got.Reason)
		}
	}
}

// Patterns of which none can be stored are all given up.
func TestFewestErrorsOfAll(t *testing.T) {
	a := written.Patterns(t, 2, "00 01 1", "00 10 1")
	if got := fewest(t, a, Constraints{Threshold: 1}, 2); got.Errors != 2 || !got.Reached {
		t.Errorf("%+v", got)
	}
}

// Conflicts are as small as a vertex of the multipliers: N + 2 patterns in
// general position at a free threshold.
func TestConflictsAreSmall(t *testing.T) {
	a := drawn(t, model.Task{Channels: 12, CoTuning: 1, Patterns: 40, Coding: 0.5, TargetCoding: 0.5}, 3)
	got := fewest(t, a, Constraints{FreeThreshold: true}, 40)
	if len(got.Conflicts) < 3 {
		t.Fatalf("%d conflicts", len(got.Conflicts))
	}
	for _, c := range got.Conflicts {
		if len(c.Patterns) > 14 {
			t.Errorf("a conflict of %d patterns", len(c.Patterns))
		}
	}
}

func drawn(t *testing.T, task model.Task, run uint64) *model.Associations {
	t.Helper()
	a, err := task.Draw(model.Stream(1903, run))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// What does not prove the bounds is found out.
func TestFewestVerify(t *testing.T) {
	a, c := drawn(t, model.Task{Channels: 8, CoTuning: 1, Patterns: 32, Coding: 0.5, TargetCoding: 0.5}, 2), Constraints{FreeThreshold: true}
	if f := fewest(t, a, c, 32); f.Errors < 2 {
		t.Fatalf("%d errors", f.Errors)
	}
	for _, test := range []struct {
		name   string
		change func(f *Fewest)
		want   string
	}{
		{"one less", func(f *Fewest) { f.Lost, f.Errors, f.Low = f.Lost[1:], f.Errors-1, f.Low-1 }, "weights"},
		{"one more", func(f *Fewest) { f.Low, f.Reached = f.Low+1, true }, "bounds"},
		{"a count", func(f *Fewest) { f.Errors, f.Low = f.Errors+1, f.Low+1 }, "given up"},
		{"the order", func(f *Fewest) { slices.Reverse(f.Lost) }, "must increase"},
		{"a pattern that is not there", func(f *Fewest) { f.Lost[len(f.Lost)-1] = a.Len() }, "must increase"},
		{"no weights", func(f *Fewest) { f.Certificate = Certificate{} }, "no weights"},
		{"no conflicts", func(f *Fewest) { f.Conflicts = nil }, "hit all conflicts"},
		{"the first conflict alone", func(f *Fewest) { f.Conflicts = f.Conflicts[:1] }, "hit all conflicts"},
		{"a conflict's patterns", func(f *Fewest) { f.Conflicts[0].Patterns = f.Conflicts[0].Patterns[1:] }, "conflict 0"},
		{"a conflict's multipliers", func(f *Fewest) { f.Conflicts[0].Certificate.Multipliers[0].SetInt64(0) }, "conflict 0"},
		{"a conflict's answer", func(f *Fewest) { f.Conflicts[0].Certificate.Answer = Undecided }, "conflict 0 without"},
	} {
		f := fewest(t, a, c, 32)
		test.change(&f)
		if err := f.Verify(a, c); err == nil || test.name != "one less" && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

// A search that would take long stops when it is told to, with its bounds.
func TestFewestErrorsStops(t *testing.T) {
	a := drawn(t, model.Task{Channels: 30, CoTuning: 1, Patterns: 150, Coding: 0.5, TargetCoding: 0.5}, 0)
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	f, err := FewestErrors(ctx, a, Constraints{FreeThreshold: true}, 150)
	if !errors.Is(err, context.DeadlineExceeded) || f.Reached || f.Errors <= f.Low || f.Reason == "" {
		t.Errorf("%v: %d to %d, %q", err, f.Low, f.Errors, f.Reason)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("stopped after %v", took)
	}
}

func TestFewestErrorsRejects(t *testing.T) {
	a := written.Patterns(t, 1, "1 0 1")
	if _, err := FewestErrors(context.Background(), a, Constraints{Margin: math.NaN()}, 1); err == nil || !strings.Contains(err.Error(), "Margin = NaN") {
		t.Error(err)
	}
	if _, err := FewestErrors(context.Background(), a, Constraints{}, -1); err == nil || !strings.Contains(err.Error(), "most = -1 outside [0, ∞)") {
		t.Error(err)
	}
}

func ExampleFewestErrors() {
	// Exclusive or cannot be stored, but any three of its patterns can.
	inputs := [][]int32{{}, {0}, {1}, {0, 1}}
	exclusiveOr, _ := model.NewAssociations(2, inputs, nil, []bool{false, true, true, false})
	c := Constraints{FreeThreshold: true}
	f, _ := FewestErrors(context.Background(), exclusiveOr, c, 4)
	fmt.Println(f.Errors, f.Reached, f.Conflicts[0].Patterns, f.Verify(exclusiveOr, c))
	// Output: 1 true [0 1 2 3] <nil>
}
