package recordings

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"maps"
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
	odd     [][2]string       // column and word that the schema does not have
	empty   []string          // columns with a field that must not be empty and is
}

// fault is what is wrong in a row, and in how many others in the same way.
type fault struct {
	table.Error
	key  string
	more int
}

// size is how large the numbers of a column are that are not 0.
type size struct {
	n, below, above int // numbers, and those outside the column's median
	most, logs      float64
}

// mean is the geometric mean of the first thousand.
func (m *size) mean() float64 { return math.Exp(m.logs / float64(min(m.n, 1000))) }

// rows goes through the rows of a table. It yields those before the first fault,
// then looks through the others for faults of other kinds, and says all at once;
// and what magnitudes are too odd to be taken.
func (s *schema[T]) rows(t *table.Table, l *layout, p *pass) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		check, end := s.begin(l.has, &p.account)
		p.sizes, p.units = map[int]*size{}, map[string]string{}
		last := make([]string, len(l.slots))
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
			row := s.blank
			good := true
			for i := range l.slots {
				good = s.field(t, &l.slots[i], p, &row, fields, &last[i]) && good
			}
			for g := -1; g < len(l.groups); g++ {
				one := row
				if g < 0 && l.groups != nil {
					continue
				}
				if g >= 0 {
					measured := false
					for i := range l.groups[g] {
						c := &l.groups[g][i]
						good = s.field(t, c, p, &one, fields, new(string)) && good
						measured = measured || c.at >= 0 && !missing(fields[c.at])
					}
					if !measured {
						continue
					}
				}
				if !good || !l.flag(t, fields, func(name string) any { return s.columns[s.find(name)].at(&one) }) {
					if good {
						p.wrong(t, "paired_channel", "", "", "must be a number, as best_channel, or empty")
					}
					continue
				}
				name, reason := check(&one, t.Line)
				if reason == leftOut {
					p.account.leave("rows in which "+leftOut, func() string { return fmt.Sprintf("line %d", t.Line) })
					continue
				}
				if reason != "" {
					p.wrong(t, l.header(name), l.field(name, fields), "check", reason)
				}
				if len(p.faults) == 0 && !yield(one, nil) {
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

// field sets what a slot is for, and returns false after a fault.
func (s *schema[T]) field(t *table.Table, l *slot, p *pass, row *T, fields []string, last *string) bool {
	text, scale := l.value, l.scale
	if l.column < 0 {
		return true
	}
	c := &s.columns[l.column]
	if l.at >= 0 {
		text = strings.TrimSpace(fields[l.at])
		if l.fill {
			if text == "" {
				text = *last
			} else {
				*last = strings.Clone(text)
			}
		}
		_, word := c.at(row).(*uint8)
		if word {
			text = l.word(c.name, c.words, text)
		}
		if _, isText := c.at(row).(*string); text == "" || !isText && missing(text) {
			switch {
			case l.value != "":
				text, scale = l.value, 1
			case c.empty:
				return true
			default:
				if !slices.Contains(p.empty, c.name) {
					p.empty = append(p.empty, c.name)
				}
			}
		}
	}
	if !c.set(row, text, t.Number, scale) {
		key := ""
		if c.words != nil {
			key = text
			if !slices.ContainsFunc(p.odd, func(o [2]string) bool { return o == [2]string{c.name, text} }) && len(p.odd) < 100 {
				p.odd = append(p.odd, [2]string{c.name, strings.Clone(text)})
			}
		}
		reason := "must be " + c.domain()
		if text == "" {
			reason += fmt.Sprintf(`; if an empty field means something, say "defaults": {%q: …} in a mapping, or "fill": [%q] if it means what stands above`, c.name, c.name)
		} else if c.words != nil {
			reason += fmt.Sprintf(`; say "words": {%q: {%q: …}} in a mapping`, c.name, text)
		}
		p.wrong(t, cmp.Or(l.header, c.name), text, key, reason)
		return false
	}
	if l.at >= 0 && !l.said && c.largest != (domain.Interval{}) {
		if x, ok := c.at(row).(*float64); ok && *x != 0 {
			m := p.sizes[l.column]
			if m == nil {
				m = &size{}
				p.sizes[l.column] = m
			}
			size := math.Abs(*x)
			if m.n++; m.n <= 1000 {
				m.logs += math.Log(size)
			}
			m.most = max(m.most, size)
			if c.median != (domain.Interval{}) && size < c.median.Low {
				m.below++
			} else if c.median != (domain.Interval{}) && size > c.median.High {
				m.above++
			}
		}
	}
	return true
}

// wrong keeps a fault, one of each column and key.
func (p *pass) wrong(t *table.Table, column, value, key, reason string) {
	key = column + " " + key
	for _, f := range p.faults {
		if f.key == key {
			f.more++
			return
		}
	}
	p.faults = append(p.faults, &fault{table.Error{File: t.File, Line: t.Line, Column: column, Value: strings.Clone(value), Reason: reason}, key, 0})
}

// err is all faults as one error, at the place of the first.
func (p *pass) err() error {
	if len(p.faults) == 0 {
		return nil
	}
	all := p.faults[0].Error
	for i, f := range p.faults {
		if i == 10 {
			all.Reason += fmt.Sprintf("; and %d more kinds of faults", len(p.faults)-i)
			break
		}
		if i > 0 {
			all.Reason += fmt.Sprintf("; line %d: ", f.Line)
			if f.Column != "" {
				all.Reason += f.Column + " = " + table.Quoted(f.Value) + ", "
			}
			all.Reason += f.Reason
		}
		if f.more > 0 {
			all.Reason += fmt.Sprintf(" (and so %d times more)", f.more)
		}
	}
	return &all
}

// questions asks where the numbers of a column are of an odd magnitude.
func (s *schema[T]) questions(l *layout, p *pass) (reason string) {
	for _, i := range slices.Sorted(maps.Keys(p.sizes)) {
		c, m, largest := &s.columns[i], p.sizes[i], s.columns[i].largest
		sl := l.slots[max(0, slices.IndexFunc(l.slots, func(sl slot) bool { return sl.column == i }))]
		if sl.bare && c.name == "time_min" {
			largest.High = 120
		}
		name := sl.header
		if name != c.name {
			name += " (" + c.name + ")"
		}
		odd := fmt.Sprintf("the largest magnitude of %s is %.3g", name, m.most)
		switch {
		case 2*m.below > m.n || 2*m.above > m.n:
			odd = fmt.Sprintf("the magnitude of %s is %.3g in the mean, expected in %v", name, m.mean(), c.median)
		case !largest.Has(m.most):
			odd += ", expected in " + largest.String()
		default:
			continue
		}
		var fit []string
		for _, u := range unitsOf(c.name) {
			k, _ := scaleOf(c.name, u)
			if ratio := k / math.Abs(sl.scale); ratio != 1 && (c.median == domain.Interval{} || c.median.Has(m.mean()*ratio)) && largest.Has(m.most*ratio) {
				fit = append(fit, u)
			}
		}
		is, say := "in which unit is it", "…"
		if fit != nil {
			is, say = "is its unit "+strings.Join(fit, " or "), fit[0]
		}
		p.units[c.name] = "?"
		reason += fmt.Sprintf(`; %s: %s? Say "units": {%q: %q} in a mapping, or with %q if it is right as it is`, odd, is, c.name, say, unitsOf(c.name)[0])
	}
	return strings.TrimPrefix(reason, "; ")
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
