package page

import (
	"os"
	"strings"
	"testing"
)

// two is a book of two notebooks that refer to each other.
func two(first, second string) Book {
	return Book{Title: "book", Works: []Work{{Key: "rubin2017", Authors: "R. Rubin", Title: "Balanced", In: "PNAS 114", Year: "2017", Link: "https://doi.org/10.1", Name: "doi:10.1"}},
		Chapters: []Chapter{
			{Name: "03_a", Title: "First", Cells: []Cell{{Kind: Markdown, Source: first}}},
			{Name: "04_b", Title: "The $b$", Cells: []Cell{{Kind: Markdown, Source: second}}},
		}}
}

func page(t *testing.T, b Book, name string) string {
	t.Helper()
	text, err := NewBook(b).Render(name, "")
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(text), "<body")
	body, _, _ = strings.Cut(body, "<script")
	return body
}

const first = `# First

## <a id="sec-window"></a>2. The window

$$\begin{equation}\label{eq-force}F = 0\end{equation}$$

$$\begin{align}a &= 1 \label{eq-a}\\ b &= 2 \label{eq-b}\end{align}$$

<a id="fig-force"></a>**Figure.** The force.

<a id="fig-window"></a>**Figure.** The window of $b_{\min}$.

<a id="tab-values"></a>**Table.** Values.

<a id="remark"></a>A remark.
`

const second = `# The $b$

By \eqref{eq-own}, [Eq.](03_a.ipynb#eq-b), [Fig.](03_a.ipynb#fig-window), [Table](03_a.ipynb#tab-values), [Section](03_a.ipynb#sec-window),
[the remark](03_a.ipynb#remark), [another notebook](03_a.ipynb), [Rubin 2017](../references.bib#rubin2017), [paper](https://example.org/x.ipynb#y) and [a file](data.csv).

$$\begin{equation}\label{eq-own}x\end{equation}$$
`

func TestNumbers(t *testing.T) {
	a, b := page(t, two(first, second), "03_a"), page(t, two(first, second), "04_b")
	for _, want := range []string{
		`<h2 id="sec-window">2. The window</h2>`, `<a href="#sec-window">2. The window</a>`,
		`<span id="eq-force"></span>$$\begin{equation}\tag{3.1}F = 0`, `\tag{3.2}\\ b &amp;= 2 \tag{3.3}`,
		`<p class="caption" id="fig-force"><strong>Figure 3.1.</strong> The force.</p>`, `<p class="caption" id="fig-window"><strong>Figure 3.2.</strong>`,
		`<strong>Table 3.1.</strong>`, `<a id="remark"></a>`, `<a rel="next" href="04_b.html">4. The b →</a>`,
	} {
		if !strings.Contains(a, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, want := range []string{
		`<a href="#eq-own" class="ref">(4.1)</a>`, `<a href="03_a.html#eq-b" title="3. First" class="ref">(3.3)</a>`, `class="ref">Figure 3.2</a>`, `class="ref">Table 3.1</a>`,
		`class="ref">Section 3.2</a>`, `<a href="03_a.html#remark" title="3. First">the remark</a>`, `<a href="03_a.html" title="3. First">another notebook</a>`,
		`<a href="#ref-rubin2017" title="R. Rubin, Balanced, PNAS 114 (2017)" class="cite">Rubin 2017</a>`, `<a href="https://example.org/x.ipynb#y">paper</a>`, `<a href="data.csv">a file</a>`,
		`<li id="ref-rubin2017">R. Rubin, <em>Balanced</em>, PNAS 114 (2017). <a href="https://doi.org/10.1">doi:10.1</a></li>`,
	} {
		if !strings.Contains(b, want) {
			t.Errorf("no %s", want)
		}
	}
	if t.Failed() {
		t.Log(a, b)
	}
}

// What refers to nothing, or is there twice, has no page.
func TestDangling(t *testing.T) {
	for _, c := range []struct{ first, second, says string }{
		{first, `[Fig.](03_a.ipynb#fig-none)`, "04_b.ipynb, cell 1: the link 03_a.ipynb#fig-none leads to no anchor"},
		{first, `[Fig.](#fig-force)`, "the link #fig-force leads to no anchor"},
		{first, `\eqref{eq-none}`, "the link #eq-none leads to no anchor"},
		{first, `[x](07_c.ipynb)`, "the link 07_c.ipynb leads to no notebook of the book"},
		{first, `[x](../references.bib#none)`, `the citation ../references.bib#none: the bibliography has no entry "none"`},
		{first, `<a id="fig-a"></a>**Figure.** <a id="fig-a"></a>`, `04_b.ipynb, cell 1: the anchor "fig-a" stands there a second time`},
		{first, `<a id=""></a>`, "or is empty"},
		{first, `$$\begin{equation}x\end{equation}$$`, `an equation without \label: give it one, or let it be \begin{equation*}`},
		{first, `$$\begin{equation}\label{force}x\end{equation}$$`, `the label of an equation begins with eq-`},
		{first, `<a id="sec-x"></a>A paragraph.`, `the anchor "sec-x" is not in a heading that begins with a number`},
	} {
		_, err := NewBook(two(c.first, c.second)).Render("04_b", "")
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %v, want %q", c.second, err, c.says)
		}
	}
	twice := two(first, second)
	twice.Chapters[1].Name = "03_a"
	if _, err := NewBook(twice).Render("03_a", ""); err == nil || !strings.Contains(err.Error(), "two notebooks are named 03_a") {
		t.Error(err)
	}
}

func TestTakeOut(t *testing.T) {
	for source, want := range map[string][]string{
		"a $x_1$ and $y_2$":                 {"$x_1$", "$y_2$"},
		"$$\n= a\n= b\n$$":                  {"$$\n= a\n= b\n$$"},
		"code `$x$` and $y$":                {"$y$"},
		"```\n$x$\n```\n$y$":                {"$y$"},
		"costs $5 and $6":                   nil,
		`\$x$ and $y$`:                      {"$y$"},
		"\\begin{align*}\na\n\\end{align*}": {"\\begin{align*}\na\n\\end{align*}"},
		`\(x\) and \[y\]`:                   {`\(x\)`, `\[y\]`},
		`$a \$ b$`:                          {`$a \$ b$`},
		"$a$, $b$":                          {"$a$", "$b$"},
		"$a\n\nb$":                          nil,
	} {
		text, formulas := takeOut(source)
		var got []string
		for _, f := range formulas {
			got = append(got, f.tex)
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q: %q, want %q", source, got, want)
		}
		if back := putBack(text, formulas, func(f formula) string { return f.tex }); back != source {
			t.Errorf("%q is put back as %q", source, back)
		}
	}
}

func TestSummary(t *testing.T) {
	for source, want := range map[string]string{
		"// force draws F.\nfunc force() {}":           "force draws F",
		"func a() {}\nfunc (t T) b() {}\ntype c int":   "declares a, b, c",
		"var (\n\tx = 1\n\ty = 2\n)":                   "declares x, y",
		"import \"fmt\"":                               "imports",
		"%%\nfmt.Println(1)\nx()":                      "fmt.Println(1) …",
		"%% --rate=1\nx()":                             "%% --rate=1 …",
		"const (\n\ta = iota\n\tb\n)\nvar c, d, e = 1": "declares c, a, b",
	} {
		if got := summary(source); got != want {
			t.Errorf("%q: %q, want %q", source, got, want)
		}
	}
}

func TestOutputs(t *testing.T) {
	b := two(first, second)
	b.Chapters[0].Cells = append(b.Chapters[0].Cells, Cell{Kind: Code, Source: "func f() {}", Count: 1},
		Cell{Kind: Code, Source: "%%\nf()", Count: 2, Outputs: []Output{
			{Stream: "stdout", Text: "a < b \x1b[31mred"},
			{Data: map[string]string{"image/svg+xml": "<svg/>", "image/png": "iVBO", "text/plain": "a \"figure\""}},
			{Data: map[string]string{claimMIME: `{"text":"V_1","kind":"agree","holds":true}`, "text/html": "<div>✓ V_1</div>"}},
		}})
	text := page(t, b, "03_a")
	for _, want := range []string{
		`<details class="code"><summary><span class="count">In [1]</span> declares f</summary>`, `<details class="code" open><summary><span class="count">In [2]</span> f()</summary>`,
		`<pre class="stdout" tabindex="0">a &lt; b red</pre>`, `<img class="figure" alt="a &#34;figure&#34;" src="data:image/svg+xml;base64,PHN2Zy8+">`,
		`<div class="claim" id="claim-2-3"><a class="anchor" href="#claim-2-3"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	claims := b.Chapters[0].Claims()
	if len(claims) != 1 || claims[0] != (Claim{Chapter: "03_a", Anchor: "claim-2-3", Text: "V_1", Kind: "agree", Holds: true}) {
		t.Errorf("%+v", claims)
	}
}

func TestFront(t *testing.T) {
	text, err := NewBook(two(first, second)).Front([]Listing{{Name: "04_b", Title: "The $b$", Abstract: "By [Eq.](03_a.ipynb#eq-b).", Note: "Old.", Pictures: []string{"iVBO"}, Claims: []Claim{
		{"04_b", "claim-1-1", "V < 1", "agree", "0.72031", "0.00211", "0.999", "0.7205", "0.005", "", "", "0.0031", true},
		{"04_b", "claim-1-2", "hits", "bound", "1", "", "", "", "", "0.95", "+Inf", "", true},
		{"04_b", "claim-1-3", "p", "identity", "1e-9", "", "", "0", "1e-8", "", "", "", true},
		{"04_b", "claim-1-4", "q", "bound", "2", "", "", "1", "0.5", "", "", "1.5", false},
	}}}, []string{"05_c.ipynb"}, "Made with Go.", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<h3>4. <a href="04_b.html">The $b$</a></h3>`, `class="ref">(3.3)</a>`, "05_c.ipynb has failed and has no page", `src="data:image/png;base64,iVBO"`, "Of 4 claims 3 hold. 1 of them",
		`<td><a href="04_b.html#claim-1-1">V &lt; 1</a></td><td title="0.72031">0.7203 ± 0.0021</td><td>0.7205</td><td>0.31 %</td>`,
		"<td>at least 0.95</td>", "<td>0 ± 1e−08</td>", "<td>150 %</td>", "Bounds and identities, 3", "Made with Go.",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestReadWorks(t *testing.T) {
	works, err := ReadWorks(strings.NewReader(`
@article{rubin2017, author = {Rubin, Ran and Abbott, L. F. and Sompolinsky, Haim}, title = {Balanced excitation and inhibition are required for high-capacity, noise-robust neuronal selectivity},
  journal = {PNAS}, volume = {114}, pages = {E9366--E9375}, year = {2017}, doi = {10.1073/pnas.1705841114}}
@misc{aljadeff2019, author = {Aljadeff, Johnatan}, title = "Cortical {C}redit", year = 2019, eprint = {1911.00307}}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Ran Rubin, L. F. Abbott and Haim Sompolinsky, Balanced excitation and inhibition are required for high-capacity, noise-robust neuronal selectivity, PNAS 114, E9366–E9375 (2017)",
		"Johnatan Aljadeff, Cortical Credit (2019)",
	}
	for i, w := range works {
		if w.Plain() != want[i] {
			t.Errorf("%q, want %q", w.Plain(), want[i])
		}
	}
	if works[0].Name != "doi:10.1073/pnas.1705841114" || works[1].Link != "https://arxiv.org/abs/1911.00307" {
		t.Errorf("%+v", works)
	}
	for text, says := range map[string]string{
		`@misc{a, title = {x}, year = {2019}}`:                                                "the entry a has no author",
		`@misc{a, author = {x}, title = {x}}`:                                                 "the entry a has no year",
		`@misc{a, author={x}, title={x}, year={1}} @misc{a, author={x}, title={x}, year={1}}`: "the entry a stands twice",
		`@misc{a, `: "bibliography: ",
		"% works\n@misc{a, author={x}, title={x}, year={1}}": "no entry is read",
	} {
		if _, err := ReadWorks(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
}

func TestBibliography(t *testing.T) {
	f, err := os.Open("../../notebooks/references.bib")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	works, err := ReadWorks(f)
	if err != nil || len(works) < 40 {
		t.Fatal(len(works), err)
	}
	for _, w := range works {
		if w.Link == "" && w.Key != "parisi1986" {
			t.Errorf("%s has neither doi nor eprint", w.Key)
		}
		if strings.ContainsAny(w.Plain(), "{}\\\"") {
			t.Errorf("%s: %s", w.Key, w.Plain())
		}
	}
}
