package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"credo/internal/notebook"
)

// Each row breaks one thing. The run must end with the status and say the sentence;
// after it the notebooks are as they were before (or as the row says), and what is
// published is whole.
func TestFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	const a, b = "notebooks/01_a.ipynb", "notebooks/02_b.ipynb"
	published := "build/supplement/01_a.html"
	for _, f := range []struct {
		name   string
		breaks func(p *place)
		args   string
		status int
		says   string
		then   func(p *place, out string) // more to check; "written" notebooks may then differ
	}{
		{"nothing", nil, "", 0, "not executed, for nothing they depend on has changed: " + a + ", " + b, nil},

		// Files of notebooks.
		{"empty", func(p *place) { p.write(a, " \n") }, "", 1, a + ": not a notebook: the file is empty", nil},
		{"truncated", func(p *place) { p.write(a, p.read(a)[:900]) }, "", 1, a + ": not a notebook: the JSON is truncated after line", nil},
		{"prose", func(p *place) { p.write(a, "\n\nhello") }, "", 1, a + ": not a notebook: line 3: invalid character 'h'", nil},
		{"byte order mark", func(p *place) { p.write(a, "\xef\xbb\xbf"+p.read(a)) }, "", 1, "line 1 begins with a byte order mark", nil},
		{"UTF-16", func(p *place) { p.write(a, "\xff\xfe{\x00") }, "", 1, "line 1 begins as UTF-16", nil},
		{"conflict", func(p *place) { p.write(a, strings.Replace(p.read(a), "\n", "\n<<<<<<< HEAD\n", 1)) }, "", 1,
			a + ": not a notebook: line 2: a merge conflict is not resolved (<<<<<<< HEAD)", nil},
		{"conflict in a cell", func(p *place) {
			p.edit(func(nb *notebook.Notebook) { nb.Cells[2].Source = "<<<<<<< local\na\n=======\nb\n>>>>>>> remote" })
		}, "", 1,
			"cell 3: a merge conflict is not resolved (<<<<<<< local)", nil},
		{"LFS", func(p *place) { p.write(a, "version https://git-lfs.github.com/spec/v1\n") }, "", 1, "git lfs pull", nil},
		{"format 3", func(p *place) { p.write(a, `{"nbformat": 3, "worksheets": []}`) }, "", 1, "nbformat 3; only 4 is understood", nil},
		{"no cells", func(p *place) { p.write(a, `{"nbformat": 4, "cells": []}`) }, "", 1, "the notebook has no cells", nil},
		{"no title", func(p *place) { p.edit(func(nb *notebook.Notebook) { nb.Cells[0].Source = "x" }) }, "", 1, a + ": no title", nil},
		{"bad parameters", func(p *place) { p.write(a, strings.Replace(p.read(a), `"var (\n"`, `"var [\n"`, 1)) }, "", 1, "the cell tagged parameters", nil},
		{"no code", func(p *place) { p.write(a, strings.ReplaceAll(p.read(a), `"cell_type": "code"`, `"cell_type": "raw"`)) }, "", 1, "no code to execute", nil},
		{"named index", func(p *place) { p.write("notebooks/index.ipynb", p.read(a)) }, "", 1, "its name is that of another page", nil},
		{"a folder", func(p *place) { os.MkdirAll(p.path("notebooks/03_c.ipynb"), 0o755) }, "", 1, "03_c.ipynb: read", nil},
		{"a link to nothing", func(p *place) { os.Symlink("none", p.path("notebooks/03_c.ipynb")) }, "", 1, "03_c.ipynb: open", nil},
		{"read-only", func(p *place) { p.say(""); os.Chmod(p.path(a), 0o444) }, "", 1, a + ": the file is read-only (mode 0444)", nil},
		{"lines end in CR LF", func(p *place) { p.write(a, strings.ReplaceAll(p.read(a), "\n", "\r\n")) }, "", 0, "not executed", func(p *place, _ string) {
			if p.executed() != "" || strings.Contains(p.read(a), "\r") {
				p.t.Error("executed or not normal")
			}
		}},
		{"a link, mode 0600", func(p *place) {
			p.say("")
			os.Rename(p.path(a), p.path("real"))
			os.Chmod(p.path("real"), 0o600)
			os.Symlink("../real", p.path(a))
		}, "", 0, a + ": 8 cells, 2 claims held, written", func(p *place, _ string) {
			link, err := os.Readlink(p.path(a))
			info, _ := os.Stat(p.path("real"))
			if err != nil || link != "../real" || info.Mode().Perm() != 0o600 {
				p.t.Errorf("link %q, mode %v", link, info.Mode())
			}
		}},

		// The command line.
		{"time limit", nil, "-limit 1ms", 2, "-limit = 1ms, must be at least 1s", nil},
		{"jobs", nil, "-jobs -1", 2, "-jobs = -1, must not be negative", nil},
		{"arguments", nil, "x y", 2, `unexpected arguments ["x" "y"]`, nil},
		{"unknown flag", nil, "-chekc", 2, "flag provided but not defined", nil},
		{"no such notebook", nil, "-notebook 7*", 1, `-notebook "7*" matches no file`, nil},
		{"bad pattern", nil, "-notebook [", 1, "syntax error in pattern", nil},
		{"no such revision", nil, "-diff none", 1, `git knows no revision "none"`, nil},
		{"out is a file", func(p *place) { p.write("o", "") }, "-out o", 1, "-out: ", nil},

		// Tools.
		{"no kernel", func(p *place) { os.Remove(p.path(".bin/gonb")) }, "", 2, "the Go kernel (.bin/gonb) is missing; install it with: make setup", nil},
		{"kernel not executable", func(p *place) { os.Chmod(p.path(".bin/goimports"), 0o644) }, "", 2, "the Go kernel (.bin/goimports) is missing", nil},
		{"no module", func(p *place) { os.Remove(p.path("go.mod")) }, "", 1, "no go.mod in", nil},
		{"browser fails", func(p *place) { p.say(""); p.hook("BROWSERHOOK", "echo Broken pipe >&2; exit 21") }, "", 1,
			"the browser cannot print: ", notExecuted},
		{"browser prints nothing", func(p *place) { p.say(""); p.hook("BROWSERHOOK", "exit 0") }, "", 1, "CHROMIUM", notExecuted},
		{"MathJax does not finish", func(p *place) {
			p.say("")
			p.hook("BROWSERHOOK", `case "$*" in *dump-dom*) echo '<html><head>'; exit 0;; esac`)
		}, "", 1,
			"MathJax did not finish", notExecuted},
		{"TeX", func(p *place) { p.say(`$\nosuchmacro$`) }, "", 1, a + ": TeX: Undefined control sequence \\nosuchmacro; not executed", notExecuted},
		{"link to nothing", func(p *place) { p.say("See [Fig.](02_b.ipynb#fig-none).") }, "", 1, linkToNothing + "; not executed", notExecuted},
		{"link to nothing, though all is fresh", func(p *place) {
			p.edit(func(nb *notebook.Notebook) { nb.Cells[1].Source += "\n\nSee [Fig.](02_b.ipynb#fig-none)." })
		}, "", 1, "page of " + a + ": " + linkToNothing, othersPublished},
		{"link to a neighbour", func(p *place) { p.say("See [another](02_b.ipynb).") }, "-notebook 01*", 0, "published:", func(p *place, _ string) {
			if !strings.Contains(p.read(published), `<a href="02_b.html" title="2. Another fixture`) {
				p.t.Error("no link")
			}
		}},
		{"bibliography", func(p *place) { p.write("notebooks/references.bib", "@misc{a, title={x}}") }, "", 1, "notebooks/references.bib: bibliography: the entry a has no author", nil},
		{"table of symbols", func(p *place) { p.write("notebooks/symbols.csv", "a,b\n") }, "", 1, "notebooks/symbols.csv: table of symbols: its columns must be", nil},
		{"front page", func(p *place) { p.write("notebooks/front.md", "# Book of $x$\n\n[Measured](01_a.ipynb#claim-none)\n") }, "", 1, "the front page: the link 01_a.ipynb#claim-none leads to no anchor", nil},
		{"citation", func(p *place) { p.write("CITATION.cff", "title: x\n") }, "", 1, "CITATION.cff: it has no title or no authors", nil},
		{"no image", func(p *place) { p.say(`<img src="none.png">`) }, "", 1, a + ": cell 2: the image none.png cannot be read", notExecuted},
		{"not an image", func(p *place) { p.write("notebooks/a.txt", ""); p.say(`<img src="a.txt">`) }, "", 1, "the image a.txt is none of PNG", notExecuted},
		{"image of a host", func(p *place) { p.say(`<img src="https://example.org/a.png">`) }, "", 1, `it asks for "https://example.org/a.png"`, notExecuted},
		{"local image", func(p *place) { p.write("notebooks/a b.png", "PNG"); p.say(`<img src="a%20b.png">`) }, "", 0, "published:", func(p *place, _ string) {
			if !strings.Contains(p.read(published), `<img src="data:image/png;base64,UE5H"`) {
				p.t.Error("the image is not embedded")
			}
		}},

		// Executions.
		{"Jupyter fails", func(p *place) { p.say(""); p.hook("HOOK", "echo strange >&2; exit 7") }, "", 1, "nbconvert: exit status 7: ", othersPublished},
		{"no Jupyter", func(p *place) { p.say(""); p.hook("HOOK", "echo \"No module named 'nbconvert'\" >&2; exit 1") }, "", 2, "a part of Jupyter", nil},
		{"no kernelspec", func(p *place) { p.say(""); p.hook("HOOK", "echo NoSuchKernel: gonb >&2; exit 1") }, "", 2, "the Go kernel is missing", nil},
		{"kernel dies", func(p *place) { p.say(""); p.hook("HOOK", "echo DeadKernelError: Kernel died >&2; exit 1") }, "", 1, "the kernel died", othersPublished},
		{"no result", func(p *place) { p.say(""); p.hook("HOOK", "exit 0") }, "", 1, "no such file", othersPublished},
		{"garbled result", func(p *place) { p.say(""); p.hook("HOOK", `head -c 500 "$in" >"$out"`) }, "", 1, "executed: not a notebook: the JSON is truncated", othersPublished},
		{"false claim", func(p *place) { p.say(""); p.hook("HOOK", `sed 's/holds\\":true/holds\\":false/' "$in" >"$out"`) }, "", 1, "claim does not hold: mean of cos²", othersPublished},
		{"failure in silence", func(p *place) { p.edit(silently) }, "", 1, "exit status 1", othersPublished},
		{"failure that is expected", func(p *place) {
			p.edit(func(nb *notebook.Notebook) {
				silently(nb)
				nb.Cells[nb.Running()[0]].Metadata["tags"] = []any{"raises-exception"}
			})
		}, "", 0, "8 cells, 2 claims held", nil},
		{"prints without end", func(p *place) {
			p.edit(func(nb *notebook.Notebook) {
				nb.Cells[nb.Running()[0]].Outputs = []notebook.Output{{Type: "stream", Name: "stdout", Text: strings.Repeat("line\n", 300000)}}
			})
		}, "", 1, "it prints 1.5 MB; at most 1 MB", othersPublished},
		{"edited meanwhile", func(p *place) { p.say(""); p.hook("HOOK", `cp "$in" "$out"; echo '{"mine": 1}' >"$in"`) }, "", 1, a + ": changed while it was executed; not written", func(p *place, _ string) {
			if p.read(a) != "{\"mine\": 1}\n" {
				p.t.Error("the edit is lost")
			}
		}},
		{"an output edited by hand", func(p *place) { p.write(a, strings.Replace(p.read(a), `N = 3\n`, `N = 4\n`, 1)) }, "", 0, a + ": its outputs are not those of its execution", executedA},
		{"other code", func(p *place) { p.say("") }, "", 0, a + ": its code, a package or the kernel has changed", executedA},
		{"other kernel", func(p *place) { p.write(".jupyter/kernels/gonb/kernel.json", "{} ") }, "", 0, b + ": its code, a package or the kernel has changed", nil},
		{"all", nil, "-all", 0, "published:", func(p *place, _ string) {
			if n := len(strings.Fields(p.executed())); n != 2 {
				p.t.Errorf("executed %q", p.executed())
			}
		}},
		{"check executes all", nil, "-check", 0, "as committed", func(p *place, _ string) {
			if n := len(strings.Fields(p.executed())); n != 2 {
				p.t.Errorf("executed %q", p.executed())
			}
		}},
		{"stale digest, checked", func(p *place) { p.write(".jupyter/kernels/gonb/kernel.json", "{} ") }, "-check", 0, "its digest is stale", nil},
		{"other output, checked", func(p *place) { p.hook("HOOK", `sed 's/N = 3/N = 4/' "$in" >"$out"`) }, "-check", 1, "the execution differs from the committed notebook", nil},
		{"one at a time", func(p *place) { p.hook("HOOK", `mkdir "$RAN.lock" || exit 9; sleep 0.1; rmdir "$RAN.lock"`) }, "-all -jobs 1", 0, "published:", nil},
		{"two at once", func(p *place) {
			p.hook("HOOK", `n=0; until test "$(wc -l <"$RAN")" -eq 2; do test $n -lt 200 || exit 9; n=$((n+1)); sleep 0.05; done`)
		}, "-all -jobs 2", 0, "published:", nil},
		{"shell line", func(p *place) {
			p.edit(func(nb *notebook.Notebook) { c := nb.Cells[nb.Running()[0]]; c.Source = "!date\n" + c.Source })
		}, "", 0, `executed each time: a cell has "!date"`, executedA},
		{"package that is not there", func(p *place) {
			p.edit(func(nb *notebook.Notebook) {
				c := nb.Cells[nb.Running()[0]]
				c.Source = "import \"study/none\"\n" + c.Source
			})
		}, "", 0, "executed each time: package study/none", executedA},

		// What is published.
		{"one of two", func(p *place) { p.say("") }, "-notebook 01*", 0, "published:", othersPublished},
		{"page damaged", func(p *place) { p.write(published, "x") }, "", 0, "published:", nil},
		{"page lost", func(p *place) { os.Remove(p.path(published)) }, "", 0, "published:", nil},
		{"manifest damaged", func(p *place) { p.write("build/supplement/manifest.json", "{") }, "", 0, "published:", nil},
		{"index damaged", func(p *place) { p.write("build/supplement/index.json", "{") }, "", 0, "published:", nil},
		{"notebook gone", func(p *place) { os.Remove(p.path(a)) }, "", 0, "published:", func(p *place, _ string) {
			if _, err := os.Stat(p.path(published)); err == nil {
				p.t.Error("its page is still there")
			}
		}},
		{"left by a run that was killed", func(p *place) {
			p.write("notebooks/.01_a.ipynb.credo-4194305-0123456789ab", "x") // above the largest number of a process
			p.write("build/supplement/.01_a.html.credo-4194305-ba9876543210", "x")
		}, "", 0, "published:", nil},

		// The environment.
		{"TMPDIR relative", func(p *place) { p.hook("TMPDIR", "x") }, "", 1, "TMPDIR = x: the path is relative; choose another: TMPDIR=/other/folder make supplement", nil},
		{"TMPDIR missing", func(p *place) { p.hook("TMPDIR", "/none/x") }, "", 1, "TMPDIR = /none/x: no folder can be made there", nil},
		{"TMPDIR with signs", func(p *place) { p.temp = p.dir("a #b"); p.hook("TMPDIR", p.temp) }, "", 0, "published:", nil},
		{"flags and a workspace", func(p *place) { p.hook("GOFLAGS", "-mod=vendor"); p.hook("GOWORK", "/none/go.work") }, "", 0, "published:", nil},
		{"no HOME", func(p *place) {
			for _, name := range []string{"HOME", "GOCACHE", "XDG_CACHE_HOME"} {
				p.hook(name, "")
			}
		}, "", 1, "HOME is not set, and Go keeps its caches there: HOME=/your/home make supplement", nil},
		{"owned by another user", func(p *place) {
			if os.Getuid() != 0 {
				p.t.Skip("only root can give files away")
			}
			filepath.WalkDir(p.root, func(path string, _ fs.DirEntry, _ error) error { return os.Lchown(path, 12345, 12345) })
		}, "", 0, "published:", commitIs("unknown (fatal: detected dubious ownership")},
		{"no repository", func(p *place) { os.RemoveAll(p.path(".git")) }, "", 0, "published:", commitIs("unknown (fatal: not a git repository")},
		{"inside of another", func(p *place) {
			os.RemoveAll(p.path(".git"))
			gitIn(p.t, filepath.Dir(p.root), "init", "-q")
		}, "", 0, "published:", commitIs("unknown (no repository tracks this folder's go.mod)")},
		{"untracked", func(p *place) { p.write("notebooks/03_c.ipynb", p.read(a)) }, "", 0, "published:", func(p *place, _ string) {
			if m := readManifest(p.path("build/supplement")); !strings.HasSuffix(m.Versions["credo"], "-dirty") || len(m.Untracked) != 1 || m.Untracked[0] != "notebooks/03_c.ipynb" {
				p.t.Errorf("%v, %v", m.Versions, m.Untracked)
			}
		}},
	} {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			if f.breaks != nil {
				f.breaks(p)
			}
			before, _ := os.ReadFile(p.path(a))
			out, status := p.run(strings.Fields(f.args)...)
			if status != f.status || !strings.Contains(out, f.says) {
				t.Errorf("status %d, want %d; it says\n%s\nwant %q", status, f.status, out, f.says)
			}
			if after, _ := os.ReadFile(p.path(a)); status != 0 && string(after) != string(before) && f.name != "edited meanwhile" {
				t.Error("it failed and the notebook is another")
			}
			if f.then != nil {
				f.then(p, out)
			}
			p.whole()
		})
	}
}

const linkToNothing = "01_a.ipynb, cell 2: the link 02_b.ipynb#fig-none leads to no anchor"

// A page of an earlier execution says so, also after other notebooks have been
// published, until its own holds again.
func TestNote(t *testing.T) {
	p := newPlace(t)
	note := func() string { return readManifest(p.path("build/supplement")).Notebooks[0].Note }
	old := p.read("notebooks/01_a.ipynb")
	p.say(`$\nosuchmacro$`)
	for _, args := range []string{"", "-notebook 02*", ""} {
		p.run(strings.Fields(args)...)
		if want := "This page is of an earlier execution: the last one failed."; note() != want || !strings.Contains(p.read("build/supplement/index.json"), want) {
			t.Errorf("%q: note %q", args, note())
		}
	}
	p.write("notebooks/01_a.ipynb", old)
	if out, code := p.run(); code != 0 || note() != "" {
		t.Errorf("%d, note %q: %s", code, note(), out)
	}
	p.whole()
}

func (p *place) hook(name, code string) { p.env = append(p.env, name+"="+code) }

func (p *place) dir(name string) string {
	path := filepath.Join(p.t.TempDir(), name)
	if err := os.Mkdir(path, 0o755); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// silently makes the first cell fail as the kernel does not tell.
func silently(nb *notebook.Notebook) {
	nb.Cells[nb.Running()[0]].Outputs = []notebook.Output{{Type: "stream", Name: "stderr", Text: "exit status 1\n"}}
}

func notExecuted(p *place, out string) {
	if p.executed() != "" {
		p.t.Errorf("executed %s", p.executed())
	}
	othersPublished(p, out)
}

func executedA(p *place, _ string) {
	if p.executed() != "01_a.ipynb" {
		p.t.Errorf("executed %q, want 01_a.ipynb", p.executed())
	}
}

func othersPublished(p *place, _ string) {
	m := readManifest(p.path("build/supplement"))
	if len(m.Notebooks) != 2 || m.Outputs["02_b.html"] == "" || m.Outputs["01_a.html"] == "" {
		p.t.Errorf("published %v", m.Outputs)
	}
}

func commitIs(name string) func(*place, string) {
	return func(p *place, _ string) {
		if got := readManifest(p.path("build/supplement")).Versions["credo"]; !strings.HasPrefix(got, name) {
			p.t.Errorf("commit %q, want %q", got, name)
		}
	}
}
