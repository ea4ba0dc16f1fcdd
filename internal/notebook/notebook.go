// Package notebook reads, compares and writes Jupyter notebooks: their cells and
// outputs, the claims in them, and the seal of an execution.
package notebook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// A Notebook is a Jupyter notebook of format 4. What this program does not
// know of it is kept in the maps.
type Notebook struct {
	Cells    []*Cell
	Metadata map[string]any
}

// A Cell is one cell; Count and Outputs belong to code cells alone.
type Cell struct {
	Type        string // markdown, code or raw
	ID          string // empty before format 4.5
	Source      string
	Metadata    map[string]any
	Attachments map[string]any
	Count       int // number of the execution; 0 = not executed
	Outputs     []Output
}

// An Output is a stream (Name, Text), an error (Name, Text, Traceback) or a
// bundle of data by MIME type. Textual data are one string each.
type Output struct {
	Type      string // stream, error, display_data or execute_result
	Name      string // stdout or stderr; for an error its name
	Text      string // text of a stream; for an error its value
	Traceback []string
	Data      map[string]any
	Metadata  map[string]any
}

// raw is the file's form: strings may be lists of lines.
type rawCell struct {
	Type        string         `json:"cell_type"`
	ID          string         `json:"id"`
	Source      lines          `json:"source"`
	Metadata    map[string]any `json:"metadata"`
	Attachments map[string]any `json:"attachments"`
	Count       *int           `json:"execution_count"`
	Outputs     []struct {
		Type      string         `json:"output_type"`
		Name      string         `json:"name"`
		Text      lines          `json:"text"`
		EName     string         `json:"ename"`
		EValue    string         `json:"evalue"`
		Traceback []string       `json:"traceback"`
		Data      map[string]any `json:"data"`
		Metadata  map[string]any `json:"metadata"`
	} `json:"outputs"`
}

// lines is a string written as a string or as a list of strings.
type lines string

func (l *lines) UnmarshalJSON(b []byte) error {
	var list []string
	if err := json.Unmarshal(b, &list); err == nil {
		*l = lines(strings.Join(list, ""))
		return nil
	}
	return json.Unmarshal(b, (*string)(l))
}

// Parse reads a notebook of format 4. The error says what is wrong with
// the text; the caller adds the file's name.
func Parse(text []byte) (*Notebook, error) {
	var raw struct {
		Format   *int           `json:"nbformat"`
		Cells    []rawCell      `json:"cells"`
		Metadata map[string]any `json:"metadata"`
	}
	if err := spoiled(text); err != nil {
		return nil, fmt.Errorf("not a notebook: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&raw); err != nil {
		return nil, fmt.Errorf("not a notebook: %w", located(text, err))
	}
	if d.More() {
		return nil, errors.New("not a notebook: text follows the JSON")
	}
	if raw.Format == nil {
		return nil, errors.New("not a notebook: no nbformat")
	}
	if *raw.Format != 4 {
		return nil, fmt.Errorf("nbformat %d; only 4 is understood", *raw.Format)
	}
	if len(raw.Cells) == 0 {
		return nil, errors.New("the notebook has no cells")
	}
	nb := &Notebook{Metadata: raw.Metadata}
	for i, r := range raw.Cells {
		c := &Cell{Type: r.Type, ID: r.ID, Source: string(r.Source), Metadata: r.Metadata, Attachments: r.Attachments}
		if c.Type != "code" && c.Type != "markdown" && c.Type != "raw" {
			return nil, fmt.Errorf("cell %d: cell_type %q is none of code, markdown, raw", i+1, r.Type)
		}
		if r.Count != nil {
			c.Count = *r.Count
		}
		if mark := conflict(c.Source); mark != "" {
			return nil, fmt.Errorf("cell %d: a merge conflict is not resolved (%s)", i+1, mark)
		}
		for _, o := range r.Outputs {
			out := Output{Type: o.Type, Name: o.Name, Text: string(o.Text), Traceback: o.Traceback, Data: joined(o.Data), Metadata: o.Metadata}
			if o.Type == "error" {
				out.Name, out.Text = o.EName, o.EValue
			}
			c.Outputs = append(c.Outputs, out)
		}
		nb.Cells = append(nb.Cells, c)
	}
	return nb, nil
}

// joined replaces lists of lines in a bundle by strings.
func joined(data map[string]any) map[string]any {
	for mime, v := range data {
		if list, ok := v.([]any); ok && splits(mime) {
			var b strings.Builder
			for _, line := range list {
				s, _ := line.(string)
				b.WriteString(s)
			}
			data[mime] = b.String()
		}
	}
	return data
}

// splits tells whether Jupyter writes data of this MIME type as a list of lines.
func splits(mime string) bool {
	return strings.HasPrefix(mime, "text/") || mime == "image/svg+xml" || mime == "application/javascript"
}

// Tagged tells whether the cell carries the tag.
func (c *Cell) Tagged(tag string) bool {
	tags, _ := c.Metadata["tags"].([]any)
	for _, t := range tags {
		if t == tag {
			return true
		}
	}
	return false
}

// Runs tells whether Jupyter executes the cell: code that is not blank.
func (c *Cell) Runs() bool { return c.Type == "code" && strings.TrimSpace(c.Source) != "" }

// Running returns the positions, from 0, of the cells that run.
func (nb *Notebook) Running() []int {
	var at []int
	for i, c := range nb.Cells {
		if c.Runs() {
			at = append(at, i)
		}
	}
	return at
}
