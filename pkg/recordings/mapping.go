package recordings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
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
