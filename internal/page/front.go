package page

import (
	"cmp"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"credo/internal/notebook"
)

// A Listing is what the front page says of one notebook.
type Listing struct {
	Name, Title, Abstract, Note string // Abstract and Title are Markdown; Note warns
	Figure                      string // SVG
	Claims                      []notebook.Claim
}

// listed is a listing as the template is given it.
type listed struct {
	Listing
	Number         string
	Heading, About template.HTML
	Picture        template.HTML
	Count          string // of its claims
	Rest           []claim
}

// front is the front page's part of a frame.
type front struct {
	Steps       [][]step
	Chapters    []listed
	Missing     []string
	Headlines   []claim
	Total, Hold int
	Identities  int
	Made        string
	Explorable  bool
}

var toClaim = regexp.MustCompile(`\]\(([^()\s#]+)\.ipynb#(claim-[^()\s]+)\)`)

// headlines is the number of claims that the front page shows unfolded.
const headlines = 60

// Front returns the front page: its text, which is Markdown with the links of a
// notebook, the map of the argument, the notebooks with their key figures, and the
// claims. Missing notebooks have no page; made says with what the book was made.
func (b *Book) Front(text string, list []Listing, missing []string, made, mathjax string) ([]byte, error) {
	f := b.frame(b.Title, mathjax)
	f.Front = &front{Missing: missing, Made: made, Explorable: b.Explorer != nil}
	own := Chapter{Name: frontName, Cells: []*notebook.Cell{{Type: "markdown", Source: text}}}
	prose, err := b.writer(own).markdown(0, text)
	if err != nil {
		return nil, err
	}
	f.Parts, f.Works = []part{{Prose: template.HTML(prose)}}, b.worksOf(own)
	if f.Front.Steps, err = b.steps(); err != nil {
		return nil, err
	}
	said := map[string]bool{}
	for _, m := range toClaim.FindAllStringSubmatch(text, -1) {
		said[m[1]+"#"+m[2]] = true
	}
	f.Front.Headlines = choose(list, said)
	chosen := map[string]bool{}
	for _, c := range f.Front.Headlines {
		chosen[c.Href()] = true
	}
	for _, l := range list {
		c := Chapter{Name: l.Name, Title: l.Title}
		w := b.writer(c)
		w.away, w.terms = true, newGlossary(nil)
		about, err := w.markdown(0, l.Abstract)
		if err != nil {
			return nil, err
		}
		item := listed{Listing: l, Number: c.Number(), About: template.HTML(about)}
		if item.Heading, err = b.heading(l.Title); err != nil {
			return nil, err
		}
		if l.Figure != "" {
			tag, rest := root(l.Figure)
			item.Picture = template.HTML(strings.Replace(tag, "<svg", `<svg aria-hidden="true"`, 1) + rest)
		}
		item.Count = fmt.Sprintf("%d claims", len(l.Claims))
		if len(l.Claims) == 1 {
			item.Count = "1 claim"
		}
		for _, v := range l.Claims {
			f.Front.Total++
			if v.Holds {
				f.Front.Hold++
			}
			if v.Kind == "identity" {
				f.Front.Identities++
			}
			if c := (claim{v}); !chosen[c.Href()] {
				item.Rest = append(item.Rest, c)
			}
		}
		f.Front.Chapters = append(f.Front.Chapters, item)
	}
	f.Contents = append(contents(prose), entry{"argument", "The argument"}, entry{"notebooks", "Notebooks"}, entry{"claims", template.HTML(fmt.Sprintf("%d claims", f.Front.Total))})
	return f.write()
}

// heading is a title as HTML.
func (b *Book) heading(title string) (template.HTML, error) {
	text, err := b.writer(Chapter{}).markdown(0, title)
	text = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), "<p>"), "</p>")
	return template.HTML(text), err
}

// choose picks the claims that stand for the rest: first those that the text of the
// front page refers to; then from each notebook in turn the sharpest that is left,
// that is the agreement of a measurement which would notice the smallest error, and
// when a notebook has no more of these, its bounds in their order. Identities are
// never among them. What does not hold always is.
func choose(list []Listing, said map[string]bool) (chosen []claim) {
	queues := make([][]claim, len(list))
	for i, l := range list {
		for _, v := range l.Claims {
			switch c := (claim{v}); {
			case !v.Holds, said[c.chapter()+"#"+v.Anchor]:
				chosen = append(chosen, c)
			case v.Kind != "identity":
				queues[i] = append(queues[i], c)
			}
		}
		slices.SortStableFunc(queues[i], func(x, y claim) int { return cmp.Compare(x.bluntness(), y.bluntness()) })
	}
	for len(chosen) < headlines {
		before := len(chosen)
		for i := range queues {
			if len(queues[i]) > 0 && len(chosen) < headlines {
				chosen, queues[i] = append(chosen, queues[i][0]), queues[i][1:]
			}
		}
		if len(chosen) == before {
			break
		}
	}
	slices.SortStableFunc(chosen, func(x, y claim) int { return strings.Compare(x.chapter(), y.chapter()) })
	return chosen
}

// bluntness is the smallest error that an agreement would notice; all else comes after.
func (c claim) bluntness() float64 {
	power, err := strconv.ParseFloat(c.Power, 64)
	if c.Kind != "agree" || err != nil {
		return 1e9
	}
	return power
}
