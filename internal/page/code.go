package page

import (
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

var goLexer = chroma.Coalesce(lexers.Get("go"))

// highlight returns the HTML of a cell's code: words, strings and comments are
// marked, for their colours are in the style sheet, and nothing else.
func highlight(source string) (template.HTML, error) {
	tokens, err := goLexer.Tokenise(nil, strings.TrimRight(source, "\n")+"\n")
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for token := tokens(); token != chroma.EOF; token = tokens() {
		class := ""
		switch {
		case token.Type.InCategory(chroma.Keyword):
			class = "k"
		case token.Type.InSubCategory(chroma.LiteralString):
			class = "s"
		case token.Type.InCategory(chroma.Comment):
			class = "c"
		}
		if text := html.EscapeString(token.Value); class != "" {
			fmt.Fprintf(&b, `<span class="%s">%s</span>`, class, text)
		} else {
			b.WriteString(text)
		}
	}
	return template.HTML(b.String()), nil
}

var (
	program    = regexp.MustCompile(`(?m)^(?:%%|%main)[ \t]*$`)
	comment    = regexp.MustCompile(`(?m)^[ \t]*//[ \t]*(\S.*)$`)
	declares   = regexp.MustCompile(`(?m)^(?:func(?:[ \t]+\([^)]*\))?|type|var|const)[ \t]+([\pL_][\pL\pN_]*)`)
	imports    = regexp.MustCompile(`(?m)^import\b`)
	blockNames = regexp.MustCompile(`(?ms)^(?:var|const|type) \(\n(.*?)^\)`)
	blockName  = regexp.MustCompile(`(?m)^\t([\pL_][\pL\pN_]*)`)
)

// summary says in a line what a cell's code is: its first comment, else the names
// that it declares.
func summary(source string) string {
	first := strings.TrimSpace(program.ReplaceAllString(source, ""))
	if m := comment.FindStringSubmatch(source); m != nil && strings.HasPrefix(first, "//") {
		return strings.TrimRight(m[1], ".")
	}
	names := declares.FindAllStringSubmatch(source, -1)
	for _, block := range blockNames.FindAllStringSubmatch(source, -1) {
		names = append(names, blockName.FindAllStringSubmatch(block[1], -1)...)
	}
	var list []string
	for _, n := range names {
		list = append(list, n[1])
	}
	switch {
	case len(list) > 4:
		return "declares " + strings.Join(list[:4], ", ") + fmt.Sprintf(" and %d more", len(list)-4)
	case len(list) > 0:
		return "declares " + strings.Join(list, ", ")
	case imports.MatchString(source):
		return "imports"
	}
	line, _, more := strings.Cut(first, "\n")
	if more {
		line += " …"
	}
	return line
}

func escape(s string) template.HTML { return template.HTML(html.EscapeString(s)) }
