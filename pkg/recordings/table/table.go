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
	"errors"
	"fmt"
	"io"
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
	large   *bool  // a workbook's sheet is
	next    func() ([]string, int, error)
	text    *text // nil of a workbook
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

	separator string
	csv       *csv.Reader // but for blanks
	before    int         // lines that it does not count
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
	if err != nil {
		return nil, err
	}
	valid := utf8.Valid(line)
	switch ascii := valid && utf8.RuneCount(line) == len(line); {
	case ascii:
	case x.encoding == "Windows-1252" && valid, !valid && (x.beyond || x.encoding != "UTF-8" && x.encoding != "Windows-1252"):
		return nil, x.t.fault(x.n, "letters of another encoding than in the lines before, must be UTF-8 all over")
	case valid:
		x.beyond = true
	default:
		x.encoding = "Windows-1252"
		return x.western(line)
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
	case err == io.EOF && open:
		return "the file ends within quotes; is it truncated?"
	case err == io.EOF && len(line) > 0:
		return "the file ends within a line; is it truncated? End the last row with a line break"
	case err == nil && open && !bytes.HasPrefix(line, []byte("#")):
		return "a quote is not closed on its line"
	}
	return ""
}

// split makes the reader of fields and returns what gives those of the next line
// that is not blank.
func (x *text) split() func() ([]string, int, error) {
	x.csv = csv.NewReader(x)
	x.csv.Comma, x.csv.FieldsPerRecord, x.csv.ReuseRecord, x.before = rune(x.separator[0]), -1, true, x.n
	return x.next
}

func (x *text) next() ([]string, int, error) {
	if x.separator == " " {
		line, err := x.line()
		return strings.Fields(string(line)), x.n, err
	}
	fields, err := x.csv.Read()
	var parse *csv.ParseError
	switch _, bad := err.(*Error); {
	case err == nil:
		line, _ := x.csv.FieldPos(0)
		return fields, x.before + line, nil
	case err == io.EOF, bad:
		return nil, 0, err
	case errors.As(err, &parse):
		return nil, 0, x.t.fault(x.before+parse.Line, parse.Err.Error())
	}
	return nil, 0, fmt.Errorf("recordings: %s: %w", x.t.File, err)
}

// Next returns the fields of the next row, as many as there are names, to be used
// before the next call; io.EOF after the last, or an error.
func (t *Table) Next() ([]string, error) {
	for {
		fields, line, err := t.next()
		if err != nil {
			return nil, err
		}
		n := len(t.Names)
		switch {
		case blank(fields):
			t.Empty++
			continue
		case len(fields) > n && blank(fields[n:]):
			fields = fields[:n]
		case len(fields) != n && strings.HasPrefix(fields[0], "#"):
			t.Notes++
			continue
		}
		if t.Line = line; len(fields) == n {
			return fields, nil
		}
		reason := fmt.Sprintf("%d fields, must be %d as in the header", len(fields), n)
		if len(fields) > n {
			reason += "; is there a decimal comma or a comma within a text, or a column without a name?"
		}
		return nil, t.fault(line, reason)
	}
}

// Number is the number that a field means, and false if it means none.
func (t *Table) Number(s string) (float64, bool) {
	if t.Decimal == "." {
		if x, err := strconv.ParseFloat(s, 64); err == nil && !strings.ContainsAny(s, "xXpP_") {
			return x, true
		}
	}
	s = clean(s)
	other := map[string]string{".": ",", ",": "."}[t.Decimal]
	if whole, rest, found := strings.Cut(s, t.Decimal); strings.ContainsAny(whole, " "+other) {
		groups := strings.FieldsFunc(strings.TrimLeft(whole, "+-"), func(r rune) bool { return r == ' ' || string(r) == other && t.grouped })
		for i, g := range groups {
			if strings.Trim(g, "0123456789") != "" || len(g) > 3 || i > 0 && len(g) != 3 {
				return 0, false
			}
		}
		if s = whole[:len(whole)-len(strings.TrimLeft(whole, "+-"))] + strings.Join(groups, ""); found {
			s += t.Decimal + rest
		}
	}
	if t.Decimal == "," {
		if strings.Contains(s, ".") {
			return 0, false
		}
		s = strings.Replace(s, ",", ".", 1)
	}
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil && !strings.ContainsAny(s, "xXpP_")
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
