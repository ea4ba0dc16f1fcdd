package main

import (
	"fmt"
	"regexp"
	"strings"
)

// A Failure is what is wrong with one cell of an executed notebook.
type Failure struct {
	Cell int // position from 1
	Run  int // execution number
	What string
}

func (f Failure) String() string { return fmt.Sprintf("cell %d, In [%d]: %s", f.Cell, f.Run, f.What) }

// silent matches what the kernel writes to stderr when a cell failed although
// Jupyter was told that it went well: the end of a program or of a shell command
// by an error or a signal, an unknown magic, a panic.
var silent = regexp.MustCompile(`(?m)^(exit status \d+|signal: \w+).*$|^.*unknown or not implemented yet.*$|^panic:.*$`)

// Examine returns the claims of an executed, normalised notebook and everything
// that failed: cells with an error, cells that failed in silence, cells that
// were not executed, and claims that do not hold.
func (nb *Notebook) Examine(name string) (claims []Claim, failures []Failure) {
	for i, c := range nb.Cells {
		fail := func(format string, args ...any) {
			failures = append(failures, Failure{i + 1, c.Count, fmt.Sprintf(format, args...)})
		}
		for _, o := range c.Outputs {
			switch {
			case o.Type == "error":
				fail("%s", firstLines(errorText(o), 12))
			case o.Type == "stream" && o.Name == "stderr":
				// An error output says the same better.
				if m := silent.FindString(o.Text); m != "" && !hasError(c.Outputs) {
					fail("%s", firstLines(o.Text, 12))
				}
			}
			value, ok := o.Data[claimType]
			if !ok {
				continue
			}
			claim, err := parseClaim(value)
			claim.Notebook, claim.Cell = name, c.Count
			switch {
			case err != nil:
				fail("%v", err)
			case !claim.Holds:
				fail("claim does not hold: %s: got %s, want %s", claim.Text, claim.Got, claim.Expected())
			}
			if err == nil {
				claims = append(claims, claim)
			}
		}
	}
	return claims, failures
}

func hasError(outputs []Output) bool {
	for _, o := range outputs {
		if o.Type == "error" {
			return true
		}
	}
	return false
}

var colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// errorText is the text of an error output: the traceback if it says more than the value.
func errorText(o Output) string {
	text := strings.TrimSpace(strings.Join(o.Traceback, "\n"))
	if len(text) <= len(o.Text) {
		text = strings.TrimSpace(o.Name + " " + o.Text)
	}
	return colours.ReplaceAllString(text, "")
}

// firstLines shortens a text to n lines, indented after the first.
func firstLines(s string, n int) string {
	list := strings.Split(strings.TrimSpace(s), "\n")
	if len(list) > n {
		list = append(list[:n], "...")
	}
	return strings.Join(list, "\n    ")
}
