package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	for _, content := range []string{"first, longer", "second"} {
		if err := Write(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != content {
			t.Errorf("%q, %v", got, err)
		}
	}
	// A folder stands where the file should go: the error leaves nothing behind.
	if err := os.Mkdir(filepath.Join(dir, "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	if Write(filepath.Join(dir, "b"), nil) == nil {
		t.Error("no error for a folder")
	}
	if Write(filepath.Join(dir, "none", "c"), nil) == nil {
		t.Error("no error without a folder")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// Of many that create a file at once one wins, and it is whole.
func TestCreate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	var won [8]error
	var wg sync.WaitGroup
	for k := range won {
		wg.Go(func() { won[k] = Create(path, fmt.Append(nil, k)) })
	}
	wg.Wait()
	got, _ := os.ReadFile(path)
	for k, err := range won {
		if is := string(got) == fmt.Sprint(k); is && err != nil || !is && !errors.Is(err, fs.ErrExist) {
			t.Errorf("%d: %v, and %q is there", k, err, got)
		}
	}
}

// Of what is left in a folder temporary files alone are removed, and not those of a process that lives.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	mine := fmt.Sprintf(".a.credo-%d-0123456789ab", os.Getpid())
	for name, stays := range map[string]bool{".gitignore": true, ".a.credo-2147483646-0123456789ab": false, mine: true, "a.credo-7-0123456789ab": true} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		Sweep(dir)
		if _, err := os.Stat(path); (err == nil) != stays {
			t.Errorf("%s: %v", name, err)
		}
	}
}
