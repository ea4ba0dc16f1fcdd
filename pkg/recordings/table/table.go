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
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
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
}

// longest is the greatest length of a line, in bytes.
const longest = 1 << 16

// tried is how many rows at the beginning tell how a file is written.
const tried = 200

// row is one of them.
type row struct {
	fields []string
	line   int
}

// Open reads the beginning and sets the fields that were guessed. fits says how
// many fields of a row are names of columns. An *Error says what is wrong or
// asks.
func (t *Table) Open(r io.Reader, fits func(fields []string) int) error {
	t.grouped = t.Decimal != ""
	if t.Separator != "" && !slices.Contains(separators, t.Separator) || !slices.Contains([]string{"", ".", ","}, t.Decimal) {
		return t.fault(0, "the separator must be one of , ; a tab or a blank, and the decimal mark . or ,")
	}
	in := bufio.NewReaderSize(r, longest+1)
	head, err := in.Peek(longest)
	if len(head) == 0 && err != nil && err != io.EOF { // else it comes again
		return fmt.Errorf("recordings: %s: %w", t.File, err)
	}
	for magic, what := range foreign {
		if bytes.HasPrefix(head, []byte(magic)) {
			return t.fault(0, what)
		}
	}
	switch {
	case len(head) == 0:
		return t.fault(0, "the file is empty, must have a header")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return t.workbook(in, fits)
	}
	text := &text{t: t, in: in, encoding: "UTF-8"}
	if order := unicode(head); order != "" {
		text.in, text.encoding = bufio.NewReaderSize(&wide{in: in, big: order == "UTF-16 BE"}, longest+1), order
		head, _ = text.in.Peek(longest)
	}
	text.end = '\n'
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		text.end = '\r'
	}
	if first := strings.TrimSpace(strings.TrimPrefix(string(head[:min(8, len(head))]), "\ufeff")); strings.HasPrefix(first, "IGOR") {
		return t.igor(text, fits)
	}
	return t.plain(text, head, fits)
}

// foreign are the first bytes of files that are no table, and what to do.
var foreign = map[string]string{
	"\xff\xfe\x00\x00":  "the file is UTF-32, must be UTF-8 or UTF-16",
	"\xd0\xcf\x11\xe0":  "an old workbook (.xls): save it as .xlsx or as CSV",
	"\x89HDF\r\n\x1a\n": "an HDF5 file: if it is NWB, cmd/recordings/recipes makes a table of it",
	"ABF2":              "an ABF file: cmd/recordings/recipes makes a table of it",
	"ABF ":              "an ABF file: cmd/recordings/recipes makes a table of it",
	"\x1f\x8b":          "a compressed file: uncompress it",
	"%PDF":              "a PDF file, must be text or a workbook",
}

// unicode is the order of bytes of a file in UTF-16, by its mark or the zero
// bytes of its first characters, or empty.
func unicode(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), len(head) > 3 && head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0:
		return "UTF-16 LE"
	case bytes.HasPrefix(head, []byte("\xfe\xff")), len(head) > 3 && head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0:
		return "UTF-16 BE"
	}
	return ""
}

// wide reads UTF-16 as UTF-8.
type wide struct {
	in   io.Reader
	big  bool
	rest []byte
	high rune // a first half whose second is to come
}

func (w *wide) Read(p []byte) (int, error) {
	for len(w.rest) == 0 {
		var raw [4096]byte
		n, err := io.ReadFull(w.in, raw[:])
		if n%2 == 1 {
			return 0, errors.New("the file ends within a character; is it truncated?")
		}
		for i := 0; i < n; i += 2 {
			c := rune(raw[i]) | rune(raw[i+1])<<8
			if w.big {
				c = rune(raw[i])<<8 | rune(raw[i+1])
			}
			switch {
			case w.high != 0:
				w.rest, w.high = utf8.AppendRune(w.rest, utf16.DecodeRune(w.high, c)), 0
			case 0xd800 <= c && c < 0xdc00:
				w.high = c
			default:
				w.rest = utf8.AppendRune(w.rest, c)
			}
		}
		if n == 0 {
			if err == io.ErrUnexpectedEOF {
				err = io.EOF
			}
			return 0, err
		}
	}
	n := copy(p, w.rest)
	w.rest = w.rest[n:]
	return n, nil
}

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

// upper is what Windows-1252 has from 0x80 to 0x9f; ? where it has nothing.
var upper = []rune("€?‚ƒ„…†‡ˆ‰Š‹Œ?Ž??‘’“”•–—˜™š›œ?žŸ")

// western reads a line of Windows-1252, of which Latin-1 is a part.
func (x *text) western(line []byte) (out []byte, err error) {
	for _, c := range line {
		r := rune(c)
		if 0x80 <= c && c < 0xa0 {
			if r = upper[c-0x80]; r == '?' {
				return nil, x.t.fault(x.n, fmt.Sprintf("the byte %#x, which neither UTF-8 nor Windows-1252 has", c))
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out, nil
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

var separators = []string{",", ";", "\t", " "}

// plain finds the separator and the header of a text by its first lines, passes
// over the lines to there, and leaves the rest to Next.
func (t *Table) plain(x *text, head []byte, fits func([]string) int) error {
	lines := bytes.SplitAfter(head, []byte{x.end})
	lines = lines[:min(len(lines)-1, tried)] // the last is none, or cut
	if len(lines) == 0 {
		_, err := x.line() // says why
		return err
	}
	var begun []row
	at, best := -1, -1
	for _, separator := range separators {
		if t.Separator != "" && t.Separator != separator {
			continue
		}
		var rows []row
		look := &text{t: t, encoding: x.encoding, end: x.end}
		for i, line := range lines {
			look.in, look.n = bufio.NewReaderSize(bytes.NewReader(line), len(line)+1), i
			l, err := look.line()
			if i == 0 && err != nil {
				return err
			}
			rows = append(rows, row{split(string(l), separator), i + 1}) // an error comes again
		}
		if i, score := t.header(rows, separator == " ", fits); score > best {
			at, best, begun = i, score, rows
			x.separator = separator
		}
	}
	t.Separator = x.separator
	if err := t.begin(begun, at, fits); err != nil {
		return err
	}
	for x.n < t.Line {
		if _, err := x.line(); err != nil {
			return err
		}
	}
	x.csv = csv.NewReader(x)
	x.csv.Comma, x.csv.FieldsPerRecord, x.csv.ReuseRecord, x.before = rune(t.Separator[0]), -1, true, x.n
	t.next = x.next
	ends := map[bool]string{true: "CR", false: "LF or CR LF"}[x.end == '\r']
	t.form = fmt.Sprintf("%s, lines that end with %s, fields separated by %s", x.encoding, ends,
		map[string]string{",": "commas", ";": "semicolons", "\t": "tabs", " ": "blanks"}[t.Separator]) + t.form
	return nil
}

// split is the fields of a line, nil if it has none or quotes are wrong.
func split(line, separator string) []string {
	if separator == " " {
		return strings.Fields(line)
	}
	r := csv.NewReader(strings.NewReader(line))
	r.Comma, r.LazyQuotes = rune(separator[0]), true
	fields, _ := r.Read()
	return fields
}

// next is the fields of the next line that is not blank.
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

// header is the row of names: that which fits best, or else the first of as many
// fields as most rows have and without a number. strict is that it must have as
// many.
func (t *Table) header(rows []row, strict bool, fits func([]string) int) (at, score int) {
	counts, usual := map[int]int{}, 0
	for _, r := range rows {
		if n := len(r.fields); n > 1 {
			if counts[n]++; counts[n] > counts[usual] {
				usual = n
			}
		}
	}
	at = -1
	for i, r := range rows {
		if t.Header > 0 {
			if r.line == t.Header {
				return i, 1000*fits(r.fields) + len(r.fields)
			}
			continue
		}
		if strict && len(r.fields) != usual || blank(r.fields) {
			continue
		}
		s := 1000 * fits(r.fields)
		if len(r.fields) == usual && !slices.ContainsFunc(r.fields, numeric) {
			s += min(usual, 999)
		}
		if s > score {
			at, score = i, s
		}
	}
	if at < 0 && t.Header == 0 { // the first that is a row at all
		at = slices.IndexFunc(rows, func(r row) bool { return !blank(r.fields) })
	}
	return at, score
}

// begin takes the names from a row, units from the next if there is no number in
// it, and the decimal mark from the rows after.
func (t *Table) begin(rows []row, at int, fits func([]string) int) error {
	if at < 0 {
		return t.fault(t.Header, "no header there")
	}
	for _, name := range rows[at].fields {
		t.Names = append(t.Names, clean(name))
	}
	for n := len(t.Names); n > 1 && t.Names[n-1] == ""; n-- {
		t.Names = t.Names[:n-1]
	}
	t.Header, t.Line = rows[at].line, rows[at].line
	if before := rows[:at]; len(before) > 0 && before[0].fields != nil {
		t.form += fmt.Sprintf(", header in line %d, above it %s", t.Header, Quoted(strings.TrimSpace(strings.Join(before[0].fields, " "))))
	} else {
		t.form += fmt.Sprintf(", header in line %d", t.Header)
	}
	rest := slices.DeleteFunc(slices.Clone(rows[at+1:]), func(r row) bool { return blank(r.fields) || strings.HasPrefix(r.fields[0], "#") })
	if len(rest) > 1 && !slices.ContainsFunc(rest[0].fields, numeric) && slices.ContainsFunc(rest[1].fields, numeric) && len(rest[0].fields) <= len(rest[1].fields) {
		for i := range t.Names {
			unit := ""
			if i < len(rest[0].fields) {
				unit = clean(rest[0].fields[i])
			}
			t.Units = append(t.Units, unit)
		}
		t.Line, rest = rest[0].line, rest[1:]
		t.form += fmt.Sprintf(", units in line %d", t.Line)
	}
	for _, r := range rest {
		t.First = append(t.First, slices.Concat(r.fields, make([]string, len(t.Names)))[:len(t.Names)])
	}
	if t.Decimal == "" {
		if err := t.mark(rest, fits); err != nil {
			return err
		}
	}
	t.form += map[string]string{".": ", decimal points", ",": ", decimal commas"}[t.Decimal]
	return nil
}

// mark finds the decimal mark in the columns that fit. Three digits after one mark,
// with one to three before, may be thousands as well as decimals; what else is
// there decides.
func (t *Table) mark(rows []row, fits func([]string) int) error {
	known := make([]bool, len(t.Names))
	for i := range known {
		known[i] = fits(t.Names[i:i+1]) > 0
	}
	type place struct {
		line   int
		column string
		value  string
	}
	var sure [2]place                                   // that the comma, the point is the decimal mark
	var doubt [2]place                                  // that it is so, or stands between thousands
	whole, thousands := map[int]bool{}, map[int]place{} // columns with whole numbers, and with three digits after a point
	for _, r := range rows {
		for i, f := range r.fields {
			digits := strings.TrimLeft(clean(f), "+-")
			if i < len(known) && !known[i] && slices.Contains(known, true) || strings.Trim(digits, "0123456789.,") != "" || digits == "" {
				continue
			}
			here := place{r.line, "a number", clean(f)}
			if i < len(t.Names) {
				here.column = t.Names[i]
			}
			last := strings.LastIndexAny(digits, ".,")
			if last < 0 {
				whole[i] = true
				continue
			}
			k := strings.IndexByte(",.", digits[last])
			before, after := digits[:last], digits[last+1:]
			switch both := strings.ContainsAny(before, ".,"); {
			case both && strings.Count(digits, digits[last:last+1]) > 1: // 1,234,567 or a date
				if strings.Trim(digits, "0123456789"+digits[last:last+1]) == "" && k == 0 {
					sure[1] = here
				}
			case both, len(after) != 3, len(before) > 3, strings.HasPrefix(before, "0"), before == "":
				sure[k] = here
			default:
				doubt[k] = here
				if k == 1 {
					thousands[i] = here
				}
			}
		}
	}
	ask := func(p place, why string) error {
		return &Error{t.File, p.line, p.column, p.value, why + `: say with "decimal": "," or "." in a mapping which mark is the decimal one; the other is then taken to stand between thousands`}
	}
	switch comma, point := sure[0].line > 0, sure[1].line > 0; {
	case comma && point:
		return ask(sure[0], fmt.Sprintf("which has another decimal mark than %q in line %d", sure[1].value, sure[1].line))
	case comma:
		t.Decimal = ","
		return nil
	case doubt[0].line > 0:
		return ask(doubt[0], "in which the comma may be a decimal mark or stand between thousands")
	case !point && t.Separator != ",":
		for i, p := range thousands {
			if whole[i] {
				return ask(p, "in which the point may be a decimal mark or stand between thousands")
			}
		}
	}
	t.Decimal = "."
	return nil
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

// String says how the file is written.
func (t *Table) String() string { return t.form }

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

// numeric is whether a field looks like a number, in whichever way.
func numeric(s string) bool {
	s = clean(s)
	return strings.ContainsAny(s, "0123456789") && strings.Trim(s, "0123456789+-.,eE ") == ""
}

// clean is a field without blanks about it, with minus signs and blanks within as
// of ASCII.
func clean(s string) string { return strings.TrimSpace(cleaner.Replace(s)) }

var cleaner = strings.NewReplacer("\u2212", "-", "\u2013", "-", "\u00a0", " ", "\u2007", " ", "\u2009", " ", "\u202f", " ", "\u200b", "", "\ufeff", "")

// igor reads Igor text: blocks of waves, which stand side by side as columns, all
// in memory.
func (t *Table) igor(x *text, fits func([]string) int) error {
	var columns [][]string
	var lines []int
	first, inside := 0, false // of the block under way
	for {
		raw, err := x.line()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		line := strings.TrimSpace(string(raw))
		switch words := strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }); {
		case inside && strings.EqualFold(line, "END"):
			inside = false
		case inside && line != "":
			fields := split(line, "\t")
			if len(fields) == 1 && len(columns)-first > 1 {
				fields = split(strings.Join(strings.Fields(line), " "), " ")
			}
			if len(fields) != len(columns)-first {
				return t.fault(x.n, fmt.Sprintf("%d values, must be %d, one of each wave of the block; matrices are not read", len(fields), len(columns)-first))
			}
			for i, f := range fields {
				columns[first+i] = append(columns[first+i], strings.Trim(f, `"`))
			}
			if first == 0 {
				lines = append(lines, x.n)
			}
		case strings.EqualFold(line, "BEGIN"):
			inside = true
		case len(words) > 0 && strings.HasPrefix(strings.ToUpper(words[0]), "WAVES"):
			first = len(columns)
			for _, name := range words[1:] {
				t.Names, columns = append(t.Names, strings.Trim(name, "'")), append(columns, nil)
			}
		}
	}
	names := t.Names
	for i, c := range columns {
		if len(c) != len(lines) {
			return t.fault(0, fmt.Sprintf("wave %s has %d values and wave %s %d, must be as many", names[i], len(c), names[0], len(lines)))
		}
	}
	if inside || len(names) == 0 {
		return t.fault(0, "Igor text without WAVES, or that ends within a block; is it truncated?")
	}
	at := func(i int) []string {
		fields := make([]string, len(columns))
		for k := range columns {
			fields[k] = columns[k][i]
		}
		return fields
	}
	var rows []row
	for i := range min(len(lines), tried) {
		rows = append(rows, row{at(i), lines[i]})
	}
	t.Separator, t.Header, t.form = "\t", 0, "Igor text"
	for _, r := range rows {
		t.First = append(t.First, r.fields)
	}
	if t.Decimal == "" {
		if err := t.mark(rows, fits); err != nil {
			return err
		}
	}
	i := -1
	t.next = func() ([]string, int, error) {
		if i++; i >= len(lines) {
			return nil, 0, io.EOF
		}
		return at(i), lines[i], nil
	}
	return nil
}
