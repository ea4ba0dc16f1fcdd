package notebook

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// A Failure is what is wrong with one cell of an executed notebook.
type Failure struct {
	Cell int // position from 1
	Run  int // execution number
	What string
	// Claim: of a claim that does not hold, or cannot be read.
	Claim bool
}

// Late is the error of an execution in which a cell was stopped at its time limit.
func Late(run int, limit time.Duration) error {
	return fmt.Errorf("the cell In [%d] ran into the time limit of %v and was stopped", run, limit)
}

func (f Failure) String() string { return fmt.Sprintf("cell %d, In [%d]: %s", f.Cell, f.Run, f.What) }

// silent matches what the kernel writes to stderr when a cell failed although
// Jupyter was told that it went well: the end of a program or of a shell command
// by an error or a signal, an unknown magic, a panic.
var silent = regexp.MustCompile(`(?m)^(exit status \d+|signal: \w+).*$|^.*unknown or not implemented yet.*$|^panic:.*$`)

// Examine returns the claims of an executed, normalised notebook and everything
// that failed: cells with an error, cells that failed in silence, cells that
// were not executed, cells that print without end, and claims that do not hold. A
// cell tagged raises-exception may fail; its claims may not.
func (nb *Notebook) Examine(name string) (claims []Claim, failures []Failure) {
	anchors := Anchors{}
	for i, c := range nb.Cells {
		fail := func(format string, args ...any) {
			failures = append(failures, Failure{Cell: i + 1, Run: c.Count, What: fmt.Sprintf(format, args...)})
		}
		if failed(c.Outputs) && !c.Tagged("raises-exception") {
			fail("%s", FirstLines(account(c.Outputs), 12))
		}
		printed := 0
		for _, o := range c.Outputs {
			if printed += len(o.Text); o.Type == "stream" && printed > printLimit {
				fail("it prints %.1f MB; at most %d MB are published: print less, or a summary", float64(printed)/1e6, printLimit/1000000)
				break
			}
		}
		for _, o := range c.Outputs {
			value, ok := o.Data[ClaimMIME]
			if !ok {
				continue
			}
			claim, err := ParseClaim(value)
			claim.Notebook, claim.Cell = name, c.Count
			if err == nil {
				claim.Anchor = anchors.Next(claim.Text)
			}
			switch {
			case err != nil:
				fail("%v", err)
			case !claim.Holds:
				fail("claim does not hold: %s: got %s, want %s", claim.Text, claim.Got, claim.Expected())
			}
			if err == nil {
				claims = append(claims, claim)
			}
			if err != nil || !claim.Holds {
				failures[len(failures)-1].Claim = true
			}
		}
	}
	return claims, failures
}

const printLimit = 1000000 // bytes of text from one cell

// failed tells whether a cell failed, openly or in silence.
func failed(outputs []Output) bool {
	for _, o := range outputs {
		if o.Type == "error" || o.Type == "stream" && o.Name == "stderr" && silent.MatchString(o.Text) {
			return true
		}
	}
	return false
}

var colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// account is what a failed cell said: its stderr, which holds a panic and the
// program's end; else the error as Jupyter has it; after the stdout if that is all
// there is, as with a failed test.
func account(outputs []Output) string {
	var stdout, stderr, err string
	for _, o := range outputs {
		switch {
		case o.Type == "error":
			err = strings.TrimSpace(o.Name + " " + o.Text)
			if trace := strings.TrimSpace(strings.Join(o.Traceback, "\n")); len(trace) > len(err) {
				err = trace
			}
		case o.Name == "stderr":
			stderr = strings.TrimSpace(o.Text)
		case o.Name == "stdout":
			stdout = strings.TrimSpace(o.Text)
		}
	}
	text := stderr
	if text == "" {
		text = err
	}
	if stdout != "" && !strings.Contains(text, "\n") {
		text = stdout + "\n" + text
	}
	return colours.ReplaceAllString(text, "")
}

// firstLines shortens a text to n lines, indented after the first.
func FirstLines(s string, n int) string {
	list := strings.Split(strings.TrimSpace(s), "\n")
	if len(list) > n {
		list = append(list[:n], "...")
	}
	return strings.Join(list, "\n    ")
}
