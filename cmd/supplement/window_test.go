package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A reader is a window of the browser; it notes what pages ask for and complain of.
type reader struct {
	t        *testing.T
	ctx      context.Context
	dir      string
	mu       sync.Mutex
	requests []string
	complain []string
}

// published opens a browser for the pages of the committed notebooks. The test is skipped in a short run, where there is no
// browser, and if -only has left out a page that it needs.
func published(t *testing.T, needed ...string) (r *reader, p Publisher, names []string) {
	t.Helper()
	if testing.Short() {
		t.Skip("long")
	}
	shop, p := browser(t)
	dir, names := pagesOf(t, shop, p)
	for _, name := range needed {
		if !slices.Contains(names, name) {
			t.Skipf("-only %s leaves out %s", *only, name)
		}
	}
	return openReader(t, p.Browser.Path, dir), p, names
}

// holds asks the page.
func (r *reader) holds(what, js string) {
	r.t.Helper()
	if !evaluate[bool](r, js) {
		r.t.Errorf("%s: not so: %s", what, js)
	}
}

// accessible asks axe-core, where it is.
func (r *reader) accessible(root, what string) {
	r.t.Helper()
	if script, err := os.ReadFile(filepath.Join(root, ".bin", "axe.min.js")); err == nil {
		r.axe(what, string(script), `{resultTypes: ["violations"]}`)
	}
}

// profile is a folder for a browser, whose processes may still write to it a moment after the browser has ended.
func profile(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "profile")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for end := time.Now().Add(patience); os.RemoveAll(dir) != nil && time.Now().Before(end); {
			time.Sleep(100 * time.Millisecond)
		}
	})
	return dir
}

func openReader(t *testing.T, path, dir string) *reader {
	t.Helper()
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(profile(t)), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {})) // events newer than the library
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Hour)
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

// wait is evaluate for a promise.
func wait[T any](r *reader, js string) (v T) {
	r.t.Helper()
	r.do(chromedp.Evaluate(js, &v, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
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
