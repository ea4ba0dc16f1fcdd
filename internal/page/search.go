package page

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
)

var (
	anySection = regexp.MustCompile(`(?s)<h[1-3] id="([^"]*)"[^>]*>(.*?)</h[1-3]>`)
	anyTag     = regexp.MustCompile(`(?s)<[^>]*>`)
)

// Search returns the script that holds the text of all pages by section, for the
// search in the browser. Formulas are in it as TeX, code and outputs are not.
func (b *Book) Search() ([]byte, error) {
	sections := [][3]string{}
	for _, c := range b.Chapters {
		if b.faults[c.Name] != nil {
			continue
		}
		var text strings.Builder
		w := b.writer(c)
		for i, cell := range c.Cells {
			if cell.Type == "markdown" {
				p, err := w.markdown(i, cell.Source)
				if err != nil {
					return nil, err
				}
				text.WriteString(p + "\n")
			}
		}
		page := text.String()
		at := anySection.FindAllStringSubmatchIndex(page, -1)
		for k, m := range at {
			end := len(page)
			if k+1 < len(at) {
				end = at[k+1][0]
			}
			title := bare(page[m[4]:m[5]])
			if k > 0 {
				title = plainTeX(c.Title) + ": " + title
			}
			sections = append(sections, [3]string{c.Name + ".html#" + page[m[2]:m[3]], title, bare(page[m[1]:end])})
		}
	}
	text, err := json.Marshal(sections)
	return []byte("credoSearch(" + string(text) + ");\n"), err
}

// bare is the text of a piece of a page, in one line.
func bare(s string) string {
	return strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(s, " "))), " ")
}
