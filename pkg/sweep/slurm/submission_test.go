package slurm

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"credo/pkg/sweep/shard"
)

// work is a study of K shards of two runs each.
type work struct{ *shard.Folder }

func newWork(t *testing.T, dir string, shards int) work {
	t.Helper()
	hash := strings.Repeat("0123456789abcdef", 4)
	f, err := shard.Create(dir, shard.NewPlan("a_study-s", hash, hash, 2*shards, shards), nil)
	if err != nil {
		t.Fatal(err)
	}
	w := work{f}
	w.estimated(t, shard.Estimate{Timed: 1, Seconds: 400, Memory: 1 << 27, Cores: 2, Host: "here"})
	return w
}

func (w work) estimated(t *testing.T, e shard.Estimate) {
	t.Helper()
	if err := w.WriteEstimate(e); err != nil {
		t.Fatal(err)
	}
}

// finish writes the result of a shard.
func (w work) finish(t *testing.T, i int) {
	t.Helper()
	w.run(t, i, w.Plan().Size(i))
}

// run makes some runs of a shard.
func (w work) run(t *testing.T, i, runs int) {
	t.Helper()
	a, err := w.Begin(i)
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range w.Members(i)[:runs] {
		if err := a.Add(run, []string{"y"}, []float64{float64(run)}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.End(); err != nil {
		t.Fatal(err)
	}
}

// A script is read back as it was written, whatever is in the folder's name, and runs the shard of its task.
func TestScript(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "it's a $HOME `x`")
	w := newWork(t, dir, 9)
	if err := os.WriteFile(filepath.Join(dir, "program"), []byte("#!/bin/sh\nprintf '%s ' \"$@\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	want := submission{name: "n", shards: []int{7, 2, 9}, memory: 250}
	text := want.script(w.Folder, Settings{Minutes: 12, Throttle: 2, Options: []string{"--partition=long", "--comment=two words"}})
	got, err := parseScript("n", text, 9)
	if err != nil || got.name != want.name || got.memory != want.memory || !slices.Equal(got.shards, want.shards) {
		t.Errorf("read %v %v, want %v", got, err, want)
	}
	for _, line := range []string{"--array=0-2%2", "--time=12", "--mem=250", "--partition=long", "--requeue", "--open-mode=append", "--signal=B:USR1@60"} {
		if !strings.Contains(text, "\n#SBATCH "+line+"\n") {
			t.Errorf("no %s in\n%s", line, text)
		}
	}
	for i, part := range []string{"7/9", "2/9", "9/9"} {
		cmd := exec.Command("bash")
		cmd.Stdin = strings.NewReader(text)
		cmd.Env = []string{"SLURM_ARRAY_TASK_ID=" + string(rune('0'+i))}
		out, err := cmd.CombinedOutput()
		if err != nil || string(out) != "run -out "+dir+" -shard "+part+" " {
			t.Errorf("task %d: %v, printed %q, want %s", i, err, out, part)
		}
	}
	for _, foreign := range []string{"", strings.Replace(text, "shard 9", "shard 10", 1), strings.Replace(text, "--mem", "--men", 1)} {
		if _, err := parseScript("n", foreign, 9); err == nil || !strings.Contains(err.Error(), "no script of this study") {
			t.Errorf("no complaint about\n%s", foreign)
		}
	}
}
