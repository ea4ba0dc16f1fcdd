package recordings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"credo/pkg/recordings/table"
)

// Mapping says what a laboratory calls what the schemas have other names for. In
// the zero value all is found out from the file; File.Template is what was, to be
// changed and given back. It is written as JSON.
type Mapping struct {
	About string `json:"about,omitempty"` // a comment

	Schema    string `json:"schema,omitempty"`    // "raw" or "aggregate"; empty: that which the header fits
	Sheet     string `json:"sheet,omitempty"`     // of a workbook
	Separator string `json:"separator,omitempty"` // of fields: ",", ";", "\t", or " " for blanks
	Decimal   string `json:"decimal,omitempty"`   // mark, "." or ","; the other one may then stand between thousands
	Header    int    `json:"header,omitempty"`    // line of the header

	Columns  map[string]string            `json:"columns,omitempty"`  // name in the file to name in the schema; "" ignores the column
	Words    map[string]map[string]string `json:"words,omitempty"`    // column of the schema, then word in the file to word of the schema
	Units    map[string]string            `json:"units,omitempty"`    // column, by either name, to the unit that the file has it in
	Defaults map[string]string            `json:"defaults,omitempty"` // column of the schema to what a missing column or an empty field means; "=cell" is as in the column cell
	Fill     []string                     `json:"fill,omitempty"`     // columns in which an empty field means what stands above

	// Wide is of tables with several measurements in a row: the column's name in
	// the file, then what holds of it in columns of the schema, with "*" for that
	// in which its own values belong, as {"E early": {"excitation": "*",
	// "time_min": "5"}}.
	Wide map[string]map[string]string `json:"wide,omitempty"`

	// NegativeInward is false if inward currents are positive in the file. In the
	// aggregate schema, which has magnitudes, true turns the sign of excitation.
	NegativeInward *bool `json:"negative_inward,omitempty"`
}

// ReadMapping reads a mapping from a file as JSON; without a path there is none. It
// returns an error for a field that a mapping does not have.
func ReadMapping(path string) (m Mapping, err error) {
	if path == "" {
		return m, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return m, fmt.Errorf("recordings: the mapping: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return m, fmt.Errorf("recordings: %s: must be a mapping as inspect prints it: %w", filepath.Base(path), err)
	}
	return m, nil
}

// word adds a word that the schema does not have.
func (m *Mapping) word(column, text string) {
	words := cloned(m.Words[column])
	if _, ok := words[text]; !ok && len(words) < 100 {
		words[strings.Clone(text)] = "?"
		m.Words[column] = words
	}
}

// blank adds what may be meant where a column that must not be empty is.
func (m *Mapping) blank(column string) {
	switch column {
	case "animal", "cell", "condition":
		if !slices.Contains(m.Fill, column) {
			m.Fill = append(slices.Clip(m.Fill), column)
		}
	case "is_paired", "is_best":
		m.Defaults[column] = "0"
	}
}

// cloned is a map of its own, and there.
func cloned[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return maps.Clone(m)
}

// layout says which field of a row belongs where.
type layout struct {
	*form
	table    *table.Table
	mapping  Mapping
	taken    map[int]bool // columns of the file
	slots    []slot
	groups   [][]slot // of a wide table: what each of the rows has that a row becomes
	ignored  []string // the others
	absent   []string // columns of the schema that need not be there
	assumed  []string // in words
	problems []string // why the columns do not do
	lacks    int      // columns that are missing
	unit     string   // of magnitudes, by the names of their columns
	template Mapping
}

// slot is where the values of a column come from.
type slot struct {
	name    string  // of the column in the schema
	column  int     // its place there
	header  string  // in the file
	at      int     // field of a row; -1: value is that of all rows
	value   string  // of all rows, or of those in which the field is empty
	scale   float64 // of the file's unit
	base    string  // the schema's
	said    bool    // the mapping gives the unit
	bare    bool    // nothing gives it
	fill    bool    // an empty field means what stands above
	channel bool    // it names the channel that has the flag
	words   map[string]string
}

// begin is a layout without slots.
func begin(f *form, t *table.Table, m Mapping) *layout {
	m.Schema, m.Columns, m.Words, m.Units, m.Defaults = f.kind, cloned(m.Columns), cloned(m.Words), cloned(m.Units), cloned(m.Defaults)
	m.About = "What the columns, words and units of " + t.File + " are. Look through it, put an answer where there is a ?, and give it back with the file."
	return &layout{form: f, table: t, taken: map[int]bool{}, template: m}
}

// all are the slots and those of the groups.
func (l *layout) all() iter.Seq[*slot] {
	return func(yield func(*slot) bool) {
		for _, slots := range append([][]slot{l.slots}, l.groups...) {
			for i := range slots {
				if !yield(&slots[i]) {
					return
				}
			}
		}
	}
}

func (l *layout) slot(name string) *slot {
	for s := range l.all() {
		if s.name == name {
			return s
		}
	}
	return nil
}

func (l *layout) has(name string) bool { return l.slot(name) != nil }

func (l *layout) problem(format string, a ...any) {
	l.problems = append(l.problems, fmt.Sprintf(format, a...))
}
