//go:build unix

package parallel

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/sweep/shard"
)

// three is a study of three shards of a run each.
func three(t *testing.T) *shard.Folder {
	t.Helper()
	hash := strings.Repeat("0123456789abcdef", 4)
	f, err := shard.Create(t.TempDir(), shard.NewPlan("study", hash, hash, 3, 3), nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// pretend puts a program called parallel before all others.
func pretend(t *testing.T, script string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "parallel"), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
}

func TestRefusals(t *testing.T) {
	f := three(t)
	engine := func(args ...string) error {
		err := Engine(context.Background(), f, nil, args, &strings.Builder{}, &strings.Builder{})
		if shard.ExitCode(err) != shard.ExitRefused {
			t.Errorf("%q: %v ends with %d, want %d", args, err, shard.ExitCode(err), shard.ExitRefused)
		}
		return err
	}
	refusal.Mentions(t, engine("-hots", "x"), "hots")
	for hosts, named := range map[string]string{",": `""`, "1/one,": `""`, "0/one": "0/one", "x/:": "x/:", "two,1/": "1/", "one, two": " two"} {
		refusal.Mentions(t, engine("-hosts", hosts), "no host", named)
	}
	pretend(t, "echo parallel from moreutils") // a program that has the name only
	refusal.Mentions(t, engine(), "GNU parallel is not installed")
	refusal.Mentions(t, engine("-hosts", "8/me@one.example,:,ssh -p 23 two"), "GNU parallel is not installed") // are hosts
}

// Files decide: nothing is merged where nothing was done, and nothing is run where all is done.
func TestFiles(t *testing.T) {
	const version = `[ "$1" = --version ] && echo GNU parallel && exit
`
	f, merged := three(t), false
	merge := func() error { merged = true; return nil }
	pretend(t, version+"cat >/dev/null; exit 3")
	err := Engine(context.Background(), f, merge, nil, &strings.Builder{}, &strings.Builder{})
	refusal.Mentions(t, err, "no shard was done", "exit status 3")
	if merged {
		t.Error("nothing was done, and is merged")
	}
	for i := 1; i <= 3; i++ {
		a, err := f.Begin(i)
		if err != nil {
			t.Fatal(err)
		}
		added := a.Add(f.Members(i)[0], []string{"y"}, []float64{1})
		if _, err := a.End(); err != nil || added != nil {
			t.Fatal(added, err)
		}
	}
	if err := Engine(context.Background(), f, merge, nil, &strings.Builder{}, &strings.Builder{}); err != nil || !merged {
		t.Errorf("all is done: %v, merged %v", err, merged)
	}
}
