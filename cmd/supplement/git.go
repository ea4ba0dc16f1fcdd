package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"credo/internal/archive"
)

// A Commit is the state of a folder in git. Name says where this program does
// not know it, and why.
type Commit struct {
	Name      string   // git's description, with -dirty where something differs
	Changed   []string // files that differ from the commit
	Untracked []string
}

// git runs a command in dir; a failure is git's own first line.
func git(dir string, args ...string) (out, complaint string) {
	cmd := exec.Command("git", append([]string{"--no-optional-locks"}, args...)...)
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	text, err := cmd.Output()
	if err != nil {
		complaint, _, _ = strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		if complaint == "" {
			complaint = err.Error()
		}
		return "", complaint
	}
	return strings.TrimRight(string(text), "\n"), ""
}

// ReadCommit describes the repository that dir belongs to. A repository which
// only happens to lie around it, and does not track its go.mod, is not that. A copy
// without git may have an archive that says it.
func ReadCommit(dir string) (c Commit) {
	if c = readCommit(dir); strings.HasPrefix(c.Name, "unknown") {
		if a, err := archive.Read(dir); err == nil {
			c = Commit{Name: a.Commit, Changed: a.Changed(dir)}
			if len(c.Changed) > 0 {
				c.Name += "-dirty"
			}
		}
	}
	return c
}

func readCommit(dir string) (c Commit) {
	if _, complaint := git(dir, "rev-parse", "--is-inside-work-tree"); complaint != "" {
		return Commit{Name: "unknown (" + complaint + ")"}
	}
	if _, complaint := git(dir, "ls-files", "--error-unmatch", "go.mod"); complaint != "" {
		return Commit{Name: "unknown (no repository tracks this folder's go.mod)"}
	}
	name, complaint := git(dir, "describe", "--tags", "--always", "--abbrev=12")
	if complaint != "" {
		return Commit{Name: "unknown (" + complaint + ")"}
	}
	c.Name = name
	status, complaint := git(dir, "-c", "core.quotePath=false", "status", "--porcelain", "--untracked-files=normal", "--", ".")
	if complaint != "" {
		c.Name += " (unknown whether changed: " + complaint + ")"
		return c
	}
	for line := range strings.Lines(status) {
		if line = strings.TrimRight(line, "\n"); len(line) < 4 {
			continue
		}
		if strings.HasPrefix(line, "??") {
			c.Untracked = append(c.Untracked, line[3:])
		} else {
			c.Changed = append(c.Changed, line[3:])
		}
	}
	if len(c.Changed)+len(c.Untracked) > 0 {
		c.Name += "-dirty"
	}
	return c
}

// CommitDate is the date of the last commit that touched the file,
// YYYYMMDDhhmmss in UTC; empty if there is none.
func CommitDate(dir, path string) string {
	text, complaint := git(dir, "log", "-1", "--format=%ct", "--", path)
	seconds, err := strconv.ParseInt(text, 10, 64)
	if complaint != "" || err != nil {
		f, _ := archive.Of(path)
		if seconds = f.Time; seconds == 0 {
			return ""
		}
	}
	return time.Unix(seconds, 0).UTC().Format("20060102150405")
}

// FileVersion is the last commit that touched the file, with its date, and says
// when the file is another since; empty if there is none.
func FileVersion(path string) string {
	dir := filepath.Dir(path)
	name, complaint := git(dir, "log", "-1", "--abbrev=12", "--format=%h of %cs", "--", path)
	changed, _ := git(dir, "status", "--porcelain", "--", path)
	if complaint != "" || name == "" {
		f, found := archive.Of(path)
		if !found || f.Commit == "" {
			return ""
		}
		name = f.Commit[:min(12, len(f.Commit))] + " of " + f.Date
		if text, err := os.ReadFile(path); err != nil || archive.Sum(text) != f.Sum {
			changed = path
		}
	}
	if changed != "" {
		name += ", changed since"
	}
	return name
}
