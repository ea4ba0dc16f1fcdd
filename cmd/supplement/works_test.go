package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/ledongthuc/pdf"
)

// works tries what a reader does on a page, by mouse and by keyboard.
func (r *reader) works(t *testing.T, printer Browser, names []string) {
	holds := r.holds
	with := func(element string) string { // the first page that has it
		for _, name := range names {
			text, err := os.ReadFile(filepath.Join(r.dir, name+".html"))
			if err == nil && regexp.MustCompile(element).Match(text) {
				return name
			}
		}
		return ""
	}
	r.scheme("light")

	// Code unfolds, alone and all; a copy of it is offered.
	r.open(names[0], 1280)
	const closed = `document.querySelectorAll("details.code:not([open])").length`
	if evaluate[int](r, closed) == 0 {
		t.Error("no code is folded")
	}
	r.do(chromedp.Click("details.code:not([open]) > summary", chromedp.ByQuery))
	holds("a click unfolds code", `document.querySelector("details.code").open`)
	r.do(chromedp.Click("button.all", chromedp.ByQuery))
	holds("all code", closed+` === 0 && document.querySelector("button.all").getAttribute("aria-pressed") === "true"`)
	r.do(chromedp.Click("button.all", chromedp.ByQuery))
	holds("no code", `document.querySelectorAll("details.code[open]").length === 0`)
	holds("copies are offered once", `document.querySelectorAll("button.copy").length === document.querySelectorAll("details.code").length`)
	holds("figures are offered once", `document.querySelectorAll(".take").length === document.querySelectorAll(".drawing, .film").length`)

	// The data of a figure are a table.
	if name := with(`<script type="text/csv">`); name == "" {
		t.Log("no figure has data")
	} else {
		r.open(name, 1280)
		evaluate[bool](r, `(URL.createObjectURL = b => { b.text().then(t => window.taken = t); return "#"; }, true)`)
		r.do(chromedp.Click(`button[aria-label^="CSV of"]`, chromedp.ByQuery), chromedp.Poll(`window.taken !== undefined`, nil))
		holds("a table", `/^(.*,)?series,(.*,)?x\b.*\n.*[0-9]/.test(window.taken)`)
	}

	// Dark and light by the button.
	const paper = `getComputedStyle(document.body).backgroundColor`
	light := evaluate[string](r, paper)
	r.do(chromedp.Click("button.theme", chromedp.ByQuery))
	if dark := evaluate[string](r, paper); dark == light {
		t.Errorf("dark and light are both %s", dark)
	}
	r.do(chromedp.Click("button.theme", chromedp.ByQuery))

	// Search, by keyboard: it finds, and leads to the place.
	word := evaluate[string](r, `document.querySelector("h1").textContent.match(/\p{L}+/gu).reduce((a, b) => b.length > a.length ? b : a)`)
	r.do(chromedp.SendKeys("input[type=search]", word, chromedp.ByQuery), chromedp.WaitVisible("#found li a", chromedp.ByQuery))
	holds("hits name the word", `[...document.querySelectorAll("#found li")].some(e => e.textContent.toLowerCase().includes("`+strings.ToLower(word)+`"))`)
	here, err := json.Marshal(names)
	if err != nil {
		t.Fatal(err)
	}
	hit := `[...document.querySelectorAll("#found li a")].find(a => ` + string(here) + `.some(name => a.pathname.endsWith("/" + name + ".html")))`
	to := evaluate[string](r, hit+`.href`)
	r.do(chromedp.Evaluate(hit+`.focus()`, nil), chromedp.KeyEvent(kb.Enter), chromedp.WaitReady("footer", chromedp.ByQuery))
	if at := evaluate[string](r, `location.href`); at != to {
		t.Errorf("the hit %s leads to %s", to, at)
	}
	holds("the place is there", `document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null`)

	// What a symbol means, on focus; Escape closes it; a click unfolds the table.
	symbolic := with(`<a class="sym"`)
	if symbolic == "" {
		t.Fatal("no page links a symbol to its meaning")
	}
	r.open(symbolic, 1280)
	r.do(chromedp.Evaluate(`document.querySelector("a.sym").focus()`, nil))
	holds("focus shows a meaning", `document.querySelector(".peek") !== null && document.querySelector(".peek").textContent.length > 10`)
	r.do(chromedp.KeyEvent(kb.Escape))
	holds("Escape closes it", `!document.querySelector(".peek")`)
	r.do(chromedp.Evaluate(`document.querySelector("a.sym").click()`, nil))
	holds("the table of symbols unfolds", `document.querySelector("details.symbols").open`)

	if slider := with(`<input[^>]* type="?range`); slider != "" {
		r.slides(t, slider)
	} else {
		t.Log("no notebook has a slider")
	}

	// On paper: pages have numbers and heads, the PDF has an outline.
	html, err := os.ReadFile(filepath.Join(r.dir, names[len(names)-1]+".html"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := printer.Print(t.Context(), string(html), "")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	f, d, err := pdf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	second, err := d.Page(2).GetPlainText(nil)
	if err != nil || !strings.Contains(second, "2 of ") {
		t.Errorf("the second page on paper has no number: %v: %.200q", err, second)
	}
	if len(d.Outline().Child) == 0 {
		t.Error("the PDF has no outline")
	}
}

// slides moves the first slider of a page, by keyboard and by mouse.
func (r *reader) slides(t *testing.T, name string) {
	t.Helper()
	r.open(name, 1280)
	r.do(chromedp.Evaluate(`document.querySelector(".output input[type=range]").scrollIntoView({block: "center"})`, nil))
	const value, shown = `document.querySelector(".output input[type=range]").value`, `document.querySelector(".output input[type=range]").closest(".output").innerHTML`
	before, first := evaluate[string](r, shown), evaluate[string](r, value)
	r.do(chromedp.Evaluate(`document.querySelector(".output input[type=range]").focus({preventScroll: true})`, nil), chromedp.KeyEvent(kb.ArrowRight))
	if after := evaluate[string](r, shown); after == before || evaluate[string](r, value) == first {
		t.Error("an arrow key does not move the slider and its frames")
	}
	before = evaluate[string](r, shown)
	box := evaluate[[]float64](r, `(() => { const b = document.querySelector(".output input[type=range]").getBoundingClientRect(); return [b.left + .9 * b.width, b.top + b.height / 2]; })()`)
	r.do(chromedp.MouseClickXY(box[0], box[1]))
	if after := evaluate[string](r, shown); after == before {
		t.Error("the mouse does not move the frames")
	}
}
