package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"credo/internal/notebook"
	"credo/internal/workshop"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

var only = flag.String("only", "", "TestReader looks at the pages of these notebooks, by a pattern of their names, and not whether links lead to others")

// The pages of the committed notebooks in a real browser. Screenshots lie in
// build/screens afterwards, to be looked at.
func TestReader(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	shop, p := browser(t)
	dir, names := pagesOf(t, shop, p)
	r := openReader(t, p.Browser.Path, dir)
	screens := filepath.Join(shop.Root, "build", "screens")
	if err := os.MkdirAll(screens, 0o777); err != nil {
		t.Fatal(err)
	}
	axe, err := os.ReadFile(filepath.Join(shop.Root, ".bin", "axe.min.js"))
	if err != nil {
		t.Logf("accessibility is not tested: %v (make setup fetches it where npm is)", err)
	}
	anchors, links, weight := map[string]bool{}, map[string]string{}, int64(0)
	for _, name := range append([]string{"index"}, names...) {
		info, err := os.Stat(filepath.Join(dir, name+".html"))
		if err != nil {
			t.Fatal(err)
		}
		weight += info.Size()
		if info.Size() > 2e6 {
			t.Errorf("%s weighs %d bytes, at most 2 MB", name, info.Size())
		}
		r.open(name, 1280)
		anchors[name+".html"] = true
		for _, id := range evaluate[[]string](r, `[...document.querySelectorAll("[id]")].map(e => e.id)`) {
			if anchors[name+".html#"+id] {
				t.Errorf("%s: two elements are named %s", name, id)
			}
			anchors[name+".html#"+id] = true
		}
		for _, href := range evaluate[[]string](r, `[...document.querySelectorAll("a[href]")].map(e => e.href)`) {
			links[href] = name
		}
		for _, s := range evaluate[[]string](r, undrawn) {
			t.Errorf("%s: not drawn: %s", name, s)
		}
		r.shoot(filepath.Join(screens, name+"-1280.png"))
		if len(axe) > 0 {
			r.axe(name, string(axe), `{resultTypes: ["violations"]}`)
			r.scheme("dark")
			r.axe(name+", dark", "", `{runOnly: ["color-contrast"], resultTypes: ["violations"]}`)
			r.shoot(filepath.Join(screens, name+"-dark.png"))
			r.scheme("light")
		}
		r.resize(380)
		for _, s := range evaluate[[]string](r, overflowing) {
			t.Errorf("%s at 380 px: the page scrolls sideways: %s", name, s)
		}
		r.shoot(filepath.Join(screens, name+"-380.png"))
	}
	if info, err := os.Stat(filepath.Join(dir, "search.js")); err != nil || weight+info.Size() > 12e6 {
		t.Errorf("the pages weigh %d bytes together, at most 12 MB (%v)", weight+info.Size(), err)
	}
	for href, from := range links {
		u, err := url.Parse(href)
		if err != nil {
			t.Errorf("%s: %v", from, err)
			continue
		}
		if u.Scheme == "https" || u.Scheme == "http" {
			continue
		}
		to := filepath.Base(u.Path)
		if ext := filepath.Ext(to); ext != ".html" {
			stem := strings.TrimSuffix(to, ext)
			if *only == "" && !slices.Contains(names, stem) && !slices.Contains([]string{"claims.json", "manifest.json"}, to) {
				t.Errorf("%s: the link %s leads nowhere", from, href)
			}
			continue
		}
		if u.Fragment != "" {
			to += "#" + u.Fragment
		}
		if !anchors[to] && *only == "" {
			t.Errorf("%s: the link %s leads nowhere", from, to)
		}
	}
	r.asks(t)
	r.works(t, p.Browser, names)
}

// undrawn lists what is left of TeX in the text, and formulas without extent.
const undrawn = `(() => {
	const out = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let n; n = walk.nextNode();)
		if (!n.parentElement.closest("pre, code, script, style, svg, .tex2jax_ignore") && /\$[^$]*[\\_^{][^$]*\$|\$\$|\\begin\{/.test(n.data)) out.push(n.data.trim().slice(0, 80));
	for (const s of document.querySelectorAll(".MathJax_SVG > svg")) if (!s.querySelector("use, path, rect, text")) out.push(s.parentElement.getAttribute("aria-label"));
	return out.slice(0, 5);
})()`

// overflowing lists what reaches over the edge of the page.
const overflowing = `(() => {
	const wide = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= wide) return [];
	const out = [document.documentElement.scrollWidth + " px"];
	for (const e of document.querySelectorAll("body *")) {
		let hidden = false;
		for (let p = e.parentElement; p; p = p.parentElement) if (["auto", "hidden", "scroll"].includes(getComputedStyle(p).overflowX)) hidden = true;
		if (!hidden && e.getBoundingClientRect().right > wide + 1) out.push(e.tagName + "." + (e.className.baseVal ?? e.className) + " " + e.textContent.trim().slice(0, 40));
	}
	return out.slice(0, 5);
})()`

// browser is a publisher with the real browser, or the reason why the test is skipped.
func browser(t *testing.T) (workshop.Workshop, Publisher) {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	root, err := workshop.ModuleRoot(here)
	if err != nil {
		t.Fatal(err)
	}
	path, errB := locateBrowser()
	mathjax, errM := locateMathJax(root)
	if err := errors.Join(errB, errM); err != nil {
		t.Skip(err)
	}
	shop, err := workshop.New(root, root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(shop.Close)
	progress := workshop.NewProgress(t.Output())
	t.Cleanup(progress.Close)
	return shop, Publisher{Shop: shop, Browser: Browser{Shop: shop, Path: path}, MathJax: mathjax, Progress: progress}
}

// pagesOf draws the pages of the committed notebooks into a folder.
func pagesOf(t *testing.T, shop workshop.Workshop, p Publisher) (dir string, names []string) {
	t.Helper()
	sources, err := notebook.Find(shop.Root, shop.Root, everything)
	if err != nil {
		t.Fatal(err)
	}
	library, err := ReadLibrary(shop.Root, shop.Root, sources)
	if err != nil {
		t.Fatal(err)
	}
	book, ed := library.Book(nil), Edition{Library: library}
	texts, pages := map[string]string{}, []Page{}
	for _, s := range sources {
		claims, _ := s.Examine(s.Label)
		entry, err := NewEntry(s.Name, &s.Notebook, claims)
		if err != nil {
			t.Fatal(err)
		}
		d, err := p.drawing(book, Result{s, entry, &s.Notebook}, Commit{})
		if err != nil {
			t.Fatal(err)
		}
		texts[s.Name], names, pages = d.Text, append(names, s.Name), append(pages, d.Page)
	}
	if texts["index"], err = ed.front(book, pages, nil, Versions(shop.Root), p.mathjax()); err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	var wg sync.WaitGroup
	free := make(chan struct{}, 2)
	if *only != "" {
		names = slices.DeleteFunc(names, func(name string) bool { match, _ := filepath.Match(*only, name); return !match })
	}
	for name, text := range texts {
		if name != "index" && !slices.Contains(names, name) {
			continue
		}
		wg.Go(func() {
			free <- struct{}{}
			defer func() { <-free }()
			page, err := p.typeset(t.Context(), name, text)
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, name+".html"), []byte(page), 0o600)
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	wg.Wait()
	script, err := book.Search()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "search.js"), script, 0o600)
	}
	if err != nil || t.Failed() {
		t.Fatal(err)
	}
	return dir, names
}

// A reader is a window of the browser; it notes what pages ask for and complain of.
type reader struct {
	t        *testing.T
	ctx      context.Context
	dir      string
	mu       sync.Mutex
	requests []string
	complain []string
}

func openReader(t *testing.T, path, dir string) *reader {
	t.Helper()
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {})) // events newer than the library
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 10*time.Minute)
	t.Cleanup(cancel)
	r := &reader{t: t, ctx: ctx, dir: dir}
	chromedp.ListenTarget(ctx, func(event any) {
		r.mu.Lock()
		defer r.mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if u := e.Request.URL; !strings.HasPrefix(u, "file:") && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") {
				r.requests = append(r.requests, u)
			}
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning {
				text, _ := json.Marshal(e.Args)
				r.complain = append(r.complain, "console: "+string(text))
			}
		case *runtime.EventExceptionThrown:
			r.complain = append(r.complain, e.ExceptionDetails.Error())
		case *log.EventEntryAdded:
			if e.Entry.Level == log.LevelError {
				r.complain = append(r.complain, e.Entry.Text+" "+e.Entry.URL)
			}
		}
	})
	if err := chromedp.Run(ctx, network.Enable(), log.Enable(), runtime.Enable(), emulation.SetFocusEmulationEnabled(true)); err != nil { // begins the browser, which lives as long as ctx
		t.Fatal(err)
	}
	return r
}

// patience is for what takes a second where nothing else runs.
const patience = 90 * time.Second

func (r *reader) do(actions ...chromedp.Action) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.ctx, patience)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		r.t.Fatal(err)
	}
}

func evaluate[T any](r *reader, js string) (v T) {
	r.t.Helper()
	r.do(chromedp.Evaluate(js, &v))
	return v
}

func (r *reader) resize(width int64) {
	r.t.Helper()
	r.do(chromedp.EmulateViewport(width, 800))
}

func (r *reader) scheme(name string) {
	r.t.Helper()
	r.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}))
}

func (r *reader) open(name string, width int64) {
	r.t.Helper()
	r.resize(width)
	r.do(chromedp.Navigate(fileURL(filepath.Join(r.dir, name+".html"))))
}

func (r *reader) shoot(path string) {
	r.t.Helper()
	var png []byte
	r.do(chromedp.CaptureScreenshot(&png))
	if err := os.WriteFile(path, png, 0o666); err != nil {
		r.t.Fatal(err)
	}
}

// axe reports serious and critical findings.
func (r *reader) axe(name, script, options string) {
	r.t.Helper()
	if script != "" {
		r.do(chromedp.Evaluate(script+"; 0", nil))
	}
	var text string
	r.do(chromedp.Evaluate(`axe.run(document, `+options+`).then(r => JSON.stringify(r.violations.filter(v => ["serious", "critical"].includes(v.impact))
		.map(v => ({id: v.id, n: v.nodes.length, first: v.nodes.slice(0, 2).map(n => n.html.slice(0, 160) + " " + n.failureSummary)}))))`, &text,
		func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	var list []struct {
		ID    string
		N     int
		First []string
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		r.t.Fatal(err)
	}
	for _, v := range list {
		r.t.Errorf("%s: axe: %s, %d times: %s", name, v.ID, v.N, strings.Join(v.First, "\n"))
	}
}

// asks checks that no page asked for anything or complained.
func (r *reader) asks(t *testing.T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.requests)+len(r.complain) > 0 {
		t.Errorf("requests %q, complaints %q", r.requests, r.complain)
	}
}
