package viz

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// A line becomes wider with the page: scaled by 2 and 8, it is 4 times as wide, the root of 16.
func TestScaledLine(t *testing.T) {
	line := vg.Path{{Type: vg.MoveComp}, {Type: vg.LineComp, Pos: vg.Point{X: 1, Y: 1}}}
	svg, pdf := newSVG(10, 10, ""), newPDF(10, 10, "")
	for _, c := range []vg.Canvas{svg, pdf} {
		c.Scale(2, 8)
		c.SetLineWidth(0.5)
		c.Stroke(line)
	}
	if got := svg.body.String(); !strings.Contains(got, `stroke-width="2"`) || !strings.Contains(got, "m0 10l2-8") {
		t.Error(got)
	}
	if got := written(t, pdf); !strings.Contains(got, "\n2.00 w\n[] 0.00 d\n") || !strings.Contains(got, "\n0.00 0.00 m\n2.00 8.00 l\nS\n") {
		t.Error(got)
	}
}

// written returns a document without compression.
func written(t *testing.T, c *pdfCanvas) string {
	t.Helper()
	var b strings.Builder
	c.doc.SetCompression(false)
	if _, err := c.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Curves of PDF are cubic: a quadratic one leaves and arrives two thirds of the way to its control point.
func TestCurvesOfPDF(t *testing.T) {
	var p vg.Path
	p.Move(vg.Point{X: 1, Y: 2})
	p.QuadTo(vg.Point{X: 4, Y: 2}, vg.Point{X: 4, Y: 5})
	p.CubeTo(vg.Point{X: 5, Y: 1}, vg.Point{X: 6, Y: 1}, vg.Point{X: 7, Y: 2})
	p.Close()
	c := newPDF(20, 20, "")
	c.Fill(p)
	const want = "\n1.00 2.00 m\n3.00000 2.00000 4.00000 3.00000 4.00000 5.00000 c\n5.00000 1.00000 6.00000 1.00000 7.00000 2.00000 c\nh\nf\n"
	if got := written(t, c); !strings.Contains(got, want) {
		t.Errorf("no %q in %q", want, got)
	}
}

// An arc of PDF comes after a line to its start and is cubic curves, whose middles are at its radius; on a mirrored page it runs the
// other way.
func TestArcsOfPDF(t *testing.T) {
	for _, mirror := range []float64{1, -1} {
		for _, turn := range []float64{math.Pi / 2, -math.Pi / 2, 2 * math.Pi, -2 * math.Pi} {
			var p vg.Path
			p.Move(vg.Point{X: 1, Y: 1})
			p.Arc(vg.Point{X: 7, Y: 3}, 1, 0, turn)
			c := newPDF(20, 20, "")
			c.Translate(vg.Point{X: 10})
			c.Scale(mirror, 1)
			c.Fill(p)
			var x, y, sum float64
			for _, line := range strings.Split(written(t, c), "\n") {
				var q [6]float64
				if n, _ := fmt.Sscanf(line, "%f %f l", &q[0], &q[1]); n == 2 && strings.HasSuffix(line, "l") {
					x, y = q[0], q[1]
				}
				if n, _ := fmt.Sscanf(line, "%f %f %f %f %f %f c", &q[0], &q[1], &q[2], &q[3], &q[4], &q[5]); n < 6 {
					continue
				}
				middle := vg.Point{X: vg.Length((x+3*q[0]+3*q[2]+q[4])/8 - 10), Y: vg.Length((y+3*q[1]+3*q[3]+q[5])/8 - 3)}
				if r := norm(middle.Sub(vg.Point{X: vg.Length(7 * mirror)})); math.Abs(r-1) > 0.02 {
					t.Errorf("a turn by %v, mirror %v: radius %v", turn, mirror, r)
				}
				sum += math.Atan2((x-10-7*mirror)*(q[5]-3)-(y-3)*(q[4]-10-7*mirror), (x-10-7*mirror)*(q[4]-10-7*mirror)+(y-3)*(q[5]-3))
				x, y = q[4], q[5]
			}
			if math.Abs(sum-mirror*turn) > 0.03 {
				t.Errorf("a turn by %v, mirror %v: it turns by %v", turn, mirror, sum)
			}
		}
	}
}

// Images of one width, which fpdf would write in any order, are written in one; each lies where it should, and nothing beside it.
func TestImagesInPDF(t *testing.T) {
	draw := func() string {
		c := newPDF(30, 10, "")
		for i := range 5 {
			img := image.NewGray(image.Rect(0, 0, 2, 1))
			img.Pix[0] = uint8(50 * i)
			c.DrawImage(vg.Rectangle{Min: vg.Point{X: vg.Length(6 * i), Y: 3}, Max: vg.Point{X: vg.Length(6*i + 4), Y: 7}}, img)
		}
		return written(t, c)
	}
	first := draw()
	for range 10 {
		if draw() != first {
			t.Fatal("differs the second time")
		}
	}
	for _, want := range []string{"q 0.00 7.00 4.00 -4.00 re W n\nq 4.00000 0 0 4.00000 0.00000 3.00000 cm", "q 6.00 7.00 4.00 -4.00 re W n\nq 6.00000 0 0 4.00000 6.00000 3.00000 cm"} {
		if !strings.Contains(first, want) {
			t.Errorf("no %q", want)
		}
	}
}

// Characters stand as gonum/plot measures them, kerned pairs included.
func TestSpell(t *testing.T) {
	face := font.DefaultCache.Lookup(sans, 10)
	for _, s := range []string{"AV", "To", "P/N = α", " x"} {
		last, n := 0, 0
		spell(face, s, func(_ glyph, x int) { last, n = x, n+1 })
		r := []rune(s)
		em := face.Face.UnitsPerEm()
		i, _ := face.Face.GlyphIndex(nil, r[len(r)-1])
		advance, _ := face.Face.GlyphAdvance(nil, i, fixed.Int26_6(em), 0)
		want := float64(face.Width(s)) / 10 * float64(em)
		if got := float64(last + int(advance)); math.Abs(got-want) > 1e-6 || n != len(r)-strings.Count(s, " ") {
			t.Errorf("%q: %v units and %d characters, want %v", s, got, n, want)
		}
	}
}

// Opaque shapes share an element, pale ones do not: where two of them overlap it is darker.
func TestPaleShapesStayApart(t *testing.T) {
	square := vg.Rectangle{Max: vg.Point{X: 1, Y: 1}}.Path()
	for clr, want := range map[color.Color]int{E: 1, pale(E): 2} {
		c := newSVG(10, 10, "")
		c.SetColor(clr)
		c.Fill(square)
		c.Fill(square)
		var out strings.Builder
		c.WriteTo(&out)
		if got := strings.Count(out.String(), "<path"); got != want {
			t.Errorf("%d elements, want %d", got, want)
		}
	}
}

// An image lies where it should: 3 above the lower edge of a page of 10, so that its upper edge is at 10 - 3 - 4.
func TestImageInSVG(t *testing.T) {
	c := newSVG(10, 10, "")
	c.DrawImage(vg.Rectangle{Min: vg.Point{X: 1, Y: 3}, Max: vg.Point{X: 3, Y: 7}}, image.NewGray(image.Rect(0, 0, 1, 1)))
	if got := c.body.String(); !strings.Contains(got, `<image x="1" y="3" width="2" height="4"`) {
		t.Error(got)
	}
}

// The image of many points is as opaque as they are, and shows a whole marker on the edge of the axes.
func TestCloudInSVG(t *testing.T) {
	x := make([]float64, rasteriseAt)
	p := New("x", "y")
	Scatter(p, "", x, x, E)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, 0, 1 // all at the lower left corner
	code := regexp.MustCompile(`base64,([^"]*)"`).FindSubmatch(mustEncode(t, "svg", "", p))
	b, err := base64.StdEncoding.DecodeString(string(code[1]))
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	margin := int(math.Round(2 * markerSize.Points() * screen / 72))
	corner := image.Pt(margin, img.Bounds().Max.Y-1-margin)
	if n := color.NRGBAModel.Convert(img.At(corner.X, corner.Y)).(color.NRGBA); n != (color.NRGBA{0xd5, 0x5e, 0, 0xff}) {
		t.Errorf("the corner is %v", n)
	}
	for _, side := range []image.Point{{2, 0}, {-2, 0}, {0, 2}, {0, -2}} { // the radius is 1.5 points, 3 dots
		q := corner.Add(side)
		if _, _, _, a := img.At(q.X, q.Y).RGBA(); a < 0x8000 {
			t.Errorf("the marker is cut at %v", side)
		}
	}
}

// A diagonal is drawn below zero too, and bends on a logarithmic axis: its points are evenly spaced on the page.
func TestDiagonal(t *testing.T) {
	p := New("x", "y")
	LogX(p)
	Diagonal(p, "", -1, 0)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 1e-3, 1, -1, 0
	var rec recorder.Canvas
	p.Draw(draw.NewCanvas(&rec, 400, 300))
	var line vg.Path
	for _, a := range rec.Actions {
		if s, ok := a.(*recorder.Stroke); ok && len(s.Path) > len(line) {
			line = s.Path
		}
	}
	if len(line) != 101 {
		t.Fatalf("%d points", len(line))
	}
	step := (line[100].Pos.X - line[0].Pos.X) / 100
	for i, q := range line[1:] {
		if math.Abs(float64(q.Pos.X-line[i].Pos.X-step)) > 1e-6 {
			t.Fatalf("a step of %v after point %d, want %v", q.Pos.X-line[i].Pos.X, i, step)
		}
	}
}
