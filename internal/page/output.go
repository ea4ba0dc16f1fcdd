package page

import (
	"encoding/base64"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"
)

// claimMIME is the type of a claim's data (see package viz).
const claimMIME = "application/vnd.credo.claim+json"

var colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// show returns the HTML of an output: of a bundle what says most. A claim gets
// the anchor claim-CELL-NUMBER.
func (o Output) show(anchor string) (template.HTML, error) {
	if o.Stream != "" {
		return template.HTML(fmt.Sprintf(`<pre class="%s" tabindex="0">%s</pre>`, html.EscapeString(o.Stream), html.EscapeString(colours.ReplaceAllString(o.Text, "")))), nil
	}
	alt := html.EscapeString(strings.TrimSpace(o.Data["text/plain"]))
	if alt == "" {
		alt = "figure"
	}
	picture := func(mime, data string) (template.HTML, error) {
		return template.HTML(fmt.Sprintf(`<img class="figure" alt="%s" src="data:%s;base64,%s">`, alt, mime, strings.ReplaceAll(data, "\n", ""))), nil
	}
	switch d := o.Data; {
	case d[claimMIME] != "":
		return template.HTML(fmt.Sprintf(`<div class="claim" id="%s"><a class="anchor" href="#%[1]s" aria-label="link to this claim">#</a>%s</div>`, anchor, d["text/html"])), nil
	case d["text/html"] != "":
		return template.HTML(d["text/html"]), nil
	case d["image/svg+xml"] != "": // as an image: the ids inside drawings would meet in one document
		return picture("image/svg+xml", base64.StdEncoding.EncodeToString([]byte(d["image/svg+xml"])))
	case d["image/png"] != "":
		return picture("image/png", d["image/png"])
	case d["image/jpeg"] != "":
		return picture("image/jpeg", d["image/jpeg"])
	case d["text/latex"] != "":
		return escape(d["text/latex"]), nil
	}
	return template.HTML(`<pre tabindex="0">` + html.EscapeString(o.Data["text/plain"]) + `</pre>`), nil
}

// claimAnchor names the output of a cell.
func claimAnchor(c Cell, output int) string { return fmt.Sprintf("claim-%d-%d", c.Count, output+1) }
