package main

import (
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"credo/internal/page"
)

var only = flag.String("only", "", "TestReader looks at the pages of these notebooks, by a pattern of their names, and not whether links lead to others")

// The pages of the committed notebooks in a real browser. Screenshots lie in
// build/screens afterwards, to be looked at.
func TestReader(t *testing.T) {
	r, p, names := published(t)
	screens := filepath.Join(p.Shop.Root, "build", "screens")
	if err := os.MkdirAll(screens, 0o777); err != nil {
		t.Fatal(err)
	}
	axe, err := os.ReadFile(filepath.Join(p.Shop.Root, ".bin", "axe.min.js"))
	if err != nil {
		t.Logf("accessibility is not tested: %v (make setup fetches it where npm is)", err)
	}
	anchors, links, weight := map[string]bool{}, map[string]string{}, int64(0)
	for _, name := range append([]string{"index", page.ExplorerName}, names...) {
		info, err := os.Stat(filepath.Join(r.dir, name+".html"))
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
		for _, s := range wait[[]string](r, unspelt) {
			t.Errorf("%s: a letter has no outline: %s", name, s)
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
	if info, err := os.Stat(filepath.Join(r.dir, "search.js")); err != nil || weight+info.Size() > 12e6 {
		t.Errorf("the pages weigh %d bytes together, at most 12 MB (%v)", weight+info.Size(), err)
	}
	t.Logf("the pages weigh %.1f MB together", float64(weight)/1e6)
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

// unspelt lists what is used and is not there, on the page and in the figures that it gives away.
const unspelt = `(async () => {
	const out = [], given = [], give = URL.createObjectURL, click = HTMLAnchorElement.prototype.click;
	const look = (root, where) => { for (const u of root.querySelectorAll("use")) if (!root.querySelector(u.getAttribute("href"))) out.push(where + u.getAttribute("href")); };
	look(document, "");
	URL.createObjectURL = b => { given.push(b); return give.call(URL, b); };
	HTMLAnchorElement.prototype.click = () => {};
	const buttons = [...document.querySelectorAll(".take button")].filter(b => b.textContent == "SVG");
	for (const b of buttons) b.click();
	if (given.length != buttons.length) out.push(given.length + " of " + buttons.length + " figures given away");
	for (const [k, b] of given.entries()) look(new DOMParser().parseFromString(await b.text(), "image/svg+xml"), "figure " + (k + 1) + " ");
	URL.createObjectURL = give;
	HTMLAnchorElement.prototype.click = click;
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
