package page

import (
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"

	"credo/internal/notebook"
)

var colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// output returns the HTML of an output: of a bundle what says most.
func (w *writer) output(cell, k int, o notebook.Output) template.HTML {
	if o.Type == "error" {
		o.Name, o.Text = "stderr", strings.Join(o.Traceback, "\n")
	}
	if o.Name != "" {
		return template.HTML(fmt.Sprintf(`<pre class="%s" tabindex="0">%s</pre>`, html.EscapeString(o.Name), html.EscapeString(colours.ReplaceAllString(o.Text, ""))))
	}
	data := func(mime string) string { s, _ := o.Data[mime].(string); return s }
	c, stated := w.claims[[2]int{cell, k}]
	switch {
	case stated:
		return c.Sentence(w.plain)
	case isFilm(o):
		w.films++
		return film(w.films, data("text/html"), data("text/csv"))
	case explorerOutput.MatchString(data("text/html")):
		return w.book.explorerLink(explorerOutput.FindStringSubmatch(data("text/html"))[1])
	case data("text/html") != "":
		return template.HTML(table(data("text/html"), w.plain))
	case data("image/svg+xml") != "":
		w.figures++
		return drawing(w.figures, alt(o), data("image/svg+xml"), data("text/csv"))
	case data("image/png") != "":
		return picture("image/png", alt(o), data("image/png"))
	case data("image/jpeg") != "":
		return picture("image/jpeg", alt(o), data("image/jpeg"))
	case data("text/latex") != "":
		return escape(data("text/latex"))
	}
	return template.HTML(`<pre tabindex="0">` + html.EscapeString(data("text/plain")) + `</pre>`)
}

// alt is what a figure shows, in words.
func alt(o notebook.Output) string {
	text, _ := o.Data["text/plain"].(string)
	if said, _ := o.Metadata["alt"].(string); said != "" {
		text = said
	}
	if text = strings.TrimSpace(text); text == "" {
		return "figure"
	}
	return text
}

func picture(mime, alt, data string) template.HTML {
	return template.HTML(fmt.Sprintf(`<img class="figure" alt="%s" src="data:%s;base64,%s">`, html.EscapeString(alt), mime, strings.ReplaceAll(data, "\n", "")))
}

var emptyHead = regexp.MustCompile(`<th\b([^>]*)></th>`)

// table gives the heads of a table their scope; what has no words is no head. plain: nothing draws mathematics.
func table(text string, plain bool) string {
	if !strings.Contains(text, "<table") {
		return text
	}
	if !plain {
		text = typesetTable(text)
	}
	text = emptyHead.ReplaceAllString(text, `<td$1></td>`)
	return strings.ReplaceAll(text, "<th ", `<th scope="col" `)
}
