package sweep_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"credo/pkg/experiment"
	"credo/pkg/sweep"
)

// The test program is also a program of a study, if SWEEP names which.
func TestMain(m *testing.M) {
	if which := os.Getenv("SWEEP"); which == "file" {
		sweep.MainFile()
	} else if which != "" {
		sweep.Main(studied(which))
	}
	os.Exit(m.Run())
}

// studied is a study of points × seeds runs, "points,seeds,microseconds[,fault]": a run sleeps so long and measures numbers from its stream
// and its point.
func studied(which string) experiment.Design {
	word := strings.Split(which, ",")
	number := func(k int) int {
		n, err := strconv.Atoi(word[k])
		if err != nil {
			panic(err)
		}
		return n
	}
	if word[0] == "neuron" {
		d, err := sweep.Read([]byte(`{"name": "neuron", "set": {"Channels": 100, "Duration": 100}, "grid": [{"name": "Load", "values": [0.3, 0.6]}]}`))
		if err != nil {
			panic(err)
		}
		d.Seeds = number(1)
		return d
	}
	if word[0] == "exp" {
		return experiment.Design{Name: "exp", Seeds: number(1), Measure: func(_ context.Context, _ experiment.Run, rng *rand.Rand) (experiment.Values, error) {
			return experiment.Values{"exp": math.Exp(rng.NormFloat64())}, nil
		}}
	}
	x := make([]float64, number(0))
	for k := range x {
		x[k] = float64(k) / 7
	}
	sleep, fault := time.Duration(number(2))*time.Microsecond, ""
	if len(word) > 3 {
		fault = word[3]
	}
	return experiment.Design{Name: "tested", Seed: 3, Seeds: number(1), Points: experiment.Grid{{Name: "x", Values: x}},
		Measure: func(ctx context.Context, r experiment.Run, rng *rand.Rand) (experiment.Values, error) {
			if sleep > 0 {
				time.Sleep(sleep)
			}
			if _, err := os.Stat(fault); fault != "" && err == nil && r.Seed == 1 {
				return nil, fmt.Errorf("the fault is there")
			}
			return experiment.Values{"sum": r.At["x"] + rng.Float64(), "normal": rng.NormFloat64(), "nan": 0 / (r.At["x"] * float64(r.Seed))}, nil
		}}
}

// place is a folder with a study.
type place struct {
	t     testing.TB
	dir   string
	study string
	env   []string
}

func newPlace(t testing.TB, study string) *place {
	return &place{t: t, dir: filepath.Join(t.TempDir(), "a [study], 1"), study: study}
}

func (p *place) command(args ...string) *exec.Cmd {
	p.t.Helper()
	self, err := os.Executable()
	if err != nil {
		p.t.Fatal(err)
	}
	cmd := exec.Command(self, append(args, "-out", p.dir)...)
	cmd.Env = append(append(os.Environ(), "SWEEP="+p.study, "GODEBUG="), p.env...)
	return cmd
}

// run runs a command, which must end with the status, and returns what it printed.
func (p *place) run(status int, args ...string) string {
	p.t.Helper()
	out, err := p.command(args...).CombinedOutput()
	got := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		p.t.Fatal(err)
	}
	if got != status {
		p.t.Fatalf("%q: exit status %d, want %d: %s", args, got, status, out)
	}
	return string(out)
}

func (p *place) path(name string) string { return filepath.Join(p.dir, filepath.FromSlash(name)) }

func (p *place) read(name string) []byte {
	p.t.Helper()
	b, err := os.ReadFile(p.path(name))
	if err != nil {
		p.t.Fatal(err)
	}
	return b
}

func (p *place) write(name string, b []byte) {
	p.t.Helper()
	if err := os.WriteFile(p.path(name), b, 0o666); err != nil {
		p.t.Fatal(err)
	}
}

// says fails unless text has all of want.
func says(t testing.TB, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not said in: %s", w, text)
		}
	}
}

var tables sync.Map // by study

// table is the merged table of a study, computed here without any command, once.
func table(t testing.TB, study string) []byte {
	t.Helper()
	if b, is := tables.Load(study); is {
		return b.([]byte)
	}
	table, err := studied(study).Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := table.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	tables.Store(study, b.Bytes())
	return b.Bytes()
}

// merged fails unless the study merges to the table, and nothing is left over.
func (p *place) merged() {
	p.t.Helper()
	p.run(0, "merge")
	if got, want := p.read("table.csv"), table(p.t, p.study); !bytes.Equal(got, want) {
		p.t.Errorf("the table has %d bytes, is another than the %d by Design.Run", len(got), len(want))
	}
	for _, pattern := range []string{"parts/*", "failed/*", "results/.*", ".[a-z]*"} {
		if left, _ := filepath.Glob(p.path(pattern)); len(left) > 0 {
			p.t.Errorf("left over: %q", left)
		}
	}
}

// crc is the checksum of a line as the format of results has it.
func crc(line string) string {
	return fmt.Sprintf("%08x", crc32.Checksum([]byte(line), crc32.MakeTable(crc32.Castagnoli)))
}
