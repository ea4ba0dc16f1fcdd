package page

import (
	"html/template"
	"regexp"
	"strings"
)

var sections = regexp.MustCompile(`(?s)<h2 id="([^"]*)">(.*?)</h2>`)
var links = regexp.MustCompile(`</?a\b[^>]*>`)

// contents are the sections of a piece of a page.
func contents(text string) (list []entry) {
	for _, m := range sections.FindAllStringSubmatch(text, -1) {
		list = append(list, entry{m[1], template.HTML(strings.TrimSpace(links.ReplaceAllString(m[2], "")))})
	}
	return list
}
