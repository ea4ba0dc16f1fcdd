package model_test

import (
	"math"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/stat"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/model"
)

// sound is a task that every field of which is in its domain.
var sound = model.Task{Channels: 50, Patterns: 20, Coding: 0.2, TargetCoding: 0.3, CoTuning: 1}

func TestTaskCheck(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	huge := math.MaxInt32
	huge++ // −2³¹ where int has 32 bits
	for _, c := range []struct {
		change func(*model.Task)
		want   []string // the argument, its value, its domain
	}{
		{func(t *model.Task) { t.Channels = 0 }, []string{"Channels = 0", "[1, "}},
		{func(t *model.Task) { t.Channels = -3 }, []string{"Channels = -3", "[1, "}},
		{func(t *model.Task) { t.Channels = huge }, []string{"Channels = ", "2.147483648e+09", "2.147483647e+09]"}},
		{func(t *model.Task) { t.Patterns = 0 }, []string{"Patterns = 0", "[1, ∞)"}},
		{func(t *model.Task) { t.Patterns = -1 }, []string{"Patterns = -1", "[1, ∞)"}},
		{func(t *model.Task) { t.Coding = 0 }, []string{"Coding = 0", "(0, 1)"}},
		{func(t *model.Task) { t.Coding = 1 }, []string{"Coding = 1", "(0, 1)"}},
		{func(t *model.Task) { t.Coding = 1.2 }, []string{"Coding = 1.2", "(0, 1)"}},
		{func(t *model.Task) { t.Coding = nan }, []string{"Coding = NaN", "(0, 1)"}},
		{func(t *model.Task) { t.TargetCoding = 0 }, []string{"TargetCoding = 0", "(0, 1)"}},
		{func(t *model.Task) { t.TargetCoding = inf }, []string{"TargetCoding = +Inf", "(0, 1)"}},
		{func(t *model.Task) { t.TargetCoding = nan }, []string{"TargetCoding = NaN", "(0, 1)"}},
		{func(t *model.Task) { t.CoTuning = -0.1 }, []string{"CoTuning = -0.1", "[0, 1]"}},
		{func(t *model.Task) { t.CoTuning = 1.5 }, []string{"CoTuning = 1.5", "[0, 1]"}},
		{func(t *model.Task) { t.CoTuning = nan }, []string{"CoTuning = NaN", "[0, 1]"}},
		{func(t *model.Task) { t.InhibitoryChannels = -1 }, []string{"InhibitoryChannels = -1", "[0, "}},
		{func(t *model.Task) { t.InhibitoryChannels = 40 }, []string{"CoTuning = 1", "InhibitoryChannels = 40", "Channels = 50"}},
	} {
		task := sound
		c.change(&task)
		a, err := task.Draw(model.Stream(1, 1))
		if err == nil || a != nil {
			t.Errorf("%+v: drawn, want an error with %q", task, c.want)
			continue
		}
		refusal.Mentions(t, err, c.want...)
	}
	if err := sound.Check(); err != nil {
		t.Error(err)
	}
	equal := sound
	equal.InhibitoryChannels = equal.Channels // said explicitly, still co-tuned
	if err := equal.Check(); err != nil {
		t.Error(err)
	}
}

func TestTaskTargets(t *testing.T) {
	for _, c := range []struct {
		patterns int
		coding   float64
		want     int // round(f_Y P), halves away from zero
	}{
		{10, 0.3, 3}, {11, 0.2, 2}, {13, 0.2, 3}, {5, 0.5, 3}, {1, 0.4, 0}, {1, 0.6, 1}, {1000, 0.0004, 0},
	} {
		task := model.Task{Channels: 3, Patterns: c.patterns, Coding: 0.5, TargetCoding: c.coding}
		a, got := lesson.Drawn(t, task, 1), 0
		for mu := range a.Len() {
			if a.Target(mu) {
				got++
			}
		}
		if a.Len() != c.patterns || got != c.want {
			t.Errorf("P = %d, f_Y = %v: %d targets of %d, want %d", c.patterns, c.coding, got, a.Len(), c.want)
		}
	}

	// Their order is random: each pattern is a target equally often.
	const draws, patterns = 4000, 10
	var count [patterns]float64
	for run := range uint64(draws) {
		a, err := model.Task{Channels: 1, Patterns: patterns, Coding: 0.5, TargetCoding: 0.3}.Draw(model.Stream(7, run))
		if err != nil {
			t.Fatal(err)
		}
		for mu := range patterns {
			if a.Target(mu) {
				count[mu]++
			}
		}
	}
	se := math.Sqrt(0.3 * 0.7 / draws)
	for mu, k := range count {
		if d := k/draws - 0.3; math.Abs(d) > 5*se {
			t.Errorf("pattern %d is a target in %.4f of the draws, want 0.3 ± %.4f", mu, k/draws, se)
		}
	}
}

// dense returns the lists as rows of zeros and ones.
func dense(n, patterns int, list func(int) []int32) [][]float64 {
	rows := make([][]float64, patterns)
	for mu := range rows {
		rows[mu] = make([]float64, n)
		for _, i := range list(mu) {
			rows[mu][i] = 1
		}
	}
	return rows
}

func TestTaskStatistics(t *testing.T) {
	t.Parallel()
	const n, patterns, f = 300, 400, 0.2
	for _, c := range []struct {
		coTuning  float64
		byChannel bool
	}{{0, false}, {0, true}, {0.5, false}, {0.5, true}, {0.9, false}, {0.9, true}, {1, false}, {1, true}} {
		task := model.Task{Channels: n, Patterns: patterns, Coding: f, TargetCoding: 0.2, CoTuning: c.coTuning, ByChannel: c.byChannel}
		a := lesson.Drawn(t, task, 3)
		xE, xI := dense(n, patterns, a.Excitatory), dense(n, patterns, a.Inhibitory)
		if got := shareOfOnes(xE); math.Abs(got-f) > 5*math.Sqrt(f*(1-f)/(n*patterns)) {
			t.Errorf("%+v: excitatory coding %v", task, got)
		}
		if got := shareOfOnes(xI); math.Abs(got-f) > 5*math.Sqrt(f*(1-f)/(n*patterns)) {
			t.Errorf("%+v: inhibitory coding %v", task, got)
		}

		// Both kinds of co-tuning have correlation r over all entries. By
		// entry each channel has it; by channel the first r N channels have
		// correlation 1 and the others 0.
		var all [2][]float64
		for i := range n {
			var e, h []float64
			for mu := range patterns {
				e, h = append(e, xE[mu][i]), append(h, xI[mu][i])
			}
			want := c.coTuning
			if c.byChannel {
				want = 0
				if float64(i) < c.coTuning*n {
					want = 1
				}
			}
			if got := stat.Correlation(e, h, nil); math.Abs(got-want) > 6/math.Sqrt(patterns) {
				t.Errorf("%+v: channel %d has correlation %.3f, want %v", task, i, got, want)
			}
			all[0], all[1] = append(all[0], e...), append(all[1], h...)
		}
		if got := stat.Correlation(all[0], all[1], nil); math.Abs(got-c.coTuning) > 5/math.Sqrt(n*patterns) {
			t.Errorf("%+v: correlation %.4f over all entries", task, got)
		}
	}
}

// By channel, round(r N) channels are copies: 3 of 10 for r = 0.27, and 2 for 0.23.
func TestTaskCopiesWholeChannels(t *testing.T) {
	for r, copies := range map[float64]int{0.27: 3, 0.23: 2} {
		a := lesson.Drawn(t, model.Task{Channels: 10, Patterns: 200, Coding: 0.5, TargetCoding: 0.5, CoTuning: r, ByChannel: true}, 8)
		xE, xI := dense(10, 200, a.Excitatory), dense(10, 200, a.Inhibitory)
		for i := range 10 {
			copied := true
			for mu := range xE {
				copied = copied && xE[mu][i] == xI[mu][i]
			}
			if copied != (i < copies) {
				t.Errorf("r = %v: channel %d is a copy: %v", r, i, copied)
			}
		}
	}
}

func shareOfOnes(rows [][]float64) float64 {
	sum, n := 0.0, 0
	for _, row := range rows {
		for _, x := range row {
			sum += x
		}
		n += len(row)
	}
	return sum / float64(n)
}

func TestTaskCoTunedListsAreShared(t *testing.T) {
	a := lesson.Drawn(t, sound, 1)
	for mu := range a.Len() {
		e, h := a.Excitatory(mu), a.Inhibitory(mu)
		if len(e) != len(h) || len(e) > 0 && &e[0] != &h[0] {
			t.Fatalf("pattern %d has two lists", mu)
		}
	}
}

func TestTaskInhibitoryChannels(t *testing.T) {
	task := model.Task{Channels: 80, Patterns: 500, Coding: 0.2, TargetCoding: 0.2, InhibitoryChannels: 20}
	a := lesson.Drawn(t, task, 1)
	if e, h := a.Channels(); e != 80 || h != 20 {
		t.Fatalf("%d and %d channels", e, h)
	}
	active := 0
	for mu := range a.Len() {
		for _, i := range a.Inhibitory(mu) {
			if i < 0 || i >= 20 {
				t.Fatalf("pattern %d: inhibitory channel %d", mu, i)
			}
			active++
		}
	}
	if got, se := float64(active)/(20*500), math.Sqrt(0.2*0.8/(20*500)); math.Abs(got-0.2) > 5*se {
		t.Errorf("inhibitory coding %v", got)
	}
}

func TestTaskSameSeedSameBytes(t *testing.T) {
	for _, r := range []float64{0, 0.7, 1} {
		task := sound
		task.CoTuning = r
		if a, b := lesson.Drawn(t, task, 5), lesson.Drawn(t, task, 5); !reflect.DeepEqual(a, b) {
			t.Errorf("r = %v: two draws of one seed differ", r)
		}
		if a, b := lesson.Drawn(t, task, 5), lesson.Drawn(t, task, 6); reflect.DeepEqual(a, b) {
			t.Errorf("r = %v: two seeds give one draw", r)
		}
	}
}
