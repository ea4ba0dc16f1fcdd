package viz

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"math"
	"regexp"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// ordinary is a figure as most are: a curve, points with intervals, a reference line.
func ordinary(shift float64) *plot.Plot {
	p := New("load $P/N$", "error $P(y ≠ Y)$")
	Curve(p, "theory", 0, 1, func(x float64) float64 { return x*x + shift }, Theory)
	Points(p, "simulation", []float64{0, 0.5, 1}, []float64{0, 0.25, 1}, []float64{0.1, 0.1, 0.1}, E)
	HLine(p, 0.2, "chance")
	return p
}

func mustEncode(t *testing.T, format, alt string, panels ...*plot.Plot) []byte {
	t.Helper()
	b, err := Encode(format, alt, panels...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSVGSpeaksForItself(t *testing.T) {
	b := mustEncode(t, "svg", `error "rises" & <falls>`, ordinary(0))
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("not XML: %v", err)
		}
	}
	for _, want := range []string{`role="img"`, `aria-label="error &#34;rises&#34; &amp; &lt;falls&gt;"`, `<title>error &#34;rises&#34; &amp; &lt;falls&gt;</title>`} {
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("no %s", want)
		}
	}
	for _, without := range []string{"<text", "font-family", "http://www.w3.org/1999", "NaN", "\x00"} {
		if bytes.Contains(b, []byte(without)) {
			t.Errorf("%q in the document", without)
		}
	}
	if len(b) > 50_000 { // so that a notebook with twenty figures stays below a megabyte
		t.Errorf("%d bytes", len(b))
	}
}

// A glyph that one figure uses must never be that of another on the same page.
func TestIdsAreUniqueOnAPage(t *testing.T) {
	ids := func(b []byte) map[string]bool {
		m := map[string]bool{}
		for _, s := range regexp.MustCompile(`id="([^"]*)"`).FindAllStringSubmatch(string(b), -1) {
			m[s[1]] = true
		}
		return m
	}
	one := mustEncode(t, "svg", "a", ordinary(0))
	for id := range ids(mustEncode(t, "svg", "a", ordinary(0.1))) {
		if ids(one)[id] {
			t.Fatalf("id %s in two figures", id)
		}
	}
	for _, s := range regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(string(one), -1) {
		if !ids(one)[s[1]] {
			t.Fatalf("no element has the id %s", s[1])
		}
	}
}

func TestSameDataSameBytes(t *testing.T) {
	p := ordinary(0)
	for _, format := range []string{"svg", "png"} {
		a := mustEncode(t, format, "a", p, ordinary(1))
		if !bytes.Equal(a, mustEncode(t, format, "a", p, ordinary(1))) {
			t.Errorf("%s differs the second time", format)
		}
	}
}

// 10.8 cm at 150 dots per inch are 638 dots; two panels are 16.2 cm wide, three 19.8 cm.
func TestSizeOfPNG(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ panels, w, h int }{{1, 638, 446}, {2, 957, 401}, {3, 1169, 372}, {4, 957, 807}, {5, 1169, 747}} {
		img, err := png.DecodeConfig(bytes.NewReader(mustEncode(t, "png", "a", several(c.panels)...)))
		if err != nil || abs(img.Width-c.w) > 1 || abs(img.Height-c.h) > 1 {
			t.Errorf("%d panels: %d × %d, %v; want %d × %d", c.panels, img.Width, img.Height, err, c.w, c.h)
		}
	}
}

// several returns ordinary panels.
func several(n int) (panels []*plot.Plot) {
	for i := range n {
		panels = append(panels, ordinary(float64(i)))
	}
	return panels
}

func abs(n int) int { return max(n, -n) }

// A scatter of many points must not make a large document: a marker alone takes thirty bytes.
func TestLargeScatterIsSmall(t *testing.T) {
	t.Parallel()
	const n = 10_000
	x, y := make([]float64, n), make([]float64, n)
	for i := range x {
		x[i], y[i] = math.Mod(float64(i)*math.Phi, 1), math.Mod(float64(i)*math.Sqrt2, 1)
	}
	p := New("x", "y")
	Scatter(p, "", x, y, One)
	if b := mustEncode(t, "svg", "a", p); len(b) > 150_000 || !bytes.Contains(b, []byte("<image")) {
		t.Errorf("%d bytes for %d points", len(b), n)
	}
}

// Relative coordinates must add up to the absolute ones, within the rounding to a hundredth of a point.
func TestPathData(t *testing.T) {
	var p vg.Path
	p.Move(vg.Point{X: 1.004, Y: 2})
	p.Line(vg.Point{X: 2.008, Y: 2})
	p.QuadTo(vg.Point{X: 3, Y: 3}, vg.Point{X: 4, Y: 2})
	p.CubeTo(vg.Point{X: 5, Y: 1}, vg.Point{X: 6, Y: 1}, vg.Point{X: 7, Y: 2})
	p.Close()
	p.Move(vg.Point{X: 10, Y: 10})
	p.Arc(vg.Point{X: 9, Y: 10}, 1, 0, 2*math.Pi)
	w := pathWriter{Buffer: new(bytes.Buffer)}
	newPage(20, 20).state.follow(p, &w) // y = 20 - y
	const want = "m1 18l1.01 0q0.99-1 1.99 0c1 1 2 1 3 0zm9-8a1 1 0 0 0 -2 0a1 1 0 0 0 2 0"
	if got := w.String(); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if turn(p[6:]) <= 0 {
		t.Error("a circle drawn with a positive angle does not turn to the left")
	}
}
