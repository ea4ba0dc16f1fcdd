package page

import (
	"fmt"
	"regexp"
	"strconv"

	"credo/internal/notebook"
)

// A Book is the notebooks that are published together, in their order.
type Book struct {
	Title     string
	Chapters  []Chapter
	Works     []Work   // of the bibliography
	Symbols   []Symbol // of all chapters
	Notice    Notice
	Explorer  *Explorer // nil: there is none
	Alone     bool      // a page has nothing beside it: no front page, no search, no PDF, no notebook
	labels    labels
	chapterOf map[string]int   // by the file name of a notebook
	faults    map[string]error // of a chapter, by name
}

// A Notice says whose the book is, and how it is cited. Version is that of the
// front page; a chapter has its own. What is empty is not said.
type Notice struct {
	Authors, Licence, TextLicence, Version, BibTeX string
	Cite                                           []string // a sentence for each work
}

// A Chapter is an executed notebook.
type Chapter struct {
	Name    string // of its files, without extension; 04_force is number 4
	Title   string // without its mark #
	Version string // the commit in which it was last changed, with the date
	Cells   []*notebook.Cell
	Run     *Run // what a reader can run; nil: nothing
}

// notebook is the chapter's.
func (c Chapter) notebook() *notebook.Notebook { return &notebook.Notebook{Cells: c.Cells} }

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
func place(c Chapter, cell int) string {
	if c.Name == frontName {
		return "the front page"
	}
	return c.Name + ".ipynb, cell " + strconv.Itoa(cell+1)
}

// frontName is that of the front page, which no notebook may have.
const frontName = "index"
