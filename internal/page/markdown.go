package page

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"credo/internal/notebook"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	markup "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
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
	ids     ids
	terms   *glossary
	claims  map[[2]int]claim // by cell and output
	figures int
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
	page = strings.ReplaceAll(page, "<table>", `<div class="scroll" tabindex="0"><table>`)
	page = strings.ReplaceAll(page, "</table>", "</table></div>")
	page = w.terms.link(page, formulas)
	return putBack(page, formulas, func(f formula) string { return w.book.labels.write(w.chapter, f) }), nil
}

// A linker turns the links of a notebook into those of a page.
type linker struct {
	book    *Book
	chapter Chapter
	away    bool
	err     error
}

// Transform implements parser.ASTTransformer.
func (l *linker) Transform(doc *ast.Document, r text.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		link, ok := n.(*ast.Link)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		if err := l.resolve(link, r.Source()); err != nil && l.err == nil {
			l.err = err
		}
		return ast.WalkContinue, nil
	})
}

// page is the one of the chapter; empty on that page.
func (l *linker) page() string {
	if l.away {
		return l.chapter.Name + ".html"
	}
	return ""
}

func (l *linker) resolve(link *ast.Link, source []byte) error {
	destination := string(link.Destination)
	u, err := url.Parse(destination)
	if err != nil || u.Scheme != "" || u.Host != "" {
		return nil // elsewhere
	}
	if strings.HasSuffix(u.Path, ".bib") {
		w, err := l.book.work(u.Fragment)
		if err != nil {
			return fmt.Errorf("the citation %s: %w", destination, err)
		}
		link.Destination = []byte(l.page() + "#" + w.anchor())
		link.Title = []byte(w.Plain())
		link.SetAttributeString("class", []byte("cite"))
		return nil
	}
	chapter := l.chapter.Name
	if strings.HasSuffix(u.Path, ".ipynb") {
		chapter = strings.TrimSuffix(u.Path, ".ipynb")
		at, there := l.book.chapterOf[chapter]
		if !there {
			return fmt.Errorf("the link %s leads to no notebook of the book", destination)
		}
		title := l.book.Chapters[at].Title
		if n := l.book.Chapters[at].Number(); n != "" {
			title = n + ". " + title
		}
		link.Title = []byte(title)
		link.Destination = []byte(chapter + ".html")
		if u.Fragment != "" {
			link.Destination = append(link.Destination, "#"+u.Fragment...)
		}
	} else if u.Path != "" {
		return nil // a file beside the notebook
	}
	if u.Fragment == "" {
		return nil
	}
	target, there := l.book.labels[key(chapter, u.Fragment)]
	if !there {
		return fmt.Errorf("the link %s leads to no anchor", destination)
	}
	if u.Path == "" {
		link.Destination = []byte(l.page() + "#" + u.Fragment)
	}
	words := plainText(link, source)
	if said := target.refers(words); said != words {
		link.RemoveChildren(link)
		link.AppendChild(link, ast.NewString([]byte(html.EscapeString(said))))
		link.SetAttributeString("class", []byte("ref"))
	}
	return nil
}

// plainText is what stands in a node, without marks.
func plainText(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch t := n.(type) {
		case *ast.Text:
			if entering {
				b.Write(t.Segment.Value(source))
			}
		case *ast.String:
			if entering {
				b.Write(t.Value)
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
