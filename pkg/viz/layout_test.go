package viz

import (
	"fmt"
	"image"
	"math"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// scribe is a canvas that notes where text is, and how large.
type scribe struct {
	page
	texts []printed
}

// printed is a piece of text: its size in points, and its box on the page, from the baseline to the height of a capital, less a hair.
type printed struct {
	text           string
	size           float64
	x0, x1, y0, y1 float64
}

func (c *scribe) Stroke(vg.Path)                      {}
func (c *scribe) Fill(vg.Path)                        {}
func (c *scribe) DrawImage(vg.Rectangle, image.Image) {}
func (c *scribe) FillString(f font.Face, at vg.Point, s string) {
	p := printed{text: s, size: f.Font.Size.Points(), x0: math.Inf(1), x1: math.Inf(-1), y0: math.Inf(1), y1: math.Inf(-1)}
	const hair = 0.3
	for _, corner := range []vg.Point{{X: hair, Y: hair}, {X: f.Width(s) - hair, Y: f.Font.Size*0.7 - hair}} {
		x, y := c.state.on(at.Add(corner))
		p.x0, p.x1, p.y0, p.y1 = min(p.x0, x), max(p.x1, x), min(p.y0, y), max(p.y1, y)
	}
	if c.state.XX == 0 || c.state.XY == 0 { // the box of an oblique text is not its own
		c.texts = append(c.texts, p)
	}
}

// clutter says what is wrong with the text of a figure on a page of that width: smaller than 7 points, beyond the page, or on other text.
func clutter(width vg.Length, panels ...*plot.Plot) (faults []string) {
	l := arrange(panels, width, 0)
	c := &scribe{page: newPage(l.w, l.h)}
	l.draw(draw.NewCanvas(c, l.w, l.h))
	for i, p := range c.texts {
		if p.size < 7 {
			faults = append(faults, fmt.Sprintf("%q has %.3g points", p.text, p.size))
		}
		if p.x0 < 0 || p.y0 < 0 || p.x1 > l.w.Points() || p.y1 > l.h.Points() {
			faults = append(faults, fmt.Sprintf("%q is beyond the page", p.text))
		}
		for _, q := range c.texts[:i] {
			if p.x0 < q.x1 && q.x0 < p.x1 && p.y0 < q.y1 && q.y0 < p.y1 {
				faults = append(faults, fmt.Sprintf("%q is on %q", p.text, q.text))
			}
		}
	}
	return faults
}

// Clutter looks at a figure as it is shown, and as wide as the columns of a journal.
func Clutter(panels ...*plot.Plot) (faults []string) {
	for _, width := range []vg.Length{usual(len(panels)), SingleColumn, DoubleColumn} {
		faults = append(faults, clutter(width, panels...)...)
	}
	return faults
}

// In a figure of awkward data no text is small, beyond the page or on other text: large numbers, long labels, many names.
func TestAwkwardFigures(t *testing.T) {
	long := "a label that is much too long for the axis of a narrow panel, with $x^2 + y^2$ (some unit or other)"
	for i, draw := range []func(p *plot.Plot){
		func(p *plot.Plot) { Line(p, "a", []float64{100_000, 900_000}, []float64{-1e-7, 1e7}, E) },
		func(p *plot.Plot) { LogX(p); LogY(p); Line(p, "a", []float64{1e-12, 1e12}, []float64{2, 9}, E) },
		func(p *plot.Plot) {
			p.Title.Text, p.X.Label.Text, p.Y.Label.Text = long, long, long
			Line(p, long, []float64{1, 2}, []float64{1, 2}, E)
			Line(p, "short", []float64{1, 2}, []float64{1, 2}, E)
			Line(p, long, []float64{1, 2}, []float64{1, 2}, E)
		},
		func(p *plot.Plot) {
			p.NominalX("excitation", "inhibition", "acetylcholine", "noradrenaline", "all of these", "none")
			Points(p, "", []float64{0, 1, 2, 3, 4, 5}, []float64{1, 2, 3, 4, 5, 6}, nil, E)
		},
		func(p *plot.Plot) {
			names, x := make([]string, 30), make([]float64, 30)
			for i := range names {
				names[i] = fmt.Sprint("rule number ", i)
			}
			Dots(p, "", names, x, nil, E)
		},
		func(p *plot.Plot) { p.X.Min, p.X.Max = 1, 1; Note(p, 1.9, 0.5, "a note that would leave the panel") },
	} {
		for n := 1; n <= 3; n++ {
			var panels []*plot.Plot
			for range n {
				p := New("x", "y")
				draw(p)
				panels = append(panels, p)
			}
			for _, fault := range Clutter(panels...) {
				t.Errorf("figure %d, %d panels: %s", i, n, fault)
			}
		}
	}
}

// The check finds what it should.
func TestClutterIsFound(t *testing.T) {
	p := New("x", "y")
	Note(p, 0, 0, "one")
	Note(p, 0.05, 0.05, "two")
	p.X.Tick.Label.Font.Size = 6
	if got := strings.Join(clutter(usual(1), p), "\n"); !strings.Contains(got, `"two" is on "one"`) || !strings.Contains(got, "has 6 points") {
		t.Error(got)
	}
}

// A text is broken at spaces, but not within a formula.
func TestLines(t *testing.T) {
	style := textStyle(10)
	for want, width := range map[string]vg.Length{"a load|$P / N$ in|units": 45, "a|load|$P / N$|in|units": 1, "a load $P / N$ in units": 1000} {
		if got := strings.Join(lines(style, "a load  $P / N$ in units", width), "|"); got != want {
			t.Errorf("%v points: %s, want %s", width, got, want)
		}
	}
	if got := lines(style, "", 10); got != nil {
		t.Errorf("%q", got)
	}
}

// Panels that would be narrower than 5.4 cm stand below each other.
func TestColumns(t *testing.T) {
	for _, c := range []struct {
		panels int
		width  vg.Length
		want   string
	}{
		{3, usual(3), "3"}, {3, DoubleColumn, "3"}, {3, SingleColumn, "1 1 1"}, {3, 12 * vg.Centimeter, "2 1"},
		{5, usual(5), "3 2"}, {4, usual(4), "2 2"}, {1, SingleColumn, "1"}, {7, usual(7), "3 3 1"},
	} {
		var got []string
		for _, row := range arrange(several(c.panels), c.width, 0).rows {
			got = append(got, fmt.Sprint(len(row)))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%d panels on %v: %v, want %s", c.panels, c.width, got, c.want)
		}
	}
}

// The boxes of the panels part the page: each holds its panel, and none meets another.
func TestDataPanels(t *testing.T) {
	if b := mustEncode(t, "svg", "a", ordinary(0)); strings.Contains(string(b), "data-panels") {
		t.Error("one panel has boxes")
	}
	b := mustEncode(t, "svg", "a", several(5)...)
	boxes := regexp.MustCompile(` viewBox="0 0 (\S+) (\S+)" data-panels="([^"]*)" style`).FindStringSubmatch(string(b))
	if boxes == nil {
		t.Fatal("no boxes")
	}
	var w, h float64
	fmt.Sscan(boxes[1], &w)
	fmt.Sscan(boxes[2], &h)
	var list [][4]float64
	for _, s := range strings.Split(boxes[3], ";") {
		var r [4]float64
		if n, err := fmt.Sscan(s, &r[0], &r[1], &r[2], &r[3]); n != 4 {
			t.Fatal(s, err)
		}
		for _, q := range list {
			if r[0] < q[0]+q[2] && q[0] < r[0]+r[2] && r[1] < q[1]+q[3] && q[1] < r[1]+r[3] {
				t.Errorf("%v meets %v", r, q)
			}
		}
		if r[0] < 0 || r[1] < 0 || r[0]+r[2] > w || r[1]+r[3] > h || r[2] < 100 || r[3] < 100 {
			t.Errorf("%v on a page of %v × %v", r, w, h)
		}
		list = append(list, r)
	}
	if len(list) != 5 || list[0][1] != list[2][1] || list[3][1] < list[0][1]+list[0][3] {
		t.Error(list)
	}
}

// A figure of a column has its width, and the height that it needs.
func TestColumnWidth(t *testing.T) {
	file := filepath.Join(t.TempDir(), "figure.svg")
	if err := SaveSize(file, "alt", SingleColumn, 0, several(2)...); err != nil {
		t.Fatal(err)
	}
	if b := string(read(t, file)); !strings.Contains(b, `width="240.94pt"`) {
		t.Error(b[:200])
	}
}
