package page

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"maps"
	"regexp"
	"strings"
)

//go:embed files
var files embed.FS

var layout = template.Must(template.New("page.html").Funcs(template.FuncMap{"number": func(i int) int { return i + 1 }}).ParseFS(files, "files/*.html"))

// A frame is what the template is given.
type frame struct {
	Title, Book, Number string
	Alone               bool
	Style, Running      template.CSS
	Script, Builder     template.JS
	Program             template.JS // loads the program, and has its controls
	Runner, Explorer    template.JS
	Run                 *running     // nil: no cell runs in a browser
	Explore             *exploring   // of the explorer's page
	Explorable          bool         // there is such a page
	MathJax             template.URL // address; empty: the page has no mathematics to draw
	Contents            []entry
	Previous, Next      *link
	Parts               []part
	Symbols             []Symbol
	Works               []template.HTML
	Notice              Notice
	Name                string
	Front               *front
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

var firstHead = regexp.MustCompile(`^<h1[^>]*>`)

// near is the number of cells from the top within which a figure need not be shown twice.
const near = 4

// Render returns the page of a chapter: HTML with TeX in it, that the script at
// mathjax draws when a browser opens it. Without mathjax nothing becomes TeX that was
// not, and the page of a chapter without formulas is finished.
func (b *Book) Render(name, mathjax string) (text []byte, err error) {
	at, there := b.chapterOf[name]
	if !there {
		return nil, fmt.Errorf("the book has no notebook %s", name)
	}
	if err := b.faults[name]; err != nil {
		return nil, err
	}
	c := b.Chapters[at]
	f := b.frame(c.Title, mathjax)
	f.Name, f.Number, f.Notice.Version = c.Name, c.Number(), c.Version
	if f.Number != "" {
		f.Running = runningHeads(b.Title, f.Number+". "+f.Title)
	}
	w := b.writer(c)
	w.plain = mathjax == ""
	for i := range c.Cells {
		p, err := w.part(i)
		if err != nil {
			return nil, err
		}
		if p.Prose != "" || p.Code != "" {
			f.Parts = append(f.Parts, p)
		}
		f.Contents = append(f.Contents, contents(string(p.Prose))...)
	}
	if e := keyFigure(c); e.svg != "" && e.cell > near && len(f.Parts) > 0 {
		f.Parts[0].Prose = template.HTML(strings.Replace(string(f.Parts[0].Prose), "</h1>", "</h1>\n"+string(e.glance()), 1))
	}
	if f.Number != "" && len(f.Parts) > 0 {
		f.Parts[0].Prose = template.HTML(firstHead.ReplaceAllString(string(f.Parts[0].Prose), `$0<span class="number">`+f.Number+`</span> `))
	}
	if f.Symbols = b.symbolsOf(c); len(f.Symbols) > 0 {
		f.Contents = append(f.Contents, entry{"symbols", "Symbols"})
	}
	if f.Works = b.worksOf(c); len(f.Works) > 0 {
		f.Contents = append(f.Contents, entry{"works-cited", "Works cited"})
	}
	if at > 0 {
		f.Previous = b.linkTo(at - 1)
	}
	if at+1 < len(b.Chapters) {
		f.Next = b.linkTo(at + 1)
	}
	if f.Run, err = c.runs(); err != nil {
		return nil, err
	}
	return f.write()
}

// Prose returns one page with the text of the chapters and nothing else, to try
// whether their mathematics can be drawn, and by chapter what is wrong already.
func (b *Book) Prose(mathjax string, chapters ...string) ([]byte, map[string]error) {
	f := b.frame(b.Title, mathjax)
	wrong := map[string]error{}
	for _, name := range chapters {
		c := b.Chapters[b.chapterOf[name]]
		if wrong[name] = b.faults[name]; wrong[name] != nil {
			continue
		}
		w := b.writer(c)
		for i, cell := range c.Cells {
			if cell.Type != "markdown" {
				continue
			}
			p, err := w.part(i)
			if err != nil {
				wrong[name] = err
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
	return frame{Title: plainTeX(title), Running: runningHeads(b.Title, plainTeX(title)), Book: b.Title, Style: template.CSS(read("page.css")), Script: template.JS(read("page.js")),
		Builder: template.JS(read("typeset.js")), Program: template.JS(read("program.js")), Runner: template.JS(read("judge.js") + read("run.js")),
		Explorable: b.Explorer != nil, Alone: b.Alone, MathJax: template.URL(mathjax), Notice: b.Notice}
}

// read returns a file that is embedded.
func read(name string) string {
	text, err := files.ReadFile("files/" + name)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// runningHeads are the heads of the pages on paper.
func runningHeads(book, title string) template.CSS {
	quoted := func(s string) string {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "<", `\3c `, "\n", " ").Replace(s) + `"`
	}
	if book == title {
		title = ""
	}
	return template.CSS(fmt.Sprintf("@media print { @page { @top-left { content: %s; } @top-right { content: %s; } } }", quoted(book), quoted(title)))
}

func (f frame) write() ([]byte, error) {
	var out bytes.Buffer
	err := layout.Execute(&out, f)
	return []byte(spellOnce(out.String())), err
}

func (b *Book) linkTo(at int) *link {
	c := b.Chapters[at]
	text := plainTeX(c.Title)
	if n := c.Number(); n != "" {
		text = n + ". " + text
	}
	return &link{c.Name + ".html", text}
}

// part is the next cell of the chapter; they must be asked for in their order.
func (w *writer) part(i int) (p part, err error) {
	switch cell := w.chapter.Cells[i]; cell.Type {
	case "markdown":
		text, err := w.markdown(i, cell.Source)
		return part{Prose: template.HTML(text)}, err
	case "code":
		if strings.TrimSpace(cell.Source) == "" {
			return p, nil
		}
		if p.Code, err = highlight(cell.Source); err != nil {
			return p, fmt.Errorf("%s: %w", place(w.chapter, i), err)
		}
		p.Summary, p.Open, p.Count = summary(cell.Source), len(cell.Outputs) > 0 && !w.book.Alone, cell.Count
		for k, o := range cell.Outputs {
			p.Outputs = append(p.Outputs, w.output(i, k, o))
		}
	}
	return p, nil
}

// plainTeX takes the dollars from a title where no formula can be drawn.
func plainTeX(s string) string { return strings.ReplaceAll(s, "$", "") }
