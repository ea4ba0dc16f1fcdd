package main

import (
	"fmt"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"credo/internal/explore"
	"credo/internal/page"

	"github.com/chromedp/chromedp"
)

// A reader moves parameters of one circuit and of two. What the page says and draws is
// what the same code says and draws without a browser.
func TestExplore(t *testing.T) {
	r, p, _ := published(t)
	r.open(page.ExplorerName, 1280)
	a, b := circuit(0), circuit(1)
	holds := r.holds
	holds("it says that it loads", a+`.querySelector('[role="status"]').textContent.includes("loads the program")`)
	r.learned(a)
	holds("all is drawn, with words", `[...`+a+`.querySelectorAll("img")].length === 5 && [...`+a+`.querySelectorAll("img")].every(e => !e.hidden && e.alt && e.naturalWidth > 0)`)
	inside := r.said(a)
	if !strings.Contains(inside, "the circuit learns") {
		t.Errorf("at the reported values: %s", inside)
	}
	const rests = `.querySelector('[data-figure="force"] img').alt`
	before := evaluate[string](r, a+rests)

	// Below b_min it fails, and the resting points move: in the words, and in the lines.
	r.do(chromedp.Evaluate(`window.drawn = []; const create = URL.createObjectURL; URL.createObjectURL = b => { b.text().then(s => drawn.push(s)); return create(b); }`, nil))
	values := map[string]float64{"offset": 0.03, "rate": 1, "load": 0.3}
	r.move("A", "rate", 1)
	r.move("A", "load", 0.3)
	r.move("A", "offset", 0.03)
	r.learned(a)
	outside := r.said(a)
	if !strings.Contains(outside, "below bmin") || !strings.Contains(outside, "does not learn") || evaluate[string](r, a+rests) == before {
		t.Errorf("below b_min: %s; %s", outside, before)
	}
	r.do(chromedp.Poll(`drawn.length >= 5`, nil))
	last := map[string]string{} // by its words
	for _, svg := range evaluate[[]string](r, "drawn") {
		last[titleOf(svg)] = svg
	}
	var said string
	want := map[string]explore.Figure{} // by name, as it is in the end
	var d explore.Dialogue
	d.Ask(explore.Request{Values: values})
	for more := true; more; {
		var answer *explore.Answer
		if answer, more = d.Step(); answer != nil {
			if answer.Verdict != nil {
				said = strings.Join(answer.Verdict, " ")
			}
			for _, f := range answer.Figures {
				want[f.Name] = f
			}
		}
	}
	for name, f := range want {
		if svg, there := last[titleOf(f.SVG)]; !there {
			t.Errorf("not drawn: %s", f.Alt)
		} else if s := apart(svg, f.SVG); s != "" {
			t.Errorf("%s: %s", name, s)
		}
	}
	if len(want) != 5 {
		t.Errorf("%d figures", len(want))
	}
	if plain := strings.NewReplacer("_", "", "\n", " ").Replace(said); plain != outside {
		t.Errorf("it says %q, want %q", outside, plain)
	}

	// What cannot be is a sentence, and no more.
	r.move("A", "reliability", 1.5)
	if s := r.said(a); !strings.Contains(s, "1.5") {
		t.Errorf("ρ_A = 1.5: %s", s)
	}
	r.move("A", "reliability", 0.825)

	// A second circuit begins as the first, goes its own way, and becomes the first again.
	r.do(chromedp.Click("button.second", chromedp.ByQuery))
	r.learned(b)
	holds("two circuits", `document.querySelectorAll(".circuit").length === 2 && document.getElementById("B-offset").value === "0.03"`)
	r.move("B", "offset", 0.75)
	if s := r.said(b); !strings.Contains(s, "above bmax") || r.said(a) != outside {
		t.Errorf("B: %s; A: %s", s, r.said(a))
	}
	r.do(chromedp.Poll(`location.hash.includes("B.offset=0.75")`, nil))
	link := evaluate[string](r, `document.querySelector(".share").href`)
	r.do(chromedp.Evaluate(`[...`+b+`.querySelectorAll("button")].find(e => e.textContent === "copy A to B").click()`, nil))
	r.learned(b)
	if s := r.said(b); s != outside {
		t.Errorf("a copy of A: %s", s)
	}
	r.accessible(p.Shop.Root, "two circuits")
	r.resize(380)
	for _, s := range evaluate[[]string](r, overflowing) {
		t.Errorf("two circuits at 380 px: the page scrolls sideways: %s", s)
	}
	r.resize(1280)

	// The link opens so, by symbols too.
	for _, address := range []string{link, fileURL(filepath.Join(r.dir, page.ExplorerFile)) + "#b=0.03&λ=1&load=0.3&B.b=0.75&B.rate=1&B.P%2FN=0.3"} {
		r.do(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
		r.learned(a)
		r.learned(b)
		if s := r.said(b); !strings.Contains(s, "above bmax") || r.said(a) != outside {
			t.Errorf("%s: B: %s; A: %s", address, s, r.said(a))
		}
	}

	// How long a value takes to be seen: when nothing else happens, and while both learn.
	for _, rate := range []float64{1, 0.01} {
		r.move("B", "rate", rate)
		r.move("A", "rate", rate)
		if rate == 1 {
			r.learned(a)
			r.learned(b)
		}
		var took []float64
		for k := range 20 {
			took = append(took, r.move("A", "offset", 0.02+0.01*float64(k)))
			if rate == 1 {
				r.learned(a)
			}
		}
		slices.Sort(took)
		t.Logf("at the rate %v a new b is seen after %.0f ms (median of 20), %.0f at most", rate, took[10], took[19])
	}
	holds("it learns meanwhile", `!`+a+`.querySelector(".score").textContent.startsWith("after")`)
	r.asks(t)
}

func circuit(k int) string { return fmt.Sprintf(`document.querySelectorAll(".circuit")[%d]`, k) }

// learned waits until a circuit has learned with the values that it has.
func (r *reader) learned(circuit string) {
	r.t.Helper()
	r.do(chromedp.Poll(`(c => c && c.dataset.done !== undefined && c.dataset.done === c.dataset.asked)(`+circuit+`)`, nil, chromedp.WithPollingTimeout(patience)))
}

func (r *reader) said(circuit string) string {
	r.t.Helper()
	return strings.ReplaceAll(strings.TrimSpace(evaluate[string](r, circuit+`.querySelector(".verdict").textContent`)), "\n", " ")
}

// move types a value, and returns after how many milliseconds its sentence and figures are there.
func (r *reader) move(letter, name string, value float64) float64 {
	r.t.Helper()
	return wait[float64](r, fmt.Sprintf(`new Promise(done => {
		const field = document.getElementById("%s-%s"), c = field.closest(".circuit"), begin = performance.now();
		new MutationObserver((_, o) => { if (c.dataset.said === c.dataset.asked) { o.disconnect(); done(performance.now() - begin); } }).observe(c, {attributes: true});
		field.value = "%v";
		field.dispatchEvent(new Event("input"));
	})`, letter, name, value))
}

var title = regexp.MustCompile(`<title[^>]*>([^<]*)</title>`)

func titleOf(svg string) string {
	if m := title.FindStringSubmatch(svg); m != nil {
		return m[1]
	}
	return svg
}

var number = regexp.MustCompile(`-?\d+(?:\.\d+)?(?:e-?\d+)?`)

// apart says how two drawings differ by more than 1e-9 of a number, or by its last digit.
func apart(a, b string) string {
	if number.ReplaceAllString(a, "#") != number.ReplaceAllString(b, "#") {
		return "another drawing"
	}
	x, y := number.FindAllString(a, -1), number.FindAllString(b, -1)
	for i := range x {
		u, _ := strconv.ParseFloat(x[i], 64)
		v, _ := strconv.ParseFloat(y[i], 64)
		if math.Abs(u-v) > 1e-9*math.Max(1, math.Abs(v)) {
			return fmt.Sprintf("%s is drawn where %s should be", x[i], y[i])
		}
	}
	return ""
}
