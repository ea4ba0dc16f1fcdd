package recordings

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
)

// schema is the columns of a kind of file, and what must hold between them.
type schema[T any] struct {
	kind    string
	columns []column[T]
	// begin returns what checks the rows of one file, given which columns it
	// has: it returns the column that is wrong, empty if it is not one alone,
	// and the reason, empty if nothing is wrong.
	begin func(has func(name string) bool) func(row *T, line int) (column, reason string)
	// either lists columns of which a file has exactly one.
	either []string
}

// read goes through the rows of a file.
func (s *schema[T]) read(r io.Reader, file string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var row T
		t := newTable(r, file)
		fields, err := t.next()
		if err == io.EOF {
			err = &InputError{File: file, Reason: "the file is empty, must have a header"}
		}
		if err != nil {
			yield(row, err)
			return
		}
		columns, err := s.header(t, fields)
		if err != nil {
			yield(row, err)
			return
		}
		check := s.begin(func(name string) bool {
			return slices.ContainsFunc(columns, func(c *column[T]) bool { return c.name == name })
		})
		for {
			fields, err := t.next()
			if err == io.EOF {
				return
			}
			if err == nil {
				row, err = s.row(t, columns, fields)
			}
			if err == nil {
				if name, reason := check(&row, t.line()); reason != "" {
					bad := &InputError{File: file, Line: t.line(), Column: name, Reason: reason}
					if i := slices.IndexFunc(columns, func(c *column[T]) bool { return c.name == name }); i >= 0 {
						bad.Value = fields[i]
					}
					err = bad
				}
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// row parses the fields of a line.
func (s *schema[T]) row(t *table, columns []*column[T], fields []string) (row T, err error) {
	for i := range s.columns {
		if c := &s.columns[i]; c.unset != nil {
			c.unset(&row)
		}
	}
	for i, c := range columns {
		if fields[i] == "" && c.empty {
			continue
		}
		if !c.set(&row, fields[i]) {
			reason := "must be " + c.domain
			return row, &InputError{File: t.file, Line: t.line(), Column: c.name, Value: strings.Clone(fields[i]), Reason: reason}
		}
	}
	return row, nil
}

// header finds the columns that the first line names.
func (s *schema[T]) header(t *table, fields []string) ([]*column[T], error) {
	wrong := func(format string, a ...any) error {
		return &InputError{File: t.file, Line: t.line(), Reason: fmt.Sprintf(format, a...)}
	}
	for _, separator := range []string{";", "\t"} {
		if len(fields) == 1 && strings.Count(fields[0], separator) >= 3 {
			return nil, wrong("columns separated by %q, must be by commas (and decimals by points)", separator)
		}
	}
	t.width = len(fields)
	var columns []*column[T]
	for i, name := range fields {
		at := slices.IndexFunc(s.columns, func(c column[T]) bool { return c.name == name })
		if at < 0 {
			return nil, wrong("unknown column %s%s; the columns of the %s schema are %s", quoted(name), s.nearest(name), s.kind, s.names())
		}
		if slices.Contains(fields[:i], name) {
			return nil, wrong("column %s stands twice", name)
		}
		columns = append(columns, &s.columns[at])
	}
	var missing []string
	for _, c := range s.columns {
		if !c.optional && !slices.Contains(fields, c.name) {
			missing = append(missing, c.name)
		}
	}
	if missing != nil {
		return nil, wrong("no column %s, which the %s schema requires", strings.Join(missing, ", "), s.kind)
	}
	if there := slices.DeleteFunc(slices.Clone(s.either), func(name string) bool { return !slices.Contains(fields, name) }); s.either != nil && len(there) != 1 {
		return nil, wrong("%d of the columns %s, must be exactly one", len(there), strings.Join(s.either, ", "))
	}
	return columns, nil
}

// nearest hints at the column that has the same name but for case or unit.
func (s *schema[T]) nearest(name string) string {
	stem := func(s string) string {
		s, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(s)), "_")
		return s
	}
	for _, c := range s.columns {
		if strings.EqualFold(c.name, strings.TrimSpace(name)) || stem(c.name) == stem(name) && stem(name) != "is" {
			return fmt.Sprintf(" (is it %s?)", c.name)
		}
	}
	return ""
}

func (s *schema[T]) names() string {
	var names []string
	for _, c := range s.columns {
		names = append(names, c.name)
	}
	return strings.Join(names, ", ")
}
