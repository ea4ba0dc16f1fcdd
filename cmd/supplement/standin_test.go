package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"credo/internal/notebook"
	"credo/internal/workshop"
)

// What stands in for Jupyter, the browser and the kernel, so that a whole run takes
// half a second. HOOK and BROWSERHOOK are shell code which they run.
const (
	standInJupyter = `
while test $# -gt 1; do case $1 in --output-dir) dir=$2 ;; --output) name=$2 ;; esac; shift; done
in=$1 out=$dir/$name
[ -z "${RAN:-}" ] || echo "$name" >>"$RAN"
start() { echo "[NbConvertApp] Executing cell:" >&2; echo x >&2; }
start
eval "${HOOK:-}"
[ -f "$out" ] || cp "$in" "$out"`
	standInBrowser = `
eval "${BROWSERHOOK:-}"
for a; do case $a in --print-to-pdf=*) pdf=${a#*=} ;; file://*) page=$(printf %s "${a#file://}" | sed 's/%20/ /g; s/%23/#/g') ;; esac; done
if [ -n "${pdf:-}" ]; then printf "%%PDF-1.4 /CreationDate (D:20200101000000+00'00')" >"$pdf"; exit 0; fi
if grep -q nosuchmacro "$page"; then printf %s '<html data-errors="Undefined control sequence \nosuchmacro" data-typeset="1">'; else echo '<html data-typeset="1">'; fi
sed -e 's/^<html lang="en">//' -e '/class="builder" src/d' "$page"`
)

var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "supplement-test-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "supplement")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", errors.New(string(out))
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	os.RemoveAll(sheets.dir)
	if path, err := program(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// A place is a repository with two tiny notebooks, executed and published, and
// the programs that stand in.
type place struct {
	t          *testing.T
	root, temp string
	env        []string
}

var furnished = sync.OnceValues(func() (string, error) {
	path, err := program()
	if err != nil {
		return "", err
	}
	return filepath.Join(filepath.Dir(path), "place"), nil
})

var furnish sync.Once

// newPlace copies the repository that furnish made once.
func newPlace(t *testing.T) *place {
	t.Helper()
	model, err := furnished()
	if err != nil {
		t.Fatal(err)
	}
	furnish.Do(func() {
		_, nb := fixture(t)
		for _, c := range nb.Cells { // the module of this place requires nothing
			c.Source = strings.NewReplacer("github.com/janpfeifer/gonb/gonbui/protocol", "strings", "github.com/janpfeifer/gonb/gonbui", "fmt").Replace(c.Source)
		}
		text, _ := nb.Encode()
		nb.Cells[0].Source = strings.Replace(nb.Cells[0].Source, "# A fixture", "# Another fixture", 1)
		second, _ := nb.Encode()
		for name, text := range map[string]string{
			"go.mod": "module study\n\ngo 1.26\n", "go.sum": "", ".gitignore": "/.bin/\n/build/\n", "study.go": "package study\n",
			".jupyter/kernels/gonb/kernel.json": "{}", "notebooks/01_a.ipynb": string(text), "notebooks/02_b.ipynb": string(second),
			"mathjax/MathJax.js": "",
		} {
			write(t, filepath.Join(model, name), text)
		}
		for name, script := range map[string]string{
			workshop.KernelScript: "", ".bin/gonb": "", ".bin/goimports": "", "../jupyter": standInJupyter, "../chromium": standInBrowser,
		} {
			executable(t, filepath.Join(model, name), script)
		}
		gitIn(t, model, "init", "-q")
		gitIn(t, model, "config", "gc.auto", "0")
		commit(t, model)
		p := &place{t: t, root: model, temp: t.TempDir()}
		if out, code := p.run(); code != 0 {
			t.Fatalf("the first publication: %d: %s", code, out)
		}
		commit(t, model)
		if out, code := p.run(); code != 0 {
			t.Fatalf("the second publication: %d: %s", code, out)
		}
	})
	p := &place{t: t, root: filepath.Join(t.TempDir(), "r"), temp: t.TempDir()}
	if out, err := exec.Command("cp", "-a", model, p.root).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return p
}

func write(t *testing.T, path, text string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = os.WriteFile(path, []byte(text), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// command is the program, to be run in the place, where no program is built of cells.
func (p *place) command(args ...string) *exec.Cmd {
	path, err := program()
	if err != nil {
		p.t.Fatal(err)
	}
	cmd := exec.Command(path, append([]string{"-static"}, args...)...)
	cmd.Dir = p.root
	tools := filepath.Dir(path)
	cmd.Env = append(os.Environ(), "NBCONVERT="+tools+"/jupyter", "CHROMIUM="+tools+"/chromium", "MATHJAX="+tools+"/place/mathjax",
		"TMPDIR="+p.temp, "RAN="+p.ran(), "SOURCE_DATE_EPOCH=")
	cmd.Env = append(cmd.Env, p.env...)
	return cmd
}

func (p *place) ran() string { return p.root + ".ran" }

// executed are the notebooks that the stand-in executed.
func (p *place) executed() string {
	text, _ := os.ReadFile(p.ran())
	return strings.Join(strings.Fields(string(text)), " ")
}

func (p *place) run(args ...string) (out string, code int) {
	p.t.Helper()
	var b bytes.Buffer
	cmd := p.command(args...)
	cmd.Stdout, cmd.Stderr = &b, &b
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		p.t.Fatal(err)
	}
	return b.String(), cmd.ProcessState.ExitCode()
}

func (p *place) path(name string) string { return filepath.Join(p.root, name) }

func (p *place) read(name string) string {
	text, err := os.ReadFile(p.path(name))
	if err != nil {
		p.t.Error(err)
	}
	return string(text)
}

func (p *place) write(name, text string) { write(p.t, p.path(name), text) }

// edit changes the notebook 01_a.
func (p *place) edit(change func(nb *notebook.Notebook)) {
	p.t.Helper()
	nb, err := notebook.Parse([]byte(p.read("notebooks/01_a.ipynb")))
	if err != nil {
		p.t.Fatal(err)
	}
	change(nb)
	text, err := nb.Encode()
	if err != nil {
		p.t.Fatal(err)
	}
	p.write("notebooks/01_a.ipynb", string(text))
}

// say adds text to the first cell of notebook 01_a, and code, which must be
// executed, to its last.
func (p *place) say(text string) {
	p.edit(func(nb *notebook.Notebook) {
		nb.Cells[1].Source += "\n\n" + text
		nb.Cells[nb.Running()[0]].Source += "\n// more"
	})
}

// whole checks that nothing is lost or half-written: notebooks can be read,
// the manifest tells the truth, and nothing is left behind.
func (p *place) whole() {
	p.t.Helper()
	var m Manifest
	if text, err := os.ReadFile(p.path("build/supplement/manifest.json")); err == nil {
		if err := json.Unmarshal(text, &m); err != nil {
			p.t.Errorf("the manifest is damaged: %v", err)
		}
	}
	for name, sum := range m.Outputs {
		if text, err := os.ReadFile(p.path("build/supplement/" + name)); err != nil || digest(text) != sum {
			p.t.Errorf("%s is not what the manifest says", name)
		}
	}
	for _, pattern := range []string{p.path("notebooks/.*.credo-*"), p.path("build/supplement/.*"), filepath.Join(p.temp, "*")} {
		if left, _ := filepath.Glob(pattern); len(left) > 0 {
			p.t.Errorf("left behind: %q", left)
		}
	}
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
