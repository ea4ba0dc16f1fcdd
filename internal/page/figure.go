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

var (
	opening = regexp.MustCompile(`(?s)<div data-frame="[^"]*"[^>]*style="display:block">(<svg\b.*?)</svg></div>`)
	common  = regexp.MustCompile(`(?s)<svg width="0" height="0"[^>]*>(.*?)</svg>`)
)

// film puts the n-th figure with sliders of a page into it, with its data. The drawing
// at which it opens has a name, as those of figures without sliders have.
func film(n int, page, points string) template.HTML {
	if m := opening.FindStringSubmatchIndex(page); m != nil {
		tag := svgRoot.FindString(page[m[2]:m[3]])
		page = page[:m[2]] + tag + fmt.Sprintf(`<g id="filmed-%d">`, n) + page[m[2]+len(tag):m[3]] + "</g>" + page[m[3]:]
	}
	return template.HTML(fmt.Sprintf(`<div class="film" id="film-%d">%s</div>`, n, page) + table64(points))
}

// still is the drawing at which a figure with sliders opens, whole in itself; empty if there is none.
func still(page string) string {
	frame, shared := opening.FindStringSubmatch(page), common.FindStringSubmatch(page)
	if frame == nil || shared == nil {
		return ""
	}
	tag := svgRoot.FindString(frame[1])
	return tag + shared[1] + strings.TrimPrefix(frame[1], tag) + "</svg>"
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

// emblem is the figure that stands for a chapter: its drawing, whole in itself, the name
// of the drawing on the page, the anchor of its caption, and its cell.
type emblem struct {
	svg, drawn, anchor string
	cell               int
}

// A glance shows it in small, by its name, so that it is drawn in two places and
// stands there once.
func (e emblem) glance() template.HTML {
	tag, _ := root(e.svg)
	m := viewBox.FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	return template.HTML(fmt.Sprintf(`<a class="glance" href="#%s" aria-label="to the key figure"><svg viewBox="%s" aria-hidden="true"><use href="#%s"/></svg></a>`, html.EscapeString(e.anchor), m[1], e.drawn))
}

var toFigure = regexp.MustCompile(`\]\(#(fig-[^)\s]+)\)`)

// keyFigure is the figure that the opening of a chapter refers to, or its first one, with
// sliders or without; its svg is empty if there is none.
func keyFigure(c Chapter) (e emblem) {
	asked := ""
	if len(c.Cells) > 0 {
		if m := toFigure.FindStringSubmatch(c.Cells[0].Source); m != nil {
			asked = m[1]
		}
	}
	drawings, films := 0, 0
	for i, x := range c.Cells {
		for _, o := range x.Outputs {
			here := emblem{cell: i}
			switch here.svg, _ = o.Data["image/svg+xml"].(string); {
			case isFilm(o):
				films++
				page, _ := o.Data["text/html"].(string)
				here.svg, here.drawn, here.anchor = still(page), fmt.Sprintf("filmed-%d", films), fmt.Sprintf("film-%d", films)
			case here.svg == "" || isPage(o):
				continue
			default:
				drawings++
				here.drawn, here.anchor = fmt.Sprintf("drawn-%d", drawings), fmt.Sprintf("drawing-%d", drawings)
			}
			if i+1 < len(c.Cells) && c.Cells[i+1].Type == "markdown" {
				if m := anchors.FindStringSubmatch(c.Cells[i+1].Source); m != nil && kindOf(m[1]) == "Figure" {
					here.anchor = m[1]
				}
			}
			if here.svg != "" && (e.svg == "" || here.anchor == asked) {
				e = here
			}
		}
	}
	return e
}

// KeyFigure is the figure that stands for a notebook, as SVG, one with sliders as it opens;
// empty if it has none.
func KeyFigure(nb *notebook.Notebook) string { return keyFigure(Chapter{Cells: nb.Cells}).svg }

// isFilm tells whether an output is a figure with sliders.
func isFilm(o notebook.Output) bool {
	_, points := o.Data["text/csv"]
	return isPage(o) && points
}

// isPage tells whether an output is shown as HTML, not as a drawing.
func isPage(o notebook.Output) bool {
	_, page := o.Data["text/html"]
	return page
}
