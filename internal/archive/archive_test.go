package archive

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestChanged(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Read(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no archive: %v", err)
	}
	write(Name, `{"files": {}}`)
	if _, err := Read(dir); err == nil {
		t.Error("an archive without a commit is read")
	}
	want := Archive{Commit: "v1", Time: 7, Files: map[string]File{}}
	for _, name := range []string{"same", "sub/other", "gone"} {
		want.Files[name] = File{Sum: Sum([]byte(name))}
	}
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	write(Name, string(text))
	write("same", "same")
	write("sub/other", "another")
	write("new", "not known to it")
	a, err := Read(dir)
	if err != nil || a.Commit != "v1" || a.Time != 7 {
		t.Fatalf("%+v, %v", a, err)
	}
	if got := a.Changed(dir); !slices.Equal(got, []string{"gone", "sub/other"}) {
		t.Errorf("changed: %q", got)
	}
	if f, found := Of(filepath.Join(dir, "sub", "other")); !found || f.Sum != Sum([]byte("sub/other")) {
		t.Errorf("sub/other: %+v, %v", f, found)
	}
	for _, name := range []string{"new", "sub/gone"} {
		if f, found := Of(filepath.Join(dir, filepath.FromSlash(name))); found {
			t.Errorf("%s, which it does not know: %+v", name, f)
		}
	}
}
