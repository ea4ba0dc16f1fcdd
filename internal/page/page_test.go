package page

import (
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"credo/internal/notebook"
)

// two is a book of two notebooks that refer to each other.
func two(first, second string) Book {
	return Book{Title: "book", Works: []Work{{Key: "rubin2017", Authors: "R. Rubin", Title: "Balanced", In: "PNAS 114", Year: "2017", Link: "https://doi.org/10.1", Name: "doi:10.1"}},
		Chapters: []Chapter{
			{Name: "03_a", Title: "First", Cells: []*notebook.Cell{{Type: "markdown", Source: first}}},
			{Name: "04_b", Title: "The $b$", Cells: []*notebook.Cell{{Type: "markdown", Source: second}}},
		}}
}

func page(t *testing.T, b Book, name string) string {
	t.Helper()
	text, err := NewBook(b).Render(name, "")
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(text), "<body")
	body, _, _ = strings.Cut(body, `<script class="reader"`)
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

// claims of one cell, two of them with the same words.
const (
	sharp = `{"text":"$V_1$ < 1","kind":"agree","got":"0.72031","half":"0.00211","level":"0.999","want":"0.7205","tolerance":"0.005","power":"0.0031","holds":true}`
	blunt = `{"text":"$V_1$ < 1","kind":"agree","got":"0.7","half":"0.1","level":"0.999","want":"0.7205","tolerance":"0.5","power":"0.31","holds":true}`
	bound = `{"text":"hits, P/N − 1","kind":"bound","got":"1","low":"0.95","high":"+Inf","holds":true}`
	same  = `{"text":"p","kind":"identity","got":"1e-9","want":"0","tolerance":"1e-8","holds":true}`
	wrong = `{"text":"q","kind":"bound","got":"2","want":"1","tolerance":"0.5","power":"1.5","holds":false}`
)

func stated(claims ...string) (list []notebook.Output) {
	for _, c := range claims {
		list = append(list, notebook.Output{Data: map[string]any{notebook.ClaimMIME: c, "text/html": "<div>raw</div>"}})
	}
	return list
}

func TestOutputs(t *testing.T) {
	b := two(first, second+"\n[Measured](03_a.ipynb#claim-v-1-1), [Expected](03_a.ipynb#claim-v-1-1-2), [so](03_a.ipynb#claim-v-1-1).\n")
	drawn := notebook.Output{Data: map[string]any{"image/svg+xml": `<?xml version="1.0"?><svg xmlns="x" width="20pt" height="10" style="a" aria-label="b"><g/></svg>`, "image/png": "iVBO", "text/plain": "a \"figure\"", "text/csv": "x,y\n</script>1,2\n"}}
	b.Chapters[0].Cells = append(b.Chapters[0].Cells, &notebook.Cell{Type: "code", Source: "func f() {}", Count: 1},
		&notebook.Cell{Type: "code", Source: " ", Count: 1}, &notebook.Cell{Type: "raw", Source: "never"}, &notebook.Cell{Type: "raw"},
		&notebook.Cell{Type: "code", Source: "%%\nf()", Count: 2, Outputs: append([]notebook.Output{
			{Type: "stream", Name: "stdout", Text: "a < b \x1b[31mred"}, drawn,
			{Data: map[string]any{"text/html": `<table><tr><th style="x">a</th><th style="x"></th></tr></table>`}},
		}, stated(sharp, blunt, bound)...)})
	text := page(t, b, "03_a")
	for _, want := range []string{
		`<details class="code"><summary class="tex2jax_ignore"><span class="count">In [1]</span> declares f</summary>`, `<details class="code" open><summary class="tex2jax_ignore"><span class="count">In [2]</span> f()</summary>`,
		`<pre class="stdout" tabindex="0">a &lt; b red</pre>`,
		`<div class="drawing" id="drawing-1"><svg class="figure" role="img" aria-label="a &#34;figure&#34;" viewBox="0 0 20 10" xmlns="x" width="20pt" height="10"><g id="drawn-1"><g/></g></svg></div>` + table64("x,y\n</script>1,2\n"),
		`<h1 id="first"><span class="number">3</span> First</h1>` + "\n" + `<a class="glance" href="#drawing-1" aria-label="to the key figure"><svg viewBox="0 0 20 10" aria-hidden="true"><use href="#drawn-1"/></svg></a>`,
		`<th scope="col" style="x">a</th><td style="x"></td>`,
		`<p class="claim" id="claim-v-1-1"><a class="anchor" href="#claim-v-1-1"`, `id="claim-v-1-1-2"`, "$V_1$\u00a0&lt;\u00a01: <span class=\"numbers\">measured 0.7203\u00a0±\u00a00.0021, expected 0.7205, would notice 0.31 % (agrees)</span>",
		"hits, P/N\u00a0−\u00a01: <span class=\"numbers\">measured 1, expected at least 0.95 (bound)",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(text, "never") || strings.Contains(text, ">raw<") || strings.Contains(text, "iVBO") {
		t.Error("raw cells, the HTML of claims and the PNG of a drawing do not belong there")
	}
	if t.Failed() {
		t.Log(text)
	}
	text = page(t, b, "04_b")
	for _, want := range []string{">0.7203 ± 0.0021</a>", `#claim-v-1-1-2" title="3. First" class="ref">0.7205</a>`, `#claim-v-1-1" title="3. First">so</a>`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
}

// Two figures have a letter in common: it is on the page once, and both use it.
func TestSpellOnce(t *testing.T) {
	figure := func(name string, letters ...string) string {
		s := "<svg><defs>"
		for k, d := range letters {
			s += fmt.Sprintf(`<path id="%s-%d" d="%s"/>`, name, k, d)
		}
		return s + fmt.Sprintf(`</defs><use href="#%s-0" x="1"/><use href="#%s-1"/></svg>`, name, name)
	}
	got := spellOnce(figure("va", "m1 2", "m3 4") + figure("vb", "m5 6", "m1 2"))
	want := figure("va", "m1 2", "m3 4") + `<svg><defs><path id="vb-0" d="m5 6"/></defs><use href="#vb-0" x="1"/><use href="#va-0"/></svg>`
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// A figure with sliders can stand for a chapter, as it opens: on the page by name, elsewhere whole in itself.
func TestKeyFilm(t *testing.T) {
	html := `<figure id="vf"><svg width="0" height="0" aria-hidden="true"><defs><path id="v1"/></defs><defs><g id="vs0"/></defs></svg>` + "\n" +
		`<div data-frame="b = 0" data-paper style="display:none"><svg viewBox="0 0 9 9"><g>zero</g></svg></div>` + "\n" +
		`<div data-frame="b = 1" data-paper style="display:block"><svg viewBox="0 0 4 3" style="x"><g><use href="#vs0"/></g></svg></div></figure>`
	film := notebook.Output{Data: map[string]any{"text/html": html, "text/csv": "b,x\n", "text/plain": "film"}}
	plain := notebook.Output{Data: map[string]any{"image/svg+xml": `<svg viewBox="0 0 2 1"></svg>`}}
	b := two(first+"\n[Fig.](#fig-b)\n", second)
	b.Chapters[0].Cells = append(b.Chapters[0].Cells, &notebook.Cell{Type: "code", Source: "%%\nf()", Count: 1, Outputs: []notebook.Output{plain}},
		&notebook.Cell{Type: "markdown", Source: "a"}, &notebook.Cell{Type: "markdown", Source: "b"}, &notebook.Cell{Type: "markdown", Source: "c"},
		&notebook.Cell{Type: "code", Source: "%%\ng()", Count: 2, Outputs: []notebook.Output{film}}, &notebook.Cell{Type: "markdown", Source: `<a id="fig-b"></a>**Figure.** It moves.`})
	text := page(t, b, "03_a")
	for _, want := range []string{`<a class="glance" href="#fig-b" aria-label="to the key figure"><svg viewBox="0 0 4 3" aria-hidden="true"><use href="#filmed-1"/></svg></a>`,
		`style="display:block"><svg viewBox="0 0 4 3" style="x"><g id="filmed-1"><g><use href="#vs0"/></g></g></svg></div>`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	want := `<svg viewBox="0 0 4 3" style="x"><defs><path id="v1"/></defs><defs><g id="vs0"/></defs><g><use href="#vs0"/></g></svg>`
	if got := KeyFigure(&notebook.Notebook{Cells: b.Chapters[0].Cells}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// The first use of a symbol in a section is linked to its row, in a link or heading none.
func TestSymbols(t *testing.T) {
	b := two("# First $w$\n\n$w$, [$w$](#x) <a id=\"x\"></a>, $w$ and $f_Y$.\n\n## Next $w$\n\n$w$, $w + 1$.", second)
	var err error
	b.Symbols, err = ReadSymbols(strings.NewReader("symbol,meaning,go,unit,default,provenance,defined,notebooks\nw,weight,model.W,current,2,chosen,03,03 05\nf_Y,share,,,,derived,04,04\n"))
	if err != nil {
		t.Fatal(err)
	}
	text := page(t, b, "03_a")
	if n := strings.Count(text, `<a class="sym" href="#sym-1">$w$</a>`); n != 2 {
		t.Errorf("%d links to the symbol, want 2: %s", n, text)
	}
	if want := `<tr id="sym-1"><td>$w$</td><td>weight</td><td>2 (current)</td><td>chosen</td><td><code>model.W</code></td></tr>`; !strings.Contains(text, want) || strings.Contains(text, "sym-2") {
		t.Errorf("no %s, or another: %s", want, text)
	}
	if _, err := ReadSymbols(strings.NewReader("a,b\n")); err == nil {
		t.Error("a table with other columns is read")
	}
}

func TestTypeset(t *testing.T) {
	for text, want := range map[string]string{
		"V_1 at b_min, N_eff": `$V_{1}$ at $b_{\min}$, $N_{\mathrm{eff}}$`, "p_AN, σ_q": `$p_{AN}$, $σ_{q}$`, "(1 − β) f^(3/2) √N": "(1 − β) $f^{3/2}$ √N", "x^2": "$x^{2}$",
		"$a_b$ and c_d": "$a_b$ and c_d", "K*": "K*", "5.2_3": "5.2_3",
	} {
		if got := typeset(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got, want := table(`<table><tr><td data-a_b="x">w_E</td></tr></table><p>a_b</p>`, false), `<table><tr><td data-a_b="x">$w_{E}$</td></tr></table><p>a_b</p>`; got != want {
		t.Errorf("%s", got)
	}
}

func TestFront(t *testing.T) {
	b := two(first, second+"\n[before](03_a.ipynb#remark)\n")
	b.Chapters[1].Cells = append(b.Chapters[1].Cells, &notebook.Cell{Type: "code", Source: "x", Outputs: stated(sharp, blunt, bound, same, wrong)})
	l := Listing{Name: "04_b", Title: "The $b$", Abstract: "By [Eq.](03_a.ipynb#eq-b) and [Eq.](#eq-own), [Rubin](references.bib#rubin2017).", Note: "Old.", Figure: `<svg width="3" height="2"/>`}
	nb := notebook.Notebook{Cells: b.Chapters[1].Cells}
	l.Claims, _ = nb.Examine("notebooks/04_b.ipynb")
	text, err := NewBook(b).Front("# Book\n\n| a | b |\n|---|---|\n| x | [Measured](04_b.ipynb#claim-v-1-1-2) |\n", []Listing{l}, []string{"05_c.ipynb"}, "Made with Go.", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<h3>4. <a href="04_b.html">The $b$</a></h3>`, `class="ref">(3.3)</a>`, `<a href="04_b.html#eq-own" class="ref">(4.1)</a>`, `<a href="04_b.html#ref-rubin2017"`, "05_c.ipynb has failed and has no page", `<svg aria-hidden="true" viewBox="0 0 3 2" width="3"`, "Of 5 claims 4 hold. 1 of them",
		`<td><a href="04_b.html#claim-v-1-1">$V_1$` + "\u00a0&lt;\u00a01</a></td><td title=\"0.72031\">0.7203 ± 0.0021</td><td>0.7205</td><td>0.31 %</td>",
		"<td>at least 0.95</td>", "<td>0 ± 1e−08</td>", "<td>150 %</td>", "The $b$: 1 more", "Made with Go.", `>0.7 ± 0.1</a>`,
		`<a href="04_b.html"><span class="number">4</span> The $b$</a> <span class="quiet">needs <a href="03_a.html">3</a></span>`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s", want)
		}
	}
	if t.Failed() {
		t.Log(string(text))
	}
}

// What needs nothing comes first; a need that follows from another is not drawn.
func TestArgument(t *testing.T) {
	cell := func(s string) []*notebook.Cell { return []*notebook.Cell{{Type: "markdown", Source: s}} }
	b := NewBook(Book{Chapters: []Chapter{
		{Name: "01_a", Title: "A", Cells: cell("[later](03_c.ipynb)")}, {Name: "02_b", Title: "B", Cells: cell("[x](01_a.ipynb#y)")},
		{Name: "03_c", Title: "C", Cells: cell("[x](01_a.ipynb), [x](02_b.ipynb)")}, {Name: "04_d", Title: "D", Cells: cell("")},
	}})
	floors, err := b.steps()
	if err != nil || len(floors) != 3 || len(floors[0]) != 2 || floors[0][1].Number != "4" || len(floors[2]) != 1 || len(floors[2][0].Needs) != 1 || floors[2][0].Needs[0].Text != "2" {
		t.Errorf("%+v, %v", floors, err)
	}
}

func TestChoose(t *testing.T) {
	var many []notebook.Output
	for range 40 {
		many = append(many, stated(blunt, bound, same)...)
	}
	nb := notebook.Notebook{Cells: []*notebook.Cell{{Type: "code", Source: "x", Outputs: append(many, stated(sharp, wrong)...)}}}
	var list []Listing
	for _, name := range []string{"01_a", "02_b"} {
		claims, _ := nb.Examine(name + ".ipynb")
		list = append(list, Listing{Name: name, Claims: claims})
	}
	chosen := choose(list, map[string]bool{"02_b#claim-hits-p-n-1-7": true})
	kinds := map[string]int{}
	for _, c := range chosen {
		kinds[c.chapter()+" "+c.Verdict()]++
	}
	if want := map[string]int{"01_a agrees": 29, "01_a does not hold": 1, "02_b agrees": 28, "02_b does not hold": 1, "02_b bound": 1}; !maps.Equal(kinds, want) || len(chosen) != headlines {
		t.Errorf("%v", kinds)
	}
	if chosen[1].Power != "0.0031" {
		t.Errorf("the sharpest is not among the first: %+v", chosen[1])
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

// A page that stands alone links nothing beside it, and what nothing draws is no TeX.
func TestAlone(t *testing.T) {
	cells := []*notebook.Cell{{Type: "markdown", Source: "# mouse_12.csv\n"}, {Type: "code", Source: "%%\nshow()", Count: 3,
		Outputs: append(stated(wrong), notebook.Output{Type: "display_data", Data: map[string]any{"text/html": "<table><tr><td>mouse_12</td></tr></table>"}})}}
	text, err := NewBook(Book{Title: "Recordings", Alone: true, Chapters: []Chapter{{Name: "r", Title: "mouse_12.csv", Cells: cells}}}).Render("r", "")
	if err != nil {
		t.Fatal(err)
	}
	page := Secured(string(text))
	if err := SelfContained(page); err != nil {
		t.Error(err)
	}
	for _, beside := range []string{"index.html", ".ipynb", ".pdf", "<form", "$", "<details class=\"code\" open", "MathJax.js"} {
		if body := page[strings.Index(page, "<body>"):strings.Index(page, "<script")]; strings.Contains(body, beside) {
			t.Errorf("%q in %s", beside, body)
		}
	}
	if !strings.Contains(page, "<td>mouse_12</td>") || !strings.Contains(page, "Content-Security-Policy") {
		t.Errorf("%s", page)
	}
}
