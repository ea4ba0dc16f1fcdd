package page

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"

	"credo/internal/notebook"
)

// A claim is what a cell stated about its own numbers, as a page says it.
type claim struct{ notebook.Claim }

// Href is the place of the claim in the book.
func (c claim) Href() string { return c.chapter() + ".html#" + c.Anchor }

func (c claim) chapter() string { return strings.TrimSuffix(path.Base(c.Notebook), ".ipynb") }

// Name is its text, with TeX in it for MathJax. A line does not end within a formula that is written in words.
func (c claim) Name() template.HTML {
	return template.HTML(closeUp(html.EscapeString(typeset(c.Text))))
}

var operators = regexp.MustCompile(` ([−=<>±≤≥≈×+/]|&lt;|&gt;) `)

// closeUp forbids lines to end beside the sign of an operation.
func closeUp(text string) string { return operators.ReplaceAllString(text, "\u00a0$1\u00a0") }

// Verdict says in a word of what kind the claim is, or that it does not hold.
func (c claim) Verdict() string {
	switch {
	case !c.Holds:
		return "does not hold"
	case c.Kind == "agree":
		return "agrees"
	case c.Kind == "identity":
		return "identity"
	}
	return "bound"
}

// Mark is its sign.
func (c claim) Mark() template.HTML {
	sign, class := "✓", "holds"
	if !c.Holds {
		sign, class = "✗", "fails"
	} else if c.Kind == "identity" {
		sign, class = "≡", "same"
	}
	return template.HTML(fmt.Sprintf(`<span class="%s" role="img" aria-label="%s">%s</span>`, class, c.Verdict(), sign))
}

// Measured is what was found, with its interval where it has one.
func (c claim) Measured() string {
	if c.Half != "" {
		return short(c.Got, 4) + " ± " + short(c.Half, 2)
	}
	return short(c.Got, 4)
}

// Wanted is what it was compared with.
func (c claim) Wanted() string {
	switch {
	case c.Kind == "agree":
		return short(c.Want, 4)
	case c.Want != "" && c.Tolerance != "" && c.Tolerance != "0":
		return short(c.Want, 4) + " ± " + short(c.Tolerance, 2)
	case c.Want != "":
		return short(c.Want, 4)
	case c.High == "+Inf":
		return "at least " + short(c.Low, 4)
	case c.Low == "-Inf":
		return "at most " + short(c.High, 4)
	}
	return short(c.Low, 4) + " to " + short(c.High, 4)
}

// Notices is the smallest error of what was expected that would have been noticed, in percent.
func (c claim) Notices() string {
	power, err := strconv.ParseFloat(c.Power, 64)
	switch {
	case err != nil:
		return ""
	case power >= 0.995:
		return fmt.Sprintf("%.0f %%", 100*power)
	}
	return strings.ReplaceAll(fmt.Sprintf("%.2g %%", 100*power), "-", "−")
}

// Sentence is the claim beside its cell; plain: nothing draws mathematics.
func (c claim) Sentence(plain bool) template.HTML {
	name := c.Name()
	if plain {
		name = template.HTML(closeUp(html.EscapeString(c.Text)))
	}
	text := fmt.Sprintf("measured %s, expected %s", c.Measured(), c.Wanted())
	if n := c.Notices(); n != "" {
		text += ", would notice " + n
	}
	return template.HTML(fmt.Sprintf(`<p class="claim" id="%s"><a class="anchor" href="#%[1]s" aria-label="link to this claim">#</a>%s %s: <span class="numbers">%s (%s)</span></p>`,
		html.EscapeString(c.Anchor), c.Mark(), name, closeUp(text), c.Verdict()))
}

// short rounds a number for the eye.
func short(number string, digits int) string {
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsInf(v, 0) {
		return number
	}
	return strings.ReplaceAll(strconv.FormatFloat(v, 'g', digits, 64), "-", "−")
}
