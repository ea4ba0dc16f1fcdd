package recordings

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

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
