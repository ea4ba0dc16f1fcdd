package viz

import (
	"math"
	"strings"
	"testing"
)

func ExampleTable() {
	Table([]string{"rules", "hits", "false alarms", "seeds"},
		[]any{"all", 1.0, 0.0021234, 5},
		[]any{"no ACh", 0.012, -0.5, 5},
		[]any{"no α & β", math.NaN(), nil, 12},
	)
	// Output:
	// rules      hits  false alarms  seeds
	// ------------------------------------
	// all           1      0.002123      5
	// no ACh    0.012          −0.5      5
	// no α & β    NaN                   12
}

func TestTableHTML(t *testing.T) {
	page := newGrid([]string{"name", "x < y"}, [][]any{{"a & b", 0.5}}).html()
	for _, want := range []string{`<th style="text-align:right">x &lt; y</th>`, `<td style="text-align:left">a &amp; b</td>`, `<td style="text-align:right">0.5</td>`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
	if n := strings.Count(page, "<tr>"); n != 2 {
		t.Errorf("%d rows", n)
	}
}

// One text among the numbers of a column, wherever it is, aligns the column at the left.
func TestTableOfMixedColumn(t *testing.T) {
	for _, rows := range [][][]any{{{"a"}, {1}}, {{1}, {"a"}}} {
		if newGrid([]string{"x"}, rows).right[0] {
			t.Errorf("%v is aligned at the right", rows)
		}
	}
}

func TestTableWithRaggedRow(t *testing.T) {
	mustPanic(t, "viz: row 1 of the table has 1 cells for 2 columns", func() {
		Table([]string{"a", "b"}, []any{1, 2}, []any{3})
	})
}

// The values are an attribute, whatever is in them.
func TestExplorer(t *testing.T) {
	if page := explorer(`b=0.03&load=1"><script>`); strings.Count(page, `explore.html#b=0.03&amp;load=1&#34;&gt;&lt;script&gt;"`) != 2 {
		t.Error(page)
	}
	if page := explorer(""); strings.Contains(page, "#") || !strings.Contains(page, "make supplement") {
		t.Error(page)
	}
}
