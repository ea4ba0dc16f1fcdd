package slurm

import (
	"path/filepath"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/sweep/shard"
)

// Time and memory follow from the estimate: at most half of the limit is expected.
func TestFill(t *testing.T) {
	w := newWork(t, t.TempDir(), 20) // two runs of 400 s a shard
	set, err := Settings{}.fill(w.Folder)
	if err != nil {
		t.Fatal(err)
	}
	if set.Minutes != 29 || set.Memory != 292 {
		t.Errorf("800 s and 128 MB get %d min and %d MB, want 29 and 292", set.Minutes, set.Memory)
	}
	e := w.Estimate()
	e.Slowest = 3000 // a run that is longer than a shard is on average
	w.estimated(t, e)
	if set, err = (Settings{}).fill(w.Folder); err != nil || set.Minutes != 102 {
		t.Errorf("a run of 3000 s gets %d min, want 102; %v", set.Minutes, err)
	}
	set, err = Settings{Minutes: 7, Memory: 50}.fill(w.Folder)
	if err != nil || set.Minutes != 7 || set.Memory != 50 {
		t.Errorf("%+v %v, want what was given", set, err)
	}
}

func TestRefusals(t *testing.T) {
	w := newWork(t, t.TempDir(), 20)
	fill := func(s Settings) error { _, err := s.fill(w.Folder); return err }
	refusal.Mentions(t, fill(Settings{Minutes: -1}), "Minutes = -1", "at least 3")
	refusal.Mentions(t, fill(Settings{Memory: -1}), "Memory = -1", "[0, ∞)")
	refusal.Mentions(t, fill(Settings{Throttle: -2}), "Throttle", "-2")
	refusal.Mentions(t, fill(Settings{Options: []string{"long"}}), `"long"`, "--partition=long")
	for _, o := range []string{"--job-name=mine", "-Jmine", "-a0-3", "--wait", "--clusters=all", "--test-only",
		"--job=mine", "--arr=0-3", "--job-name mine", "-QJmine", "-HsW", "--err=mine", "-t5", "--mem=5", "--mem-per-c=5", "--help"} {
		refusal.Mentions(t, fill(Settings{Options: []string{o}}), o, "left to this command")
	}
	refusal.Mentions(t, fill(Settings{Options: []string{`--comment="a"`}}), "without quotes")
	if err := fill(Settings{Options: []string{"--partition=long", "-plong", "--part=long", "-QHplong", "--partition long", "--comment=two words", "--time-min=5", "--wait-all-nodes=1", "-n1", "--exclusive"}}); err != nil {
		t.Error(err)
	}

	e := w.Estimate()
	e.Seconds = 20 // 40 runs on 2 cores: 400 s
	w.estimated(t, e)
	refusal.Mentions(t, fill(Settings{}), "7 min on 2 cores of here", "run it here")
	if err := fill(Settings{Anyway: true}); err != nil {
		t.Error(err)
	}
	w.estimated(t, shard.Estimate{})
	refusal.Mentions(t, fill(Settings{Minutes: 5}), "nobody has timed")
	if err := fill(Settings{Minutes: 5, Memory: 100}); err != nil {
		t.Error(err)
	}
	w = newWork(t, filepath.Join(t.TempDir(), "100%"), 2)
	refusal.Mentions(t, fill(Settings{}), "100%", "sbatch")
}
