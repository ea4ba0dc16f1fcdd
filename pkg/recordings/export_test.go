package recordings

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"
	"testing"

	"credo/internal/domain"
)

// What the tests outside of the package share with it.
var Collect = collect

// Shorter is n, or its part in short mode.
func Shorter(n, by int) int {
	if testing.Short() {
		return n / by
	}
	return n
}

// ReadRaw is the rows of a raw file whose units are as the schema has them, of
// whatever magnitude.
func ReadRaw(r io.Reader, name string) iter.Seq2[Sweep, error] {
	return read(r, name, &raw, (*File).Sweeps)
}

// ReadAggregate is the rows of an aggregate file so.
func ReadAggregate(r io.Reader, name string) iter.Seq2[Aggregate, error] {
	return read(r, name, &aggregate, (*File).Aggregates)
}

func read[T any](r io.Reader, name string, s *schema[T], rows func(*File) iter.Seq2[T, error]) iter.Seq2[T, error] {
	m := Mapping{Schema: s.kind, Units: map[string]string{}}
	for _, c := range s.columns {
		if c.largest != (domain.Interval{}) {
			m.Units[c.name] = c.name[strings.LastIndex(c.name, "_")+1:]
		}
	}
	f, _ := Read(r, name, m) // rows say what is wrong
	return rows(f)
}

// Load opens a file and takes its responses.
func Load(path string, f Fold) ([]Response, Account, error) {
	file, err := Open(path, Mapping{})
	if err != nil {
		return nil, Account{}, err
	}
	return file.Responses(f)
}

// The package's comment lists every column of both schemas as the reader knows it,
// and no other.
func TestDocumentedSchemas(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, doc, _ = bytes.Cut(doc, []byte("\n// # Files"))
	var got []string
	for line := range strings.Lines(string(doc)) {
		if line, ok := strings.CutPrefix(line, "//\t"); ok {
			line, _, _ = strings.Cut(strings.TrimSpace(line), "; ") // what follows explains
			got = append(got, line)
		}
	}
	want := append(documented(&raw.form, raw.fields(new(Sweep))), documented(&aggregate.form, aggregate.fields(new(Aggregate)))...)
	if !slices.Equal(got, want) {
		t.Errorf("doc.go does not list the schemas as they are:\n%s", strings.Join(want, "\n"))
	}
}

func documented(f *form, fields []any) (list []string) {
	for i, c := range f.columns {
		need := map[bool]string{true: "optional", false: "required"}[c.optional]
		words := strings.Replace(c.domain(fields[i]), "text, without control characters, of at most 1000 bytes", "text", 1)
		list = append(list, fmt.Sprintf("%-23s %s  %s", c.name, need, words))
	}
	return list
}
