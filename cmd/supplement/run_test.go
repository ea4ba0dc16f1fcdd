package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"credo/internal/notebook"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

var every = flag.Bool("every", false, "TestRun runs every cell, not only those that take under a second")

// The cells of the published pages run in a real browser: what takes under a second,
// with claims within 1e-9 of the committed ones and of the same verdict.
func TestRun(t *testing.T) {
	r, p, names := published(t)
	if info, err := os.Stat(filepath.Join(r.dir, "cells.js")); err != nil || info.Size() == 0 || info.Size() > 8e6 {
		t.Fatalf("the program: %v, %v; it must weigh at most 8 MB", info, err)
	}
	sum, all, unknown := map[string]int{}, 0, 0
	for _, name := range names {
		committed := committedClaims(t, p.Shop.Root, name)
		r.open(name, 1280)
		if evaluate[int](r, `document.querySelectorAll(".run-bar").length`) == 0 {
			t.Errorf("%s: no cell can be run", name)
			continue
		}
		var cells []struct {
			Number  int
			Seconds float64
		}
		r.fetch(&cells, given+`.cells.map(c => ({Number: c.number, Seconds: c.seconds}))`)
		for _, c := range cells {
			if all++; c.Seconds == 0 {
				unknown++
			}
			if !(0 < c.Seconds && c.Seconds < 1) && !*every {
				continue
			}
			begin := time.Now()
			r.run(c.Number, 10*time.Minute)
			state, note := r.state(c.Number)
			sum[state]++
			if state != "bits" {
				t.Logf("%s, In [%d]: %s", name, c.Number, note)
			}
			if state != "bits" && state != "digits" {
				t.Errorf("%s, In [%d]: %s: %s", name, c.Number, state, note)
			}
			for _, s := range unlike(r.mine(c.Number), committed[c.Number]) {
				t.Errorf("%s, In [%d]: %s", name, c.Number, s)
			}
			if *every {
				t.Logf("%s, In [%d]: %.1f s, said %v", name, c.Number, time.Since(begin).Seconds(), c.Seconds)
			}
		}
	}
	t.Logf("cells: %v", sum)
	if 20*unknown > all {
		t.Errorf("of %d of %d cells nobody knows how long they take: readers are not warned, and they are not run here; measure with: go run ./cmd/supplement -seconds", unknown, all)
	}
	r.asks(t)
}

const given = `JSON.parse(document.querySelector('script.run[type="application/json"]').textContent)`

func (r *reader) fetch(v any, js string) {
	r.t.Helper()
	if err := json.Unmarshal([]byte(evaluate[string](r, "JSON.stringify("+js+")")), v); err != nil {
		r.t.Fatal(err)
	}
}

// bar is the one of a cell.
func bar(cell int) string {
	return fmt.Sprintf(`[...document.querySelectorAll("details.code")].find(e => e.querySelector(".count").textContent === "In [%d]").nextElementSibling`, cell)
}

// run presses Run and waits for the end.
func (r *reader) run(cell int, patience time.Duration) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.ctx, patience)
	defer cancel()
	err := chromedp.Run(ctx, chromedp.Evaluate(`new Promise(done => {
		const bar = `+bar(cell)+`;
		new MutationObserver((_, o) => { if (bar.dataset.state && bar.dataset.state !== "running") { o.disconnect(); done(0); } }).observe(bar, {attributes: true});
		bar.querySelector("button").click();
	})`, nil, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	if err != nil {
		r.t.Fatalf("In [%d]: %v", cell, err)
	}
}

// state is how a run ended, with the sentence that says so.
func (r *reader) state(cell int) (state, note string) {
	r.t.Helper()
	return evaluate[string](r, bar(cell)+`.dataset.state`), evaluate[string](r, bar(cell)+`.querySelector(".run-note").textContent`)
}

// mine are the claims that a cell has stated here.
func (r *reader) mine(cell int) (list []notebook.Claim) {
	r.t.Helper()
	var texts []string
	r.fetch(&texts, `(() => { let e = `+bar(cell)+`; while (!e.matches(".mine")) e = e.nextElementSibling; return [...e.querySelectorAll("[data-claim]")].map(c => c.dataset.claim); })()`)
	for _, text := range texts {
		c, err := notebook.ParseClaim(text)
		if err != nil {
			r.t.Fatal(err)
		}
		list = append(list, c)
	}
	return list
}

// unlike says how claims differ from others by more than 1e-9, or in their verdict.
func unlike(got, want []notebook.Claim) (list []string) {
	if len(got) != len(want) {
		return []string{fmt.Sprintf("%d claims, want %d", len(got), len(want))}
	}
	for i, c := range got {
		w := want[i]
		a, errA := strconv.ParseFloat(c.Got, 64)
		b, errB := strconv.ParseFloat(w.Got, 64)
		near := a == b || math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(b))
		if c.Text != w.Text || c.Holds != w.Holds || errA != nil || errB != nil || !near {
			list = append(list, fmt.Sprintf("%s: got %s, %v; want %s: %s, %v", c.Text, c.Got, c.Holds, w.Text, w.Got, w.Holds))
		}
	}
	return list
}

// committedClaims are those of a notebook, by cell.
func committedClaims(t *testing.T, root, name string) map[int][]notebook.Claim {
	t.Helper()
	nb, err := notebook.Parse(mustRead(t, filepath.Join(root, "notebooks", name+".ipynb")))
	if err != nil {
		t.Fatal(err)
	}
	claims, _ := nb.Examine(name)
	by := map[int][]notebook.Claim{}
	for _, c := range claims {
		by[c.Cell] = append(by[c.Cell], c)
	}
	return by
}
