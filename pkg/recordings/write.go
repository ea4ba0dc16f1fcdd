package recordings

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
)

// write writes a file that read reads back as the same rows, or returns an
// error for a row that read would refuse.
func (s *schema[T]) write(w io.Writer, rows iter.Seq[T], leave func(first *T, name string) bool) error {
	out := csv.NewWriter(w)
	var columns []*column[T]
	var check func(*T, int) (string, string)
	begin := func(first *T) error {
		var names []string
		for i := range s.columns {
			if c := &s.columns[i]; !leave(first, c.name) {
				columns, names = append(columns, c), append(names, c.name)
			}
		}
		check = s.begin(func(name string) bool { return !leave(first, name) })
		return out.Write(names)
	}
	n := 0
	for row := range rows {
		if n == 0 {
			if err := begin(&row); err != nil {
				return err
			}
		}
		n++
		fields := make([]string, len(columns))
		var again T
		for i, c := range columns {
			fields[i] = c.get(&row)
			if fields[i] == "" && c.empty {
				continue
			}
			if !c.set(&again, fields[i]) {
				return fmt.Errorf("recordings: row %d: %s = %s, must be %s", n, c.name, quoted(fields[i]), c.domain)
			}
		}
		if name, reason := check(&row, n+1); reason != "" {
			if name != "" {
				name += " "
			}
			return fmt.Errorf("recordings: row %d: %s%s", n, name, reason)
		}
		if err := out.Write(fields); err != nil {
			return err
		}
	}
	if n == 0 {
		if err := begin(new(T)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
