package notebook

import "testing"

func TestAbstract(t *testing.T) {
	for _, c := range []struct{ source, title, abstract string }{
		{"# One $w$\n\nFirst\nparagraph.\n\nSecond.", "One $w$", "First\nparagraph."},
		{"# One\nAt once.", "One", "At once."},
		{"# One\n\n## Part\n\nText.", "One", "Text."},
		{"Before.\n\n# One", "One", "from the next cell"},
	} {
		nb := &Notebook{Cells: []*Cell{{Type: "code", Source: "# no"}, {Type: "markdown", Source: c.source}, {Type: "markdown", Source: "from the next cell"}}}
		if title, abstract, err := nb.Abstract(); title != c.title || abstract != c.abstract || err != nil {
			t.Errorf("%q: %q, %q, %v", c.source, title, abstract, err)
		}
	}
	nb := &Notebook{Cells: []*Cell{{Type: "markdown", Source: "## no title"}}}
	if _, _, err := nb.Abstract(); err == nil {
		t.Error("no error without a title")
	}
}
