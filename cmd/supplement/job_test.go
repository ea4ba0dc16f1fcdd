package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"credo/internal/notebook"
	"credo/internal/workshop"
)

// job runs one notebook through a stand-in for nbconvert; old is the file before.
func job(t *testing.T, old []byte, check bool, script string) (path string, j Job) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "01_x.ipynb")
	if err := os.WriteFile(path, old, 0o644); err != nil {
		t.Fatal(err)
	}
	list, err := notebook.Find(filepath.Dir(path), filepath.Dir(path), "01_x.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	progress := workshop.NewProgress(io.Discard)
	t.Cleanup(progress.Close)
	return path, Job{Source: list[0], Check: check, Failed: filepath.Join(t.TempDir(), "failed"), Progress: progress,
		Execution: nbconvert(t, script)}
}

func TestJob(t *testing.T) {
	good, nb := fixture(t)
	for _, c := range nb.Cells {
		c.Outputs = nil
	}
	fresh, err := nb.Encode() // as an author leaves it
	if err != nil {
		t.Fatal(err)
	}
	executed := filepath.Join(t.TempDir(), "good")
	if err := os.WriteFile(executed, good, 0o644); err != nil {
		t.Fatal(err)
	}
	wrongClaim := `sed 's/\\"holds\\":true/\\"holds\\":false/' ` + executed + ` >"$out"`
	for _, c := range []struct {
		name       string
		old, after []byte
		check      bool
		script     string
		want       string // in the error
	}{
		{"written", fresh, good, false, "cp " + executed + ` "$out"`, ""},
		{"unchanged", good, good, false, "cp " + executed + ` "$out"`, ""},
		{"checked", good, good, true, "cp " + executed + ` "$out"`, ""},
		{"check finds a change", fresh, fresh, true, "cp " + executed + ` "$out"`, "cell 9, In [5]: outputs committed [], executed [display_data]"},
		{"wrong claim", fresh, fresh, false, wrongClaim, "claim does not hold: mean of cos² over a period: got 0.5, want 0.5 ± 1e-09"},
		{"wrong claim, checked", good, good, true, wrongClaim, "claim does not hold"},
		{"garbled", fresh, fresh, false, `head -c 500 "$in" >"$out"`, "executed: not a notebook"},
		{"crash", fresh, fresh, false, "exit 3", "exit status 3"},
	} {
		path, j := job(t, c.old, c.check, c.script)
		result, err := j.Run(t.Context())
		entry := result.Entry
		if (c.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
		if err == nil && (len(entry.Claims) != 2 || entry.Title != "A fixture: the mean of a cosine") {
			t.Errorf("%s: entry %+v", c.name, entry)
		}
		if now, _ := os.ReadFile(path); !bytes.Equal(unsealed(t, now), c.after) {
			t.Errorf("%s: the file is not what it should be", c.name)
		}
		_, err = os.Stat(filepath.Join(j.Failed, "01_x.ipynb"))
		if kept := err == nil; kept != (strings.Contains(c.want, "claim") || strings.Contains(c.want, "outputs")) {
			t.Errorf("%s: execution kept: %v", c.name, kept)
		}
	}
}

// unsealed is the text of a notebook without its seal.
func unsealed(t *testing.T, text []byte) []byte {
	t.Helper()
	nb, err := notebook.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	nb.SetSeal(notebook.Seal{})
	text, err = nb.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// An edit made during the execution is not overwritten.
func TestJobEdited(t *testing.T) {
	text, nb := fixture(t)
	nb.Cells[2].Outputs = []notebook.Output{{Type: "stream", Name: "stdout", Text: "old"}}
	old, _ := nb.Encode()
	executed := filepath.Join(t.TempDir(), "good")
	if err := os.WriteFile(executed, text, 0o644); err != nil {
		t.Fatal(err)
	}
	path, j := job(t, old, false, "cp "+executed+` "$out"; echo edited >"$in"`)
	if _, err := j.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "changed while it was executed") {
		t.Errorf("error %v", err)
	}
	if now, _ := os.ReadFile(path); string(now) != "edited\n" {
		t.Errorf("the edit is lost: %.40q", now)
	}
}
