package page

import (
	"fmt"
	"html/template"
	"strings"
)

// A Listing is what the front page says of one notebook.
type Listing struct {
	Name, Title, Abstract, Note string   // Abstract and Title are Markdown; Note warns
	Pictures                    []string // PNG in base64
	Claims                      []Claim
}

// listed is a listing as the template is given it.
type listed struct {
	Listing
	Number         string
	Heading, About template.HTML
}

// front is the front page's part of a frame.
type front struct {
	Chapters         []listed
	Missing          []string
	Agreements, Rest []Claim
	Total, Hold      int
	Identities       int
	Made             string
}

// Front returns the front page: the text of the notebook whose number is 0, if the
// book has one, then the notebooks with their figures, then the claims: first those
// that a measurement could have refuted with an interval, the rest folded.
// Missing notebooks have no page; made says with what the book was made.
func (b *Book) Front(list []Listing, missing []string, made, mathjax string) ([]byte, error) {
	f := b.frame(b.Title, mathjax)
	f.Front = true
	f.Index = &front{Missing: missing, Made: made}
	for _, c := range b.Chapters {
		if c.Number() != "0" {
			continue
		}
		for i, cell := range c.Cells {
			if cell.Kind != Markdown {
				continue
			}
			p, err := b.part(c, i, cell)
			if err != nil {
				return nil, err
			}
			f.Parts = append(f.Parts, p)
		}
	}
	for _, l := range list {
		c := Chapter{Name: l.Name, Title: l.Title}
		about, err := b.markdown(c, 0, l.Abstract)
		if err != nil {
			return nil, err
		}
		heading, err := b.markdown(c, 0, l.Title)
		if err != nil {
			return nil, err
		}
		heading = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(heading), "<p>"), "</p>")
		f.Index.Chapters = append(f.Index.Chapters, listed{l, c.Number(), template.HTML(heading), template.HTML(about)})
		for _, claim := range l.Claims {
			f.Index.Total++
			if claim.Holds {
				f.Index.Hold++
			}
			if claim.Identity() {
				f.Index.Identities++
			}
			if claim.Kind == "agree" {
				f.Index.Agreements = append(f.Index.Agreements, claim)
			} else {
				f.Index.Rest = append(f.Index.Rest, claim)
			}
		}
	}
	f.Contents = []entry{{"notebooks", "Notebooks"}, {"claims", template.HTML(fmt.Sprintf("%d claims", f.Index.Total))}}
	return f.write()
}
