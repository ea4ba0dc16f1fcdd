package recordings

import (
	"fmt"
	"io"
	"iter"
	"os"
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
	for i := range s.columns {
		if units := unitsOf(s.columns[i].name); units != nil && s.columns[i].largest != (domain.Interval{}) {
			m.Units[s.columns[i].name] = units[0]
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

// The package's comment lists every column of both schemas as the reader knows
// it.
func TestDocumentedSchemas(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[string]string{"raw": documented(raw.columns), "aggregate": documented(aggregate.columns)} {
		if !strings.Contains(string(doc), want) {
			t.Errorf("doc.go does not list the %s schema as it is:\n%s", kind, want)
		}
	}
}

func documented[T any](columns []column[T]) (list string) {
	for _, c := range columns {
		need := map[bool]string{true: "optional", false: "required"}[c.optional]
		words := c.domain()
		if rest, ok := strings.CutPrefix(words, "text, without control characters, of at most 1000 bytes"); ok {
			words = "text" + rest
		}
		list += fmt.Sprintf("//\t%-23s %s  %s", c.name, need, words)
		if c.about != "" {
			list += "; " + c.about
		}
		list += "\n"
	}
	return list
}
