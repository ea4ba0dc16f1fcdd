package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/recordings"
)

const exports = "../../pkg/recordings/testdata/exports/"

// A spreadsheet, Igor text and decimal commas become the same file, which reads as
// it is; a file that is there is not written over, and none is left of one that is
// refused.
func TestConvert(t *testing.T) {
	folder := t.TempDir()
	var first []byte
	for i, name := range []string{"05_decimal_commas.csv", "18_several_sheets.xlsx", "22_headers_with_units.csv"} {
		out := filepath.Join(folder, string(rune('a'+i))+".csv")
		if err := convert([]string{exports + name, "-o", out}); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = text
		}
		if !bytes.Equal(text, first) || len(text) == 0 {
			t.Errorf("%s is converted to another file", name)
		}
	}
	out := filepath.Join(folder, "a.csv")
	refusal.Mentions(t, convert([]string{"-o", out, out}), "a.csv", "exists")
	bad := filepath.Join(folder, "bad.csv")
	refusal.Mentions(t, convert([]string{exports + "59_plus_minus.csv", "-o", bad}), "±")
	if _, err := os.Stat(bad); err == nil {
		t.Error("a file is left after an error")
	}
	refusal.Mentions(t, convert([]string{out}), "-o must name")
	refusal.Mentions(t, convert(nil), "no file is named")
	refusal.Mentions(t, convert([]string{out, out, "-o", bad}), "one file too many")
}

// The mapping that inspect writes says what it found, and is followed.
func TestInspect(t *testing.T) {
	written := filepath.Join(t.TempDir(), "m.json")
	if err := inspect([]string{exports + "47_quoted.csv", "-template", written}); err == nil || !strings.Contains(err.Error(), "no column animal") {
		t.Errorf("%v, want what is missing", err)
	}
	text, err := os.ReadFile(written)
	if err != nil {
		t.Fatal(err)
	}
	var m recordings.Mapping
	if err := json.Unmarshal(text, &m); err != nil || m.Columns["Animal, strain"] != "animal" {
		t.Errorf("%s, %v", text, err)
	}
	if err := inspect([]string{exports + "47_quoted.csv", "-mapping", written}); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(written, []byte(`{"colums": {}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	refusal.Mentions(t, inspect([]string{exports + "47_quoted.csv", "-mapping", written}), "m.json", "colums")
	refusal.Mentions(t, inspect([]string{filepath.Join(t.TempDir(), "none.csv")}), "none.csv")
}
