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
	"sync"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// tried is how many rows at the beginning tell how a file is written.
const tried = 200

// separators, and what they are called.
var (
	separators = []string{",", ";", "\t", " "}
	called     = map[string]string{",": "commas", ";": "semicolons", "\t": "tabs", " ": "blanks"}
)

// foreign are the first bytes of files that are no table, and what to do.
var foreign = map[string]string{
	"\xff\xfe\x00\x00":  "the file is UTF-32, must be UTF-8 or UTF-16",
	"\xd0\xcf\x11\xe0":  "an old workbook (.xls): save it as .xlsx or as CSV",
	"\x89HDF\r\n\x1a\n": "an HDF5 file: if it is NWB, cmd/recordings/recipes makes a table of it",
	"ABF2\x00":          "an ABF file: cmd/recordings/recipes makes a table of it",
	"\x1f\x8b":          "a compressed file: uncompress it",
	"%PDF":              "a PDF file, must be text or a workbook",
}

// wide are the encodings of two bytes, by their mark.
var wide = []struct {
	name, mark string
	order      unicode.Endianness
}{{"UTF-16 LE", "\xff\xfe", unicode.LittleEndian}, {"UTF-16 BE", "\xfe\xff", unicode.BigEndian}}

// Open reads the beginning and sets the fields that were guessed. fits says how
// many fields of a row are names of columns. An *Error says what is wrong or
// asks.
func (t *Table) Open(r io.Reader, fits func(fields []string) int) error {
	t.grouped = t.Decimal != ""
	if t.Separator != "" && called[t.Separator] == "" || !slices.Contains([]string{"", ".", ","}, t.Decimal) {
		return t.fault(0, "the separator must be one of , ; a tab or a blank, and the decimal mark . or ,")
	}
	in := bufio.NewReaderSize(r, longest+1)
	head, _ := in.Peek(longest + 1) // an error comes again
	for magic, what := range foreign {
		if bytes.HasPrefix(head, []byte(magic)) {
			return t.fault(0, what)
		}
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return t.workbook(in, fits)
	}
	x := &text{t: t, in: in, encoding: "UTF-8", end: '\n'}
	t.text = x
	for i, w := range wide {
		ascii := len(head) > 3 && head[i] != 0 && head[1-i] == 0 && head[2+i] != 0 && head[3-i] == 0 // of two letters
		if bytes.HasPrefix(head, []byte(w.mark)) || ascii {
			narrow := unicode.UTF16(w.order, unicode.IgnoreBOM).NewDecoder().Reader(in)
			x.in, x.encoding = bufio.NewReaderSize(narrow, longest+1), w.name
			head, _ = x.in.Peek(longest + 1)
			break
		}
	}
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		x.end = '\r'
	}
	first, _, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(string(head), "\ufeff")), string(x.end))
	if strings.TrimSpace(first) == "IGOR" {
		return t.igor(x, fits)
	}
	return t.plain(x, head, fits)
}

// western reads a line of Windows-1252, of which Latin-1 is a part.
func (x *text) western(line []byte) (out []byte, err error) {
	for _, c := range line {
		r := charmap.Windows1252.DecodeByte(c)
		if 0x80 <= r && r < 0xa0 || r == utf8.RuneError {
			return nil, x.t.fault(x.n, fmt.Sprintf("the byte %#x, which neither UTF-8 nor Windows-1252 has", c))
		}
		out = utf8.AppendRune(out, r)
	}
	return out, nil
}

// plain finds the separator and the header of a text by its first lines, passes
// over the lines to there, and leaves the rest to Next.
func (t *Table) plain(x *text, head []byte, fits func([]string) int) error {
	whole := head[:bytes.LastIndexByte(head, x.end)+1]
	look := &text{t: t, in: bufio.NewReaderSize(bytes.NewReader(whole), longest+1), encoding: x.encoding, end: x.end}
	var lines []string
	for len(lines) < tried {
		line, err := look.line()
		if err == io.EOF {
			break
		}
		if err != nil && len(lines) == 0 {
			return err
		}
		lines = append(lines, string(line)) // an error comes again
	}
	if lines == nil {
		if _, err := x.line(); err != io.EOF { // says why
			return err
		}
		return t.fault(0, "the file is empty, must have a header")
	}
	ends := map[byte]string{'\r': "CR", '\n': "LF or CR LF"}[x.end]
	var ways []way
	for _, s := range separators {
		if t.Separator != "" && t.Separator != s {
			continue
		}
		w := way{separator: s, form: fmt.Sprintf("lines that end with %s, fields separated by %s", ends, called[s])}
		for i, line := range lines {
			w.rows = append(w.rows, row{split(line, s), i + 1})
		}
		ways = append(ways, w)
	}
	if err := t.begin(ways, fits); err != nil {
		return err
	}
	for x.n < t.Line {
		if _, err := x.line(); err != nil {
			return err
		}
	}
	t.next = x.rows()
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

// way is one of the ways in which the first rows of a file may be read.
type way struct {
	sheet, separator, form string
	rows                   []row
}

// header is the row of names: that which fits best, or else the first of as many
// fields as most rows have and without a number. Between blanks it must have as
// many.
func (t *Table) header(w way, fits func([]string) int) (at, score int) {
	counts, usual := map[int]int{}, 0
	for _, r := range w.rows {
		if n := len(r.fields); n > 1 {
			if counts[n]++; counts[n] > counts[usual] {
				usual = n
			}
		}
	}
	may := func(r row) bool { return !blank(r.fields) }
	if t.Header > 0 {
		may = func(r row) bool { return r.line == t.Header }
	}
	at = -1
	for i, r := range w.rows {
		n := len(r.fields)
		if !may(r) || w.separator == " " && n != usual && t.Header == 0 {
			continue
		}
		s := 1000 * fits(r.fields)
		if t.Header > 0 || n == usual && !slices.ContainsFunc(r.fields, numeric) {
			s += min(n, 999)
		}
		if s > score {
			at, score = i, s
		}
	}
	if at < 0 { // the first that is a row at all
		at = slices.IndexFunc(w.rows, may)
	}
	return at, score
}

// begin takes the way whose header fits best, the names from there, units from the
// next row if there is no number in it, and the decimal mark from the rows after.
func (t *Table) begin(ways []way, fits func([]string) int) error {
	at, best, rows := -1, -1, []row(nil)
	for _, w := range ways {
		if i, score := t.header(w, fits); i >= 0 && score > best {
			at, best, rows = i, score, w.rows
			t.Sheet, t.Separator, t.form = w.sheet, w.separator, w.form
		}
	}
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
	t.form += fmt.Sprintf(", header in line %d", t.Header)
	if at > 0 && rows[0].fields != nil {
		t.form += ", above it " + Quoted(strings.TrimSpace(strings.Join(rows[0].fields, " ")))
	}
	rest := slices.DeleteFunc(slices.Clone(rows[at+1:]), func(r row) bool { return blank(r.fields) || strings.HasPrefix(r.fields[0], "#") })
	words := func(r row) bool { return !slices.ContainsFunc(r.fields, numeric) }
	if len(rest) > 1 && words(rest[0]) && !words(rest[1]) && len(rest[0].fields) <= len(rest[1].fields) {
		for _, unit := range t.full(rest[0].fields) {
			t.Units = append(t.Units, clean(unit))
		}
		t.Line = rest[0].line
		t.form += fmt.Sprintf(", units in line %d", t.Line)
		rest = rest[1:]
	}
	return t.keep(rest, fits)
}

// keep keeps the first rows, and finds the decimal mark in them.
func (t *Table) keep(rows []row, fits func([]string) int) (err error) {
	for _, r := range rows {
		t.First = append(t.First, t.full(r.fields))
	}
	if t.Decimal == "" {
		t.Decimal, err = t.mark(rows, fits)
	}
	t.form += map[string]string{".": ", decimal points", ",": ", decimal commas"}[t.Decimal]
	return err
}

// full is as many fields of a row as there are names.
func (t *Table) full(fields []string) []string {
	return slices.Concat(fields, make([]string, len(t.Names)))[:len(t.Names)]
}

// igor reads Igor text: blocks of waves, which stand side by side as columns, all
// in memory.
func (t *Table) igor(x *text, fits func([]string) int) error {
	var rows []row
	first, values, inside := 0, 0, false // of the block under way
	even := func() error {
		if values == len(rows) {
			return nil
		}
		return t.fault(0, fmt.Sprintf("wave %s has %d values and wave %s %d, must be as many", t.Names[first], values, t.Names[0], len(rows)))
	}
	for {
		raw, err := x.line()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		line := strings.TrimSpace(string(raw))
		switch words := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(", \t", r) }); {
		case inside && strings.EqualFold(line, "END"):
			inside = false
		case inside && line != "":
			fields, waves := split(line, "\t"), len(t.Names)-first
			if len(fields) == 1 && waves > 1 {
				fields = split(strings.Join(strings.Fields(line), "\t"), "\t")
			}
			if len(fields) != waves {
				return t.fault(x.n, fmt.Sprintf("%d values, must be %d, one of each wave of the block; matrices are not read", len(fields), waves))
			}
			for i := range fields {
				fields[i] = strings.Trim(fields[i], `"`)
			}
			if first == 0 {
				rows = append(rows, row{line: x.n})
			}
			if values < len(rows) {
				rows[values].fields = append(rows[values].fields, fields...)
			}
			values++
		case strings.EqualFold(line, "BEGIN"):
			inside = true
		case len(words) > 0 && strings.HasPrefix(strings.ToUpper(words[0]), "WAVES"):
			if err := even(); err != nil {
				return err
			}
			first, values = len(t.Names), 0
			for _, name := range words[1:] {
				t.Names = append(t.Names, strings.Trim(name, "'"))
			}
		}
	}
	if inside || len(t.Names) == 0 {
		return t.fault(0, "Igor text without WAVES, or that ends within a block; is it truncated?")
	}
	if err := even(); err != nil {
		return err
	}
	t.Separator, t.Header, t.form = "\t", 0, "Igor text"
	t.next = func() (r row, err error) {
		if len(rows) == 0 {
			return r, io.EOF
		}
		r, rows = rows[0], rows[1:]
		return r, nil
	}
	return t.keep(rows[:min(len(rows), tried)], fits)
}

// workbook reads the sheet of a workbook whose header fits best: values as they
// are stored, not as they are shown.
func (t *Table) workbook(r io.Reader, fits func([]string) int) error {
	book, err := excelize.OpenReader(r, excelize.Options{RawCellValue: true})
	if err != nil {
		return t.fault(0, "a workbook that cannot be read ("+err.Error()+"): save it again as .xlsx, or as CSV")
	}
	var ways []way
	sheets := book.GetSheetList()
	for _, sheet := range sheets {
		next, err := t.cells(book, sheet)
		if t.Sheet != "" && t.Sheet != sheet || err != nil { // a chart has no rows
			continue
		}
		w := way{sheet: sheet, separator: "\t", form: fmt.Sprintf("workbook, sheet %s of %d", Quoted(sheet), len(sheets))}
		for r, err := next(); err == nil && len(w.rows) < tried; r, err = next() { // an error comes again
			w.rows = append(w.rows, r)
		}
		ways = append(ways, w)
	}
	if !slices.ContainsFunc(ways, func(w way) bool { return w.rows != nil }) {
		return t.fault(0, fmt.Sprintf("no sheet %s with a row in it; the sheets are %s", Quoted(t.Sheet), strings.Join(sheets, ", ")))
	}
	if err := t.begin(ways, fits); err != nil {
		return err
	}
	next, err := t.cells(book, t.Sheet)
	if err != nil {
		return fmt.Errorf("recordings: %s: %w", t.File, err)
	}
	for line := 0; line < t.Line; line++ {
		if _, err := next(); err != nil {
			return err
		}
	}
	large := sync.OnceValue(func() bool {
		size, _ := book.GetSheetDimension(t.Sheet)
		_, corner, _ := strings.Cut(size, ":")
		_, last, _ := excelize.CellNameToCoordinates(corner)
		if last > 100_000 {
			t.form += ", formulas without a value not looked for"
		}
		return last > 100_000
	})
	t.next = func() (row, error) {
		r, err := next()
		if n := len(r.fields); 0 < n && n < len(t.Names) { // empty at the end are not stored
			r.fields = t.full(r.fields)
		}
		if i := slices.Index(r.fields, ""); i < 0 || i >= len(t.Names) || blank(r.fields) {
			return r, err
		}
		if large() {
			return r, err
		}
		for i, f := range r.fields { // a formula without a value looks as if the cell were empty
			cell, _ := excelize.CoordinatesToCellName(i+1, r.line)
			if formula, _ := book.GetCellFormula(t.Sheet, cell); f == "" && formula != "" {
				return r, t.fault(r.line, fmt.Sprintf("cell %s is a formula of which the file has no value: open it in a spreadsheet and save it", cell))
			}
		}
		return r, err
	}
	return nil
}

// cells goes through the rows of a sheet.
func (t *Table) cells(book *excelize.File, sheet string) (func() (row, error), error) {
	rows, err := book.Rows(sheet)
	line := 0
	return func() (r row, err error) {
		line++
		if rows.Next() {
			r.line = line
			r.fields, err = rows.Columns()
		} else if err = rows.Error(); err == nil {
			return r, io.EOF
		}
		if err != nil {
			err = t.fault(line, "the sheet cannot be read: "+err.Error())
		}
		return r, err
	}, err
}
