package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// A Missing tool is one that this program needs and did not find, with the
// command that installs it.
type Missing struct{ Tool, Install string }

func (m Missing) Error() string {
	return fmt.Sprintf("%s is missing; install it with: %s", m.Tool, m.Install)
}

// moduleRoot returns the folder of go.mod at or above dir.
func moduleRoot(dir string) (string, error) {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d, nil
		}
		if d == filepath.Dir(d) {
			return "", fmt.Errorf("no go.mod in %s or above it: start this in the repository", dir)
		}
	}
}

// locateKernel checks that the kernel in the house can start.
func locateKernel(house string) error {
	for _, name := range []string{kernelScript, ".bin/gonb", ".bin/goimports"} {
		if _, err := exec.LookPath(filepath.Join(house, name)); err != nil {
			return Missing{"the Go kernel (" + name + ")", "make setup"}
		}
	}
	return nil
}

// locateJupyter returns nbconvert's launcher; the environment's NBCONVERT comes
// first, then Debian's, for the launcher on PATH may be a shim of another Python,
// without Jupyter.
func locateJupyter() (string, error) {
	if path, err := firstOf(os.Getenv("NBCONVERT"), "/usr/bin/jupyter-nbconvert", "jupyter-nbconvert"); err == nil {
		return path, nil
	}
	return "", Missing{"Jupyter (jupyter-nbconvert)", "make setup (or: pip install notebook nbconvert)"}
}

// locateBrowser returns a Chromium or Chrome; the environment's CHROMIUM comes first.
func locateBrowser() (string, error) {
	path, err := firstOf(os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium")
	if err != nil {
		return "", Missing{"chromium", "make setup (or: apt-get install chromium; brew install --cask chromium)"}
	}
	return path, nil
}

// locateMathJax returns the folder of MathJax 2; the environment's MATHJAX comes first.
func locateMathJax(house string) (string, error) {
	for _, dir := range []string{os.Getenv("MATHJAX"), "/usr/share/javascript/mathjax", filepath.Join(house, ".bin/node_modules/mathjax")} {
		if _, err := os.Stat(filepath.Join(dir, "MathJax.js")); dir != "" && err == nil {
			return dir, nil
		}
	}
	return "", Missing{"MathJax 2", "make setup (or: apt-get install libjs-mathjax; npm install --prefix .bin mathjax@2)"}
}

func firstOf(names ...string) (string, error) {
	for _, name := range names {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("none found")
}
