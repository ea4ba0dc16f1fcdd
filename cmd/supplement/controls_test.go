package main

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"credo/internal/book"
	"credo/internal/native"
	"credo/internal/notebook"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A reader changes a parameter, runs, stops, and goes back. What he gets is what a
// run of the same cell with the same flag gives without a browser.
func TestControls(t *testing.T) {
	const name, parameter, value = "04_capacity_condition", "offset", "0.3"
	r, p, _ := published(t, name)
	list, err := notebook.Find(p.Shop.Root, p.Shop.Root, "notebooks/"+name+".ipynb")
	if err != nil {
		t.Fatal(err)
	}
	changes, stays := -1, -1 // cells that the parameter changes, and not
	var want []notebook.Claim
	long := struct {
		cell    int
		seconds float64
	}{}
	r.open(name, 1280)
	var cells []struct {
		Number  int
		Seconds float64
	}
	r.fetch(&cells, given+`.cells.map(c => ({Number: c.number, Seconds: c.seconds}))`)
	run := natively(t, list[0])
	for _, c := range cells {
		if c.Seconds > long.seconds {
			long.cell, long.seconds = c.Number, c.Seconds
		}
		if !(0 < c.Seconds && c.Seconds < 1) || changes >= 0 && stays >= 0 {
			continue
		}
		before, after := run(c.Number), run(c.Number, "--"+parameter+"="+value)
		switch {
		case len(before) == 0:
		case slices.Equal(before, after):
			stays = c.Number
		case changes < 0:
			changes, want = c.Number, after
		}
	}
	if changes < 0 || stays < 0 || long.cell == 0 {
		t.Fatalf("no cell to try: %d changes with %s, %d does not, %d is long", changes, parameter, stays, long.cell)
	}
	holds := r.holds
	const loaded = `performance.getEntriesByType("resource").length`
	before := evaluate[int](r, loaded)
	if before != 0 {
		t.Errorf("%d files are loaded before anything runs", before)
	}

	holds("the page may connect to nothing", `document.querySelector('meta[http-equiv="Content-Security-Policy"]').content.includes("connect-src 'none'")`)

	// The published outputs stand until something has been computed.
	const panel = `document.querySelector(".run-panel")`
	holds("the panel is folded", "!"+panel+".open")
	r.do(chromedp.Click(".run-panel > summary", chromedp.ByQuery))
	r.do(chromedp.SetValue("#run-"+parameter, value, chromedp.ByQuery), chromedp.Evaluate(`document.getElementById("run-`+parameter+`").dispatchEvent(new Event("input")); document.getElementById("run-`+parameter+`").dispatchEvent(new Event("change"))`, nil))
	holds("the address carries it", `location.hash === "#`+parameter+"="+value+`"`)
	r.run(changes, patience)
	if state, note := r.state(changes); state != "other" {
		t.Errorf("%s: %s", state, note)
	}
	for _, s := range unlike(r.mine(changes), want) {
		t.Errorf("In [%d] with %s = %s: %s", changes, parameter, value, s)
	}
	r.accessible(p.Shop.Root, name+", after a run")
	r.run(stays, patience)
	if state, note := r.state(stays); state != "same" {
		t.Errorf("a cell without %s: %s: %s", parameter, state, note)
	}
	holds("what is computed is marked", `[...document.querySelectorAll(".mine")].filter(e => !e.hidden).every(e => /^Computed in your browser with --`+parameter+`/.test(e.querySelector(".run-head").textContent))`)
	holds("what is published is out of the way", `document.querySelector(".superseded") !== null && getComputedStyle(document.querySelector(".superseded")).display === "none"`)
	r.do(chromedp.Evaluate(bar(changes)+`.querySelector('button[aria-pressed]').click()`, nil))
	holds("what is published is shown again", `!document.querySelector(".superseded") || [...document.querySelectorAll(".mine")].filter(e => !e.hidden).length === 1`)

	r.do(chromedp.Evaluate(`[...`+bar(changes)+`.querySelectorAll("button")].find(b => b.textContent === "keep").click()`, nil))
	holds("what was computed is kept beside what is published", `(e => e && e.textContent.includes("--`+parameter+`") && e.querySelector("[data-claim]"))(document.querySelector(".kept")) && `+bar(changes)+`.dataset.state === undefined`)

	// A link with the value, also by its symbol, opens so.
	r.do(chromedp.Navigate("about:blank"), chromedp.Navigate(fileURL(r.dir+"/"+name+".html")+"#b="+value))
	holds("the link opens so", panel+`.open && document.getElementById("run-`+parameter+`").value === "`+value+`"`)

	// Stop answers at once, and the page computes again afterwards.
	r.do(chromedp.Evaluate(bar(long.cell)+`.querySelector("button").click()`, nil))
	r.do(chromedp.Poll(bar(long.cell)+`.querySelector(".quiet").textContent.includes("of about")`, nil))
	r.do(chromedp.Poll(`/run \d+ of \d+/.test(`+bar(long.cell)+`.querySelector(".quiet").textContent)`, nil, chromedp.WithPollingTimeout(patience)))
	took := evaluate[float64](r, `(() => { const bar = `+bar(long.cell)+`, t = performance.now(); bar.querySelector("button").click(); return bar.dataset.state === "stopped" ? performance.now() - t : 1e9; })()`)
	if took > 100 {
		t.Errorf("Stop took %v ms", took)
	}
	holds("the published outputs are back", bar(long.cell)+`.parentElement.querySelectorAll(".superseded").length === 0`)
	if long.seconds > 10 {
		holds("a long cell says so before", `/takes about \d+ (s|min)/.test(`+bar(long.cell)+`.textContent)`)
	}

	// Who follows has what he sees computed again with each value, without pressing anything.
	r.do(chromedp.Evaluate(`(() => { const c = document.querySelector('.run-panel input[type="checkbox"]'); c.click(); `+bar(changes)+`.scrollIntoView({block: "end"}); })()`, nil))
	for _, v := range []string{"0.1", "0.2", "0.25"} {
		r.do(chromedp.Evaluate(fmt.Sprintf(`(() => { const f = document.getElementById("run-%s"); f.value = %q; f.dispatchEvent(new Event("input")); window.since = performance.now(); })()`, parameter, v), nil))
		r.do(chromedp.Poll(fmt.Sprintf(`(() => { let e = %s; while (!e.matches(".mine")) e = e.nextElementSibling; return e.textContent.includes("--%s=%s"); })()`, bar(changes), parameter, v), nil, chromedp.WithPollingTimeout(patience)))
		t.Logf("%s = %s is seen after %.0f ms", parameter, v, evaluate[float64](r, `performance.now() - window.since`))
	}
	r.resize(380)
	for _, s := range evaluate[[]string](r, overflowing) {
		t.Errorf("at 380 px, following: the page scrolls sideways: %s", s)
	}
	r.resize(1280)
	r.do(chromedp.Evaluate(`document.querySelector('.run-panel input[type="checkbox"]').click()`, nil))

	// By keyboard: from the button, with Enter; and back to what is published.
	r.do(chromedp.Evaluate(`[...`+panel+`.querySelectorAll("button")].find(b => b.textContent.startsWith("back")).click()`, nil))
	holds("the value is back", `document.getElementById("run-`+parameter+`").value !== "`+value+`" && !location.hash`)
	r.do(chromedp.Evaluate(bar(changes)+`.querySelector("button").focus()`, nil), chromedp.KeyEvent(kb.Enter))
	r.do(chromedp.Poll(`["bits", "digits"].includes(`+bar(changes)+`.dataset.state)`, nil, chromedp.WithPollingTimeout(patience)))
	holds("it is said to who cannot see", bar(changes)+`.querySelector('[role="status"]').textContent.includes("as published")`)

	// Text that is no number is a sentence, not a trace.
	r.do(chromedp.Evaluate(`(() => { const f = document.getElementById("run-channels"); f.value = "1.5"; f.dispatchEvent(new Event("input")); })()`, nil))
	r.run(changes, patience)
	if state, note := r.state(changes); state != "failed" {
		t.Errorf("channels = 1.5: %s: %s", state, note)
	}
	holds("the sentence", `(e => e.textContent.includes("1.5") && !e.textContent.includes("Usage"))(document.querySelector(".mine .stderr"))`)
	r.tellsPoints(t, r.dir, name)
	r.asks(t)
}

// natively runs cells of a notebook without a browser and returns their claims.
func natively(t *testing.T, s notebook.Source) func(cell int, args ...string) []notebook.Claim {
	t.Helper()
	shop, _ := browser(t)
	w, err := native.Open(t.Context(), shop)
	if err != nil {
		t.Fatal(err)
	}
	program, err := native.Convert(s.Name, s.Cells)
	if err != nil {
		t.Fatal(err)
	}
	binary, err := w.Build(t.Context(), program)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(binary.Close)
	return func(cell int, args ...string) (list []notebook.Claim) {
		t.Helper()
		o, err := binary.Run(t.Context(), cell, book.Limits{Dir: t.TempDir(), Time: time.Minute}, args...)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range o.Displays {
			if value, stated := d.Data[notebook.ClaimMIME]; stated {
				c, err := notebook.ParseClaim(value)
				if err != nil {
					t.Fatal(fmt.Errorf("In [%d]: %w", cell, err))
				}
				list = append(list, c)
			}
		}
		return list
	}
}
