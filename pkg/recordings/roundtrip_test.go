package recordings_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/model"
	"credo/pkg/recordings"
	"credo/pkg/recordings/generate"
)

// odd draws finite numbers of all sizes, and now and then NaN where that means
// a field that is empty.
func odd(rng *rand.Rand, empty bool) float64 {
	for {
		x := math.Float64frombits(rng.Uint64())
		switch {
		case empty && rng.IntN(4) == 0:
			return math.NaN()
		case x-x == 0:
			return x
		}
	}
}

// What is written is read back bit for bit.
func TestWriteThenReadIsTheIdentity(t *testing.T) {
	rng := model.Stream(3, 0)
	names := []string{"A1", `quo"ted`, "a, b", "Ågot", "ünïcode ∫", "=SUM(A1)", `\.`, "#1"}
	name := func() string { return names[rng.IntN(len(names))] }
	for _, tone := range []bool{false, true} {
		var sweeps []recordings.Sweep
		for i := range 500 {
			channel := math.Abs(odd(rng, false))
			if !tone {
				channel = float64(rng.IntN(1 << 40))
			}
			sweeps = append(sweeps, recordings.Sweep{
				Animal: name(), Cell: name(), Number: i, Time: odd(rng, false), Block: rng.IntN(3), Treatment: recordings.Treatment(rng.IntN(4)),
				Channel: channel, Tone: tone, Level: odd(rng, true), Paired: rng.IntN(2) == 0, Best: rng.IntN(2) == 0,
				Holding: 400*rng.Float64() - 200, Reversal: 400*rng.Float64() - 200, Series: []float64{math.NaN(), 1e4 * rng.Float64()}[rng.IntN(2)],
				Current: odd(rng, false), Window: math.Abs(odd(rng, false)), Spikes: []float64{math.NaN(), 3}[rng.IntN(2)], Status: recordings.Status(rng.IntN(4)),
			})
			if s := &sweeps[i]; s.Spikes == 3 && rng.IntN(4) == 0 { // current clamp
				s.Holding, s.Reversal, s.Current, s.Window = math.NaN(), math.NaN(), math.NaN(), math.NaN()
			}
		}
		var file bytes.Buffer
		if err := recordings.Write(&file, slices.Values(sweeps)); err != nil {
			t.Fatal(err)
		}
		i := 0
		for s, err := range recordings.ReadRaw(&file, "written") {
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprintf("%+v", s) != fmt.Sprintf("%+v", sweeps[i]) { // %v of a float64 is exact, and NaN its own equal
				t.Fatalf("row %d: %+v, want %+v", i, s, sweeps[i])
			}
			i++
		}
		if i != len(sweeps) {
			t.Errorf("%d rows, want %d", i, len(sweeps))
		}
	}

	var rows []recordings.Aggregate
	for i := range 500 {
		a := recordings.Aggregate{
			Response: recordings.Response{
				Animal: []string{"", name()}[rng.IntN(2)], Cell: name(), Channel: math.Abs(odd(rng, false)), Treatment: recordings.Treatment(rng.IntN(4)),
				Time: odd(rng, false), Block: rng.IntN(3), Paired: rng.IntN(2) == 0, Best: rng.IntN(2) == 0,
				Excitation: math.Abs(odd(rng, true)), Inhibition: math.Abs(odd(rng, false)), ErrorE: math.NaN(), ErrorI: math.Abs(odd(rng, true)),
				Unit: "% of baseline", Spikes: math.Abs(odd(rng, true)), ErrorSpikes: math.NaN(), Status: recordings.Status(rng.IntN(4)),
			},
			Source: []string{"", "10.1038/nature06289"}[rng.IntN(2)], Figure: fmt.Sprint("fig ", i), N: 1 + rng.IntN(100),
		}
		if !math.IsNaN(a.Excitation) {
			a.ErrorE = math.Abs(odd(rng, true))
		}
		if !math.IsNaN(a.Spikes) {
			a.ErrorSpikes = math.Abs(odd(rng, true))
		}
		rows = append(rows, a)
	}
	var file bytes.Buffer
	if err := recordings.Write(&file, slices.Values(rows)); err != nil {
		t.Fatal(err)
	}
	i := 0
	for a, err := range recordings.ReadAggregate(&file, "written") {
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", rows[i]) {
			t.Fatalf("row %d: %+v, want %+v", i, a, rows[i])
		}
		i++
	}
	if i != len(rows) {
		t.Errorf("%d rows, want %d", i, len(rows))
	}
}

// What cannot be read back is not written.
func TestWritersRefuse(t *testing.T) {
	good := recordings.Sweep{
		Animal: "A1", Cell: "C1", Treatment: recordings.ACh, Channel: 1, Level: math.NaN(), Holding: -70, Series: math.NaN(), Current: -80, Window: 50, Spikes: math.NaN(),
	}
	for want, spoil := range map[string]func(*recordings.Sweep){
		"row 1: no current was measured":                          func(s *recordings.Sweep) { s.Current = math.NaN() },
		"row 1: window_ms = \"+Inf\"":                             func(s *recordings.Sweep) { s.Window = math.Inf(1) },
		"row 1: cell = \"\", must be":                             func(s *recordings.Sweep) { s.Cell = "" },
		"row 1: condition = \"unknown (9)\", must be one of none": func(s *recordings.Sweep) { s.Treatment = 9 },
		"row 1: sweep = \"-1\", must be a whole number":           func(s *recordings.Sweep) { s.Number = -1 },
		"row 2: the same animal":                                  func(*recordings.Sweep) {},
		"row 1: holding_mV must differ from reversal_mV":          func(s *recordings.Sweep) { s.Reversal = -70 },
	} {
		bad := good
		spoil(&bad)
		refusal.Mentions(t, recordings.Write(&bytes.Buffer{}, slices.Values([]recordings.Sweep{bad, bad})), want)
	}
	tone := good
	tone.Number, tone.Tone = 1, true
	refusal.Mentions(t, recordings.Write(&bytes.Buffer{}, slices.Values([]recordings.Sweep{good, tone})), "row 2", "tones in some rows")
	refusal.Mentions(t, recordings.Write(&bytes.Buffer{}, slices.Values([]recordings.Aggregate{{Response: recordings.Response{Cell: "C1", Excitation: -1, Unit: "pA"}, N: 1}})), "row 1: excitation = \"-1\"")
}

// Generated sweeps, written, read and folded, are the generated responses; so
// are generated responses as an aggregate file. Load tells the two apart.
func TestLoad(t *testing.T) {
	g := generate.Typical()
	g.Cells, g.Dropout, g.Times = 3, 0.3, []float64{-15, -5, 5, 60}
	set, err := g.Generate(model.Stream(4, 0))
	if err != nil {
		t.Fatal(err)
	}
	var raw, aggregate bytes.Buffer
	if err := recordings.Write(&raw, set.Sweeps()); err != nil {
		t.Fatal(err)
	}
	var rows []recordings.Aggregate
	for _, r := range set.Responses {
		rows = append(rows, r.Aggregate())
	}
	if err := recordings.Write(&aggregate, slices.Values(rows)); err != nil {
		t.Fatal(err)
	}
	missing := 0
	for _, r := range set.Responses {
		if math.IsNaN(r.Inhibition) {
			missing++
		}
	}
	for name, file := range map[string]*bytes.Buffer{"raw": &raw, "aggregate": &aggregate} {
		path := filepath.Join(t.TempDir(), name+".csv")
		if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		got, account, err := recordings.Load(path, recordings.Fold{})
		if err != nil || len(got) != len(set.Responses) {
			t.Fatalf("%s: %d responses, want %d: %v", name, len(got), len(set.Responses), err)
		}
		for i, want := range set.Responses {
			if name == "aggregate" {
				want.SweepsE, want.SweepsI, want.SweepsSpikes = nil, nil, nil
			}
			if !alike(got[i], want, 1e-12) {
				t.Fatalf("%s: response %d:\n got %+v\nwant %+v", name, i, got[i], want)
			}
		}
		if n := noted(account, "responses after pairing without inhibition").Count; n != missing || missing == 0 {
			t.Errorf("%s: %d without inhibition, want %d", name, n, missing)
		}
		if account.Cells != 3 || account.Animals != 3 || account.Responses != 3*8*4 {
			t.Errorf("%s: %v", name, account)
		}
	}

	_, _, err = recordings.Load(filepath.Join(t.TempDir(), "none.csv"), recordings.Fold{})
	refusal.Mentions(t, err, "none.csv", "no such file")
	for name, text := range map[string]string{"empty": "", "header": rawHeader, "strange": "voltage,time\n"} {
		path := filepath.Join(t.TempDir(), name+".csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, err = recordings.Load(path, recordings.Fold{})
		refusal.Mentions(t, err, name+".csv", map[string]string{"empty": "is empty", "header": "no row after the header", "strange": "which the raw schema requires"}[name])
	}
}

// The blocks of an aggregate file are its times, by cell and condition, or its own
// numbers where they differ, on either side of pairing.
func TestBlocksOfAggregates(t *testing.T) {
	for _, test := range []struct {
		rows string // cell, channel, condition, time, block
		want []int
	}{
		{"C1,1,ACh,-5,0 C1,2,ACh,-5,0 C1,1,ACh,-20,0 C1,1,ACh,5,0 C2,1,ACh,-5,0 C1,1,none,60,0", []int{1, 1, 0, 2, 0, 0}},
		{"C1,1,ACh,-6,4 C1,2,ACh,-5,4 C1,1,ACh,-20,3 C1,2,ACh,-19,3 C1,1,ACh,5,4", []int{1, 1, 0, 0, 2}},
		{"C1,1,ACh,-6,1 C1,1,ACh,-5,1 C2,1,ACh,-5,2", []int{0, 1, 0}},
	} {
		file := "source_doi,figure,cell,channel,condition,time_min,block,excitation,inhibition,unit,sem,n,status\n"
		for _, row := range strings.Fields(test.rows) {
			file += ",," + row + ",1,1,pA,,5,derived\n"
		}
		all, _, err := recordings.Collect(recordings.ReadAggregate(strings.NewReader(file), "x.csv"))
		var got []int
		for _, r := range all {
			got = append(got, r.Block)
		}
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: blocks %v, want %v; %v", test.rows, got, test.want, err)
		}
	}
	// Spikes alone are no baseline block of the currents.
	_, account, err := recordings.Collect(recordings.ReadAggregate(strings.NewReader(
		"source_doi,figure,cell,channel,condition,time_min,excitation,inhibition,unit,sem,n,status,postsynaptic_spikes\n"+
			",,C1,1,ACh,-20,1,1,pA,,5,derived,\n,,C1,1,ACh,-5,,,pA,,5,derived,0.5\n"), "x.csv"))
	if err != nil || noted(account, alone[0].What).Count != 1 {
		t.Errorf("%v, want one baseline block; %v", account, err)
	}
}

// alike is whether two responses agree, numbers to a relative tolerance and NaN
// with NaN.
func alike(a, b recordings.Response, tolerance float64) bool {
	close := func(x, y float64) bool {
		return math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= tolerance*max(math.Abs(x), math.Abs(y))
	}
	words := func(r recordings.Response) string {
		return strings.Join([]string{r.Animal, r.Cell, r.Treatment.String(), r.Unit, r.Status.String(), fmt.Sprint(r.Channel, r.Paired, r.Best, r.Block, len(r.SweepsE), len(r.SweepsI), len(r.SweepsSpikes))}, "|")
	}
	return words(a) == words(b) && close(a.Time, b.Time) && close(a.Excitation, b.Excitation) && close(a.Inhibition, b.Inhibition) &&
		close(a.ErrorE, b.ErrorE) && close(a.ErrorI, b.ErrorI) && close(a.Spikes, b.Spikes) && close(a.ErrorSpikes, b.ErrorSpikes) &&
		slices.EqualFunc(a.SweepsE, b.SweepsE, close) && slices.EqualFunc(a.SweepsI, b.SweepsI, close)
}

// The same stream gives the same set, and folding its sweeps the responses.
func TestSweepsAndResponsesAgree(t *testing.T) {
	g := generate.Typical()
	g.Dropout, g.Drift, g.Additive = 0.2, 0.1, 2
	g.Times = []float64{-15, -5, -3, 5, 60, 61} // nearer than a gap, but numbered
	draw := func() *generate.Set {
		s, err := g.Generate(model.Stream(11, 9))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	a, b := draw(), draw()
	if fmt.Sprint(a) != fmt.Sprint(b) {
		t.Error("the same stream gives another set")
	}
	rows := slices.Collect(a.Sweeps())
	seen := map[string]bool{}
	for _, r := range rows {
		if r.Status != recordings.Generated {
			t.Fatal("a generated sweep is not marked")
		}
		if key := fmt.Sprintln(r.Cell, r.Number, r.Holding); seen[key] {
			t.Fatalf("sweep %d of cell %s stands twice at %v mV", r.Number, r.Cell, r.Holding)
		} else {
			seen[key] = true
		}
	}
	all, account, err := recordings.Fold{}.Sweeps(values(rows))
	if err != nil || len(all) != len(a.Responses) || account.LeftOut != nil {
		t.Fatalf("%d responses: %v, %v", len(all), err, account)
	}
	for i, want := range a.Responses {
		if !alike(all[i], want, 1e-12) {
			t.Fatalf("response %d: %+v, want %+v", i, all[i], want)
		}
	}
}
