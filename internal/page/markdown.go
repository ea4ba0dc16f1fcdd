package page

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"credo/internal/notebook"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	markup "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

var caption = regexp.MustCompile(`<p>(<a id="(?:fig|tab)-[^"]*"></a>)<strong>(Figure|Table)\.</strong>`)
var equationReference = regexp.MustCompile(`\$?\\eqref\{([^{}]*)\}\$?`)
var inHeading = regexp.MustCompile(`(<h[1-6])([^>]*)>\s*<a id="([^"]*)"></a>`)

// A writer turns the cells of one chapter into pieces of its page, one after the other.
type writer struct {
	book    *Book
	chapter Chapter
	away    bool // what is written stands on another page than the chapter's
	plain   bool // nothing draws mathematics
	ids     ids
	terms   *glossary
	claims  map[[2]int]claim // by cell and output
	figures int              // drawings so far
	films   int              // figures with sliders
}

func (b *Book) writer(c Chapter) *writer {
	w := &writer{book: b, chapter: c, ids: ids{}, terms: newGlossary(b.symbolsOf(c)), claims: map[[2]int]claim{}}
	for anchor := range b.labels.of(c) {
		w.ids[anchor] = true
	}
	c.notebook().Claims(func(cell, output int, v notebook.Claim) {
		v.Notebook = c.Name
		w.claims[[2]int{cell, output}] = claim{v}
	})
	return w
}

// ids are the anchors of a page; it implements parser.IDs for headings without one.
type ids map[string]bool

// Generate implements parser.IDs.
func (p ids) Generate(text []byte, _ ast.NodeKind) []byte {
	name := strings.Join(strings.FieldsFunc(strings.ToLower(numberedFormula.ReplaceAllString(string(text), "")), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), "-")
	if name == "" {
		name = "section"
	}
	id := name
	for n := 2; p[id]; n++ {
		id = fmt.Sprintf("%s-%d", name, n)
	}
	p[id] = true
	return []byte(id)
}

// Put implements parser.IDs.
func (p ids) Put(id []byte) { p[string(id)] = true }

// markdown returns the HTML of a Markdown cell, with TeX for MathJax in it.
func (w *writer) markdown(cell int, source string) (string, error) {
	source = equationReference.ReplaceAllString(source, `[Eq.](#$1)`)
	prose, formulas := takeOut(source)
	links := &linker{book: w.book, chapter: w.chapter, away: w.away}
	m := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithASTTransformers(util.Prioritized(links, 500))),
		goldmark.WithRendererOptions(markup.WithUnsafe()))
	var out bytes.Buffer
	if err := m.Convert([]byte(prose), &out, parser.WithContext(parser.NewContext(parser.WithIDs(w.ids)))); err != nil {
		return "", fmt.Errorf("%s: %w", place(w.chapter, cell), err)
	}
	if links.err != nil {
		return "", fmt.Errorf("%s: %w", place(w.chapter, cell), links.err)
	}
	page := inHeading.ReplaceAllString(out.String(), `$1 id="$3">`)
	page = caption.ReplaceAllStringFunc(page, func(s string) string {
		m := caption.FindStringSubmatch(s)
		id := anchors.FindStringSubmatch(m[1])[1]
		return fmt.Sprintf(`<p class="caption" id="%s"><strong>%s %s.</strong>`, id, m[2], w.book.labels[key(w.chapter.Name, id)].number)
	})
	page = strings.ReplaceAll(page, "<pre>", `<pre tabindex="0">`) // what scrolls can be reached with the keyboard
	page = strings.ReplaceAll(page, "<table>", `<div class="scroll" tabindex="0"><table>`)
	page = strings.ReplaceAll(page, "</table>", "</table></div>")
	page = w.terms.link(page, formulas)
	return putBack(page, formulas, func(f formula) string { return w.book.labels.write(w.chapter, f) }), nil
}
