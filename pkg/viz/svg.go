package viz

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"html"
	"image"
	"image/color"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"git.sr.ht/~sbinet/gg"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// idMark stands in the body of a document for the prefix of its ids, which is known only when the body is.
const idMark = "\x00"

// svgCanvas draws to an SVG document. Each character is stored once, in the font's own integer units, and used by reference, at
// about a tenth of the bytes of an embedded font; the canvas of gonum/plot names fonts and hopes.
type svgCanvas struct {
	page
	alt    string
	panels []vg.Rectangle
	body   bytes.Buffer
	glyphs *alphabet
	last   string     // kind of the open element, to which the next path of that kind is appended; empty: none
	pen    pathWriter // of the open element
}

func newSVG(w, h vg.Length, alt string) *svgCanvas {
	return &svgCanvas{page: newPage(w, h), alt: alt, glyphs: new(alphabet)}
}

// alphabet is the characters that documents use, in the order of their first use.
type alphabet []glyph

// number returns the place of a character, which it adds if it is new.
func (a *alphabet) number(g glyph) int {
	n := slices.Index(*a, g)
	if n < 0 {
		n = len(*a)
		*a = append(*a, g)
	}
	return n
}

// define writes the outlines of the characters, in font units.
func (a *alphabet) define(out *bytes.Buffer) {
	if len(*a) == 0 {
		return
	}
	out.WriteString("<defs>")
	for n, g := range *a {
		fmt.Fprintf(out, `<path id="%s%d" d="`, idMark, n)
		pen{Matrix: gg.Identity()}.follow(g.outline(), &pathWriter{Buffer: out, spaced: true})
		out.WriteString(`"/>`)
	}
	out.WriteString("</defs>\n")
}

func (c *svgCanvas) Stroke(p vg.Path) {
	s := c.state
	if s.width <= 0 {
		return
	}
	attr := fmt.Sprintf(`fill="none" %s stroke-width="%s"`, paint("stroke", s.nrgba()), num(s.width*s.widening()))
	var dashes string
	for _, d := range s.dashes {
		dashes += " " + num(d)
	}
	if dashes != "" {
		attr += fmt.Sprintf(` stroke-dasharray="%s"`, dashes[1:])
	}
	if s.offset != 0 {
		attr += fmt.Sprintf(` stroke-dashoffset="%s"`, num(s.offset))
	}
	c.draw(attr, attr, p)
}

// Fill fills by the non-zero rule. Shapes that run round the same way fill the same area in one element as in several.
func (c *svgCanvas) Fill(p vg.Path) {
	attr := paint("fill", c.state.nrgba())
	c.draw(attr, fmt.Sprint(attr, turn(p)*c.state.det() > 0), p)
}

// draw appends the path to the element before it if that is of the same kind and opaque, so that a grid, or a cloud of markers,
// is one element; else it begins one with the attributes.
func (c *svgCanvas) draw(attr, kind string, p vg.Path) {
	if kind != c.last || c.state.nrgba().A != 0xff {
		c.flush()
		fmt.Fprintf(&c.body, `<path %s d="`, attr)
		c.last, c.pen = kind, pathWriter{Buffer: &c.body}
	}
	c.state.follow(p, &c.pen)
}

// flush closes the open element.
func (c *svgCanvas) flush() {
	if c.last != "" {
		c.body.WriteString("\"/>\n")
		c.last = ""
	}
}

// DrawImage embeds the image as PNG.
func (c *svgCanvas) DrawImage(rect vg.Rectangle, img image.Image) {
	c.flush()
	x, y, w, h := c.box(rect)
	fmt.Fprintf(&c.body, `<image x="%s" y="%s" width="%s" height="%s" preserveAspectRatio="none" href="data:image/png;base64,%s"/>`+"\n",
		num(x), num(y), num(w), num(h), base64.StdEncoding.EncodeToString(asPNG(img).Bytes()))
}

// WriteTo writes the SVG.
func (c *svgCanvas) WriteTo(w io.Writer) (int64, error) {
	c.flush()
	var out bytes.Buffer
	c.open(&out, fmt.Sprintf("<title>%s</title>\n", html.EscapeString(c.alt)))
	c.glyphs.define(&out)
	out.WriteString(strokes)
	out.Write(c.body.Bytes())
	out.WriteString("</g></svg>\n")
	n, err := w.Write(ownIds(out.Bytes()))
	return int64(n), err
}

// strokes begins the group of what is drawn.
const strokes = `<g stroke-linecap="round" stroke-linejoin="round">` + "\n"

// open writes the tag that begins the document, and what comes next.
func (c *svgCanvas) open(out *bytes.Buffer, next string) {
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="%s" width="%[2]spt" height="%[3]spt" viewBox="0 0 %[2]s %[3]s"%s style="max-width:100%%;height:auto">%s`,
		html.EscapeString(c.alt), num(c.w.Points()), num(c.h.Points()), c.dataPanels(), next)
}

// ownIds gives the ids of a document a hash of its content as prefix, so that figures on one page do not disturb each other.
func ownIds(document []byte) []byte {
	hash := fnv.New64a()
	hash.Write(document)
	const sevenDigits = 36 * 36 * 36 * 36 * 36 * 36 * 36 // enough for the figures of a book
	prefix := "v" + strconv.FormatUint(hash.Sum64()%sevenDigits, 36) + "-"
	return bytes.ReplaceAll(document, []byte(idMark), []byte(prefix))
}

// dataPanels returns an attribute with the boxes of the panels, if there are several, by which a page can show each alone: x, y, width and height
// in the units of the viewBox, boxes parted by semicolons.
func (c *svgCanvas) dataPanels() string {
	if len(c.panels) < 2 {
		return ""
	}
	var boxes []string
	for _, r := range c.panels {
		x, y, w, h := c.box(r)
		boxes = append(boxes, fmt.Sprintf("%s %s %s %s", num(x), num(y), num(w), num(h)))
	}
	return fmt.Sprintf(` data-panels="%s"`, strings.Join(boxes, ";"))
}

// FillString draws a string as a row of references to glyphs, in a group scaled from font units to points.
func (c *svgCanvas) FillString(face font.Face, pt vg.Point, s string) {
	c.flush()
	m := c.state.fromFont(face, pt)
	fmt.Fprintf(&c.body, `<g transform="matrix(%.5g %.5g %.5g %.5g %s %s)"`, m.XX+0, m.YX+0, m.XY+0, m.YY+0, num(m.X0), num(m.Y0))
	if n := c.state.nrgba(); n.R|n.G|n.B != 0 {
		c.body.WriteString(" " + paint("fill", n))
	}
	c.body.WriteByte('>')
	spell(face, s, func(g glyph, x int) {
		fmt.Fprintf(&c.body, `<use href="#%s%d"`, idMark, c.glyphs.number(g))
		if x != 0 {
			fmt.Fprintf(&c.body, ` x="%d"`, x)
		}
		c.body.WriteString("/>")
	})
	c.body.WriteString("</g>\n")
}

// pathWriter writes path data in hundredths of a point, relative to where the pen is: half the length of absolute coordinates.
// Positions are rounded before they are subtracted, so that errors do not add up.
type pathWriter struct {
	*bytes.Buffer
	at, start [2]int // the pen, and the start of the subpath
	spaced    bool   // also before a minus sign
}

func (w *pathWriter) MoveTo(x, y float64) {
	w.to("m", x, y)
	w.start = w.at
}

func (w *pathWriter) LineTo(x, y float64)          { w.to("l", x, y) }
func (w *pathWriter) CurveTo(cx, cy, x, y float64) { w.to("q", cx, cy, x, y) }

func (w *pathWriter) CurveBezierCubicTo(cx0, cy0, cx1, cy1, x, y float64) {
	w.to("c", cx0, cy0, cx1, cy1, x, y)
}

func (w *pathWriter) ClosePath() {
	w.WriteByte('z')
	w.at = w.start
}

// ArcTo writes an arc of a circle.
func (w *pathWriter) ArcTo(x, y, r, _, _, start, end float64) {
	at := func(angle float64) (float64, float64) {
		sin, cos := math.Sincos(angle * math.Pi / 180)
		return x + r*cos, y - r*sin
	}
	if x0, y0 := at(start); w.at != [2]int{hundredths(x0), hundredths(y0)} {
		w.LineTo(x0, y0)
	}
	clockwise := 1
	if end > start {
		clockwise = 0
	}
	x1, y1 := at(end)
	w.to(fmt.Sprintf("a%s %[1]s 0 0 %d ", num(r), clockwise), x1, y1)
}

// to writes a command; its arguments are points, of which the last is where it leaves the pen.
func (w *pathWriter) to(command string, points ...float64) {
	w.WriteString(command)
	end := w.at
	for i, v := range points {
		end[i%2] = hundredths(v)
		step := end[i%2] - w.at[i%2]
		if i > 0 && (step >= 0 || w.spaced) {
			w.WriteByte(' ')
		}
		w.WriteString(num(float64(step) / 100))
	}
	w.at = end
}

// turn returns twice the signed area of the polygon through the ends of a path's parts, an arc counting as a circle: its sign says
// which way round the path runs.
func turn(p vg.Path) (sum float64) {
	var ends []vg.Point
	for _, e := range p {
		if e.Type == vg.ArcComp {
			sum += e.Angle * e.Radius.Points() * e.Radius.Points()
		} else if e.Type != vg.CloseComp {
			ends = append(ends, e.Pos)
		}
	}
	for i, a := range ends {
		b := ends[(i+1)%len(ends)]
		sum += float64(a.X*b.Y - a.Y*b.X)
	}
	return sum
}

func hundredths(v float64) int { return int(math.Round(v * 100)) }

// paint returns the attributes of a colour, with its opacity unless that is 1.
func paint(kind string, n color.NRGBA) string {
	s := fmt.Sprintf(`%s="#%02x%02x%02x"`, kind, n.R, n.G, n.B)
	if n.A != 0xff {
		s += fmt.Sprintf(` %s-opacity="%s"`, kind, num(float64(n.A)/255))
	}
	return s
}

// num writes a length in points to a hundredth.
func num(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100+0, 'f', -1, 64)
}
