package recordings

import (
	"encoding/csv"
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
	either  []string // columns of which a file has exactly one
	blank   T        // a row of empty fields and missing columns
	// leaves tells which columns are not written in a file of that first row.
	leaves func(first *T, name string) bool
	// begin returns what checks the rows of one file, given which columns it
	// has: it returns the column that is wrong, empty if it is not one alone,
	// and the reason, empty if nothing is wrong.
	begin func(has func(name string) bool) check[T]
}

type check[T any] func(row *T, line int) (column, reason string)

// read goes through the rows of a file.
func (s *schema[T]) read(r io.Reader, file string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		t := newTable(r, file)
		columns, err := s.header(t)
		if err != nil {
			yield(s.blank, err)
			return
		}
		check := s.begin(func(name string) bool { return find(columns, name) >= 0 })
		for {
			row := s.blank
			err := s.row(t, columns, check, &row)
			if err == io.EOF || !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// row parses and checks a line.
func (s *schema[T]) row(t *table, columns []*column[T], check check[T], row *T) error {
	fields, err := t.next()
	if err != nil {
		return err
	}
	for i, c := range columns {
		if fields[i] == "" && c.empty {
			continue
		}
		if !c.set(row, fields[i]) {
			return t.wrong(c.name, fields[i], "must be "+c.domain())
		}
	}
	name, reason := check(row, t.line())
	if reason == "" {
		return nil
	}
	if i := find(columns, name); i >= 0 {
		return t.wrong(name, fields[i], reason)
	}
	return t.wrong(name, "", reason)
}

func find[T any](columns []*column[T], name string) int {
	return slices.IndexFunc(columns, func(c *column[T]) bool { return c.name == name })
}

// header finds the columns that the first line names.
func (s *schema[T]) header(t *table) (columns []*column[T], err error) {
	fields, err := t.next()
	if err == io.EOF {
		return nil, &InputError{File: t.file, Reason: "the file is empty, must have a header"}
	}
	if err != nil {
		return nil, err
	}
	wrong := func(format string, a ...any) error { return t.wrong("", "", fmt.Sprintf(format, a...)) }
	for _, separator := range []string{";", "\t"} {
		if len(fields) == 1 && strings.Count(fields[0], separator) >= 3 {
			return nil, wrong("columns separated by %q, must be by commas (and decimals by points)", separator)
		}
	}
	var names, missing []string
	there := 0
	for i := range s.columns {
		c := &s.columns[i]
		names = append(names, c.name)
		switch in := slices.Contains(fields, c.name); {
		case in && slices.Contains(s.either, c.name):
			there++
		case !in && !c.optional:
			missing = append(missing, c.name)
		}
	}
	for i, name := range fields {
		at := slices.Index(names, name)
		if at < 0 {
			return nil, wrong("unknown column %s%s; the columns of the %s schema are %s", quoted(name), nearest(names, name), s.kind, strings.Join(names, ", "))
		}
		if slices.Contains(fields[:i], name) {
			return nil, wrong("column %s stands twice", name)
		}
		columns = append(columns, &s.columns[at])
	}
	if missing != nil {
		return nil, wrong("no column %s, which the %s schema requires", strings.Join(missing, ", "), s.kind)
	}
	if s.either != nil && there != 1 {
		return nil, wrong("%d of the columns %s, must be exactly one", there, strings.Join(s.either, ", "))
	}
	return columns, nil
}

// nearest hints at the column that has the same name but for case or unit.
func nearest(names []string, name string) string {
	stem := func(s string) string {
		s, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(s)), "_")
		return s
	}
	for _, n := range names {
		if strings.EqualFold(n, strings.TrimSpace(name)) || stem(n) == stem(name) && stem(name) != "is" {
			return fmt.Sprintf(" (is it %s?)", n)
		}
	}
	return ""
}

// write writes a file that read reads back as the same rows, or returns an
// error for a row that read would refuse.
func (s *schema[T]) write(w io.Writer, rows iter.Seq[T]) error {
	out := csv.NewWriter(w)
	var columns []*column[T]
	begin := func(first *T) check[T] {
		var names []string
		for i := range s.columns {
			if c := &s.columns[i]; s.leaves == nil || !s.leaves(first, c.name) {
				columns, names = append(columns, c), append(names, c.name)
			}
		}
		out.Write(names) // an error stays until the end
		return s.begin(func(name string) bool { return slices.Contains(names, name) })
	}
	n, check := 0, check[T](nil)
	for row := range rows {
		if n++; n == 1 {
			check = begin(&row)
		}
		name, reason := check(&row, n+1)
		again, fields := s.blank, make([]string, len(columns))
		for i, c := range columns {
			fields[i] = c.get(&row)
			if !(fields[i] == "" && c.empty) && !c.set(&again, fields[i]) {
				name, reason = c.name+" = "+quoted(fields[i])+",", "must be "+c.domain()
			}
		}
		if reason != "" {
			return fmt.Errorf("recordings: row %d: %s", n, strings.TrimSpace(name+" "+reason))
		}
		if err := out.Write(fields); err != nil {
			return err
		}
	}
	if n == 0 {
		begin(&s.blank)
	}
	out.Flush()
	return out.Error()
}
