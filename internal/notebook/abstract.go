package notebook

import (
	"errors"
	"regexp"
	"strings"
)

var paragraphs = regexp.MustCompile(`\n[ \t]*\n\s*`)

// Abstract returns, as Markdown, the title of the notebook, which is its first
// heading, and the first paragraph after it.
func (nb *Notebook) Abstract() (title, abstract string, err error) {
	for _, c := range nb.Cells {
		if c.Type != "markdown" {
			continue
		}
		for _, p := range paragraphs.Split(strings.TrimSpace(c.Source), -1) {
			if title == "" {
				head, rest, _ := strings.Cut(p, "\n")
				if strings.HasPrefix(head, "# ") {
					title = strings.TrimSpace(strings.TrimPrefix(head, "# "))
					p = strings.TrimSpace(rest)
				} else {
					continue
				}
			}
			if p != "" && !strings.HasPrefix(p, "#") {
				return title, p, nil
			}
		}
	}
	if title == "" {
		return "", "", errors.New("no title: no cell has a heading that begins with #")
	}
	return title, "", nil
}
