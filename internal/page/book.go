package page

import (
	"fmt"
	"regexp"
	"strconv"
)

// A Book is the notebooks that are published together, in their order.
type Book struct {
	Title     string
	Chapters  []Chapter
	Works     []Work // of the bibliography
	Notice    Notice
	labels    labels
	chapterOf map[string]int   // by the file name of a notebook
	faults    map[string]error // of a chapter, by name
}

// A Notice says whose the book is, and of what state.
type Notice struct {
	Authors, Licence, TextLicence, Commit, Date, Cite, BibTeX string
}

// A Chapter is an executed notebook.
type Chapter struct {
	Name  string // of its files, without extension; 04_force is number 4
	Title string // without its mark #
	Cells []Cell
}

// A Cell is one cell of a notebook; Outputs belong to code.
type Cell struct {
	Kind    Kind
	Source  string
	Count   int // of the execution
	Outputs []Output
}

// Kind is that of a cell.
type Kind int

// The kinds of cells. What is raw is not shown.
const (
	Raw Kind = iota
	Markdown
	Code
)

// An Output is text that the program wrote (Stream is stdout or stderr), or data
// by MIME type; binary data are in base64.
type Output struct {
	Stream, Text string
	Data         map[string]string
}

var numbered = regexp.MustCompile(`^0*(\d+)[_ -]`)

// Number of the chapter, from the name of its file; empty if it has none.
func (c Chapter) Number() string {
	if m := numbered.FindStringSubmatch(c.Name); m != nil {
		return m[1]
	}
	return ""
}

// NewBook numbers what is to be numbered. A chapter with an anchor that stands
// twice, or with an equation without number, has no page: Render says why.
func NewBook(b Book) *Book {
	b.chapterOf = map[string]int{}
	b.labels = labels{}
	b.faults = map[string]error{}
	for i, c := range b.Chapters {
		if j, twice := b.chapterOf[c.Name]; twice {
			b.faults[c.Name] = fmt.Errorf("two notebooks are named %s: %d and %d", c.Name, j+1, i+1)
			continue
		}
		b.chapterOf[c.Name] = i
		if err := b.labels.collect(c); err != nil {
			b.faults[c.Name] = err
		}
	}
	return &b
}

// place says where something is.
func place(c Chapter, cell int) string { return c.Name + ".ipynb, cell " + strconv.Itoa(cell+1) }
