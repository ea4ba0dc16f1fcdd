package table_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"credo/internal/refusal"
	"credo/pkg/recordings/table"

	"github.com/xuri/excelize/v2"
)

// fits knows the columns a, b and c.
func fits(fields []string) (n int) {
	for _, f := range fields {
		if slices.Contains([]string{"a", "b", "c"}, strings.TrimSpace(f)) {
			n++
		}
	}
	return n
}

// read is the names and rows of a table, or what refuses it.
func read(t *table.Table, r io.Reader) (rows []string, err error) {
	t.File = "x"
	if err := t.Open(r, fits); err != nil {
		return nil, err
	}
	rows = append(rows, strings.Join(t.Names, "|"))
	for {
		fields, err := t.Next()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, strings.Join(fields, "|"))
	}
}

func TestHowFilesAreWritten(t *testing.T) {
	for _, c := range []struct{ file, rows, form string }{
		{"a,b,c\n1,2,3\n", "a|b|c 1|2|3", "UTF-8, lines that end with LF or CR LF, fields separated by commas, header in line 1, decimal points"},
		{"a;b;c\r\n1,5;2;x\r\n", "a|b|c 1,5|2|x", "semicolons, header in line 1, decimal commas"},
		{"a\tb\r1\t2\r", "a|b 1|2", "end with CR, fields separated by tabs"},
		{"a   b  c\n 1 2   3\n", "a|b|c 1|2|3", "blanks"},
		{"\xff\xfea\x00,\x00b\x00\n\x001\x00,\x002\x00\n\x00", "a|b 1|2", "UTF-16 LE"},
		{"\x00a\x00,\x00b\x00\n\x001\x00,\x002\x00\n", "a|b 1|2", "UTF-16 BE"},
		{"a,b\nRen\xe9,\x80\n", "a|b René|€", "Windows-1252"},
		{"Title, of 2019\n\na,b\n(pA),(min)\n1,2\n", "a|b 1|2", `header in line 3, above it "Title  of 2019", units in line 4`},
		{"# two\n# lines\na,b,,\n1,2,,\n,,,\n# a note\n3,4,,\n", "a|b 1|2 3|4", "header in line 3"},
		{"#1,b\n1,2\n#3,4\n", "#1|b 1|2 #3|4", "header in line 1"},
		{"x;y\n1,5;q\n", "x|y 1,5|q", "semicolons, header in line 1, decimal commas"},
		{"a;b\n-1.234,5;7\n", "a|b -1.234,5|7", "decimal commas"},
		{"a;b\n1.250;2.500\n", "a|b 1.250|2.500", "decimal points"},
		{"ABF file,a\nf.abf,1\n", "ABF file|a f.abf|1", "decimal points"},
		{strings.Repeat("a", 1<<16) + "\n1\n", strings.Repeat("a", 1<<16) + " 1", "commas"}, // the longest line
		{"IGOR,a\nw,1\n", "IGOR|a w|1", "commas"},
		{"IGOR\nWAVES/T a\nBEGIN\n\"x y\"\n\"z\"\nEND\nX SetScale x 0,1,\"\", a\nWAVES/D/N=(2) b, 'c'\nBEGIN\n1\t2\n3 NaN\nEND\n", "a|b|c x y|1|2 z|3|NaN", "Igor text"},
	} {
		x := &table.Table{}
		rows, err := read(x, strings.NewReader(c.file))
		if got := strings.Join(rows, " "); err != nil || got != c.rows || !strings.Contains(x.String(), c.form) {
			t.Errorf("%q: %q, %v, %v; want %q, %s", c.file, got, x, err, c.rows, c.form)
		}
	}
}

func TestTablesAreRefused(t *testing.T) {
	for file, want := range map[string]string{
		"":                                     "the file is empty",
		"\xd0\xcf\x11\xe0":                     ".xls",
		"\x89HDF\r\n\x1a\n":                    "cmd/recordings/recipes",
		"PK\x03\x04":                           "a workbook that cannot be read",
		"a,b\n1":                               "x:2: the file ends within a line",
		"a,b\n\"1,2\n":                         "x:2: a quote is not closed",
		"a,b\n1,2,3\n":                         "x:2: 3 fields, must be 2",
		"a,b\n1\n":                             "x:2: 1 fields, must be 2",
		"a,b\n1,2\r3,4\n":                      "x:2: a carriage return within the line",
		"a,b\né,2\nRen\xe9,2\n":                "x:3: letters of another encoding",
		"a,b\nRen\xe9,2\né,2\n":                "x:3: letters of another encoding",
		"a,b\n\x81,2\n":                        "x:2: the byte 0x81",
		"a;b\n1,234;5\n":                       `x:2: a = "1,234", in which the comma may be a decimal mark or stand between thousands`,
		"a,b\n\"1,234\",5\n":                   `x:2: a = "1,234", in which the comma may be`,
		"a;b\n1.234;5\n7;8\n":                  `x:2: a = "1.234", in which the point may be`,
		"a;b\n1,5;2.5\n":                       `x:2: a = "1,5", which has another decimal mark than "2.5" in line 2`,
		"a;b\n1,234,567;1,5\n":                 "which has another decimal mark",
		"IGOR\nWAVES a b\nBEGIN\n1 2 3\nEND\n": "x:4: 3 values, must be 2",
		"IGOR\nWAVES a\nBEGIN\n1\n":            "ends within a block",
		"IGOR\nWAVES a\nBEGIN\n1\nEND\nWAVES b\n": "wave b has 0 values and wave a 1",
		"ABF2\x00\x00\x06\x02":                    "an ABF file",
		"ABF \xa4\x70\xfd\x3f\x01\x00":            "a zero byte",
		strings.Repeat("a", 1<<16+1) + "\n1\n":    "x:1: the line is longer than 65536 bytes",
		"\xff\xfea\x00,":                          "the file ends within a character",
	} {
		_, err := read(&table.Table{}, strings.NewReader(file))
		refusal.Mentions(t, err, want)
	}
	_, err := read(&table.Table{Separator: "|"}, strings.NewReader("a|b\n"))
	refusal.Mentions(t, err, "the separator must be one of")
}

// A file that cannot be read further says so with its name, however it is written.
func TestReadingFails(t *testing.T) {
	for _, head := range []string{"", "a,b\n1,2\n", "a b\n1 2\n", "IGOR\nWAVES a\n", "\xff\xfea\x00,\x00b\x00\n\x00"} {
		_, err := read(&table.Table{}, io.MultiReader(strings.NewReader(head), iotest.ErrReader(errors.New("the disk is gone"))))
		refusal.Mentions(t, err, "recordings: x: the disk is gone")
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		decimal, text string
		want          float64 // NaN: none
	}{
		{".", "1.5", 1.5}, {".", "\u22121.5", -1.5}, {".", "\u00a01\u202f234.5", 1234.5}, {".", "1e-3", 1e-3}, {".", "1,234", 1234}, {".", "1,23", math.NaN()},
		{".", "0x1p3", math.NaN()}, {".", "1_0", math.NaN()}, {".", "", math.NaN()}, {".", "12,34,567", math.NaN()}, {".", "-1,234,567.5", -1234567.5},
		{",", "1,5", 1.5}, {",", "1.234,5", 1234.5}, {",", "1.5", math.NaN()}, {",", "-1.234", -1234}, {",", "1,2,3", math.NaN()}, {",", "7", 7},
	} {
		x := &table.Table{Decimal: c.decimal}
		if err := x.Open(strings.NewReader("a,b\n1,2\n"), fits); err != nil {
			t.Fatal(err)
		}
		if got, ok := x.Number(c.text); ok == math.IsNaN(c.want) || ok && got != c.want {
			t.Errorf("%q with decimal %q: %v, %v; want %v", c.text, c.decimal, got, ok, c.want)
		}
	}
	x := &table.Table{} // what was not said is not taken to stand between thousands
	if err := x.Open(strings.NewReader("a,b\n1.5,2\n"), fits); err != nil {
		t.Fatal(err)
	}
	if got, ok := x.Number("1,234"); ok {
		t.Errorf("1,234 is read as %v", got)
	}
}

// The sheet whose header fits is read, as its values are stored; a formula without
// a value is refused.
func TestWorkbooks(t *testing.T) {
	book := excelize.NewFile()
	book.NewSheet("data")
	for cell, value := range map[string]any{"A1": "a title", "A3": "a", "B3": "b", "A4": 0.123456, "B4": "x", "A5": 2} {
		if err := book.SetCellValue("data", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	style, _ := book.NewStyle(&excelize.Style{NumFmt: 1}) // shows no decimals
	book.SetCellStyle("data", "A4", "A4", style)
	bytesOf := func() io.Reader {
		var b bytes.Buffer
		if err := book.Write(&b); err != nil {
			t.Fatal(err)
		}
		return &b
	}
	x := &table.Table{}
	rows, err := read(x, bytesOf())
	if got := strings.Join(rows, " "); err != nil || got != "a|b 0.123456|x 2|" || x.Sheet != "data" || !strings.Contains(x.String(), `sheet "data" of 2, header in line 3`) {
		t.Errorf("%q, %v, %v", got, x, err)
	}
	_, err = read(&table.Table{Sheet: "other"}, bytesOf())
	refusal.Mentions(t, err, `no sheet "other"`, "Sheet1, data")
	book.SetCellFormula("data", "B5", "=A4+1")
	_, err = read(&table.Table{}, bytesOf())
	refusal.Mentions(t, err, "x:5: cell B5 is a formula of which the file has no value")
}

// Memory does not grow with the file: 40 MB are read in less than 4.
func TestMemoryIsConstant(t *testing.T) {
	line := []byte("1.25,some text,-3\n")
	in := io.MultiReader(strings.NewReader("a,b,c\n"), &repeated{line, 40_000_000 / len(line)})
	x := &table.Table{}
	if err := x.Open(in, fits); err != nil {
		t.Fatal(err)
	}
	before, most := uint64(0), uint64(0)
	for n := 0; ; n++ {
		if _, err := x.Next(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if n%500_000 == 1 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			if before == 0 {
				before = m.HeapAlloc
			}
			most = max(most, m.HeapAlloc)
		}
	}
	if most > before+4<<20 {
		t.Errorf("%d bytes at first, %d later", before, most)
	}
}

// repeated is a text so many times.
type repeated struct {
	text []byte
	left int
}

func (r *repeated) Read(p []byte) (n int, err error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	for r.left > 0 && len(p)-n >= len(r.text) {
		n += copy(p[n:], r.text)
		r.left--
	}
	return n, nil
}
