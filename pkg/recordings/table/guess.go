//go:build !js

package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

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
	t.text = text
	if order := unicode(head); order != "" {
		text.in, text.encoding = bufio.NewReaderSize(&wide{t: t, in: in, big: order == "UTF-16 BE"}, longest+1), order
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
	t    *Table
	in   io.Reader
	big  bool
	rest []byte
	high rune // a first half whose second is to come
	err  error
}

func (w *wide) Read(p []byte) (int, error) {
	for len(w.rest) == 0 && w.err == nil {
		var raw [4096]byte
		n, err := io.ReadFull(w.in, raw[:])
		if w.err = err; err == io.ErrUnexpectedEOF {
			w.err = io.EOF
		}
		if n%2 == 1 {
			w.err = w.t.fault(0, "the file ends within a character; is it truncated?")
		}
		for i := 0; i+1 < n; i += 2 {
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
	}
	if len(w.rest) == 0 {
		return 0, w.err
	}
	n := copy(p, w.rest)
	w.rest = w.rest[n:]
	return n, nil
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

var separators = []string{",", ";", "\t", " "}

// plain finds the separator and the header of a text by its first lines, passes
// over the lines to there, and leaves the rest to Next.
func (t *Table) plain(x *text, head []byte, fits func([]string) int) error {
	lines := bytes.SplitAfter(head, []byte{x.end})
	lines = lines[:min(len(lines)-1, tried)] // the last is none, or cut
	if len(lines) == 0 {
		if _, err := x.line(); err != io.EOF { // says why
			return err
		}
		return t.fault(0, "the file is empty, must have a header")
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
	t.next = x.split()
	ends := map[bool]string{true: "CR", false: "LF or CR LF"}[x.end == '\r']
	t.form = fmt.Sprintf("lines that end with %s, fields separated by %s", ends,
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

// numeric is whether a field looks like a number, in whichever way.
func numeric(s string) bool {
	s = clean(s)
	return strings.ContainsAny(s, "0123456789") && strings.Trim(s, "0123456789+-.,eE ") == ""
}

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

// workbook reads the sheet of a workbook whose header fits best: values as they
// are stored, not as they are shown.
func (t *Table) workbook(r io.Reader, fits func([]string) int) error {
	book, err := excelize.OpenReader(r, excelize.Options{RawCellValue: true})
	if err != nil {
		return t.fault(0, "a workbook that cannot be read ("+err.Error()+"): save it again as .xlsx, or as CSV")
	}
	var begun []row
	at, best, chosen := -1, -1, ""
	sheets := book.GetSheetList()
	for _, sheet := range sheets {
		next, err := t.cells(book, sheet)
		if t.Sheet != "" && t.Sheet != sheet || err != nil { // a chart has no rows
			continue
		}
		var rows []row
		for len(rows) < tried {
			fields, line, err := next()
			if err != nil {
				break // comes again
			}
			rows = append(rows, row{fields, line})
		}
		if i, score := t.header(rows, false, fits); i >= 0 && score > best {
			at, best, begun, chosen = i, score, rows, sheet
		}
	}
	if chosen == "" {
		return t.fault(0, fmt.Sprintf("no sheet %s with a row in it; the sheets are %s", Quoted(t.Sheet), strings.Join(sheets, ", ")))
	}
	t.Sheet, t.Separator = chosen, "\t"
	if err := t.begin(begun, at, fits); err != nil {
		return err
	}
	t.form = fmt.Sprintf("workbook, sheet %s of %d", Quoted(chosen), len(sheets)) + t.form
	next, err := t.cells(book, chosen)
	if err != nil {
		return fmt.Errorf("recordings: %s: %w", t.File, err)
	}
	for line := 0; line < t.Line; {
		if _, line, err = next(); err != nil {
			return err
		}
	}
	t.next = func() ([]string, int, error) {
		fields, line, err := next()
		for n := len(fields); err == nil && n > 0 && n < len(t.Names); n++ { // empty at the end are not stored
			fields = append(fields, "")
		}
		if i := slices.Index(fields, ""); err == nil && i >= 0 && i < len(t.Names) && !blank(fields) {
			return fields, line, t.formulas(book, fields, line)
		}
		return fields, line, err
	}
	return nil
}

// cells goes through the rows of a sheet.
func (t *Table) cells(book *excelize.File, sheet string) (func() ([]string, int, error), error) {
	rows, err := book.Rows(sheet)
	line := 0
	return func() ([]string, int, error) {
		if !rows.Next() {
			if err := rows.Error(); err != nil {
				return nil, 0, t.fault(line+1, "the sheet cannot be read: "+err.Error())
			}
			return nil, 0, io.EOF
		}
		line++
		fields, err := rows.Columns()
		if err != nil {
			return nil, 0, t.fault(line, "the sheet cannot be read: "+err.Error())
		}
		return fields, line, nil
	}, err
}

// formulas refuses a formula of which no value is stored, which looks as if the
// cell were empty. In sheets of more than 100,000 rows it does not look.
func (t *Table) formulas(book *excelize.File, fields []string, line int) error {
	if t.large == nil {
		size, _ := book.GetSheetDimension(t.Sheet)
		_, corner, _ := strings.Cut(size, ":")
		_, last, _ := excelize.CellNameToCoordinates(corner)
		t.large = new(bool)
		if *t.large = last > 100_000; *t.large {
			t.form += ", formulas without a value not looked for"
		}
	}
	for i := range fields {
		if fields[i] != "" || *t.large {
			continue
		}
		cell, _ := excelize.CoordinatesToCellName(i+1, line)
		if formula, _ := book.GetCellFormula(t.Sheet, cell); formula != "" {
			return t.fault(line, fmt.Sprintf("cell %s is a formula of which the file has no value: open it in a spreadsheet and save it", cell))
		}
	}
	return nil
}
