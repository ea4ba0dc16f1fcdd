package recordings

import (
	"slices"
	"strings"

	"credo/pkg/recordings/table"
)

// lay finds the columns of a schema by their very names: in a browser nothing else
// is read.
func lay(f *form, t *table.Table, m Mapping) *layout {
	l := begin(f, t, m)
	for i, c := range f.columns {
		if at := slices.Index(t.Names, c.name); at >= 0 {
			l.slots = append(l.slots, slot{name: c.name, column: i, header: c.name, at: at, scale: 1})
		} else if !c.optional {
			l.lacks++
			l.problem("no column %s, which the %s schema requires", c.name, f.kind)
		}
	}
	if f.either != nil && l.has(f.either[0]) == l.has(f.either[1]) {
		l.problem("exactly one of the columns %s must be there", strings.Join(f.either, ", "))
	}
	if len(l.slots) < len(t.Names) || len(m.Columns)+len(m.Words)+len(m.Units)+len(m.Defaults)+len(m.Fill)+len(m.Wide) > 0 || m.NegativeInward != nil {
		l.problem("in a browser all columns must have the names of the schema, and no mapping is followed")
	}
	return l
}

func (l *layout) summary([]string) (column, value string) { return "", "" }

func (l *layout) questions(*pass) string { return "" }

func (s *slot) word(_ []string, text string) string { return text }

func (f *File) is(string) bool { return false }
