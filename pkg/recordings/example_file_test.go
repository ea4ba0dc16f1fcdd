package recordings_test

import (
	"bytes"
	"flag"
	"io"
	"iter"
	"os"
	"runtime"
	"testing"

	"credo/pkg/model"
	"credo/pkg/recordings"
)

var update = flag.Bool("update", false, "write example.csv anew")

// exampleSweeps are those of example.csv: animals A… with acetylcholine, N… with
// noradrenaline.
func exampleSweeps(t *testing.T) iter.Seq[recordings.Sweep] {
	t.Helper()
	var sets []*recordings.Set
	for k, c := range []recordings.Condition{recordings.ACh, recordings.NE} {
		g := recordings.Typical()
		g.Condition, g.Cells, g.Animals, g.Channels, g.Sweeps = c, 8, 8, 6, 4
		g.Circuit = g.Circuit.Without("Hebbian")
		g.Circuit.Acetylcholine.Coding = 1. / 6
		set, err := g.Generate(model.Stream(2, uint64(k))) // the second seed tried; see notebook 10
		if err != nil {
			t.Fatal(err)
		}
		sets = append(sets, set)
	}
	return func(yield func(recordings.Sweep) bool) {
		for k, set := range sets {
			for s := range set.Sweeps() {
				s.Animal = []string{"ACh ", "NE "}[k] + s.Animal
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
	if err := recordings.WriteRaw(&want, exampleSweeps(t)); err != nil {
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
	r, err := recordings.Analyse(responses, recordings.Options{Draws: 99}, model.Stream(1, 9))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v\n%v", account, r)
	if len(r.Status) != 1 || r.Status[recordings.Generated] != len(responses) {
		t.Errorf("statuses %v: not all generated", r.Status)
	}
	if r.Restoration == nil || r.Contrast == nil || r.Tuning == nil || r.Gating == nil || r.Course == nil || r.Depression == nil || r.Asymmetry == nil {
		t.Errorf("not all could be estimated: %v", r.Notes)
	}
}
