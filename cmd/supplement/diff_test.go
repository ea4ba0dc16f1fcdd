package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"credo/internal/notebook"
	"credo/internal/refusal"
)

// repo makes a git repository of one commit with the fixture in notebooks/01_a.ipynb.
func repo(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	text, _ := fixture(t)
	for name, text := range map[string]string{"go.mod": "module study\n\ngo 1.26\n", "notebooks/01_a.ipynb": string(text)} {
		path := filepath.Join(root, name)
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		if err == nil {
			err = os.WriteFile(path, []byte(text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	gitIn(t, root, "init", "-q")
	commit(t, root)
	return root
}

func commit(t *testing.T, root string) {
	t.Helper()
	gitIn(t, root, "add", "-A")
	gitIn(t, root, "-c", "user.name=n", "-c", "user.email=n@example.org", "commit", "-q", "-m", "m")
}

func gitIn(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %q: %v: %s", args, err, out)
	}
}

func TestCompare(t *testing.T) {
	root := repo(t)
	path := filepath.Join(root, "notebooks/01_a.ipynb")
	compare := func(rev string) (string, error) {
		t.Helper()
		sources, err := notebook.Find(root, root, "notebooks/*.ipynb")
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		err = Compare(&b, root, rev, sources)
		return b.String(), err
	}
	if out, err := compare("HEAD"); err != nil || !strings.Contains(out, "No claim and no number differs from HEAD in 1 notebook.") {
		t.Errorf("%q, %v", out, err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.NewReplacer(`\"got\":\"0.5\"`, `\"got\":\"0.75\"`, `N = 3\n`, `N = 4\n`).Replace(string(text))
	if changed == string(text) {
		t.Fatal("the fixture has changed")
	}
	if err := os.WriteFile(path, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := compare("HEAD")
	for _, part := range []string{"01_a", "claim: mean of cos² over a period", "0.5 ", "0.75", "+50 %", ": N =", "+33 %"} {
		if err != nil || !strings.Contains(out, part) {
			t.Errorf("no %q, %v in\n%s", part, err, out)
		}
	}
	_, err = compare("none")
	refusal.Mentions(t, err, `no revision "none"`)
	_, err = compare("--output=x")
	refusal.Mentions(t, err, "is no revision")
	gitIn(t, root, "mv", "notebooks/01_a.ipynb", "notebooks/02_b.ipynb")
	if out, err := compare("HEAD"); err != nil || !strings.Contains(out, "new") {
		t.Errorf("%s %v", out, err)
	}
}
