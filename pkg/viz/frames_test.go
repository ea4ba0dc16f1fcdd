package viz

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"gonum.org/v1/plot"
)

func single(frame func(float64) *plot.Plot) func([]float64) []*plot.Plot {
	return func(at []float64) []*plot.Plot { return []*plot.Plot{frame(at[0])} }
}

// counted says how often texts are in a page.
func counted(t *testing.T, page string, want map[string]int) {
	t.Helper()
	for s, n := range want {
		if got := strings.Count(page, s); got != n {
			t.Errorf("%d times %q, want %d", got, s, n)
		}
	}
}

func TestFrames(t *testing.T) {
	t.Parallel()
	values := []slider{newSlider("co-tuning <$r$>", []float64{-1, -0.5, 0, 0.5, 1})}
	f, err := record(values, single(ordinary), "alt")
	if err != nil {
		t.Fatal(err)
	}
	again, _ := record(values, single(ordinary), "alt")
	page := f.page()
	if page != again.page() || f.data != again.data {
		t.Error("differs the second time")
	}
	counted(t, page, map[string]int{
		"<svg": 6, `role="img"`: 5, "display:block\"": 1, `style="display:none">`: 6, "data-paper style": 3, "<title": 0, "<script": 0, "<figure id=": 1,
		`type="range" min="0" max="4" step="1" value="0" aria-label="co-tuning &lt;r&gt;" aria-valuetext="co-tuning &lt;r&gt; = −1" data-values="−1;−0.5;0;0.5;1"`: 1,
		`data-frame="co-tuning &lt;r&gt; = −0.5" style`: 1, "co-tuning &lt;r&gt; <input": 1, "<output>−1</output>": 1,
		`<img alt="alt (co-tuning &lt;r&gt; = −1)" width="408" height="285" src="data:image/png;base64,`: 1,
	})
	if img, err := png.DecodeConfig(bytes.NewReader(f.opening)); err != nil || img.Width != 638 {
		t.Error(img, err)
	}
	if strings.Count(f.data, "\n") != 1+5*(201+3+1) || !strings.HasPrefix(f.data, "co-tuning <r>,series,x: load P/N,y: error P(y ≠ Y),ylow,yhigh\n-1,theory,0,-1,,\n") {
		t.Errorf("%d rows, %q", strings.Count(f.data, "\n"), f.data[:100])
	}
}

// The page is well formed, its references find what they name, and no name is given twice.
func TestNamesInFrames(t *testing.T) {
	f, err := record([]slider{newSlider("r", []float64{0, 1, 2})}, single(ordinary), "alt")
	if err != nil {
		t.Fatal(err)
	}
	page := f.page()
	d := xml.NewDecoder(strings.NewReader(regexp.MustCompile(`(<(?:img|input)[^>]*)>`).ReplaceAllString(strings.ReplaceAll(page, " data-paper ", " "), "$1/>")))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("two elements are %s", m[1])
		}
		ids[m[1]] = true
	}
	uses := regexp.MustCompile(` href="#([^"]*)"`).FindAllStringSubmatch(page, -1)
	for _, m := range uses {
		if !ids[m[1]] {
			t.Errorf("nothing is %s", m[1])
		}
	}
	if len(uses) < 100 || strings.Contains(page, idMark) {
		t.Errorf("%d references", len(uses))
	}
}

// What stands still is stored once: nine frames of a figure of which a curve moves take less than three of them apart.
func TestFramesShare(t *testing.T) {
	f, err := record([]slider{newSlider("r", []float64{1, 2, 3, 4, 5, 6, 7, 8, 9})}, single(func(v float64) *plot.Plot {
		p := New("load $P/N$", "error $P(y ≠ Y)$")
		Curve(p, "theory", 0, 1, func(x float64) float64 { return x * x }, Theory)
		Curve(p, "moves", 0, 1, func(x float64) float64 { return x * v / 10 }, E)
		p.Y.Max = 1
		return p
	}), "alt")
	if err != nil {
		t.Fatal(err)
	}
	page := regexp.MustCompile(`base64,[^"]*`).ReplaceAllString(f.page(), "")
	if apart := len(mustEncode(t, "svg", "alt", ordinary(0))); len(page) > 3*apart {
		t.Errorf("%d bytes, one figure has %d", len(page), apart)
	}
}

// Two sliders: a frame for every pair, the second value runs fastest.
func TestFrameGrid(t *testing.T) {
	values := []slider{newSlider("ρ", []float64{0.5, 1}), newSlider("ε", []float64{0, 0.1, 0.2})}
	f, err := record(values, func(at []float64) []*plot.Plot { return []*plot.Plot{ordinary(10*at[0] + at[1])} }, "alt")
	if err != nil {
		t.Fatal(err)
	}
	page := f.page()
	counted(t, page, map[string]int{`type="range"`: 2, "<div data-frame": 6, `data-frame="ρ = 1, ε = 0.2"`: 1, "data-paper style": 3})
	if strings.Join(f.at, "; ") != "ρ = 0.5, ε = 0; ρ = 0.5, ε = 0.1; ρ = 0.5, ε = 0.2; ρ = 1, ε = 0; ρ = 1, ε = 0.1; ρ = 1, ε = 0.2" {
		t.Error(f.at)
	}
	if !strings.HasPrefix(f.data, "ρ,ε,series,x: load P/N") || !strings.Contains(f.data, "\n1,0.2,theory,0,10.2,,\n") {
		t.Error(f.data[:200])
	}
}

// An error names the frame.
func TestWrongFrames(t *testing.T) {
	values := []slider{newSlider("r", []float64{2, 1, 0})}
	_, err := record(values, single(func(v float64) *plot.Plot { return ordinary(math.Log(v - 0.5)) }), "alt")
	if err == nil || !strings.HasSuffix(err.Error(), "in the frame r = 0") {
		t.Error(err)
	}
	_, err = record(values, func(at []float64) []*plot.Plot { return several(int(at[0])) }, "alt")
	if err == nil || !strings.Contains(err.Error(), "1 panels, and 2 in the first frame, in the frame r = 1") {
		t.Error(err)
	}
}

// A slider opens where it is told to: that frame is the one on the screen, in the image and on paper, and its value joins the others in order.
func TestOpening(t *testing.T) {
	for _, c := range []struct {
		values []float64
		at     float64
		want   string
	}{{[]float64{0, 1, 2}, 1, "[0 1 2] 1"}, {[]float64{0, 1, 2}, 0.5, "[0 0.5 1 2] 1"}, {[]float64{2, 1, 0}, 0.5, "[2 1 0.5 0] 2"},
		{[]float64{0, 1}, 3, "[0 1 3] 2"}, {[]float64{1, 0}, 3, "[3 1 0] 0"}, {[]float64{1}, 1, "[1] 0"}} {
		s := newSlider("r", c.values).openingAt(c.at)
		if got := fmt.Sprint(s.values, s.opens); got != c.want {
			t.Errorf("%v at %v: %s, want %s", c.values, c.at, got, c.want)
		}
	}
	f, err := record(sliders([]string{"a", "b"}, [][]float64{{0, 1}, {0, 1, 2}}, []float64{1, 1}), func(at []float64) []*plot.Plot {
		return []*plot.Plot{ordinary(10*at[0] + at[1])}
	}, "alt")
	if err != nil {
		t.Fatal(err)
	}
	if want := mustEncode(t, "png", "alt", ordinary(11)); !bytes.Equal(f.opening, want) {
		t.Error("the image is not the frame that opens")
	}
	counted(t, f.page(), map[string]int{`data-frame="a = 1, b = 1" data-paper style="display:block"`: 1, `style="display:block"`: 1, "data-paper style": 3,
		`max="1" step="1" value="1"`: 1, `max="2" step="1" value="1"`: 1, "<output>1</output>": 2, `<img alt="alt (a = 1, b = 1)"`: 1})
	defer func() {
		if r := fmt.Sprint(recover()); r != "viz: 1 values at which 2 sliders open: [1]" {
			t.Error(r)
		}
	}()
	sliders([]string{"a", "b"}, [][]float64{{0}, {0}}, []float64{1})
}
