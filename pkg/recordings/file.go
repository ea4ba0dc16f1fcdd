package recordings

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"credo/pkg/recordings/table"
)

//go:embed example.csv
var example []byte

// Example returns a small file of the raw schema, "example.csv": eight cells
// paired with acetylcholine and eight sham cells. Its sweeps were drawn by a
// generator, and every row says so. It shows the schema, and nothing about the brain.
func Example() io.Reader { return bytes.NewReader(example) }

// File is a file whose columns are known. It is gone through anew for every
// question, with a line of text in memory and 60 bytes a row for what finds
// duplicates.
type File struct {
	name     string
	mapping  Mapping
	open     func() (io.ReadCloser, error)
	once     bool         // it cannot be opened anew
	begun    *table.Table // then, what is gone through
	fit      map[string]bool
	layout   *layout
	written  string // how
	decimal  bool   // which mark is the decimal one has to be said
	problems error
}

// Open finds out how a file is written and what its columns are, by the names
// that laboratories use and by a mapping, whose zero value leaves all to the
// file. It returns an error, of the package table if the file is at fault, that
// names at once every column that is missing or ambiguous; and with it the file,
// as far as it could be made out, whose String and Template help to mend it.
func Open(path string, m Mapping) (*File, error) {
	f := &File{name: filepath.Base(path), mapping: m, open: func() (io.ReadCloser, error) { return os.Open(path) }}
	if runtime.GOOS == "js" {
		f.problems = fmt.Errorf("recordings: %s cannot be opened in a browser, which has no files: Read takes a reader", path)
		return f, f.problems
	}
	return f, f.begin()
}

// Read is Open for what is not on a disk; errors call it by the name. What cannot
// be rewound can be gone through once.
func Read(r io.Reader, name string, m Mapping) (*File, error) {
	s, again := r.(io.Seeker)
	f := &File{name: name, mapping: m, once: !again}
	f.open = func() (_ io.ReadCloser, err error) {
		if again {
			_, err = s.Seek(0, io.SeekStart)
		} else if f.layout != nil {
			err = fmt.Errorf("%s can be gone through once, as it cannot be rewound", name)
		}
		return io.NopCloser(r), err
	}
	return f, f.begin()
}

// fits counts the names of columns in a row.
func (f *File) fits(fields []string) (n int) {
	for _, name := range fields {
		name = strings.TrimSpace(name)
		is, ok := f.fit[name]
		if _, err := strconv.ParseFloat(name, 64); !ok && err != nil && name != "" {
			is = f.is(name)
			f.fit[name] = is
		}
		if is {
			n++
		}
	}
	return n
}

// table opens the table anew.
func (f *File) table() (*table.Table, io.Closer, error) {
	if t := f.begun; t != nil {
		f.begun = nil
		return t, io.NopCloser(nil), nil
	}
	r, err := f.open()
	if err != nil {
		return nil, io.NopCloser(nil), fmt.Errorf("recordings: %w", err)
	}
	t := &table.Table{File: f.name, Sheet: f.mapping.Sheet, Separator: f.mapping.Separator, Decimal: f.mapping.Decimal, Header: f.mapping.Header}
	return t, r, t.Open(r, f.fits)
}

// begin finds the columns.
func (f *File) begin() (err error) {
	defer func() { f.problems = err }()
	f.fit = map[string]bool{}
	t, r, err := f.table()
	defer r.Close()
	if err != nil {
		f.decimal = t != nil && t.Names != nil && t.Decimal == ""
		return err
	}
	sweeps, means := lay(&raw.form, t, f.mapping), lay(&aggregate.form, t, f.mapping)
	of, clamp := means.has("excitation") || means.has("inhibition") && !sweeps.has("current_pA"), sweeps.has("holding_mV") // "I" alone is a current
	f.layout, f.written = sweeps, t.String()
	switch kind := f.mapping.Schema; {
	case kind == "aggregate", kind == "" && of && !clamp && means.lacks < sweeps.lacks:
		f.layout = means
	case kind == "" && !of && !clamp:
		sweeps.problem(`if the rows are means, say "schema": "aggregate"`)
	}
	if f.layout.problems != nil {
		return &table.Error{File: f.name, Line: t.Header, Reason: strings.Join(f.layout.problems, "; ")}
	}
	if f.once {
		f.begun = t
	}
	return nil
}

// through goes through the rows.
func through[T any](f *File, s *schema[T], p *pass) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var t *table.Table
		var r io.Closer
		err := f.problems
		if err == nil && f.layout.kind != s.kind {
			err = fmt.Errorf("recordings: %s is of the %s schema, not of the %s schema", f.name, f.layout.kind, s.kind)
		}
		if err == nil {
			t, r, err = f.table()
			defer r.Close()
		}
		if err != nil {
			yield(*new(T), err)
			return
		}
		*p = pass{table: t, layout: f.layout}
		s.rows(p, yield)
		f.written = t.String() // letters beyond ASCII may have come late
		passed := []Item{{"rows that are empty", t.Empty, f.name}, {"lines that are comments", t.Notes, f.name}}
		p.account.Notes = append(p.account.Notes, slices.DeleteFunc(passed, func(i Item) bool { return i.Count == 0 })...)
	}
}

// Schema is "raw" or "aggregate", or empty if the file could not be made out.
func (f *File) Schema() string {
	if f.layout == nil {
		return ""
	}
	return f.layout.kind
}

// Sweeps goes through the rows of a raw file. The first error ends it. Beside the
// domains of the columns, which the package's comment lists, it refuses rows of
// the same animal, cell, condition, channel, sweep, time, level and holding
// potential, a channel that is paired or best in one row and not in another of the
// same experiment, magnitudes that are not those of the unit, and lines of more
// than 65536 bytes.
func (f *File) Sweeps() iter.Seq2[Sweep, error] { return through(f, &raw, &pass{}) }

// Aggregates goes through the rows of an aggregate file. It refuses rows of the
// same source, figure, animal, cell, condition, channel and time, two units within
// a figure, magnitudes relative to the baseline, and what Sweeps does.
func (f *File) Aggregates() iter.Seq2[Aggregate, error] { return through(f, &aggregate, &pass{}) }

// Responses folds the sweeps of a raw file, or takes the means of an aggregate
// one, and accounts for what was assumed, ignored and left out.
func (f *File) Responses(fold Fold) (all []Response, account Account, err error) {
	var p pass
	if f.Schema() == "aggregate" {
		all, account, err = collect(through(f, &aggregate, &p))
	} else {
		all, account, err = fold.Sweeps(through(f, &raw, &p))
	}
	if err == nil && account.Rows == 0 {
		err = &table.Error{File: f.name, Reason: "no row after the header"}
	}
	if err != nil {
		return nil, Account{}, err
	}
	account.LeftOut = append(p.account.LeftOut, account.LeftOut...)
	for _, what := range f.layout.assumed {
		p.account.note("assumption, that "+what, func() string { return f.name })
	}
	for _, name := range f.layout.ignored {
		p.account.note("columns of the file that are not read", func() string { return name })
	}
	account.Notes = append(p.account.Notes, account.Notes...)
	return all, account, nil
}

// collect makes responses of the rows of an aggregate file, in their order, with
// an account of what they lack. Without an animal, the source and figure stand
// for it. It returns an error where the rows end with one.
func collect(rows iter.Seq2[Aggregate, error]) (all []Response, account Account, err error) {
	for a, err := range rows {
		if err != nil {
			return nil, Account{}, err
		}
		account.Rows++
		if a.Animal == "" {
			a.Animal = strings.TrimSpace(a.Source + " " + a.Figure)
		}
		all = append(all, a.Response)
	}
	number(all)
	account.complete(all)
	return all, account, nil
}

// Write writes rows in their schema, with commas, as Read reads them back. It
// returns an error for a row that would be refused.
func Write[T Sweep | Aggregate](w io.Writer, rows iter.Seq[T]) error {
	if s, ok := any(&raw).(*schema[T]); ok {
		return s.write(w, rows)
	}
	return any(&aggregate).(*schema[T]).write(w, rows)
}

// look goes through the file and returns how many rows are read, and the first
// three as they are written.
func (f *File) look() (n int, first string, err error) {
	if f.Schema() == "aggregate" {
		return look(f, &aggregate)
	}
	return look(f, &raw)
}

func look[T any](f *File, s *schema[T]) (n int, first string, err error) {
	var rows []T
	for row, e := range through(f, s, &pass{}) {
		if err = e; err != nil {
			break
		}
		if n++; n <= 3 {
			rows = append(rows, row)
		}
	}
	var b strings.Builder
	if s.write(&b, slices.Values(rows)) == nil {
		first = strings.TrimSpace(b.String())
	}
	return n, first, err
}

// Template is the mapping that says what was found out from the file and its
// names, and, as "?", what has to be added, to be looked through, changed and
// given to Open. Where magnitudes or words are odd it has what would do.
func (f *File) Template() Mapping {
	if f.layout == nil {
		m := f.mapping
		m.About = "How the file is written has to be said. " + fmt.Sprint(f.problems)
		if f.decimal {
			m.Decimal = "?"
		}
		return m
	}
	f.look() // adds to it
	return f.layout.template
}

// String says how the file is written, what its columns are taken for, and what
// became of its rows.
func (f *File) String() string {
	var b strings.Builder
	say := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	say("%s: %s", f.name, f.written)
	if f.layout != nil {
		f.layout.describe(say)
	}
	if f.problems != nil {
		say("refused: %v", f.problems)
		return b.String()
	}
	n, first, err := f.look()
	say("%d rows read, which begin\n  %s", n, strings.ReplaceAll(first, "\n", "\n  "))
	if err != nil {
		say("refused: %v", err)
	}
	return b.String()
}

func (l *layout) describe(say func(format string, a ...any)) {
	say("schema %s%s", l.kind, map[bool]string{true: fmt.Sprintf(", wide: %d rows to a line", len(l.groups))}[l.groups != nil])
	for s := range l.all() {
		from := "from " + table.Quoted(s.header)
		switch {
		case s.at < 0:
			from = "= " + s.value
		case s.scale != 1:
			from += fmt.Sprintf(", times %.4g to be in %s", s.scale, s.base)
		case s.bare:
			from += ", taken to be in " + s.base
		}
		say("  %-22s %s", s.name, from)
	}
	for _, what := range l.assumed {
		say("assumed that %s", what)
	}
	if l.absent != nil {
		say("not there, nor needed: %s", strings.Join(l.absent, ", "))
	}
	if l.ignored != nil {
		say("ignored: %s", quoted(l.ignored, ", "))
	}
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

// quoted is at most thirty names in quotes.
func quoted(names []string, between string) string {
	var all []string
	for _, n := range names[:min(len(names), 30)] {
		all = append(all, table.Quoted(n))
	}
	return strings.Join(all, between)
}
