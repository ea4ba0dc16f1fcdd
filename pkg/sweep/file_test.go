package sweep_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"credo/pkg/experiment"
	"credo/pkg/sweep"
)

const file = `{"name": "small", "seed": 1, "seeds": 2, "set": {"Channels": 40, "Duration": 5}, "grid": [{"name": "Load", "values": [0.5, 2]}]}`

// A study that a file describes goes the whole way without Go; once planned, its folder is enough.
func TestFile(t *testing.T) {
	p := newPlace(t, "file")
	path := filepath.Join(t.TempDir(), "small.json")
	if err := os.WriteFile(path, []byte(file), 0o666); err != nil {
		t.Fatal(err)
	}
	says(t, p.run(0, "plan", path, "-shards", "3"), "small: 4 runs in 3 shards", "That is small: run it here", "MB")
	p.run(0, "run", "-shard", "2/3")
	says(t, p.run(3, "status", path), "1 done, 2 missing")
	p.run(0, "run")
	p.run(0, "merge")
	d, err := sweep.Read([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	want, err := d.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := want.WriteCSV(&b); err != nil || !bytes.Equal(b.Bytes(), p.read("table.csv")) {
		t.Errorf("%v: Design.Run says\n%s\nthe commands\n%s", err, b.Bytes(), p.read("table.csv"))
	}
	says(t, string(p.read("manifest.json")), `"name": "small"`, `"seeds": 2`, `"points": 2`, "Balance.Offset", `"code": "`)
	if bytes.Contains(p.read("manifest.json"), []byte(p.dir)) {
		t.Error("the manifest names a folder of this machine")
	}
	if err := os.WriteFile(path, bytes.Replace([]byte(file), []byte("2]"), []byte("2, 3]"), 1), 0o666); err != nil {
		t.Fatal(err)
	}
	says(t, p.run(2, "run", path), `the study "small" has changed since it was planned`)
	if err := os.WriteFile(path, []byte(`{"name": "../small"}`), 0o666); err != nil {
		t.Fatal(err)
	}
	says(t, p.run(2, "run", path), `Name = "../small", must be 1 to 60 letters, digits, - and _`)
	says(t, p.run(2, "run", path+".none"), "no such file")
}

// Points of every kind go from the file to the table, and are those that a program of that design has.
func TestFilePoints(t *testing.T) {
	ranges := []experiment.Range{{Name: "Load", From: 0.2, To: 1}, {Name: "Rate", From: 0.1, To: 1, Log: true}}
	const written = `"ranges": [{"name": "Load", "from": 0.2, "to": 1}, {"name": "Rate", "from": 0.1, "to": 1, "log": true}], "number": 4, "seed": 5`
	for points, want := range map[string]experiment.Points{
		`"random": {` + written + `}`:          experiment.Random{Ranges: ranges, Number: 4, Seed: 5},
		`"latin_hypercube": {` + written + `}`: experiment.LatinHypercube{Ranges: ranges, Number: 4, Seed: 5},
		`"list": {"names": ["Load", "Rate"], "values": [[0.5, 1], [2, 0.1], [0.5, 0.5]]}`: experiment.List{
			Names: []string{"Load", "Rate"}, Values: [][]float64{{0.5, 1}, {2, 0.1}, {0.5, 0.5}}},
	} {
		text := strings.Replace(file, `"grid": [{"name": "Load", "values": [0.5, 2]}]`, points, 1)
		p := newPlace(t, "file")
		path := filepath.Join(t.TempDir(), "small.json")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		p.run(0, "run", path)
		p.run(0, "merge")
		d, err := sweep.Read([]byte(file))
		if err != nil {
			t.Fatal(err)
		}
		d.Points = want
		table, err := d.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := table.WriteCSV(&b); err != nil || !bytes.Equal(b.Bytes(), p.read("table.csv")) {
			t.Errorf("%v: %s: Design.Run says\n%s\nthe commands\n%s", err, points, b.Bytes(), p.read("table.csv"))
		}
		if rows := bytes.Count(b.Bytes(), []byte("\n")) - 1; rows < 6 || !strings.HasPrefix(b.String(), "point,seed,Load,Rate,") {
			t.Errorf("%s: %d runs: %s", points, rows, b.String())
		}
	}
}

// Points that are added later are computed alone, as a study of the same name: their rows are those of the study of all.
func TestAddedPoints(t *testing.T) {
	rows := func(loads string) string {
		p := newPlace(t, "file")
		path := filepath.Join(t.TempDir(), "small.json")
		if err := os.WriteFile(path, []byte(strings.Replace(file, "[0.5, 2]", loads, 1)), 0o666); err != nil {
			t.Fatal(err)
		}
		p.run(0, "run", path)
		p.run(0, "merge")
		var b strings.Builder
		for line := range strings.Lines(string(p.read("table.csv"))) {
			if _, row, _ := strings.Cut(line, ","); !strings.HasPrefix(line, "point") { // the point's number is another
				b.WriteString(row)
			}
		}
		return b.String()
	}
	if first, added, all := rows("[0.5, 2]"), rows("[3]"), rows("[0.5, 2, 3]"); first+added != all || strings.Count(added, "\n") != 2 {
		t.Errorf("%s and\n%s are not\n%s", first, added, all)
	}
}

// A process that was killed between the plan and what lies beside it has left nothing that another one does not make good.
func TestPlannedInPart(t *testing.T) {
	p := newPlace(t, "file")
	path := filepath.Join(t.TempDir(), "small.json")
	if err := os.WriteFile(path, []byte(file), 0o666); err != nil {
		t.Fatal(err)
	}
	p.run(0, "plan", path)
	for _, name := range []string{"study.json", "estimate.json"} {
		if err := os.Remove(p.path(name)); err != nil {
			t.Fatal(err)
		}
	}
	p.run(3, "status", path)
	p.run(3, "status")
	says(t, p.run(0, "plan"), "A run takes about")
	p.read("estimate.json")
}

// The study that lies beside the command is one.
func TestCapacity(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "cmd", "sweep", "capacity.json"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := sweep.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := d.Runs(); err != nil || r.Len() != 3*8*20 {
		t.Errorf("%v, %v", r, err)
	}
}

// Without -out the study's folder is build/sweep/NAME below the working one; without a study there is a sentence.
func TestDefaultFolder(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "small.json"), []byte(file), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"run", "small.json"}, {"merge", "small.json"}, {"status", "-out=build/sweep/small"}} {
		cmd := exec.Command(self, args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "SWEEP=file")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%q: %v: %s", args, err, out)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "build", "sweep", "small", "table.parquet")); err != nil {
		t.Error(err)
	}
	cmd := exec.Command(self, "run")
	cmd.Env = append(os.Environ(), "SWEEP=file")
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Error("no study is run")
	}
	says(t, string(out), "say which study")
}

// Digits do not depend on whether the processor multiplies and adds with one rounding.
func TestDigits(t *testing.T) {
	var first []byte
	for _, debug := range []string{"GODEBUG=", "GODEBUG=cpu.fma=on", "GODEBUG=cpu.fma=off", "GODEBUG=gctrace=0,cpu.fma=on"} {
		p := newPlace(t, "exp,500,0")
		p.env = []string{debug}
		p.run(0, "run")
		p.run(0, "merge")
		if got := p.read("table.csv"); first == nil {
			first = got
		} else if !bytes.Equal(first, got) {
			t.Errorf("%s: other digits", debug)
		}
	}
}
