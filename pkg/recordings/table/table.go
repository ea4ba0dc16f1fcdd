// Package table turns a file of a laboratory into rows of text: it finds out
// how the file is written, says so, and asks where a guess would change numbers.
//
// It reads text in UTF-8, UTF-16 and Windows-1252, with lines that end with LF, CR
// LF or CR, fields that are separated by commas, semicolons, tabs or blanks, and
// numbers with a point or a comma; Igor text; and, but for a browser, workbooks
// (.xlsx). Lines above the header are passed over, and so are empty rows and
// comments (#). Of text one line is in memory, of Igor text all of it.
package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Error says what is wrong with a file and where.
type Error struct {
	File   string // as the caller named it
	Line   int    // from 1; 0 if it is the whole file
	Column string // name; empty if it is the whole line
	Value  string // as it stands there; empty with Column if a field is empty
	Reason string // what it must be, or what is wrong
}

// Error says file, line, column, value and domain.
func (e *Error) Error() string {
	s := "recordings: " + e.File
	if e.Line > 0 {
		s += fmt.Sprintf(":%d", e.Line)
	}
	if e.Column != "" {
		return fmt.Sprintf("%s: %s = %s, %s", s, e.Column, Quoted(e.Value), e.Reason)
	}
	return s + ": " + e.Reason
}

// Quoted quotes a value of a file, shortened if it is long.
func Quoted(s string) string {
	const most = 60
	if len(s) > most {
		return fmt.Sprintf("%q…", s[:most])
	}
	return fmt.Sprintf("%q", s)
}

// Table is a file under way. Set what is known of the file, Open it, and go
// through its rows with Next.
type Table struct {
	File      string // as errors are to call it
	Sheet     string // of a workbook; empty: the one whose header fits best
	Separator string // ",", ";", "\t", or " " for runs of blanks; empty: guessed
	Decimal   string // "." or ","; empty: guessed. Where it is given, the other mark may stand between thousands
	Header    int    // line of the header; 0: guessed

	Names []string   // of the columns, as the header has them
	Units []string   // of a row under the header that has no number; nil if there is none
	First [][]string // rows, at most 200
	Line  int        // of the row that Next returned
	Empty int        // rows passed over because they are empty
	Notes int        // lines passed over because they begin with # and are no row

	form    string // in words: what Open found
	grouped bool   // thousands may be separated
	next    func() (row, error)
	text    *text // nil of a workbook
}

// row is a row of a file, and the line that it is in.
type row struct {
	fields []string
	line   int
}

// longest is the greatest length of a line, in bytes.
const longest = 1 << 16

// text passes on the lines of a text, in UTF-8 and ending with LF, one in memory.
// It stops at what would make a CSV reader hold much of the file or misread it:
// a line without end, a quote that is not closed on its line, a zero byte, a
// last line cut short.
type text struct {
	t        *Table
	in       *bufio.Reader
	encoding string
	end      byte   // of a line
	rest     []byte // of the line under way
	n        int    // its number, from 1
	beyond   bool   // letters beyond ASCII in UTF-8 were there
}

// Read implements io.Reader.
func (x *text) Read(p []byte) (int, error) {
	if len(x.rest) == 0 {
		line, err := x.line()
		if err != nil {
			return 0, err
		}
		x.rest = line
	}
	n := copy(p, x.rest)
	x.rest = x.rest[n:]
	return n, nil
}

func (x *text) line() ([]byte, error) {
	line, err := x.in.ReadSlice(x.end)
	if x.n++; x.n == 1 {
		line = bytes.TrimPrefix(line, []byte("\ufeff"))
	}
	if x.end == '\r' && err == nil {
		line[len(line)-1] = '\n'
	}
	if reason := x.fault(line, err); reason != "" {
		return nil, x.t.fault(x.n, reason)
	}
	if err == io.EOF {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("recordings: %s: %w", x.t.File, err)
	}
	valid := utf8.Valid(line)
	switch {
	case valid && utf8.RuneCount(line) == len(line): // ASCII
	case valid && x.encoding != "Windows-1252":
		x.beyond = true
	case !valid && !x.beyond:
		x.encoding = "Windows-1252"
		return x.western(line)
	default:
		return nil, x.t.fault(x.n, "letters of another encoding than in the lines before, must be UTF-8 all over")
	}
	return line, nil
}

// fault is what is wrong with a line that ends with an error, or not.
func (x *text) fault(line []byte, err error) string {
	text := bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
	open := bytes.Count(line, []byte(`"`))%2 == 1
	switch {
	case bytes.IndexByte(text, 0) >= 0:
		return "a zero byte; is it a program's own format? Must be text or a workbook (.xlsx)"
	case err == bufio.ErrBufferFull:
		return "the line is longer than 65536 bytes"
	case bytes.IndexByte(text, '\r') >= 0:
		return "a carriage return within the line; all lines must end alike, with LF, CR LF or CR"
	case err == io.EOF && bytes.HasSuffix(line, []byte("\ufffd")): // half of UTF-16
		return "the file ends within a character; is it truncated?"
	case err == io.EOF && open:
		return "the file ends within quotes; is it truncated?"
	case err == io.EOF && len(line) > 0:
		return "the file ends within a line; is it truncated? End the last row with a line break"
	case err == nil && open && !bytes.HasPrefix(line, []byte("#")):
		return "a quote is not closed on its line"
	}
	return ""
}

// rows gives the rows that follow. As quotes are closed on their line, a row is the
// last line that was read.
func (x *text) rows() func() (row, error) {
	if x.t.Separator == " " {
		return func() (row, error) {
			line, err := x.line()
			return row{strings.Fields(string(line)), x.n}, err
		}
	}
	r := csv.NewReader(x)
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = rune(x.t.Separator[0]), -1, true
	return func() (row, error) {
		fields, err := r.Read()
		if parse, ok := err.(*csv.ParseError); ok {
			err = x.t.fault(x.n, parse.Err.Error())
		}
		return row{fields, x.n}, err
	}
}

// Next returns the fields of the next row, as many as there are names, to be used
// before the next call; io.EOF after the last, or an error.
func (t *Table) Next() ([]string, error) {
	for {
		r, err := t.next()
		if err != nil {
			return nil, err
		}
		fields, n := r.fields, len(t.Names)
		if len(fields) > n && blank(fields[n:]) {
			fields = fields[:n]
		}
		switch {
		case blank(fields):
			t.Empty++
		case len(fields) == n:
			t.Line = r.line
			return fields, nil
		case strings.HasPrefix(fields[0], "#"):
			t.Notes++
		default:
			reason := fmt.Sprintf("%d fields, must be %d as in the header", len(fields), n)
			if len(fields) > n {
				reason += "; is there a decimal comma or a comma within a text, or a column without a name?"
			}
			return nil, t.fault(r.line, reason)
		}
	}
}

// Number is the number that a field means, and false if it means none.
func (t *Table) Number(s string) (float64, bool) {
	if x, ok := decimal(s); ok && t.Decimal == "." {
		return x, true
	}
	s = clean(s)
	digits := strings.TrimLeft(s, "+-")
	whole, rest, found := strings.Cut(digits, t.Decimal)
	other := map[string]string{".": ",", ",": "."}[t.Decimal]
	if strings.ContainsAny(whole, " "+other) {
		groups := strings.FieldsFunc(whole, func(r rune) bool { return r == ' ' || string(r) == other && t.grouped })
		for i, g := range groups {
			if strings.Trim(g, "0123456789") != "" || len(g) > 3 || i > 0 && len(g) != 3 {
				return 0, false
			}
		}
		whole = strings.Join(groups, "")
	}
	if found {
		whole += "." + rest
	}
	return decimal(s[:len(s)-len(digits)] + whole)
}

// decimal is the number that a text is as Go has it, without digits of base 16.
func decimal(s string) (float64, bool) {
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil && !strings.ContainsAny(s, "xXpP_")
}

// mark finds the decimal mark in the columns that fit. Three digits after one mark,
// with one to three before, may be thousands as well as decimals; what else is
// there decides.
func (t *Table) mark(rows []row, fits func([]string) int) (string, error) {
	known := make([]bool, len(t.Names))
	for i := range known {
		known[i] = fits(t.Names[i:i+1]) > 0
	}
	some := slices.Contains(known, true)
	names := append(slices.Clone(t.Names), "a number")
	var sure [2]*Error                                   // fields that say that the comma, the point is the decimal mark
	var doubt *Error                                     // one with three digits after a comma
	whole, thousands := map[int]bool{}, map[int]*Error{} // columns with whole numbers; with three digits after a point
	for _, r := range rows {
		for i, f := range r.fields {
			digits := strings.TrimLeft(clean(f), "+-")
			if i < len(known) && some && !known[i] || strings.Trim(digits, "0123456789.,") != "" || digits == "" {
				continue
			}
			last := strings.LastIndexAny(digits, ".,")
			if last < 0 {
				whole[i] = true
				continue
			}
			here := &Error{File: t.File, Line: r.line, Column: names[min(i, len(t.Names))], Value: clean(f)}
			k, before, after := strings.IndexByte(",.", digits[last]), digits[:last], digits[last+1:]
			switch comma, point := strings.Contains(before, ","), strings.Contains(before, "."); {
			case comma && k == 0 && !point: // 1,234,567
				sure[1] = here
			case comma && k == 0, point && k == 1: // perhaps a date
			case comma, point, len(after) != 3, len(before) > 3, strings.HasPrefix(before, "0"), before == "":
				sure[k] = here
			case k == 0:
				doubt = here
			default:
				thousands[i] = here
			}
		}
	}
	ask := func(e *Error, why string) (string, error) {
		e.Reason = why + `: say with "decimal": "," or "." in a mapping which mark is the decimal one; the other is then taken to stand between thousands`
		return "", e
	}
	switch comma, point := sure[0], sure[1]; {
	case comma != nil && point != nil:
		return ask(comma, fmt.Sprintf("which has another decimal mark than %q in line %d", point.Value, point.Line))
	case comma != nil:
		return ",", nil
	case doubt != nil:
		return ask(doubt, "in which the comma may be a decimal mark or stand between thousands")
	case point == nil && t.Separator != ",":
		for _, i := range slices.Sorted(maps.Keys(thousands)) {
			if whole[i] {
				return ask(thousands[i], "in which the point may be a decimal mark or stand between thousands")
			}
		}
	}
	return ".", nil
}

// numeric is whether a field looks like a number, in whichever way.
func numeric(s string) bool {
	s = clean(s)
	return strings.ContainsAny(s, "0123456789") && strings.Trim(s, "0123456789+-.,eE ") == ""
}

// String says how the file is written, as far as it was read.
func (t *Table) String() string {
	if t.text != nil {
		return t.text.encoding + ", " + t.form
	}
	return t.form
}

func (t *Table) fault(line int, reason string) error {
	return &Error{File: t.File, Line: line, Reason: reason}
}

func blank(fields []string) bool {
	for _, f := range fields {
		if f != "" && clean(f) != "" {
			return false
		}
	}
	return true
}

// clean is a field without blanks about it, with minus signs and blanks within as
// of ASCII.
func clean(s string) string { return strings.TrimSpace(cleaner.Replace(s)) }

var cleaner = strings.NewReplacer("\u2212", "-", "\u2013", "-", "\u00a0", " ", "\u2007", " ", "\u2009", " ", "\u202f", " ", "\u200b", "", "\ufeff", "")
