package main

import (
	"fmt"
	"html"
	"math"
	"regexp"
	"strconv"
	"strings"

	"credo/internal/notebook"
)

// An Entry is what the index says of one notebook.
type Entry struct {
	Name       string               `json:"name"` // of the files, without extension
	Title      string               `json:"title"`
	Note       string               `json:"note,omitempty"` // if the page is of an earlier execution: why
	Parameters []notebook.Parameter `json:"parameters"`
	Abstract   string               `json:"-"`
	Thumbnails []string             `json:"-"`
	Claims     []notebook.Claim     `json:"-"`
}

// NewEntry collects the entry of a notebook, but for the thumbnails: they take
// time and are made with the page.
func NewEntry(name string, nb *notebook.Notebook, claims []notebook.Claim) (e Entry, err error) {
	e.Name, e.Claims = name, claims
	if e.Title, e.Abstract, err = nb.Abstract(); err != nil {
		return e, err
	}
	if e.Parameters, err = nb.Parameters(); err != nil {
		return e, err
	}
	e.Abstract = pictures.ReplaceAllString(e.Abstract, "")
	return e, nil
}

// pictures in an abstract are on the page; the index has its own.
var pictures = regexp.MustCompile(`!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<img\b[^>]*>`)

// Index writes the index page as a notebook of one Markdown cell, so that
// mathematics in titles, abstracts and claims is drawn as on the other pages.
// Missing notebooks have no page, because they failed.
func Index(pages []Page, missing []string, versions map[string]string) *notebook.Notebook {
	entries := []Entry{}
	for _, p := range pages {
		entries = append(entries, p.Entry)
	}
	var b strings.Builder
	var all []notebook.Claim
	hold := 0
	for _, e := range entries {
		for _, c := range e.Claims {
			all = append(all, c)
			if c.Holds {
				hold++
			}
		}
	}
	b.WriteString("# Supplement\n\nWhat the notebooks derive, compute and claim. Every number and every figure comes from the code on its page. ")
	fmt.Fprintf(&b, "Of %d claims %d hold. ", len(all), hold)
	fmt.Fprintf(&b, "%d of them, marked ≡, are identities: algebra, which no simulation could contradict.\n\n", notebook.Identities(all))
	for _, m := range missing {
		fmt.Fprintf(&b, "<p class=\"fails\">%s has failed and has no page.</p>\n\n", html.EscapeString(m))
	}
	for _, e := range entries {
		fmt.Fprintf(&b, "## [%s](%s.html)\n\n%s\n\n", e.Title, e.Name, e.Abstract)
		if e.Note != "" {
			fmt.Fprintf(&b, "<p class=\"fails\">%s</p>\n\n", html.EscapeString(e.Note))
		}
		if len(e.Thumbnails) > 0 {
			fmt.Fprintf(&b, "<div class=\"thumbnails\">")
			for i, t := range e.Thumbnails {
				fmt.Fprintf(&b, `<a href="%s.html"><img alt="figure %d" src="data:image/png;base64,%s"></a>`, html.EscapeString(e.Name), i+1, t)
			}
			b.WriteString("</div>\n\n")
		}
		fmt.Fprintf(&b, "<p class=\"quiet\"><a href=\"%s.html\">Page</a>, <a href=\"%[1]s.pdf\">PDF</a>, %s</p>\n\n", html.EscapeString(e.Name), counted(e.Claims))
	}
	b.WriteString("## Claims\n\n<table>\n<thead><tr><th>Claim</th><th>Got</th><th>Want</th><th>Tolerance</th><th>Notices</th><th></th></tr></thead>\n<tbody>\n")
	for _, e := range entries {
		fmt.Fprintf(&b, "<tr><th colspan=\"6\"><a href=\"%s.html\">%s</a></th></tr>\n", html.EscapeString(e.Name), html.EscapeString(e.Title))
		for _, c := range e.Claims {
			want := short(c.Want)
			if want == "" {
				c.Low, c.High = short(c.Low), short(c.High)
				want = c.Expected()
			}
			tick := `<span title="holds">✓</span>`
			switch {
			case !c.Holds:
				tick = `<span class="fails" title="does not hold">✗</span>`
			case c.Kind == "identity":
				tick = `<span title="identity">≡</span>`
			}
			got := short(c.Got)
			if c.Half != "" {
				got += " ± " + short(c.Half)
			}
			fmt.Fprintf(&b, "<tr><td>%s</td><td title=\"%s\">%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n", html.EscapeString(c.Text), c.Got, got, want, short(c.Tolerance), noticed(c), tick)
		}
	}
	b.WriteString("</tbody>\n</table>\n\n")
	source := "credo " + versions["credo"]
	if study := versions["study"]; study != "" && study != "unknown" {
		source = "this study " + study + " and " + source
	}
	fmt.Fprintf(&b, "<p class=\"quiet\">Made with %s, GoNB %s, gonum %s and gonum/plot %s from %s. As data: <a href=\"claims.json\">claims.json</a>, <a href=\"manifest.json\">manifest.json</a>.</p>\n",
		versions["go"], versions["gonb"], versions["gonum"], versions["plot"], source)
	nb := &notebook.Notebook{Cells: []*notebook.Cell{{Type: "markdown", ID: "index", Source: b.String()}}, Metadata: map[string]any{"title": "Supplement"}}
	nb.Normalise()
	return nb
}

// noticed is the power of a claim in percent.
func noticed(c notebook.Claim) string {
	power, err := strconv.ParseFloat(c.Power, 64)
	if err != nil {
		return ""
	}
	if power >= 1 {
		return fmt.Sprintf("%.0f %%", 100*power)
	}
	return fmt.Sprintf("%.2g %%", 100*power)
}

// short rounds a number for the eye; claims.json has it in full.
func short(number string) string {
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsInf(v, 0) {
		return html.EscapeString(number)
	}
	return strings.ReplaceAll(strconv.FormatFloat(v, 'g', 4, 64), "-", "−")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
