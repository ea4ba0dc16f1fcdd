package recordings_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
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

func ExampleFold_Sweeps() {
	const file = `animal,cell,sweep,time_min,condition,tone_kHz,is_paired,is_best,holding_mV,reversal_mV,series_resistance_MOhm,current_pA,window_ms,postsynaptic_spikes
A1,C1,1,-5,ACh,4,1,0,-70,0,0,-82,50,0
A1,C1,2,-4,ACh,4,1,0,-70,0,0,-78,50,1
A1,C1,3,-3,ACh,4,1,0,0,-70,0,95,50,
A1,C1,4,8,ACh,4,1,0,-70,0,,-136,50,1
`
	f, err := recordings.Read(strings.NewReader(file), "mine.csv", recordings.Mapping{})
	if err != nil {
		fmt.Println(err)
		return
	}
	responses, account, err := f.Responses(recordings.Fold{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range responses {
		fmt.Printf("%v kHz at %v min: E = %.0f ± %.0f, I = %.0f ± %.0f %s\n", r.Channel, r.Time, r.Excitation, r.ErrorE, r.Inhibition, r.ErrorI, r.Unit)
	}
	fmt.Println(account)
	// Output:
	// 4 kHz at -4 min: E = 80 ± 2, I = 95 ± NaN pA
	// 4 kHz at 8 min: E = 136 ± NaN, I = NaN ± NaN pA
	// 4 rows of 1 cells of 1 animals: 2 responses
	// note: 1 sweeps without a series resistance, not corrected, first row 4
	// note: 1 responses without a standard error of inhibition, first animal A1, cell C1, channel 4 at -4 min
	// note: 1 responses without a standard error of excitation, first animal A1, cell C1, channel 4 at 8 min
	// note: 1 responses after pairing without inhibition, first animal A1, cell C1, channel 4 at 8 min
	// note: 1 experiments with one baseline block, so that the fluctuation between blocks is unknown, first animal A1, cell C1, ACh
	// note: 1 experiments without controls, no cell having the condition none, first animal A1, cell C1, ACh
}

// The example that comes with the package, drawn by a Generator, from its rows to
// the E/I line with a 95 percent interval; true are 1 and 5 pA.
func Example() {
	f, err := recordings.Read(recordings.Example(), "example.csv", recordings.Mapping{})
	if err != nil {
		fmt.Println(err)
		return
	}
	responses, account, err := f.Responses(recordings.Fold{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(account)
	cells, err := estimate.Cells(responses, 20)
	if err != nil {
		fmt.Println(err)
		return
	}
	line, err := estimate.Restore(estimate.Of(cells, recordings.ACh), 0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("slope %.2f in %s, offset %.1f pA in %s, P of no restoration %.2g, %d animals, %v\n",
		line.Slope.Value, line.Slope.Range(), line.Offset.Value, line.Offset.Range(), line.P, line.Slope.N, responses[0].Status)
	// Output:
	// 3840 rows of 16 cells of 16 animals: 384 responses
	// slope 0.99 in 0.86 … 1.14, offset 8.1 pA in −1.29 … 17.1, P of no restoration 0.0026, 8 animals, generated
}

// What a laboratory runs: read, fold and estimate all that the data allow.
func ExampleAnalyse() {
	f, err := recordings.Read(recordings.Example(), "example.csv", recordings.Mapping{})
	if err != nil {
		fmt.Println(err)
		return
	}
	responses, _, err := f.Responses(recordings.Fold{Unit: "nS"})
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := estimate.Analyse(responses, estimate.Options{Draws: 99}, model.Stream(1, 1))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Provenance())
	ach := report.Group(recordings.ACh)
	fmt.Printf("ACh: r = %.2f, %s; less that of sham cells %.2f, %s\n", ach.Restoration.Rate.Value, ach.Restoration.Rate.Range(), ach.Control.Rate.Value, ach.Control.Rate.Range())
	fmt.Printf("%s: %s\n", ach.Verdicts[0].Question, ach.Verdicts[0].Answer)
	// Output:
	// 384 generated responses of 16 cells, 16 animals named, in nS
	// ACh: r = 0.84, 0.787 … 0.898; less that of sham cells 0.83, 0.639 … 1.01
	// inhibition goes to a line: yes
}
