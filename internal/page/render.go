package page

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"maps"
	"strings"
)

//go:embed files
var files embed.FS

var layout = template.Must(template.New("page.html").Funcs(template.FuncMap{"picture": picture}).ParseFS(files, "files/page.html"))

// picture is the address of a PNG in base64.
func picture(data string) template.URL { return template.URL("data:image/png;base64," + data) }

// A Frame is what the template is given.
type frame struct {
	Title, Book, Number string
	Style               template.CSS
	Script, Builder     template.JS
	MathJax             template.URL // address; empty: the page has no mathematics to draw
	Contents            []entry
	Previous, Next      *link
	Parts               []part
	Works               []template.HTML
	Notice              Notice
	Name                string
	Front               bool
	Index               *front
}

type link struct{ Href, Text string }

// An entry of the contents of a page.
type entry struct {
	Anchor string
	Text   template.HTML
}

// A part is what a cell looks like.
type part struct {
	Prose   template.HTML
	Code    template.HTML
	Summary string
	Open    bool
	Count   int
	Outputs []template.HTML
}

// Render returns the page of a chapter: HTML with TeX in it, that the script at
// mathjax draws when a browser opens it.
func (b *Book) Render(name, mathjax string) ([]byte, error) {
	at, there := b.chapterOf[name]
	if !there {
		return nil, fmt.Errorf("the book has no notebook %s", name)
	}
	if err := b.faults[name]; err != nil {
		return nil, err
	}
	c := b.Chapters[at]
	f := b.frame(c.Title, mathjax)
	f.Name, f.Number = c.Name, c.Number()
	for i, cell := range c.Cells {
		p, err := b.part(c, i, cell)
		if err != nil {
			return nil, err
		}
		if cell.Kind != Raw {
			f.Parts = append(f.Parts, p)
		}
		f.Contents = append(f.Contents, contents(string(p.Prose))...)
	}
	for _, w := range b.cites(c) {
		f.Works = append(f.Works, template.HTML(fmt.Sprintf(`<li id="%s">%s</li>`, w.anchor(), w.html())))
	}
	if len(f.Works) > 0 {
		f.Contents = append(f.Contents, entry{"references", "References"})
	}
	if at > 0 {
		f.Previous = b.linkTo(at - 1)
	}
	if at+1 < len(b.Chapters) {
		f.Next = b.linkTo(at + 1)
	}
	return f.write()
}

// Prose returns one page with the text of the chapters and nothing else, to try
// whether their mathematics can be drawn, and by chapter what is wrong already.
func (b *Book) Prose(mathjax string) ([]byte, map[string]error) {
	f := b.frame(b.Title, mathjax)
	wrong := map[string]error{}
	for _, c := range b.Chapters {
		if wrong[c.Name] = b.faults[c.Name]; wrong[c.Name] != nil {
			continue
		}
		for i, cell := range c.Cells {
			if cell.Kind != Markdown {
				continue
			}
			p, err := b.part(c, i, cell)
			if err != nil {
				wrong[c.Name] = err
				break
			}
			f.Parts = append(f.Parts, p)
		}
	}
	maps.DeleteFunc(wrong, func(_ string, err error) bool { return err == nil })
	text, err := f.write()
	if err != nil {
		wrong[""] = err
	}
	return text, wrong
}

func (b *Book) frame(title, mathjax string) frame {
	read := func(name string) string {
		text, err := files.ReadFile("files/" + name)
		if err != nil {
			panic(err) // it is embedded
		}
		return string(text)
	}
	return frame{Title: plainTeX(title), Book: b.Title, Style: template.CSS(read("page.css")), Script: template.JS(read("page.js")),
		Builder: template.JS(read("typeset.js")), MathJax: template.URL(mathjax), Notice: b.Notice}
}

func (f frame) write() ([]byte, error) {
	var out bytes.Buffer
	err := layout.Execute(&out, f)
	return out.Bytes(), err
}

func (b *Book) linkTo(at int) *link {
	c := b.Chapters[at]
	text := plainTeX(c.Title)
	if n := c.Number(); n != "" {
		text = n + ". " + text
	}
	return &link{c.Name + ".html", text}
}

func (b *Book) part(c Chapter, i int, cell Cell) (p part, err error) {
	switch cell.Kind {
	case Markdown:
		text, err := b.markdown(c, i, cell.Source)
		return part{Prose: template.HTML(text)}, err
	case Code:
		if p.Code, err = highlight(cell.Source); err != nil {
			return p, fmt.Errorf("%s: %w", place(c, i), err)
		}
		p.Summary, p.Open, p.Count = summary(cell.Source), cell.open(), cell.Count
		for k, o := range cell.Outputs {
			text, err := o.show(claimAnchor(cell, k))
			if err != nil {
				return p, fmt.Errorf("%s: %w", place(c, i), err)
			}
			p.Outputs = append(p.Outputs, text)
		}
	}
	return p, nil
}

// plainTeX takes the dollars from a title where no formula can be drawn.
func plainTeX(s string) string { return strings.ReplaceAll(s, "$", "") }
