package recordings

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
)

// table is a CSV file under way, one line in memory.
type table struct {
	file  string
	guard *guard
	csv   *csv.Reader
	width int // number of columns; 0 before the header
	names []string
}

func newTable(r io.Reader, file string) *table {
	t := &table{file: file, guard: newGuard(r, file)}
	t.csv = csv.NewReader(t.guard)
	t.csv.ReuseRecord = true
	t.csv.FieldsPerRecord = -1
	return t
}

// next returns the fields of the next line that is not blank, to be used before
// the next call, io.EOF after the last, or an InputError.
func (t *table) next() ([]string, error) {
	fields, err := t.csv.Read()
	var bad *InputError
	var parse *csv.ParseError
	switch {
	case err == io.EOF:
		return nil, err
	case errors.As(err, &parse):
		return nil, &InputError{File: t.file, Line: parse.Line, Reason: parse.Err.Error()}
	case errors.As(err, &bad):
		return nil, bad
	case err != nil:
		return nil, fmt.Errorf("recordings: %s: %w", t.file, err)
	case t.width > 0 && len(fields) != t.width:
		reason := fmt.Sprintf("%d fields, must be %d as in the header", len(fields), t.width)
		if len(fields) > t.width {
			reason += "; is there a decimal comma or a comma within a text?"
		}
		return nil, &InputError{File: t.file, Line: t.line(), Reason: reason}
	}
	return fields, nil
}

// line is the number of the line that next returned.
func (t *table) line() int {
	line, _ := t.csv.FieldPos(0)
	return line
}
