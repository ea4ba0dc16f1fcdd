package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"credo/internal/notebook"
)

// A Change is a row of the comparison of two versions.
type Change struct {
	Notebook, What, Then, Now string
}

// Compare writes as a table which claims and numbers differ between the committed
// notebooks of a git revision and the sources, as they are.
func Compare(w io.Writer, root, rev string, sources []notebook.Source) error {
	if strings.HasPrefix(rev, "-") {
		return fmt.Errorf("-diff %q is no revision", rev)
	}
	if _, complaint := git(root, "rev-parse", "--verify", "--quiet", rev+"^{commit}"); complaint != "" {
		return fmt.Errorf("-diff: git knows no revision %q (%s)", rev, complaint)
	}
	prefix, complaint := git(root, "rev-parse", "--show-prefix")
	if complaint != "" {
		return fmt.Errorf("-diff: %s", complaint)
	}
	var changes []Change
	for _, s := range sources {
		rel, err := filepath.Rel(root, s.Path)
		if err != nil || !filepath.IsLocal(rel) {
			return fmt.Errorf("-diff: %s is outside of the module", s.Label)
		}
		text, complaint := git(root, "show", rev+":"+path.Join(prefix, filepath.ToSlash(rel)))
		if complaint != "" {
			changes = append(changes, Change{s.Label, "the notebook", "not there", "new"})
			continue
		}
		old, err := notebook.Parse([]byte(text))
		if err != nil {
			return fmt.Errorf("-diff: %s of %s: %w", s.Label, rev, err)
		}
		old.Normalise()
		changes = append(changes, changesOf(s.Label, old, &s.Notebook)...)
	}
	if len(changes) == 0 {
		fmt.Fprintf(w, "No claim and no number differs from %s in %s.\n", rev, plural(len(sources), "notebook"))
		return nil
	}
	var b bytes.Buffer
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "notebook\twhat\t%s\tnow\tchange\n", rev)
	for _, c := range changes {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", strings.TrimSuffix(path.Base(c.Notebook), ".ipynb"), c.What, c.Then, c.Now, c.size())
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// size is the relative change of two numbers.
func (c Change) size() string {
	then, _, _ := strings.Cut(c.Then, ",")
	now, _, _ := strings.Cut(c.Now, ",")
	x, errX := strconv.ParseFloat(strings.ReplaceAll(then, "−", "-"), 64)
	y, errY := strconv.ParseFloat(strings.ReplaceAll(now, "−", "-"), 64)
	if errX != nil || errY != nil || x == 0 || math.IsNaN(y-x) || math.IsInf(y-x, 0) {
		return ""
	}
	return fmt.Sprintf("%+.2g %%", 100*(y-x)/math.Abs(x))
}

// changesOf lists first the claims that differ, then the numbers elsewhere.
func changesOf(name string, old, now *notebook.Notebook) (list []Change) {
	was, is := claimsByText(old), claimsByText(now)
	keys := []string{}
	for key := range was {
		keys = append(keys, key)
	}
	for key := range is {
		if _, both := was[key]; !both {
			keys = append(keys, key)
		}
	}
	place := func(key string) int { return cmp.Or(is[key].Cell, was[key].Cell) }
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(place(a), place(b)), strings.Compare(a, b)) })
	for _, key := range keys {
		a, before := was[key]
		b, after := is[key]
		what := "claim: " + key
		switch {
		case !before:
			list = append(list, Change{name, what, "not claimed", account(b)})
		case !after:
			list = append(list, Change{name, what, account(a), "no longer claimed"})
		case a.Got != b.Got || a.Holds != b.Holds:
			list = append(list, Change{name, what, state(a), state(b)})
		}
		if before && after && a.Expected() != b.Expected() {
			list = append(list, Change{name, what + " (demands)", a.Expected(), b.Expected()})
		}
	}
	return append(list, numbersThatDiffer(name, old, now)...)
}

// state is what a claim got, and that it does not hold if so.
func state(c notebook.Claim) string {
	if !c.Holds {
		return c.Got + ", does not hold"
	}
	return c.Got
}

// account is that with what was demanded.
func account(c notebook.Claim) string { return state(c) + ", want " + c.Expected() }

// claimsByText numbers claims of equal text.
func claimsByText(nb *notebook.Notebook) map[string]notebook.Claim {
	claims, _ := nb.Examine("")
	m := map[string]notebook.Claim{}
	for _, c := range claims {
		key := c.Text
		for n := 2; m[key].Text != ""; n++ {
			key = fmt.Sprintf("%s (%d)", c.Text, n)
		}
		m[key] = c
	}
	return m
}

var markup = regexp.MustCompile(`(?s)<(?:svg|script|style)\b.*?</(?:svg|script|style)>|<[^>]*>`)

// numbersThatDiffer compares the text of cells with the same id: a row for each
// number that changed among unchanged words, up to eight of a cell; one row for a
// cell whose words changed too.
func numbersThatDiffer(name string, old, now *notebook.Notebook) (list []Change) {
	before := map[string]string{}
	for _, c := range old.Cells {
		before[c.ID] = readable(c)
	}
	for i, c := range now.Cells {
		a, there := before[c.ID]
		b := readable(c)
		if c.Type != "code" || !there || a == b {
			continue
		}
		where := fmt.Sprintf("cell %d, In [%d]", i+1, c.Count)
		if notebook.Numeral.ReplaceAllString(a, "0") != notebook.Numeral.ReplaceAllString(b, "0") {
			list = append(list, Change{name, where + ": its words", plural(len(strings.Fields(a)), "word"), plural(len(strings.Fields(b)), "word")})
			continue
		}
		at, y := notebook.Numeral.FindAllStringIndex(a, -1), notebook.Numeral.FindAllString(b, -1)
		n := 0
		for k, pos := range at {
			x := a[pos[0]:pos[1]]
			if x == y[k] {
				continue
			}
			if n++; n <= 8 {
				words := strings.Fields(a[max(0, pos[0]-60):pos[0]])
				context := strings.Join(words[max(0, len(words)-4):], " ")
				list = append(list, Change{name, strings.TrimSpace(where + ": " + strings.ToValidUTF8(context, "")), x, y[k]})
			}
		}
		if n > 8 {
			list = append(list, Change{name, where + ": " + plural(n-8, "more number"), "", ""})
		}
	}
	return list
}

// readable is what a reader reads of a cell's outputs: without figures, claims and tags.
func readable(c *notebook.Cell) string {
	var b strings.Builder
	for _, o := range c.Outputs {
		b.WriteString(o.Text + "\n")
		if _, claim := o.Data[notebook.ClaimMIME]; claim {
			continue
		}
		for _, mime := range []string{"text/html", "text/markdown", "text/plain"} {
			if s, ok := o.Data[mime].(string); ok {
				b.WriteString(markup.ReplaceAllString(s, " ") + "\n")
				break
			}
		}
	}
	return b.String()
}
