package recordings

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
	"unique"

	"credo/internal/domain"
	"credo/pkg/recordings/table"
)

// schema is a kind of file whose rows are of type T: its columns, and what must
// hold between them.
type schema[T any] struct {
	form
	// fields are those of a row, one a column: a *string, *float64, *int, *bool or,
	// of an enumeration, *uint8.
	fields func(*T) []any
	leaves func(first *T) string // the column that is not written in a file of that first row
	// begin returns, for one file, given which columns it has, a row of empty fields
	// and missing columns; what checks the rows: it returns the column that is
	// wrong, empty if it is not one alone, and the reason, empty if nothing is wrong;
	// and what says at the end why the file as a whole is refused, if it is. What is
	// assumed is noted.
	begin func(has func(name string) bool, a *Account) (blank T, check func(row *T, line int) (column, reason string), end func() string)
}

// form is the columns of a schema.
type form struct {
	kind    string
	columns []column
	either  []string // columns of which a file has exactly one
}

func (f *form) find(name string) int {
	return slices.IndexFunc(f.columns, func(c column) bool { return c.name == name })
}

// column is one column of a schema.
type column struct {
	name     string
	in       domain.Interval // of numbers
	whole    bool            // of float64: numbers without a fraction
	words    []string        // of an enumeration
	empty    bool            // a field may be empty: then it is what it is in a blank row
	optional bool            // the column may be missing

	median, largest domain.Interval // where those of the magnitudes that are not 0 are to be expected; zero: anywhere
}

// leftOut is the reason of a check for a row that is left out, and counted.
const leftOut = "no current was measured, nor spikes without a holding potential"

// domain says in words what a field may be.
func (c *column) domain(field any) (words string) {
	switch field.(type) {
	case *string:
		words = "text, without control characters, of at most 1000 bytes"
	case *float64, *int:
		words = "a number in " + c.in.String()
		if _, count := field.(*int); count || c.whole {
			words = "a whole number in " + c.in.String()
		}
	case *bool:
		words = "0 or 1, false or true, no or yes"
	case *uint8:
		words = "one of " + strings.Join(c.words, ", ")
	}
	if c.empty {
		words += ", or empty"
	}
	return words
}

var flags = map[string]bool{"0": false, "1": true, "false": false, "true": true, "no": false, "yes": true, "n": false, "y": true, "0.0": false, "1.0": true, "x": true}

// set parses a field, in the unit of the schema after it is multiplied with a
// scale, and returns false if it is outside the domain.
func (c *column) set(field any, s string, number func(string) (float64, bool), scale float64) (ok bool) {
	switch v := field.(type) {
	case *string:
		*v = unique.Make(s).Value() // a million rows share the names of a few cells
		return s != "" && len(s) <= 1000 && utf8.ValidString(s) && s == strings.TrimSpace(s) && !strings.ContainsFunc(s, unicode.IsControl)
	case *float64:
		*v, ok = number(s)
		*v = scaled(*v, scale)
		return ok && c.in.Has(*v) && !(c.whole && *v != math.Trunc(*v))
	case *int:
		var err error
		if *v, err = strconv.Atoi(s); err != nil {
			x, ok := number(s)
			if *v = int(x); !ok || float64(*v) != x {
				return false
			}
		}
		return c.in.Has(float64(*v))
	case *bool:
		*v, ok = flags[strings.ToLower(s)]
	case *uint8:
		i := slices.Index(c.words, s)
		*v, ok = uint8(max(0, i)), i >= 0
	}
	return ok
}

// get is the field as it is written; NaN is empty, and so is a 0 that is not
// admissible.
func (c *column) get(field any) string {
	switch v := field.(type) {
	case *string:
		return *v
	case *float64:
		if *v == *v {
			return strconv.FormatFloat(*v, 'g', -1, 64)
		}
	case *int:
		if *v != 0 || !c.empty {
			return strconv.Itoa(*v)
		}
	case *bool:
		return map[bool]string{false: "0", true: "1"}[*v]
	case *uint8:
		return word(c.words, *v)
	}
	return ""
}

// pass is one way through a file.
type pass struct {
	table   *table.Table
	layout  *layout
	account Account
	faults  []*fault
	last    map[*slot]string // field, where an empty one means what stands above
	sizes   []size           // by column
}

// fault is what is wrong in a row, and in how many others in the same way.
type fault struct {
	table.Error
	key  string
	more int
}

// size is how large the numbers of a column are: the first thousand that are not
// 0, and the largest.
type size struct {
	first   []float64
	largest float64
}

// rows goes through the rows of a table. It yields those before the first fault,
// then looks through the others for faults of other kinds, and says all at once;
// and what magnitudes are too odd to be taken.
func (s *schema[T]) rows(p *pass, yield func(T, error) bool) {
	t, l := p.table, p.layout
	blank, check, end := s.begin(l.has, &p.account)
	p.sizes, p.last = make([]size, len(s.columns)), map[*slot]string{}
	var row T
	into := s.fields(&row)
	groups := l.groups
	if groups == nil {
		groups = [][]slot{nil}
	}
	for {
		fields, err := t.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			yield(blank, cmp.Or(p.err(), err))
			return
		}
		if name, value := l.summary(fields); name != "" {
			p.wrong(name, value, "", "looks like a summary of other rows: delete such rows")
			continue
		}
		row = blank
		good := p.set(into, l.slots, fields)
		common := row
		for _, group := range groups {
			row = common
			measured := func(s slot) bool { return s.at >= 0 && !missing(fields[s.at]) }
			if !p.set(into, group, fields) || !good || group != nil && !slices.ContainsFunc(group, measured) {
				continue
			}
			p.flag(into, fields)
			column, reason := check(&row, t.Line)
			switch {
			case reason == leftOut:
				p.account.leave("rows in which "+leftOut, func() string { return fmt.Sprintf("line %d", t.Line) })
			case reason != "":
				value := ""
				if s := l.slot(column); s != nil && s.at >= 0 {
					column, value = s.header, fields[s.at]
				}
				p.wrong(column, value, "check", reason)
			case len(p.faults) == 0 && !yield(row, nil):
				return
			}
		}
	}
	if err := p.err(); err != nil {
		yield(blank, err)
	} else if reason := cmp.Or(end(), l.questions(p)); reason != "" {
		yield(blank, &table.Error{File: t.File, Reason: reason})
	}
}

// flag sets the flags of a row where a column names the channel that has them.
func (p *pass) flag(into []any, fields []string) {
	for i := range p.layout.slots {
		if s := &p.layout.slots[i]; s.channel {
			x, ok := p.table.Number(fields[s.at])
			*into[s.column].(*bool) = ok && scaled(x, s.scale) == *into[p.layout.find("channel")].(*float64)
		}
	}
}

// set sets what slots are for, and returns false after a fault.
func (p *pass) set(into []any, slots []slot, fields []string) (good bool) {
	good = true
	for i := range slots {
		good = p.field(into[slots[i].column], &slots[i], fields) && good
	}
	return good
}

func (p *pass) field(into any, s *slot, fields []string) bool {
	c, text, scale := &p.layout.columns[s.column], s.value, s.scale
	if s.at >= 0 {
		if text = strings.TrimSpace(fields[s.at]); s.fill && text == "" {
			text = p.last[s]
		} else if s.fill {
			p.last[s] = strings.Clone(text)
		}
		if c.words != nil {
			text = s.word(c.words, text)
		}
	}
	if _, isText := into.(*string); text == "" || !isText && missing(text) {
		switch {
		case s.value != "":
			text, scale = s.value, 1
		case c.empty:
			return true
		case text == "":
			p.layout.template.blank(c.name)
		}
	}
	if s.channel {
		_, ok := p.table.Number(text)
		if !ok {
			p.wrong(s.header, text, "", "must be a number, of the channel that has the flag, or empty")
		}
		return ok
	}
	if !c.set(into, text, p.table.Number, scale) {
		key, reason := "", "must be "+c.domain(into)
		switch {
		case text == "":
			reason += fmt.Sprintf(`; if an empty field means something, say "defaults": {%q: …} in a mapping, or "fill": [%[1]q] if it means what stands above`, c.name)
		case c.words != nil:
			key = text
			reason += fmt.Sprintf(`; say "words": {%q: {%q: …}} in a mapping`, c.name, text)
			p.layout.template.word(c.name, text)
		}
		p.wrong(cmp.Or(s.header, c.name), text, key, reason)
		return false
	}
	if x, ok := into.(*float64); ok && *x != 0 && s.at >= 0 && !s.said && c.largest != (domain.Interval{}) {
		m := &p.sizes[s.column]
		if m.largest = max(m.largest, math.Abs(*x)); len(m.first) < 1000 {
			m.first = append(m.first, math.Abs(*x))
		}
	}
	return true
}

// wrong keeps a fault, one of each column and key.
func (p *pass) wrong(column, value, key, reason string) {
	key = column + " " + key
	if i := slices.IndexFunc(p.faults, func(f *fault) bool { return f.key == key }); i >= 0 {
		p.faults[i].more++
		return
	}
	p.faults = append(p.faults, &fault{table.Error{File: p.table.File, Line: p.table.Line, Column: column, Value: strings.Clone(value), Reason: reason}, key, 0})
}

// err is all faults as one error, at the place of the first.
func (p *pass) err() error {
	if len(p.faults) == 0 {
		return nil
	}
	all := p.faults[0].Error
	for i, f := range p.faults[:min(len(p.faults), 10)] {
		if i > 0 {
			f.File = "line"
			all.Reason += "; " + strings.Replace(strings.TrimPrefix(f.Error.Error(), "recordings: "), "line:", "line ", 1)
		}
		if f.more > 0 {
			all.Reason += fmt.Sprintf(" (and so %d times more)", f.more)
		}
	}
	return &all
}

// write writes a file that is read back as the same rows, or returns an error for
// a row that would be refused.
func (s *schema[T]) write(w io.Writer, rows iter.Seq[T]) error {
	next, stop := iter.Pull(rows)
	defer stop()
	row, ok := next()
	var columns []int
	var names []string
	for i, c := range s.columns {
		if c.name != s.leaves(&row) {
			columns, names = append(columns, i), append(names, c.name)
		}
	}
	_, check, _ := s.begin(func(name string) bool { return slices.Contains(names, name) }, &Account{})
	out, number := csv.NewWriter(w), (&table.Table{Decimal: "."}).Number
	out.Write(names) // an error stays until the end
	from, again, fields := s.fields(&row), s.fields(new(T)), make([]string, len(columns))
	for n := 1; ok; n++ {
		name, reason := check(&row, n+1)
		for k, i := range columns {
			c := &s.columns[i]
			fields[k] = c.get(from[i])
			if !(fields[k] == "" && c.empty) && !c.set(again[i], fields[k], number, 1) {
				name, reason = c.name+" = "+table.Quoted(fields[k])+",", "must be "+c.domain(from[i])
			}
		}
		if reason != "" {
			return fmt.Errorf("recordings: row %d: %s", n, strings.TrimSpace(name+" "+reason))
		}
		if err := out.Write(fields); err != nil {
			return err
		}
		row, ok = next()
	}
	out.Flush()
	return out.Error()
}
