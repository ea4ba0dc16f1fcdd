package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// A reader who types what is no number, follows links that are broken, clicks twice,
// and has the program missing, cut short or of another version, is told so in a
// sentence, and never shown a number for another.
func TestMisuse(t *testing.T) {
	r, _, _ := published(t, "00_start_here", "05_overload_and_gating")
	misuse(t, r)
}

const (
	backButton = `[...document.querySelectorAll(".run-panel button")].find(b => b.textContent.startsWith("back")).click()`
)

func misuse(t *testing.T, r *reader) {
	name := "00_start_here"
	is := r.holds
	note := func(what string, cell int, state, part string) {
		t.Helper()
		if s, n := r.state(cell); s != state || !strings.Contains(n, part) {
			t.Errorf("%s: %s: %s; want %s with %q", what, s, n, state, part)
		}
	}
	js := func(format string, args ...any) {
		t.Helper()
		r.do(chromedp.Evaluate(fmt.Sprintf(format, args...), nil))
	}
	typed := func(field, value string) { // as with a keyboard
		t.Helper()
		js(`document.getElementById("run-%s").select()`, field)
		r.do(chromedp.SendKeys("#run-"+field, value, chromedp.ByQuery))
	}
	link := func(page, hash string) {
		t.Helper()
		r.do(chromedp.Navigate("about:blank"), chromedp.Navigate(fileURL(filepath.Join(r.dir, page+".html"))+hash))
	}
	ended := func(cell int) {
		t.Helper()
		r.do(chromedp.Poll(bar(cell)+`.dataset.state && `+bar(cell)+`.dataset.state !== "running"`, nil, chromedp.WithPollingTimeout(patience)))
	}
	own := func(cell int, text string) {
		t.Helper()
		js(`(() => { const f = %s.querySelector(".run-own"); f.value = %q; f.dispatchEvent(new Event("input")); })()`, bar(cell), text)
	}

	// Of 00: a cell that prints at once, one that states a claim about a force, and the longest; of 05: one that sets --offset.
	cells := func(page string) (list []struct {
		Number  int
		Seconds float64
		Args    []string
		Claims  []string
		Prints  bool
	}) {
		r.open(page, 1280)
		r.fetch(&list, given+`.cells.map(c => ({Number: c.number, Seconds: c.seconds, Args: c.args,
			Claims: c.outputs.filter(o => o.claim).map(o => o.claim.text), Prints: c.outputs.length > 0 && c.outputs.every(o => o.stream)}))`)
		return list
	}
	var plainCell, claimCell, longCell, ownCell int
	var ownFlag string
	for _, c := range cells("05_overload_and_gating") {
		if i := slices.IndexFunc(c.Args, func(a string) bool { return strings.HasPrefix(a, "--offset=") }); i >= 0 && ownCell == 0 {
			ownCell, ownFlag = c.Number, strings.Join(c.Args, " ")
		}
	}
	longest := 0.0
	for _, c := range cells(name) {
		quick := 0 < c.Seconds && c.Seconds < 1
		switch {
		case quick && c.Prints && plainCell == 0:
			plainCell = c.Number
		case quick && slices.ContainsFunc(c.Claims, func(s string) bool { return strings.HasPrefix(s, "F(1") }) && claimCell == 0:
			claimCell = c.Number
		case c.Seconds > longest:
			longCell, longest = c.Number, c.Seconds
		}
	}
	if plainCell*claimCell*longCell*ownCell == 0 {
		t.Fatalf("no cell to try: %d prints, %d claims, %d is long, %d sets a flag", plainCell, claimCell, longCell, ownCell)
	}

	// Values.
	r.open(name, 1280)
	js(`document.querySelector(".run-panel").open = true`)
	typed("offset", "1e999")
	is("what is no number is marked", `document.querySelector("#run-offset:invalid") !== null`)
	js(`document.activeElement.blur()`)
	is("the field has what is used", `document.getElementById("run-offset").value === "0.05"`)
	js(`for (let i = 0; i < 400; i++) { const s = document.querySelector('.run-panel input[type=range]'); s.value = i %% 100; s.dispatchEvent(new Event("input")); }`)
	js(backButton)
	typed("coding", "2")
	r.run(claimCell, patience)
	note("coding = 2", claimCell, "failed", "with an error")
	is("its sentence, once", `document.querySelector(".mine .stderr").textContent === "rules: Coding = 2 outside (0, 1)"`)
	js(backButton)
	r.run(claimCell, patience)
	note("after going back", claimCell, "bits", "every number as published")

	// Twice.
	js(`%s.querySelector("button").id = "twice"`, bar(plainCell))
	r.do(chromedp.Click("#twice", chromedp.ByQuery), chromedp.DoubleClick("#twice", chromedp.ByQuery)) // this sends the second click alone
	ended(plainCell)
	note("a double click", plainCell, "bits", "as published")

	// All, and Stop.
	js(`[...document.querySelectorAll(".run-panel button")].find(b => b.textContent.startsWith("Run all")).click()`)
	js(`%s.querySelector("button").click()`, bar(longCell)) // it waits, and says Stop
	is("nothing runs", `[...document.querySelectorAll(".run-bar > button:first-child")].every(b => b.textContent === "Run")`)

	// Links.
	link(name, "#b=0.03")
	is("by symbol", `document.getElementById("run-offset").value === "0.03"`)
	link(name, "#offset=0.03&nosuch=1&coding=abc&rate=1e999")
	is("the rest is carried", `document.getElementById("run-offset").value === "0.03" && document.getElementById("run-coding").value === "0.2" && location.hash === "#offset=0.03"`)
	is("what is not is said", `document.querySelector('.run-panel [role="status"]').textContent.includes("nosuch=1 and coding=abc and rate=1e999")`)
	for _, hash := range []string{"#b=%E0%A4", "#%E0%A4", "#", "#=&&=", "#b=0.03=4"} {
		link(name, hash)
		is(hash+": the page works", `document.querySelectorAll(".run-bar").length > 0 && typeof window.credoSearch === "function"`)
	}

	// Flags of one cell.
	link("05_overload_and_gating", "#offset=0.1")
	is("what the cell sets itself stays", bar(ownCell)+`.textContent.includes("nothing that is changed reaches it")`)
	own(ownCell, "offset=0.2")
	js(`%s.querySelector("button").click()`, bar(ownCell))
	note("no flag", ownCell, "failed", "offset=0.2 is no flag")
	own(ownCell, "--offset=0.2")
	js(backButton)
	is("back means its flags too", bar(ownCell)+`.querySelector(".run-own").value === `+strconv.Quote(ownFlag))

	// Following, and no program.
	gone := filepath.Join(r.dir, "cells.js")
	program := mustRead(t, gone)
	without := func(what, want string, text []byte) {
		t.Helper()
		os.Remove(gone)
		if text != nil {
			write(t, gone, string(text))
		}
		link(name, "#b=0.03")
		js(`%s.scrollIntoView({block: "center"})`, bar(plainCell))
		js(`(() => { window.tries = 0; new MutationObserver(l => { for (const m of l) for (const e of m.addedNodes) if (e.tagName === "SCRIPT") window.tries++; }).observe(document.head, {childList: true}); document.querySelector('.run-panel input[type="checkbox"]').click(); })()`)
		r.do(chromedp.Poll(`document.querySelector('.run-bar[data-state="failed"]') !== null`, nil, chromedp.WithPollingTimeout(patience)))
		is(what, fmt.Sprintf(`document.querySelector('.run-bar[data-state="failed"] .run-note').textContent.includes(%q)`, want))
		r.do(chromedp.Sleep(500 * time.Millisecond))
		if n := evaluate[int](r, "window.tries"); n > 8 {
			t.Errorf("%s: it is loaded %d times", what, n)
		}
	}
	without("missing", "is not beside this page", nil)
	without("cut short", "is damaged", program[:len(program)/2])
	other := regexp.MustCompile(`"00_start_here":"\w+"`)
	without("another version", "of another version", other.ReplaceAll(program, []byte(`"00_start_here":"x"`)))
	r.mu.Lock()
	for _, s := range r.complain {
		if !strings.Contains(s, "cells.js") && !strings.Contains(s, "ERR_FILE_NOT_FOUND") && !strings.Contains(s, "SyntaxError") {
			t.Errorf("complaint: %s", s)
		}
	}
	r.complain = nil
	r.mu.Unlock()
	write(t, gone, string(program))

	// A page of other numbers, in a folder of another name, does not say that they are published.
	strange := filepath.Join(t.TempDir(), "Größe #1 100% d'été")
	if err := os.Mkdir(strange, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(strange, "cells.js"), string(program))
	text := mustRead(t, filepath.Join(r.dir, name+".html"))
	changed := regexp.MustCompile(`("text":"F\(1[^}]*?"got":"0\.36)`).ReplaceAll(text, []byte("${1}9"))
	if bytes.Equal(changed, text) {
		t.Error("no claim to change")
	}
	write(t, filepath.Join(strange, name+".html"), string(changed))
	r.dir = strange
	r.open(name, 1280)
	r.run(claimCell, patience)
	note("another number", claimCell, "differs", "not as published")
	r.run(plainCell, patience)
	note("a folder of another name", plainCell, "bits", "as published")

	// On paper is what is published.
	r.do(emulation.SetEmulatedMedia().WithMedia("print"))
	is("on paper", `[...document.querySelectorAll(".mine, .run-bar, .run-panel")].every(e => getComputedStyle(e).display === "none") && [...document.querySelectorAll(".superseded")].length > 0 && [...document.querySelectorAll(".superseded")].every(e => getComputedStyle(e).display !== "none")`)
	r.asks(t)
}
