package page

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"

	"credo/internal/notebook"
)

var (
	prolog   = regexp.MustCompile(`(?s)^\s*(?:<\?xml.*?\?>|<!DOCTYPE[^>]*>|<!--.*?-->|\s)*`)
	svgRoot  = regexp.MustCompile(`(?s)^<svg\b[^>]*>`)
	svgStyle = regexp.MustCompile(`\s(?:style|id|class|role|aria-label)="[^"]*"`)
	viewBox  = regexp.MustCompile(`\sviewBox="([^"]*)"`)
	svgSize  = regexp.MustCompile(`\s(width|height)="([\d.]+)[a-z]*"`)
)

// root is the first tag of a drawing without what the page says itself, and the
// rest. A drawing without viewBox gets that of its size.
func root(svg string) (tag, rest string) {
	svg = prolog.ReplaceAllString(svg, "")
	tag = svgRoot.FindString(svg)
	rest = svg[len(tag):]
	tag = svgStyle.ReplaceAllString(tag, "")
	if viewBox.FindString(tag) == "" {
		size := map[string]string{}
		for _, m := range svgSize.FindAllStringSubmatch(tag, -1) {
			size[m[1]] = m[2]
		}
		if size["width"] != "" && size["height"] != "" {
			tag = strings.Replace(tag, "<svg", fmt.Sprintf(`<svg viewBox="0 0 %s %s"`, size["width"], size["height"]), 1)
		}
	}
	return tag, rest
}

// drawing puts the n-th drawing of a page into it, with the data of its points for
// whoever asks. Names inside of it are its own: they begin with a digest.
func drawing(n int, alt, svg, points string) template.HTML {
	tag, rest := root(svg)
	if tag == "" || !strings.HasSuffix(strings.TrimSpace(rest), "</svg>") {
		return escape(alt)
	}
	tag = strings.Replace(tag, "<svg", fmt.Sprintf(`<svg class="figure" role="img" aria-label="%s"`, html.EscapeString(alt)), 1)
	rest = strings.TrimSuffix(strings.TrimSpace(rest), "</svg>")
	return template.HTML(fmt.Sprintf(`<div class="drawing" id="drawing-%d">%s<g id="drawn-%d">%s</g></svg></div>`, n, tag, n, rest) + table64(points))
}

// film puts the n-th figure with sliders of a page into it, with its data.
func film(n int, page, points string) template.HTML {
	return template.HTML(fmt.Sprintf(`<div class="film" id="film-%d">%s</div>`, n, page) + table64(points))
}

// table64 is the data of a figure for whoever asks, compressed: a map has ten
// thousands of points.
func table64(points string) string {
	if points == "" {
		return ""
	}
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // neither this nor writing to a buffer fails
	_, _ = z.Write([]byte(points))
	_ = z.Close()
	return `<script type="text/csv">` + base64.StdEncoding.EncodeToString(b.Bytes()) + `</script>`
}

// A glance shows a drawing of the page in small, by its name, so that it is drawn
// in two places and stands there once.
func glance(n int, svg, to string) template.HTML {
	tag, _ := root(svg)
	m := viewBox.FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	return template.HTML(fmt.Sprintf(`<a class="glance" href="#%s" aria-label="to the key figure"><svg viewBox="%s" aria-hidden="true"><use href="#drawn-%d"/></svg></a>`, html.EscapeString(to), m[1], n))
}

var toFigure = regexp.MustCompile(`\]\(#(fig-[^)\s]+)\)`)

// keyFigure is the figure that the opening of a chapter refers to, or its first
// one: its number among the drawings, the drawing, and the anchor of its caption.
func keyFigure(c Chapter) (n int, svg, anchor string, cell int) {
	asked := ""
	if len(c.Cells) > 0 {
		if m := toFigure.FindStringSubmatch(c.Cells[0].Source); m != nil {
			asked = m[1]
		}
	}
	count := 0
	for i, x := range c.Cells {
		for _, o := range x.Outputs {
			s, _ := o.Data["image/svg+xml"].(string)
			if s == "" || isPage(o) {
				continue
			}
			count++
			id := fmt.Sprintf("drawing-%d", count)
			if i+1 < len(c.Cells) && c.Cells[i+1].Type == "markdown" {
				if m := anchors.FindStringSubmatch(c.Cells[i+1].Source); m != nil && kindOf(m[1]) == "Figure" {
					id = m[1]
				}
			}
			if n == 0 || id == asked {
				n, svg, anchor, cell = count, s, id, i
			}
		}
	}
	return n, svg, anchor, cell
}

// KeyFigure is the figure that stands for a notebook, as SVG; empty if it has none.
func KeyFigure(nb *notebook.Notebook) string {
	_, svg, _, _ := keyFigure(Chapter{Cells: nb.Cells})
	return svg
}

// isPage tells whether an output is shown as HTML, not as a drawing.
func isPage(o notebook.Output) bool {
	_, page := o.Data["text/html"]
	return page
}
