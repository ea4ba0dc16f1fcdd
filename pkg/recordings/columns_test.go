package recordings_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"credo/pkg/recordings"
)

// The package's comment lists every column of both schemas as the reader knows
// it.
func TestDocumentedSchemas(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for name, columns := range map[string][]recordings.Column{"raw": recordings.RawColumns(), "aggregate": recordings.AggregateColumns()} {
		var want strings.Builder
		for _, c := range columns {
			need := "optional"
			if c.Required {
				need = "required"
			}
			domain := c.Domain
			if rest, ok := strings.CutPrefix(domain, "UTF-8 text, without control characters or space at an end, of at most 1000 bytes"); ok {
				domain = "text" + rest
			}
			line := fmt.Sprintf("//\t%-23s %s  %s", c.Name, need, domain)
			if c.About != "" {
				line += "; " + c.About
			}
			want.WriteString(line + "\n")
		}
		if !strings.Contains(string(doc), want.String()) {
			t.Errorf("doc.go does not list the %s schema as it is:\n%s", name, want.String())
		}
	}
}
