package main

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"

	"credo/internal/native"
	"credo/internal/notebook"
	"credo/internal/workshop"
)

// A trial is a notebook at a setting.
type trial struct {
	source    notebook.Source
	setting   setting
	args      []string // none: not a parameter here
	execution *native.Execution
	outcome   outcome
}

// crosses are the claims that do not hold.
func (o outcome) crosses() (list []notebook.Claim) {
	for _, c := range o.claims {
		if !c.Holds {
			list = append(list, c)
		}
	}
	return list
}

// The verdicts; the last two are wrong.
const (
	absent      = "not a parameter here"
	fine        = "ok"
	explained   = "crosses explained by the card"
	unexplained = "UNEXPLAINED"
	failing     = "FAILS"
)

func (t trial) verdict() string {
	switch {
	case t.args == nil:
		return absent
	case slices.ContainsFunc(t.outcome.failed, func(f notebook.Failure) bool { return !refuses(f) }):
		return failing
	case len(t.outcome.crosses())+len(t.outcome.failed) == 0:
		return fine
	case len(newlyBroken(&t.source.Notebook, t.outcome.notebook)) > 0:
		return explained
	}
	return unexplained
}

var sentence = regexp.MustCompile(`^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d Must not error: `)

// refuses tells a cell that ends with the error of a call, a sentence, from one that
// panics otherwise or does not end. At other values of its parameters it may.
func refuses(f notebook.Failure) bool { return sentence.MatchString(f.What) }

// settings executes every notebook at every setting and writes the table.
func (f *field) settings(ctx context.Context, w io.Writer, list []setting) error {
	var trials []*trial
	for _, s := range f.sources {
		e, err := f.program(s)
		if err != nil {
			return err
		}
		if err := e.Build(ctx); err != nil {
			return fmt.Errorf("%s: %w", s.Label, err)
		}
		p, err := s.Parameters()
		if err != nil {
			return fmt.Errorf("%s: %w", s.Label, err)
		}
		for _, c := range list {
			trials = append(trials, &trial{source: s, setting: c, args: c.args(p), execution: e})
		}
	}
	err := f.each(ctx, len(trials), func(ctx context.Context, i int) (err error) {
		t := trials[i]
		if t.args == nil {
			return nil
		}
		name := fmt.Sprintf("%s at %s", t.source.Name, t.setting.name)
		e := *t.execution
		e.Arguments = t.args
		e.Started = f.started(name)
		t.outcome, err = f.execute(ctx, t.source, &e)
		f.progress.Set(name, "")
		return err
	})
	if err != nil {
		return err
	}
	return report(w, trials)
}

// report writes a row for each trial, then what each claim that does not hold got,
// how cells failed, and what the card says is broken. It returns an error if
// something is unexplained or fails.
func report(w io.Writer, trials []*trial) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "notebook\tsetting\theld\tfailed\ttime\tverdict")
	wrong := 0
	for _, r := range trials {
		verdict, crosses := r.verdict(), len(r.outcome.crosses())
		if verdict == absent {
			fmt.Fprintf(t, "%s\t%s\t\t\t\t%s\n", r.source.Name, r.setting.name, verdict)
			continue
		}
		if verdict == unexplained || verdict == failing {
			wrong++
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%s\t%s\n", r.source.Name, r.setting.name, len(r.outcome.claims)-crosses, crosses,
			workshop.Seconds(r.outcome.took), verdict)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, r := range trials {
		if details := r.details(); len(details) > 0 {
			fmt.Fprintf(w, "\n%s at %s: %s\n", r.source.Name, r.setting.name, r.verdict())
			for _, line := range details {
				fmt.Fprintf(w, "  %s\n", line)
			}
		}
	}
	if wrong > 0 {
		return fmt.Errorf("%d of %d are unexplained or fail", wrong, len(trials))
	}
	return nil
}

// cause is the first line of an account that tells of more than claims, which are told of beside it.
func cause(account string) string {
	lines := strings.Split(account, "\n")
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "claim failed: ") {
			return line
		}
	}
	return lines[0]
}

// details are the claims that do not hold, the first lines of cells that fail, and
// the assumptions that are broken now and were not.
func (t trial) details() (list []string) {
	if t.args == nil {
		return nil
	}
	for _, c := range t.outcome.crosses() {
		list = append(list, fmt.Sprintf("In [%d]: %s: got %s, want %s", c.Cell, c.Text, c.Got, c.Expected()))
	}
	for _, failure := range t.outcome.failed {
		list = append(list, fmt.Sprintf("In [%d] fails: %s", failure.Run, cause(failure.What)))
	}
	if broken := newlyBroken(&t.source.Notebook, t.outcome.notebook); len(broken) > 0 {
		list = append(list, "the card, broken: "+strings.Join(broken, "; "))
	}
	return list
}
