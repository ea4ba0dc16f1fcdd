package shard_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/sweep/shard"
)

func plan(runs, shards int) shard.Plan {
	return shard.NewPlan("s", strings.Repeat("0123456789abcdef", 4), strings.Repeat("f", 64), runs, shards)
}

func create(t testing.TB, p shard.Plan) *shard.Folder {
	t.Helper()
	f, err := shard.Create(filepath.Join(t.TempDir(), "study"), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var columns = []string{"a", "b"}

// value is what run i gives; among others what is hard to write.
func value(i int) []float64 {
	hard := []float64{math.NaN(), math.Inf(1), math.Copysign(0, -1), 5e-324, math.MaxFloat64, 1. / 3, -1e21}
	return []float64{float64(i), hard[i%len(hard)]}
}

// compute computes the runs of a shard that stop says.
func compute(t testing.TB, f *shard.Folder, k int, stop func(run int) bool) bool {
	t.Helper()
	a, err := f.Begin(k)
	if err != nil {
		t.Fatal(err)
	}
	todo, err := f.Todo(k)
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range todo {
		if stop != nil && stop(run) {
			continue
		}
		if err := a.Add(run, columns, value(run)); err != nil {
			t.Fatal(err)
		}
	}
	done, err := a.End()
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func equal(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) || x != x && y != y })
}

// Runs are dealt to all shards, each to one, as evenly as can be, in an order that is the same on every machine.
func TestDeal(t *testing.T) {
	for _, p := range []shard.Plan{plan(1, 1), plan(7, 7), plan(100, 7), plan(1000, 3)} {
		var all []int
		for k, hand := range p.Deal() {
			if len(hand) != p.Size(k+1) {
				t.Errorf("%d of %d: %d runs, Size says %d", k+1, p.Shards, len(hand), p.Size(k+1))
			}
			all = append(all, hand...)
		}
		slices.Sort(all)
		for i, run := range all {
			if i != run {
				t.Fatalf("run %d is where %d must be", run, i)
			}
		}
		if len(all) != p.Runs || p.Size(1)-p.Size(p.Shards) > 1 {
			t.Errorf("%d runs of %d; from %d to %d", len(all), p.Runs, p.Size(p.Shards), p.Size(1))
		}
	}
	const dealt = "[[1 2 3 9] [7 8 6] [5 4 0]]" // as it came out
	if got := fmt.Sprint(plan(10, 3).Deal()); got != dealt {
		t.Errorf("dealt as %s, was %s: every plan would change", got, dealt)
	}
}

// A result gives back the bits of its values. Every byte that is altered, and every end that is missing, is noticed.
func TestResult(t *testing.T) {
	f := create(t, plan(20, 3))
	if !compute(t, f, 2, nil) {
		t.Fatal("not done")
	}
	r, err := f.Result(2)
	if err != nil || !slices.Equal(r.Columns, columns) || len(r.Values) != 7 {
		t.Fatalf("%v, %v", r, err)
	}
	for run, v := range r.Values {
		if !equal(v, value(run)) {
			t.Errorf("run %d: %v, was %v", run, v, value(run))
		}
	}
	path := filepath.Join(f.Dir(), "results", "00002.tsv")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	noticed := func(text []byte, what string, at int) {
		if err := os.WriteFile(path, text, 0o666); err != nil {
			t.Fatal(err)
		}
		if r, err := f.Result(2); err == nil {
			t.Errorf("%s at %d is not noticed: %v", what, at, r)
		}
	}
	for i := range whole {
		noticed(whole[:i], "an end", i)
		for _, bit := range []byte{1, 4, 0x80} {
			b := bytes.Clone(whole)
			b[i] ^= bit
			noticed(b, "a change", i)
		}
	}
	noticed(append(bytes.Clone(whole), whole...), "a second time", 0)
	noticed(append(bytes.Clone(whole), '\n'), "a line more", 0)
}

// Of a part that ends anywhere the whole lines are taken, and the next attempt makes the others, and no more.
func TestPart(t *testing.T) {
	f := create(t, plan(12, 1))
	compute(t, f, 1, func(run int) bool { return run == 5 })
	list, err := filepath.Glob(filepath.Join(f.Dir(), "parts", "*"))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	whole, err := os.ReadFile(list[0])
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		if err := os.WriteFile(list[0], whole[:i], 0o666); err != nil {
			t.Fatal(err)
		}
		todo, err := f.Todo(1)
		if want := 12 - max(0, bytes.Count(whole[:i], []byte("\n"))-1); err != nil || len(todo) != want {
			t.Fatalf("of %d bytes: %d runs to do, want %d, %v", i, len(todo), want, err)
		}
		if s := f.Look(1); s.State != shard.Running || s.Done != 12-len(todo) { // this process is alive
			t.Errorf("%+v", s)
		}
	}
	// A line that is damaged, be it a whole one, is made again.
	at := bytes.IndexByte(whole, '\n') + 3
	whole[at] ^= 1
	if err := os.WriteFile(list[0], whole, 0o666); err != nil {
		t.Fatal(err)
	}
	if todo, err := f.Todo(1); err != nil || len(todo) != 2 {
		t.Errorf("%v, %v", todo, err)
	}
	if !compute(t, f, 1, nil) || f.Look(1).State != shard.Done {
		t.Errorf("%+v", f.Look(1))
	}
	if left, _ := os.ReadDir(filepath.Join(f.Dir(), "parts")); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

// Two attempts at once end with the same bytes, whoever is last, and an attempt without a run leaves nothing.
func TestTwoAttempts(t *testing.T) {
	f := create(t, plan(12, 2))
	var two [2]*shard.Attempt
	for k := range two {
		a, err := f.Begin(1)
		if err != nil {
			t.Fatal(err)
		}
		two[k] = a
	}
	todo, err := f.Todo(1)
	if err != nil {
		t.Fatal(err)
	}
	var texts [2][]byte
	for k, a := range two {
		for _, run := range todo {
			if err := a.Add(run, columns, value(run)); err != nil {
				t.Fatal(err)
			}
		}
		if done, err := a.End(); !done || err != nil {
			t.Errorf("%v, %v", done, err)
		}
		texts[k], _ = os.ReadFile(filepath.Join(f.Dir(), "results", "00001.tsv"))
	}
	if !bytes.Equal(texts[0], texts[1]) || len(texts[0]) == 0 {
		t.Error("two attempts left other bytes")
	}
	if compute(t, f, 2, func(int) bool { return true }) || f.Look(2).State != shard.Missing {
		t.Errorf("%+v", f.Look(2))
	}
}

// All runs measure the same, and the same run the same.
func TestAddRefuses(t *testing.T) {
	f := create(t, plan(12, 1))
	a, err := f.Begin(1)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Add(0, columns, value(0)); err != nil {
		t.Fatal(err)
	}
	refusal.Mentions(t, a.Add(1, []string{"a"}, []float64{1}), `columns ["a"] beside ["a" "b"]`)
	refusal.Mentions(t, a.Add(0, columns, []float64{0, 1}), "run 0 gave")
	if err := a.Add(0, columns, value(0)); err != nil {
		t.Errorf("the same values again: %v", err)
	}
}

// Of many processes that plan at once one wins; the others have the same plan, or are told.
func TestPlansAtOnce(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	var mu sync.Mutex
	won := map[int]int{}
	for i := range 40 {
		wg.Go(func() {
			f, err := shard.Create(dir, plan(20, 1+i%4), nil)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				won[f.Plan().Shards]++
			} else if !strings.Contains(err.Error(), "cut in") {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(won) != 1 {
		t.Errorf("%v", won)
	}
	_, err := shard.Open(t.TempDir(), plan(20, 1), nil)
	if !errors.Is(err, shard.ErrNoPlan) {
		t.Error(err)
	}
	refusal.Mentions(t, plan(20, 21).Check(), "Shards = 21 outside [1, 20]")
	refusal.Mentions(t, plan(0, 1).Check(), "Runs = 0 outside")
}

// What the process that won has written already is nothing foreign to the other.
func TestPlansMeanwhile(t *testing.T) {
	f := create(t, plan(10, 2))
	if err := f.Write("study.json", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	if _, err := shard.Create(f.Dir(), plan(10, 2), nil); err != nil {
		t.Error(err)
	}
	if err := os.Remove(filepath.Join(f.Dir(), "plan.json")); err != nil {
		t.Fatal(err)
	}
	_, err := shard.Create(f.Dir(), plan(10, 2), nil)
	refusal.Mentions(t, err, "has study.json and no plan")
}

// The command of a shard names the program, the folder and the shard, and the copy of the program once there is one.
func TestCommand(t *testing.T) {
	code, err := shard.Code()
	if err != nil {
		t.Fatal(err)
	}
	p := plan(20, 4)
	p.Code = code
	f, err := shard.Create(t.TempDir(), p, []string{"-x=1"})
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{self, "-x=1", "run", "-out", f.Dir(), "-shard", "3/4"}
	if got := f.Command(3); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for range 2 {
		path, err := f.Install()
		if err != nil || path != filepath.Join(f.Dir(), "program") {
			t.Fatal(path, err)
		}
	}
	want[0] = filepath.Join(f.Dir(), "program")
	if got := f.Command(3); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if info, err := os.Stat(want[0]); err != nil || info.Mode()&0o100 == 0 {
		t.Errorf("%v, %v", info, err)
	}
	if err := os.WriteFile(want[0], []byte("another"), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Install(); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(want[0]); err != nil || len(b) < 1<<20 {
		t.Errorf("another program is left there: %d bytes, %v", len(b), err)
	}
}
