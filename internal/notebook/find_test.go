package notebook

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	root := t.TempDir()
	text, _ := fixture(t)
	put := func(name, text string) {
		t.Helper()
		path := filepath.Join(root, name)
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		if err == nil {
			err = os.WriteFile(path, []byte(text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	find := func(pattern, want string) []Source {
		t.Helper()
		list, err := Find(root, root, pattern)
		if (want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", pattern, err, want)
		}
		return list
	}
	find("notebooks/*.ipynb", "there are no notebooks")
	put("notebooks/01_a.ipynb", string(text))
	put("notebooks/02_b.ipynb", string(text))
	if list := find("notebooks/*.ipynb", ""); len(list) != 2 || list[1].Name != "02_b" || list[1].Label != "notebooks/02_b.ipynb" {
		t.Errorf("%d notebooks", len(list))
	}
	if list := find("02*", ""); len(list) != 1 {
		t.Errorf("%d notebooks by name alone", len(list))
	}
	find("03*", `"03*" matches no file`)
	find("[", "syntax error")
	put("notebooks/03_c.ipynb", string(text[:900]))
	put("notebooks/04_d.ipynb", strings.ReplaceAll(string(text), `"# A fixture`, `"A fixture`))
	put("notebooks/05_e.ipynb", strings.ReplaceAll(string(text), `"cell_type": "code"`, `"cell_type": "raw"`))
	put("notebooks/06_f.ipynb", strings.ReplaceAll(string(text), `"var (\n"`, `"var [\n"`))
	put("notebooks/index.ipynb", string(text))
	for _, want := range []string{"notebooks/03_c.ipynb: not a notebook: the JSON is truncated", "notebooks/04_d.ipynb: no title",
		"notebooks/05_e.ipynb: the notebook has no code", "notebooks/06_f.ipynb: the cell tagged parameters", "notebooks/index.ipynb: its name"} {
		find("notebooks/*.ipynb", want)
	}
}
