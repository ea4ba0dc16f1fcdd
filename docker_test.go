package credo

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The image has the Go that go.mod and setup.sh ask for, that with which the notebooks
// were executed, and the packages that setup.sh installs on the same Debian.
func TestDockerfile(t *testing.T) {
	dockerfile := text(t, "Dockerfile")
	from := regexp.MustCompile(`(?m)^FROM golang:((\d+\.\d+)\.\d+)-bookworm$`).FindStringSubmatch(dockerfile)
	if from == nil {
		t.Fatal("Dockerfile: it is not FROM golang:VERSION-bookworm")
	}
	if !regexp.MustCompile(`(?m)^go ` + regexp.QuoteMeta(from[2]) + `(\.\d+)?$`).MatchString(text(t, "go.mod")) {
		t.Errorf("Dockerfile has Go %s, go.mod another", from[2])
	}
	setup := text(t, "setup.sh")
	if !strings.Contains(setup, "Go "+from[2]+" or newer is needed") {
		t.Errorf("Dockerfile has Go %s, setup.sh asks for another", from[2])
	}
	notebooks, err := filepath.Glob("notebooks/*.ipynb")
	if err != nil || len(notebooks) == 0 {
		t.Fatal("no notebooks", err)
	}
	for _, path := range notebooks {
		var nb struct {
			Metadata struct{ Credo struct{ Go string } }
		}
		if err := json.Unmarshal([]byte(text(t, path)), &nb); err != nil {
			t.Fatal(err)
		}
		if got := nb.Metadata.Credo.Go; got != "go"+from[1] {
			t.Errorf("%s was executed by %s, Dockerfile has Go %s", path, got, from[1])
		}
	}

	var install []string
	for _, m := range regexp.MustCompile(`missing="\$missing ([^"$]*)"`).FindAllStringSubmatch(setup, -1) {
		install = append(install, strings.Fields(m[1])...)
	}
	line := regexp.MustCompile(`--no-install-recommends \\\n(.*) \\\n`).FindStringSubmatch(dockerfile)
	if line == nil {
		t.Fatal("Dockerfile: no line of packages")
	}
	packages := strings.Fields(line[1])
	slices.Sort(install)
	slices.Sort(packages)
	if len(install) < 4 || !slices.Equal(install, packages) {
		t.Errorf("Dockerfile installs %q, setup.sh %q", packages, install)
	}
}

func text(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
