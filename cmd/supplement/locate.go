package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"

	"credo/internal/workshop"
)

// locateJupyter returns nbconvert's launcher; the environment's NBCONVERT comes
// first, then Debian's, for the launcher on PATH may be a shim of another Python,
// without Jupyter.
func locateJupyter() (string, error) {
	if path, err := firstOf(os.Getenv("NBCONVERT"), "/usr/bin/jupyter-nbconvert", "jupyter-nbconvert"); err == nil {
		return path, nil
	}
	return "", workshop.Missing{Tool: "Jupyter (jupyter-nbconvert)", Install: "make setup (or: pip install notebook nbconvert)"}
}

// locateBrowser returns a Chromium or Chrome; the environment's CHROMIUM comes first.
func locateBrowser() (string, error) {
	path, err := firstOf(os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium")
	if err != nil {
		return "", workshop.Missing{Tool: "chromium", Install: "make setup (or: apt-get install chromium; brew install --cask chromium)"}
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
	return "", workshop.Missing{Tool: "MathJax 2", Install: "make setup (or: apt-get install libjs-mathjax; npm install --prefix .bin mathjax@2)"}
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
