package recordings_test

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"iter"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
	"credo/pkg/recordings"
	"credo/pkg/recordings/estimate"
	"credo/pkg/recordings/generate"
)

var update = flag.Bool("update", false, "write example.csv anew")

// exampleSweeps are those of example.csv: eight cells with acetylcholine and eight sham
// cells, in which nothing is plastic. All have two blocks before pairing, and inhibition
// that fluctuates between blocks by 8 percent; inhibition is by 30 percent off the line
// before, so that of forty such sets all but a few show that it is restored. Currents are
// rounded to 0.01 pA.
func exampleSweeps(t *testing.T) iter.Seq[recordings.Sweep] {
	t.Helper()
	var sets []*generate.Set
	for k, c := range []recordings.Treatment{recordings.ACh, recordings.None} {
		g := generate.Typical()
		g.Treatment, g.Cells, g.Animals, g.Channels, g.Sweeps = c, 8, 8, 6, 5
		g.Noise, g.Scatter = 0.15, 0.3
		g.Prefix, g.Times, g.DriftI = []string{"", "sham "}[k], []float64{-15, -5, 5, 60}, 0.08
		g.Circuit = g.Circuit.Without("Hebbian")
		g.Circuit.Acetylcholine.Coding = 1. / 6
		if c == recordings.None {
			g.Pairings, g.Pace = 0, 0
		}
		set, err := g.Generate(model.Stream(1, uint64(k))) // the first seed tried
		if err != nil {
			t.Fatal(err)
		}
		sets = append(sets, set)
	}
	return func(yield func(recordings.Sweep) bool) {
		for _, set := range sets {
			for s := range set.Sweeps() {
				s.Current = math.Round(100*s.Current) / 100
				if !yield(s) {
					return
				}
			}
		}
	}
}

// The example is what the generator draws, and can be analysed as it is.
func TestExample(t *testing.T) {
	var want bytes.Buffer
	if err := recordings.Write(&want, exampleSweeps(t)); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("example.csv", want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := io.ReadAll(recordings.Example())
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOARCH == "amd64" && !bytes.Equal(got, want.Bytes()) {
		t.Error("example.csv is not what the generator draws: go test ./pkg/recordings -run TestExample -update")
	}
	responses, account, err := recordings.Fold{}.Sweeps(recordings.ReadRaw(recordings.Example(), "example.csv"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := estimate.Analyse(responses, estimate.Options{Draws: 99}, model.Stream(1, 9))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v\n%v", account, r)
	if len(r.Status) != 1 || r.Status[recordings.Generated] != len(responses) {
		t.Errorf("statuses %v: not all generated", r.Status)
	}
	for _, g := range r.Groups {
		if g.Restoration == nil || g.Gating == nil || g.Course == nil || g.Excitation == nil || g.Tuning == nil || g.Replicated != 8 {
			t.Errorf("%v: not all could be estimated: %v", g.Treatment, r.Notes)
		}
	}
	if ach := r.Group(recordings.ACh); len(r.Groups) != 2 || ach.Control.Rate.N != 16 {
		t.Errorf("not set against the sham cells: %v", r)
	}
}

// The aggregate schema keeps what the estimates of the line need: the means of blocks.
func TestAggregateIsEnough(t *testing.T) {
	raw, _, err := recordings.Fold{}.Sweeps(recordings.ReadRaw(recordings.Example(), "example.csv"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "aggregate.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	err = recordings.Write(file, func(yield func(recordings.Aggregate) bool) {
		for _, r := range raw {
			if !yield(r.Aggregate()) {
				return
			}
		}
	})
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	means, _, err := recordings.Load(path, recordings.Fold{})
	if err != nil {
		t.Fatal(err)
	}
	var rate [2]estimate.Estimate
	for k, responses := range [][]recordings.Response{raw, means} {
		r, err := estimate.Analyse(responses, estimate.Options{Draws: 9}, model.Stream(1, 9))
		if err != nil {
			t.Fatal(err)
		}
		rate[k] = r.Group(recordings.ACh).Restoration.Rate
	}
	lesson.Near(t, "r of the aggregate", rate[1].Value, rate[0].Value, 1e-6)
	lesson.Near(t, "its upper bound", rate[1].High, rate[0].High, 1e-6)
}
