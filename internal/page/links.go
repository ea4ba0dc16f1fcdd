package page

import (
	"fmt"
	"html"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

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
