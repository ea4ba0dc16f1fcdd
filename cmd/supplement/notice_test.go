package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"credo/internal/archive"
	"credo/internal/refusal"
)

const cff = `title: "credo: packages"
version: 0.1.0
date-released: 2026-11-29
license: BSD-3-Clause
authors:
  - name: The credo authors
references:
  - title: Cortical credit
    authors:
      - {family-names: Aljadeff, given-names: Johnatan}
      - {family-names: Clopath, given-names: Claudia}
    year: 2019
    url: https://example.org
`

func TestReadNotice(t *testing.T) {
	root, study := t.TempDir(), t.TempDir()
	write(t, filepath.Join(root, "CITATION.cff"), cff)
	write(t, filepath.Join(root, "LICENSE"), "Text under\nAttribution 4.0 (CC-BY-4.0):\n")
	n, err := ReadNotice(root, root)
	if err != nil {
		t.Fatal(err)
	}
	cite := "The credo authors, credo: packages, version 0.1.0, 2026.|Johnatan Aljadeff and Claudia Clopath, Cortical credit, 2019, https://example.org."
	if n.Authors != "The credo authors" || n.Licence != "BSD-3-Clause" || n.TextLicence != "CC-BY-4.0" || strings.Join(n.Cite, "|") != cite {
		t.Errorf("%+v", n)
	}
	for _, want := range []string{"@software{credo,\n  author = {{The credo authors}},", "  version = {0.1.0},\n  year = {2026}\n}", "@article{aljadeff2019,\n  author = {Aljadeff, Johnatan and Clopath, Claudia},"} {
		if !strings.Contains(n.BibTeX, want) {
			t.Errorf("no %s in %s", want, n.BibTeX)
		}
	}
	if n, err := ReadNotice(study, root); err != nil || n.Authors != "" || !strings.Contains(n.Cite[0], "CITATION.cff") || len(n.Cite) != 3 {
		t.Errorf("a study: %+v, %v", n, err)
	}
	if n, err := ReadNotice(study, study); err != nil || len(n.Cite) != 0 {
		t.Errorf("nothing to cite: %+v, %v", n, err)
	}
	write(t, filepath.Join(study, "CITATION.cff"), "title: x\n")
	_, err = ReadNotice(study, root)
	refusal.Mentions(t, err, "CITATION.cff", "no title or no authors")
}

// A copy without git says the same of its notebooks as the archive in it.
func TestFileVersion(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "notebooks", "01_a.ipynb")
	write(t, path, "x")
	if v := FileVersion(path); v != "" {
		t.Errorf("neither git nor archive: %q", v)
	}
	text, err := json.Marshal(archive.Archive{Commit: "v1", Files: map[string]archive.File{"notebooks/01_a.ipynb": {Sum: archive.Sum([]byte("x")), Commit: "0123456789abcdef", Time: 86400, Date: "1970-01-02"}}})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, archive.Name), string(text))
	if v, d := FileVersion(path), CommitDate(filepath.Dir(path), path); v != "0123456789ab of 1970-01-02" || d != "19700102000000" {
		t.Errorf("%q, %q", v, d)
	}
	if c := ReadCommit(dir); c.Name != "v1" {
		t.Errorf("%+v", c)
	}
	write(t, path, "y")
	if v, c := FileVersion(path), ReadCommit(dir); v != "0123456789ab of 1970-01-02, changed since" || c.Name != "v1-dirty" {
		t.Errorf("%q, %+v", v, c)
	}
}
