package viz

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"
)

// Table shows rows under a head, as HTML and as plain text in one output; outside a notebook it prints the text. Floating-point
// numbers are written with four significant digits, and columns that hold only numbers are aligned at the right. It panics if a
// row is not as long as the head.
func Table(head []string, rows ...[]any) {
	t := newGrid(head, rows)
	if !display(bundle{"text/html": t.html(), "text/plain": t.plain()}) {
		fmt.Print(t.plain())
	}
}

// grid is a table whose cells are text; its first row is the head.
type grid struct {
	rows  [][]string
	right []bool // columns of numbers
}

func newGrid(head []string, rows [][]any) grid {
	t := grid{[][]string{head}, slices.Repeat([]bool{len(rows) > 0}, len(head))}
	for i, row := range rows {
		if len(row) != len(head) {
			panic(fmt.Sprintf("viz: row %d of the table has %d cells for %d columns", i, len(row), len(head)))
		}
		cells := make([]string, len(row))
		for j, v := range row {
			var isNumber bool
			cells[j], isNumber = cell(v)
			t.right[j] = t.right[j] && isNumber
		}
		t.rows = append(t.rows, cells)
	}
	return t
}

func cell(v any) (s string, isNumber bool) {
	switch v.(type) {
	case nil:
		return "", true
	case float32, float64:
		return short(v), true
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		return minus(fmt.Sprint(v)), true
	}
	return minuses(oneLine(fmt.Sprint(v))), false
}

// short writes a floating-point number with four significant digits.
func short(v any) string { return minus(fmt.Sprintf("%.4g", v)) }

func (t grid) html() string {
	var b strings.Builder
	write := func(tag string, rows [][]string) { // a head without text is none
		for _, row := range rows {
			b.WriteString("<tr>")
			for j, s := range row {
				align := map[bool]string{false: "left", true: "right"}[t.right[j]]
				cell := tag
				if s == "" {
					cell = "td"
				}
				fmt.Fprintf(&b, `<%s style="text-align:%s">%s</%[1]s>`, cell, align, html.EscapeString(s))
			}
			b.WriteString("</tr>\n")
		}
	}
	b.WriteString("<table>\n<thead>\n")
	write("th", t.rows[:1])
	b.WriteString("</thead>\n<tbody>\n")
	write("td", t.rows[1:])
	b.WriteString("</tbody>\n</table>\n")
	return b.String()
}

func (t grid) plain() string {
	width, total := make([]int, len(t.right)), -2
	for j, right := range t.right {
		for _, row := range t.rows {
			width[j] = max(width[j], utf8.RuneCountInString(row[j]))
		}
		total += width[j] + 2
		if !right {
			width[j] = -width[j] // for fmt
		}
	}
	var b strings.Builder
	for i, row := range t.rows {
		line := ""
		for j, s := range row {
			line += fmt.Sprintf("%*s  ", width[j], s)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
		if i == 0 {
			b.WriteString(strings.Repeat("-", max(0, total)) + "\n")
		}
	}
	return b.String()
}

// Explore shows a link to the explorer of the supplement, at values of its parameters such as "b=0.03&load=1.2", or empty for the
// reported ones, and the explorer itself where somebody unfolds it. In Jupyter it is the page that make supplement has left, which
// make lab serves; in a published notebook it is the page beside it. Outside a notebook it does nothing.
func Explore(values string) {
	if inNotebook() {
		display(bundle{"text/html": explorer(values), "text/plain": "The explorer is a page of the supplement: explore.html."})
	}
}

// explorer is that output; what publishes it knows it by its attribute, which has what follows the page's name.
func explorer(values string) string {
	if values != "" {
		values = "#" + values
	}
	values = html.EscapeString(values)
	return fmt.Sprintf(`<div data-explorer="%[1]s"><p><a href="/static/explore.html%[1]s" target="_blank" rel="noopener">The explorer</a>: `+
		`a page of the supplement. If the link leads nowhere: <code>make supplement</code>, then <code>make lab</code>.</p>`+
		`<details><summary>The explorer, here</summary><iframe src="/static/explore.html%[1]s" title="explorer" loading="lazy" style="width:100%%;height:80vh;border:0"></iframe></details></div>`, values)
}
