package page

import (
	"regexp"
	"strings"
	"unicode"
)

// In claims and tables formulas are written in plain characters, V_1 and b_min, for
// they are read in a terminal too. On a page these become formulas.

var index1 = regexp.MustCompile(`([\pL])_([\pL\d]+)`)
var power1 = regexp.MustCompile(`([\pL])\^(?:\(([^()]+)\)|(\d+))`)

// typeset writes the indices and powers of a text as TeX. A text with TeX in it stays.
func typeset(text string) string {
	if strings.Contains(text, "$") {
		return text
	}
	text = index1.ReplaceAllStringFunc(text, func(s string) string {
		m := index1.FindStringSubmatch(s)
		return "$" + m[1] + "_{" + subscript(m[2]) + "}$"
	})
	return power1.ReplaceAllString(text, "$$$1^{$2$3}$$")
}

// subscript is upright where it is a word.
func subscript(s string) string {
	switch {
	case s == "min" || s == "max":
		return `\` + s
	case len(s) > 1 && strings.IndexFunc(s, unicode.IsUpper) < 0 && strings.IndexFunc(s, unicode.IsDigit) < 0:
		return `\mathrm{` + s + `}`
	}
	return s
}

var tagOrText = regexp.MustCompile(`<[^>]*>|[^<]+`)

// typesetTable does so in the cells of a table.
func typesetTable(text string) string {
	inside := false
	return tagOrText.ReplaceAllStringFunc(text, func(s string) string {
		switch {
		case strings.HasPrefix(s, "<td"), strings.HasPrefix(s, "<th "), s == "<th>":
			inside = true
		case s == "</td>", s == "</th>":
			inside = false
		case inside && s[0] != '<':
			return typeset(s)
		}
		return s
	})
}
