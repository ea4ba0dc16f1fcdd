package recordings

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// InputError says what is wrong with a file and where.
type InputError struct {
	File   string // as the caller named it
	Line   int    // from 1; 0 if it is the whole file
	Column string // name; empty if it is the whole line
	Value  string // as it stands there; empty with Column if a field is empty
	Reason string // what it must be, or what is wrong
}

// Error says file, line, column, value and domain.
func (e *InputError) Error() string {
	s := "recordings: " + e.File
	if e.Line > 0 {
		s += fmt.Sprintf(":%d", e.Line)
	}
	if e.Column != "" {
		return fmt.Sprintf("%s: %s = %s, %s", s, e.Column, quoted(e.Value), e.Reason)
	}
	return s + ": " + e.Reason
}

// quoted quotes a value of the file, shortened if it is long.
func quoted(s string) string {
	const most = 60
	if len(s) > most {
		return fmt.Sprintf("%q…", s[:most])
	}
	return fmt.Sprintf("%q", s)
}

// longest is the greatest length of a line, in bytes.
const longest = 1 << 16

// table is a CSV file under way, one line in memory. It stops at what would make
// a CSV reader hold much of the file or misread it: a line without end, a quote
// that is not closed on its line, another encoding, a last line cut short. A byte
// order mark of UTF-8 is passed over.
type table struct {
	file string
	in   *bufio.Reader
	rest []byte // of the line under way
	n    int    // its number, from 1
	csv  *csv.Reader
}

func newTable(r io.Reader, file string) *table {
	t := &table{file: file, in: bufio.NewReaderSize(r, longest+1)}
	t.csv = csv.NewReader(t)
	t.csv.ReuseRecord = true
	return t
}

// Read implements io.Reader: it passes on lines that are sound.
func (t *table) Read(p []byte) (int, error) {
	if len(t.rest) == 0 {
		line, err := t.in.ReadSlice('\n')
		if t.n++; t.n == 1 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
		}
		if reason := t.fault(line, err); reason != "" {
			return 0, &InputError{File: t.file, Line: t.n, Reason: reason}
		}
		if err != nil {
			return 0, err
		}
		t.rest = line
	}
	n := copy(p, t.rest)
	t.rest = t.rest[n:]
	return n, nil
}

// fault is what is wrong with a line that ends with an error, or not.
func (t *table) fault(line []byte, err error) string {
	text := bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
	open := bytes.Count(line, []byte(`"`))%2 == 1
	switch {
	case t.n == 1 && (bytes.HasPrefix(line, []byte("\xff\xfe")) || bytes.HasPrefix(line, []byte("\xfe\xff"))):
		return "the file is UTF-16 or UTF-32, must be UTF-8"
	case bytes.IndexByte(text, 0) >= 0:
		return "a zero byte; is it UTF-16 or a spreadsheet's own format? Must be CSV in UTF-8"
	case bytes.IndexByte(text, '\r') >= 0:
		return "a carriage return within the line; lines must end with LF or CR LF"
	case err == bufio.ErrBufferFull:
		return "the line is longer than 65536 bytes"
	case err == io.EOF && open:
		return "the file ends within quotes; is it truncated?"
	case err == io.EOF && len(line) > 0:
		return "the file ends within a line; is it truncated? End the last row with a line break"
	case err == nil && open:
		return "a quote is not closed on its line"
	}
	return ""
}

// next returns the fields of the next line that is not blank, to be used before
// the next call, io.EOF after the last, or an error that names the file.
func (t *table) next() ([]string, error) {
	fields, err := t.csv.Read()
	var parse *csv.ParseError
	switch _, bad := err.(*InputError); {
	case err == nil, err == io.EOF, bad:
		return fields, err
	case !errors.As(err, &parse):
		return nil, fmt.Errorf("recordings: %s: %w", t.file, err)
	case parse.Err != csv.ErrFieldCount:
		return nil, &InputError{File: t.file, Line: parse.Line, Reason: parse.Err.Error()}
	}
	reason := fmt.Sprintf("%d fields, must be %d as in the header", len(fields), t.csv.FieldsPerRecord)
	if len(fields) > t.csv.FieldsPerRecord {
		reason += "; is there a decimal comma or a comma within a text?"
	}
	return nil, t.wrong("", "", reason)
}

// line is the number of the line that next returned.
func (t *table) line() int {
	line, _ := t.csv.FieldPos(0)
	return line
}

// wrong is an error in that line.
func (t *table) wrong(column, value, reason string) error {
	return &InputError{File: t.file, Line: t.line(), Column: column, Value: strings.Clone(value), Reason: reason}
}
