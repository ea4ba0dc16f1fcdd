package viz

import (
	"regexp"
	"strings"
	"unicode"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// mathText is a text handler for one line of prose with mathematics between dollar signs, as the package says. The LaTeX handler of
// gonum/plot draws with fonts of its own and cannot mix prose and formula on a line.
type mathText struct{ text.Plain }

var maths = mathText{text.Plain{Fonts: font.DefaultCache}}

// run is a piece of a line in one font, at one height.
type run struct {
	text         string
	italic       bool
	scale, raise float64 // of the font's size
}

// Box is as high as a line, whatever its indices, so that texts with and without them stand on one line.
func (h mathText) Box(txt string, f font.Font) (width, height, depth vg.Length) {
	ext := h.Extents(f)
	for _, r := range runs(txt) {
		face := r.face(f)
		width += face.Width(r.text)
	}
	return width, ext.Ascent, ext.Descent
}

// Draw renders the text; a character that the font lacks is an error, since an empty box would be printed in its place.
func (h mathText) Draw(c vg.Canvas, txt string, sty text.Style, pt vg.Point) {
	if txt == "" {
		return
	}
	c.SetColor(sty.Color)
	c.Push()
	defer c.Pop()
	c.Translate(pt)
	c.Rotate(sty.Rotation)
	width, height, depth := h.Box(txt, sty.Font)
	at := vg.Point{X: width * vg.Length(sty.XAlign), Y: (height+depth)*vg.Length(1+sty.YAlign) - height}
	for _, r := range runs(txt) {
		face := r.face(sty.Font)
		for _, char := range r.text {
			if i, err := face.Face.GlyphIndex(nil, char); err != nil || i == 0 {
				fail("the font has no character %q, in the text %q", char, r.text)
			}
		}
		c.FillString(face, at.Add(vg.Point{Y: sty.Font.Size * vg.Length(r.raise)}), r.text)
		at.X += face.Width(r.text)
	}
}

func (r run) face(f font.Font) font.Face {
	if r.italic {
		f.Style = xfont.StyleItalic
	}
	return font.DefaultCache.Lookup(f, f.Size*vg.Length(r.scale))
}

// runs splits a line into pieces of one font. A dollar sign without a partner is a dollar sign.
func runs(line string) (out []run) {
	parts := strings.Split(line, "$")
	for i, part := range parts {
		switch {
		case part == "":
		case i%2 == 0:
			out = append(out, run{text: minuses(part), scale: 1})
		case i == len(parts)-1:
			out = append(out, run{text: "$" + part, scale: 1})
		default:
			out = append(out, formula(minus(part))...)
		}
	}
	return out
}

// sign is a hyphen that stands for a minus: before a number, and in its exponent.
var sign = regexp.MustCompile(`(^|[^\pL\pN_)\]-])-([\d.∞])|(\d[eE])-(\d)`)

// minuses gives the numbers of a text their true minus signs; ranges, such as 1-2, and names, such as E-I, keep hyphens.
func minuses(s string) string { return sign.ReplaceAllString(s, "$1$3−$2$4") }

// isIndex says whether a script is a variable, as in M_{μν} or w_i, rather than a name, as in i_E or w_{max}.
func isIndex(script string) bool {
	return !strings.ContainsFunc(script, func(r rune) bool { return !unicode.IsLower(r) || r < 'α' && len(script) > 1 })
}

// piece is a character of a formula, or a script: after its sign, a group in braces or one character.
var piece = regexp.MustCompile(`(?s)[_^](?:\{([^}]*)\}|(.))|.`)

func formula(s string) (out []run) {
	for _, m := range piece.FindAllStringSubmatch(s, -1) {
		r := run{text: m[0], scale: 1, italic: unicode.IsLetter([]rune(m[0])[0])}
		if len(m[0]) > 1 && strings.ContainsRune("_^", rune(m[0][0])) {
			r = run{text: m[1] + m[2], scale: 0.78, raise: 0.36, italic: isIndex(m[1] + m[2])}
			if m[0][0] == '_' {
				r.raise = -0.18
			}
		}
		if n := len(out) - 1; n >= 0 && out[n].italic == r.italic && out[n].raise == r.raise {
			out[n].text += r.text
			continue
		}
		out = append(out, r)
	}
	return out
}
