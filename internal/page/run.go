package page

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"strings"

	"credo/internal/notebook"
)

// A Run says what of a chapter a reader's browser can compute anew, by the program
// that is published beside the pages (see [Program]).
type Run struct {
	Digest string // of the chapter's code, as the program knows it too
	Cells  []RunCell
}

// A RunCell is a cell that runs something.
type RunCell struct {
	Number  int      // of its execution
	Args    []string // its own, from its line %%
	Reads   []string // the parameters that it may read
	Seconds float64  // that it takes in a browser, about; 0: not known
}

// ProgramName is the file of the program.
const ProgramName = "cells.js"

// running is what the script of a page is given.
type running struct {
	Program    string    `json:"program"`
	Chapter    string    `json:"chapter"`
	Digest     string    `json:"digest"`
	Parameters int       `json:"parameters"` // the cell above which the controls stand; 0: above the first that runs
	Controls   []control `json:"controls"`
	Cells      []runCell `json:"cells"`
}

type runCell struct {
	Number  int         `json:"number"`
	Args    []string    `json:"args"`
	Reads   []string    `json:"reads"`
	Seconds float64     `json:"seconds"`
	Outputs []published `json:"outputs"`
}

// published is an output as committed, for comparison: a claim, or the digest of
// what the page shows of another one.
type published struct {
	Claim  *statement `json:"claim,omitempty"`
	Stream string     `json:"stream,omitempty"`
	Digest string     `json:"digest,omitempty"`
}

// statement is what is compared of a claim.
type statement struct {
	Text      string `json:"text"`
	Got       string `json:"got"`
	Want      string `json:"want,omitempty"`
	Tolerance string `json:"tolerance,omitempty"`
	Low       string `json:"low,omitempty"`
	High      string `json:"high,omitempty"`
	Holds     bool   `json:"holds"`
}

// runs is what the chapter's script is given; nil if nothing can be run.
func (c Chapter) runs() (*running, error) {
	if c.Run == nil || len(c.Run.Cells) == 0 {
		return nil, nil
	}
	r := &running{Program: ProgramName, Chapter: c.Name, Digest: c.Run.Digest}
	flags, err := c.notebook().Parameters()
	if err != nil {
		return nil, err
	}
	for _, f := range flags {
		if x, ok := newControl(f); ok {
			r.Controls = append(r.Controls, x)
		}
	}
	outputs := map[int][]notebook.Output{}
	for _, x := range c.Cells {
		if x.Type == "code" {
			outputs[x.Count] = x.Outputs
			if x.Tagged("parameters") && r.Parameters == 0 {
				r.Parameters = x.Count
			}
		}
	}
	for _, x := range c.Run.Cells {
		cell := runCell{Number: x.Number, Args: append([]string{}, x.Args...), Reads: append([]string{}, x.Reads...), Seconds: x.Seconds, Outputs: []published{}}
		for _, o := range outputs[x.Number] {
			p, err := publish(o)
			if err != nil {
				return nil, fmt.Errorf("%s, In [%d]: %w", c.Name, x.Number, err)
			}
			cell.Outputs = append(cell.Outputs, p)
		}
		r.Cells = append(r.Cells, cell)
	}
	return r, nil
}

func publish(o notebook.Output) (p published, err error) {
	if o.Name != "" {
		return published{Stream: o.Name, Digest: checksum(o.Text)}, nil
	}
	if value, stated := o.Data[notebook.ClaimMIME]; stated {
		c, err := notebook.ParseClaim(value)
		return published{Claim: &statement{c.Text, c.Got, c.Want, c.Tolerance, c.Low, c.High, c.Holds}}, err
	}
	for _, mime := range shown {
		if text, _ := o.Data[mime].(string); text != "" {
			return published{Digest: checksum(imageData.ReplaceAllString(text, ""))}, nil
		}
	}
	return published{Digest: checksum("")}, nil
}

// shown are the types of which a page shows the first that there is, and imageData
// what stands in for a drawing where none is shown.
var (
	shown     = []string{"text/html", "image/svg+xml", "text/plain"}
	imageData = regexp.MustCompile(` width="\d+" height="\d+" src="data:image/png;base64,[^"]*" style="display:none"`)
)

// checksum is cheap in a browser: 32 bits of FNV-1a over UTF-8, and the length.
func checksum(text string) string {
	text = strings.TrimSuffix(text, "\n")
	h := fnv.New32a()
	h.Write([]byte(text))
	return fmt.Sprintf("%x-%x", h.Sum32(), len(text))
}
