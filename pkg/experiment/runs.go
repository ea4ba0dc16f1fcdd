package experiment

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Values is what a run measured, by name. A value may be NaN, where a statistic is undefined.
type Values map[string]float64

// Run is one run of a study.
type Run struct {
	Design Design             // with its parameters at the point's values
	At     map[string]float64 // the point
	Seed   int                // 0 to Seeds−1, which of the runs at the point
}

// Runs is a study, checked and laid out: run i belongs to point i/Seeds and is number i%Seeds there.
type Runs struct {
	design Design
	seeds  int
	names  []string
	points [][]float64
}

// most is how many runs, and points, a study may have: so many are laid out in about 2 GB.
const most = 10_000_000

// Runs checks the study and lays it out. It returns an error that names a parameter that does not exist,
// a value that is not finite, two points that are the same, or a field outside its domain. A parameter whose name
// begins with a small letter is one of Measure's own.
func (d Design) Runs() (*Runs, error) {
	r := &Runs{design: d, seeds: max(1, d.Seeds), points: [][]float64{nil}}
	if d.Seeds < 0 {
		return nil, fmt.Errorf("experiment: Seeds = %d, must not be negative", d.Seeds)
	}
	if d.Points != nil {
		var err error
		if r.names, r.points, err = d.Points.Points(); err != nil {
			return nil, err
		}
	}
	if len(r.points) == 0 {
		return nil, fmt.Errorf("experiment: the study has no points, must have at least one")
	}
	if len(r.points) > most/r.seeds {
		return nil, fmt.Errorf("experiment: %d points of %d seeds, must be at most %d runs", len(r.points), r.seeds, most)
	}
	for k, name := range r.names {
		if err := checkName(name); err != nil {
			return nil, fmt.Errorf("experiment: parameter %d is called %w", k, err)
		}
		if slices.Contains(r.names[:k], name) {
			return nil, fmt.Errorf("experiment: parameter %s is there twice", name)
		}
	}
	seen := make(map[[32]byte]int, len(r.points))
	for k, p := range r.points {
		if len(p) != len(r.names) {
			return nil, fmt.Errorf("experiment: point %d has %d values, must have one for each of %d parameters", k, len(p), len(r.names))
		}
		run, err := r.at(k, 0)
		if err == nil && d.Measure == nil {
			err = run.Design.check()
		}
		if err != nil {
			return nil, fmt.Errorf("experiment: %s: %s", r.describe(k), strings.TrimPrefix(err.Error(), "experiment: "))
		}
		key := r.key(k, 0)
		if first, again := seen[key]; again {
			return nil, fmt.Errorf("experiment: point %d and %s are the same", first, r.describe(k))
		}
		seen[key] = k
	}
	return r, nil
}

// checkName returns an error if a parameter or what is measured cannot be the head of a column.
func checkName(name string) error {
	unseemly := func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '.' && c != '_' }
	if name == "" || name == "point" || name == "seed" || strings.ContainsFunc(name, unseemly) {
		return fmt.Errorf("%q, must be letters, digits, points and underlines, and neither point nor seed", name)
	}
	return nil
}

// own tells whether a parameter is one that Measure alone knows.
func own(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return unicode.IsLower(first)
}

// at is the run of a number at a point, without what it measures.
func (r *Runs) at(point, seed int) (Run, error) {
	run := Run{At: make(map[string]float64, len(r.names)), Seed: seed}
	moved := make(map[string]float64, len(r.names))
	for k, name := range r.names {
		v := r.points[point][k]
		if run.At[name] = v; r.design.Measure == nil || !own(name) {
			moved[name] = v
		} else if math.IsNaN(v) || math.IsInf(v, 0) {
			return run, fmt.Errorf("parameter %s = %v, must be finite", name, v)
		}
	}
	var err error
	run.Design, err = r.design.SetAll(moved)
	return run, err
}

// describe writes a point as "point 3 (Load = 0.5, Rate = 0.1)".
func (r *Runs) describe(point int) string {
	if len(r.names) == 0 {
		return "the only point"
	}
	var parts []string
	for k, name := range r.names {
		parts = append(parts, fmt.Sprintf("%s = %v", name, r.points[point][k]))
	}
	return fmt.Sprintf("point %d (%s)", point, strings.Join(parts, ", "))
}

// Len is the number of runs.
func (r *Runs) Len() int { return len(r.points) * r.seeds }

// Do makes run i, 0 ≤ i < Len. A run that panics returns an error.
func (r *Runs) Do(ctx context.Context, i int) (v Values, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
		if err != nil {
			err = fmt.Errorf("experiment: run %d, %s, seed %d: %w", i, r.describe(i/r.seeds), i%r.seeds, err)
		}
	}()
	run, err := r.at(i/r.seeds, i%r.seeds)
	if err != nil {
		return nil, err
	}
	measure := r.design.Measure
	if measure == nil {
		measure = Recalled
	}
	if v, err = measure(ctx, run, r.stream(i)); err == nil {
		err = r.checkColumns(v)
	}
	return v, err
}

// checkColumns returns an error that names what cannot be the head of a column.
func (r *Runs) checkColumns(v Values) error {
	if len(v) == 0 {
		return fmt.Errorf("it measured nothing, must measure at least one number")
	}
	for name := range v {
		if err := checkName(name); err != nil {
			return fmt.Errorf("it measured %w", err)
		}
		if slices.Contains(r.names, name) {
			return fmt.Errorf("it measured %q, which is a parameter", name)
		}
	}
	return nil
}

// Recalled draws the run's task, trains a neuron on it and asks it, without neuromodulators, how it answers: error
// P(y ≠ Y), hits P(y=1|Y=1) and false_alarms P(y=1|Y=0).
func Recalled(ctx context.Context, r Run, rng *rand.Rand) (Values, error) {
	a, err := r.Design.Task.Draw(rng)
	if err != nil {
		return nil, err
	}
	l := r.Design.Learner()
	l.Every = 0
	if _, err := l.Train(ctx, a, r.Design.Epochs(), rng); err != nil {
		return nil, err
	}
	recall := l.Neuron.Recall(a)
	return Values{"error": recall.Error, "hits": recall.Hits, "false_alarms": recall.FalseAlarms}, nil
}

// Seeds is the number of runs at each point.
func (r *Runs) Seeds() int { return r.seeds }
