package recordings

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
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
	// and the reason, empty if nothing is wrong; and what says at the end why
	// the file as a whole is refused, if it is. What is assumed is noted.
	begin func(has func(name string) bool, a *Account) (check[T], func() string)
}

type check[T any] func(row *T, line int) (column, reason string)

// leftOut is the reason of a check for a row that is left out, and counted.
const leftOut = "no current was measured, nor spikes without a holding potential"

// column is one column of a schema whose rows are of type T.
type column[T any] struct {
	name, about string
	at          func(*T) any    // the field: a *string, *float64, *int, *bool or, of an enumeration, *uint8
	in          domain.Interval // of numbers
	whole       bool            // of float64: numbers without a fraction
	words       []string        // of an enumeration
	empty       bool            // a field may be empty: then it is what it is in a blank row
	optional    bool            // the column may be missing

	median, largest domain.Interval // where those of the magnitudes that are not 0 are to be expected; zero: anywhere
}

// domain says in words what a field may be.
func (c *column[T]) domain() (words string) {
	switch c.at(new(T)).(type) {
	case *string:
		words = "text, without control characters, of at most 1000 bytes"
	case *float64:
		words = "a number in " + c.in.String()
		if c.whole {
			words = "a whole number in " + c.in.String()
		}
	case *int:
		words = "a whole number in " + c.in.String()
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
func (c *column[T]) set(row *T, s string, number func(string) (float64, bool), scale float64) (ok bool) {
	switch v := c.at(row).(type) {
	case *string:
		*v = unique.Make(s).Value() // a million rows share the names of a few cells
		return s != "" && len(s) <= 1000 && utf8.ValidString(s) && s == strings.TrimSpace(s) && !strings.ContainsFunc(s, unicode.IsControl)
	case *float64:
		x, ok := number(s)
		if scale != 1 {
			x = scaled(x, scale)
		}
		*v = x
		return ok && c.in.Has(x) && !(c.whole && x != math.Trunc(x))
	case *int:
		x, err := strconv.Atoi(s)
		if err != nil {
			y, ok := number(s)
			if x = int(y); !ok || float64(x) != y {
				return false
			}
		}
		*v = x
		return c.in.Has(float64(x))
	case *bool:
		*v, ok = flags[s]
		if !ok {
			*v, ok = flags[strings.ToLower(s)]
		}
		return ok
	case *uint8:
		i := slices.Index(c.words, s)
		*v = uint8(max(0, i))
		return i >= 0
	}
	return false
}

// get is the field as it is written; NaN is empty, and so is a 0 that is not
// admissible.
func (c *column[T]) get(row *T) string {
	switch v := c.at(row).(type) {
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

func (s *schema[T]) find(name string) int {
	return slices.IndexFunc(s.columns, func(c column[T]) bool { return c.name == name })
}

// pass is one way through a file.
type pass struct {
	account Account
	faults  []*fault
	sizes   map[int]*size     // by column
	units   map[string]string // of columns of odd magnitudes, those that would do
	empty   []string          // columns with a field that must not be empty and is
	odd     [][2]string       // columns and words that the schema does not have
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
func (s *schema[T]) rows(t *table.Table, l *layout, p *pass) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		check, end := s.begin(l.has, &p.account)
		p.sizes, p.units = map[int]*size{}, map[string]string{}
		last := make([]string, len(l.slots))
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
				yield(s.blank, cmp.Or(p.err(), err))
				return
			}
			if name, value := l.summary(fields); name != "" {
				p.wrong(t, name, value, "", "looks like a summary of other rows: delete such rows")
				continue
			}
			row, good := s.blank, true
			for i := range l.slots {
				good = s.field(t, &l.slots[i], p, &row, fields, &last[i]) && good
			}
			for _, group := range groups {
				one, whole, measured := row, good, group == nil
				for i := range group {
					whole = s.field(t, &group[i], p, &one, fields, nil) && whole
					measured = measured || group[i].at >= 0 && !missing(fields[group[i].at])
				}
				if !whole || !measured {
					continue
				}
				s.flag(t, l, &one, fields)
				column, reason := check(&one, t.Line)
				value := ""
				if sl := l.slot(column); sl != nil && reason != "" && sl.at >= 0 {
					column, value = sl.header, fields[sl.at]
				}
				switch {
				case reason == leftOut:
					p.account.leave("rows in which "+leftOut, func() string { return fmt.Sprintf("line %d", t.Line) })
				case reason != "":
					p.wrong(t, column, value, "check", reason)
				case len(p.faults) == 0 && !yield(one, nil):
					return
				}
			}
		}
		if err := p.err(); err != nil {
			yield(s.blank, err)
		} else if reason := cmp.Or(end(), s.questions(l, p)); reason != "" {
			yield(s.blank, &table.Error{File: t.File, Reason: reason})
		}
	}
}

// flag sets the flags of a row where a column names the channel that has them.
func (s *schema[T]) flag(t *table.Table, l *layout, row *T, fields []string) {
	for i := range l.slots {
		if sl := &l.slots[i]; sl.channel {
			name := "channel"
			if l.has("tone_kHz") {
				name = "tone_kHz"
			}
			x, ok := t.Number(fields[sl.at])
			*s.columns[sl.column].at(row).(*bool) = ok && scaled(x, sl.scale) == *s.columns[s.find(name)].at(row).(*float64)
		}
	}
}

// field sets what a slot is for, and returns false after a fault.
func (s *schema[T]) field(t *table.Table, l *slot, p *pass, row *T, fields []string, last *string) bool {
	c, text, scale := &s.columns[l.column], l.value, l.scale
	if l.at >= 0 {
		text = strings.TrimSpace(fields[l.at])
		if l.fill && last != nil {
			if text == "" {
				text = *last
			} else {
				*last = strings.Clone(text)
			}
		}
		if c.words != nil {
			text = l.word(c.words, text)
		}
	}
	if _, isText := c.at(row).(*string); text == "" || !isText && missing(text) {
		switch {
		case l.value != "":
			text, scale = l.value, 1
		case c.empty:
			return true
		case text == "" && !slices.Contains(p.empty, c.name):
			p.empty = append(p.empty, c.name)
		}
	}
	if l.channel {
		if _, ok := t.Number(text); !ok {
			p.wrong(t, l.header, text, "", "must be a number, of the channel that has the flag, or empty")
			return false
		}
		return true
	}
	if !c.set(row, text, t.Number, scale) {
		key, reason := "", "must be "+c.domain()
		switch {
		case text == "":
			reason += fmt.Sprintf(`; if an empty field means something, say "defaults": {%q: …} in a mapping, or "fill": [%q] if it means what stands above`, c.name, c.name)
		case c.words != nil:
			key = text
			reason += fmt.Sprintf(`; say "words": {%q: {%q: …}} in a mapping`, c.name, text)
			if odd := [2]string{c.name, strings.Clone(text)}; len(p.odd) < 100 && !slices.Contains(p.odd, odd) {
				p.odd = append(p.odd, odd)
			}
		}
		p.wrong(t, cmp.Or(l.header, c.name), text, key, reason)
		return false
	}
	if x, ok := c.at(row).(*float64); ok && *x != 0 && l.at >= 0 && !l.said && c.largest != (domain.Interval{}) {
		m := p.sizes[l.column]
		if m == nil {
			m = &size{}
			p.sizes[l.column] = m
		}
		m.largest = max(m.largest, math.Abs(*x))
		if len(m.first) < 1000 {
			m.first = append(m.first, math.Abs(*x))
		}
	}
	return true
}

// wrong keeps a fault, one of each column and key.
func (p *pass) wrong(t *table.Table, column, value, key, reason string) {
	key = column + " " + key
	if i := slices.IndexFunc(p.faults, func(f *fault) bool { return f.key == key }); i >= 0 {
		p.faults[i].more++
		return
	}
	p.faults = append(p.faults, &fault{table.Error{File: t.File, Line: t.Line, Column: column, Value: strings.Clone(value), Reason: reason}, key, 0})
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
	out := csv.NewWriter(w)
	number := (&table.Table{Decimal: "."}).Number
	var columns []*column[T]
	begin := func(first *T) check[T] {
		var names []string
		for i := range s.columns {
			if c := &s.columns[i]; s.leaves == nil || !s.leaves(first, c.name) {
				columns, names = append(columns, c), append(names, c.name)
			}
		}
		out.Write(names) // an error stays until the end
		check, _ := s.begin(func(name string) bool { return slices.Contains(names, name) }, &Account{})
		return check
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
			if !(fields[i] == "" && c.empty) && !c.set(&again, fields[i], number, 1) {
				name, reason = c.name+" = "+table.Quoted(fields[i])+",", "must be "+c.domain()
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

// layout says which field of a row belongs where.
type layout struct {
	kind     string
	slots    []slot
	groups   [][]slot // of a wide table: what each of the rows has that a row becomes
	ignored  []string // columns of the file
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

// known is a column of a schema to what finds it in a file.
type known struct {
	name     string
	optional bool
	words    []string
}

func (l *layout) slot(name string) *slot {
	for _, slots := range append([][]slot{l.slots}, l.groups...) {
		if i := slices.IndexFunc(slots, func(s slot) bool { return s.name == name }); i >= 0 {
			return &slots[i]
		}
	}
	return nil
}

func (l *layout) has(name string) bool { return l.slot(name) != nil }

func (l *layout) problem(format string, a ...any) {
	l.problems = append(l.problems, fmt.Sprintf(format, a...))
}

// seen are the rows of a file by what makes them one row, and the channels by
// what makes them one channel: digests of 128 bits, so that a row takes the same
// memory whatever the length of its words.
type seen struct {
	what     string           // makes two rows the same
	rows     map[[16]byte]int // line
	channels map[[16]byte]flagged
	bytes    []byte // of the key under way
}

type flagged struct {
	paired, best bool
	line         int
}

func newSeen(what string) *seen {
	return &seen{what: what, rows: map[[16]byte]int{}, channels: map[[16]byte]flagged{}}
}

// add goes on with a key and returns its digest. Words have no control
// characters, and 0 and −0 are the same.
func (s *seen) add(parts ...any) [16]byte {
	for _, p := range parts {
		switch x := p.(type) {
		case string:
			s.bytes = append(append(s.bytes, x...), 0)
		case float64:
			s.bytes = binary.LittleEndian.AppendUint64(s.bytes, math.Float64bits(x+0)) // −0 + 0 = 0
		default:
			s.bytes = append(fmt.Append(s.bytes, p), 0)
		}
	}
	sum := sha256.Sum256(s.bytes)
	return [16]byte(sum[:16])
}

// check returns what is wrong with a row of a channel: a flag that contradicts an
// earlier row of it, or that an earlier row is the same. The name of the channel
// ends with its number, cell and animal.
func (s *seen) check(line int, paired, best bool, channel []any, rest ...any) (column, reason string) {
	s.bytes = s.bytes[:0]
	key := s.add(channel...)
	first, ok := s.channels[key]
	switch {
	case !ok:
		s.channels[key] = flagged{paired, best, line}
	case first.paired != paired:
		column = "is_paired"
	case first.best != best:
		column = "is_best"
	}
	if column != "" {
		name := channel[len(channel)-3:]
		return column, fmt.Sprintf("contradicts line %d for channel %v of cell %s of animal %s", first.line, name[0], name[1], name[2])
	}
	key = s.add(rest...)
	if earlier := s.rows[key]; earlier > 0 {
		return "", fmt.Sprintf("the same %s as line %d", s.what, earlier)
	}
	s.rows[key] = line
	return "", ""
}

// scaled is exact where a unit is a whole part of the schema's.
func scaled(x, scale float64) float64 {
	if math.Abs(scale) < 1 {
		return x / math.Round(1/scale)
	}
	return x * scale
}

// missing is whether a field says that there is no number.
func missing(s string) bool {
	switch s {
	case "", "-", "−", "–", "—", ".", "NaN", "nan", "NAN", "NA", "na", "N/A", "n/a", "#N/A", "#NA", "null", "NULL":
		return true
	}
	return false
}

func quoted(names []string) string {
	var all []string
	for _, n := range names[:min(len(names), 30)] {
		all = append(all, table.Quoted(n))
	}
	return strings.Join(all, ", ")
}
