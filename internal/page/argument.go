package page

import (
	"html/template"
	"regexp"
	"slices"
)

// The argument of the book: which chapter needs which. A chapter needs the earlier
// ones that it links; what follows through another need not be said.

var toChapter = regexp.MustCompile(`\]\(([^()\s#]+)\.ipynb(?:#[^()\s]*)?\)`)

// needs lists for each chapter the earlier ones that it links and that no other
// of them needs already.
func (b *Book) needs() [][]int {
	list := make([][]int, len(b.Chapters))
	all := make([]map[int]bool, len(b.Chapters)) // also through others
	for i, c := range b.Chapters {
		linked := map[int]bool{}
		for _, cell := range c.Cells {
			if cell.Type != "markdown" {
				continue
			}
			for _, m := range toChapter.FindAllStringSubmatch(cell.Source, -1) {
				if at, there := b.chapterOf[m[1]]; there && at < i {
					linked[at] = true
				}
			}
		}
		all[i] = map[int]bool{}
		for j := i - 1; j >= 0; j-- {
			if linked[j] && !all[i][j] {
				list[i] = append(list[i], j)
			}
			if linked[j] {
				all[i][j] = true
				for k := range all[j] {
					all[i][k] = true
				}
			}
		}
		slices.Sort(list[i])
	}
	return list
}

// A step is a chapter in the map of the argument.
type step struct {
	Number string
	Href   string
	Title  template.HTML
	Needs  []link
}

// steps are the chapters by floor: what needs nothing, what needs only that, and so on.
func (b *Book) steps() (floors [][]step, err error) {
	needs := b.needs()
	floor := make([]int, len(b.Chapters))
	for i, c := range b.Chapters {
		s := step{Number: c.Number(), Href: c.Name + ".html"}
		if s.Title, err = b.heading(c.Title); err != nil {
			return nil, err
		}
		for _, j := range needs[i] {
			floor[i] = max(floor[i], floor[j]+1)
			text := b.Chapters[j].Number()
			if text == "" {
				text = plainTeX(b.Chapters[j].Title)
			}
			s.Needs = append(s.Needs, link{b.Chapters[j].Name + ".html", text})
		}
		for len(floors) <= floor[i] {
			floors = append(floors, nil)
		}
		floors[floor[i]] = append(floors[floor[i]], s)
	}
	return floors, nil
}
