package page

import (
	"fmt"
	"html/template"
	"regexp"
	"strconv"
)

// An Explorer is a page beside those of the chapters, on which a reader moves parameters
// and sees what the program (see [Program]) says of them: of a part of it that stays and
// is asked again and again.
type Explorer struct {
	Digest   string // as the program knows it too
	Size     int    // of the file of the program, in bytes
	Channels int
	Duration float64 // λ × epochs
	Controls []Range
}

// A Range is a parameter that has a slider from Low to High, in equal ratios if Ratio;
// without a range it has none.
type Range struct {
	Name, Symbol, Usage string
	Default, Low, High  float64
	Ratio, Whole        bool
}

// ExplorerName is the explorer's, as a part of the program too, and no chapter may have it.
const (
	ExplorerName = "explore"
	ExplorerFile = ExplorerName + ".html"
)

// exploring is what the script of the page is given.
type exploring struct {
	Program  string    `json:"program"`
	Chapter  string    `json:"chapter"`
	Digest   string    `json:"digest"`
	Controls []control `json:"controls"`
	Weight   string    `json:"-"` // of the program, in MB
	Channels int       `json:"-"`
	Duration float64   `json:"-"`
}

// Explore returns the page of the explorer: finished, for it has no mathematics to draw.
func (b *Book) Explore() ([]byte, error) {
	f := b.frame("What the circuit can learn", "")
	e := &exploring{Program: ProgramName, Chapter: ExplorerName, Digest: b.Explorer.Digest, Weight: fmt.Sprintf("%.1f", float64(b.Explorer.Size)/1e6),
		Channels: b.Explorer.Channels, Duration: b.Explorer.Duration}
	for _, c := range b.Explorer.Controls {
		e.Controls = append(e.Controls, control{Name: c.Name, Symbol: c.Symbol, Default: strconv.FormatFloat(c.Default, 'g', -1, 64), Usage: c.Usage,
			Whole: c.Whole, Low: c.Low, High: c.High, Ratio: c.Ratio})
	}
	f.Explore = e
	f.Explorer = template.JS(read("explore.js"))
	return f.write()
}

// explorerOutput is what viz.Explore shows, with what follows the name of the page.
var explorerOutput = regexp.MustCompile(`^<div data-explorer="([^"]*)">`)

// explorerLink is what a page of a notebook has in its place.
func (b *Book) explorerLink(values string) template.HTML {
	if b.Explorer == nil {
		return `<p class="quiet">The explorer is not in this edition.</p>`
	}
	return template.HTML(fmt.Sprintf(`<p><a href="%s%s">The explorer</a></p>`, ExplorerFile, values))
}
