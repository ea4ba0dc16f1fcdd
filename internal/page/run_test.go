package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"credo/internal/notebook"
)

func TestControl(t *testing.T) {
	for _, c := range []struct {
		kind, value, usage string
		want               control
	}{
		{"Float64", "0.05", "b, offset of the E/I line", control{Symbol: "b", Low: 0.0125, High: 0.2, Ratio: true}},
		{"Float64", "0.2", "f, active fraction of the inputs", control{Symbol: "f", High: 1}},
		{"Float64", "0", "θ, in units of the currents", control{Symbol: "θ", High: 1}},
		{"Int", "2", "P/N of something", control{Symbol: "P/N", Whole: true, Low: 1, High: 8, Ratio: true}},
		{"Int", "24", "independent neurons", control{Whole: true, Low: 6, High: 96, Ratio: true, Repeats: true}},
		{"Uint64", "1", "of every random stream", control{Whole: true}},
		{"Float64", "math.Pi", "angle", control{}},
		{"Float64", "-1", "a level", control{}},
		{"Float64", "0.2", "f_Y", control{Symbol: "f_Y", Low: 0.05, High: 0.8, Ratio: true}},
		{"Float64", "300", "time of learning", control{Low: 75, High: 1200, Ratio: true}},
		{"Float64", "0.9", "a of the other regime, below 1", control{Symbol: "a", High: 1}},
		{"Int", "0x2a", "a code", control{Whole: true}},
	} {
		c.want.Name, c.want.Default, c.want.Usage = "x", c.value, c.usage
		got, ok := newControl(notebook.Parameter{Name: "x", Kind: c.kind, Default: c.value, Usage: c.usage})
		if !ok || got != c.want {
			t.Errorf("%s %s %q: %+v, want %+v", c.kind, c.value, c.usage, got, c.want)
		}
	}
	if c, _ := newControl(notebook.Parameter{Name: "similarity", Kind: "Float64", Default: "0.7", Usage: "r, of a pattern to its cause"}); c.High != 1 {
		t.Errorf("a similarity up to %v", c.High)
	}
	if _, ok := newControl(notebook.Parameter{Name: "data", Kind: "String"}); ok {
		t.Error("a text has a control")
	}
}

// The page of a chapter that can be run has what its script needs, the others nothing.
func TestRuns(t *testing.T) {
	claim := `{"text": "a", "got": "1", "want": "1", "tolerance": "0", "holds": true}`
	b := two(first, second)
	b.Chapters[0].Cells = append(b.Chapters[0].Cells,
		&notebook.Cell{Type: "code", Count: 1, Source: `var b = flag.Float64("b", 0.05, "b")`, Metadata: map[string]any{"tags": []any{"parameters"}}},
		&notebook.Cell{Type: "code", Count: 2, Source: "%%", Outputs: []notebook.Output{{Name: "stdout", Text: "</script>\n"}, {Data: map[string]any{notebook.ClaimMIME: claim}}}})
	b.Chapters[0].Run = &Run{Digest: "d", Cells: []RunCell{{Number: 2, Args: []string{"--b=1"}, Seconds: 12}}}
	text, err := NewBook(b).Render("03_a", "")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), `<script class="run" type="application/json">`)
	data, _, _ := strings.Cut(rest, "</script>")
	var got running
	if err := json.Unmarshal([]byte(data), &got); !found || err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	cell := got.Cells[0]
	if got.Digest != "d" || got.Parameters != 1 || len(got.Controls) != 1 || cell.Number != 2 || cell.Args[0] != "--b=1" || cell.Seconds != 12 ||
		cell.Outputs[0].Digest != checksum("</script>") || cell.Outputs[1].Claim.Got != "1" {
		t.Errorf("%+v", got)
	}
	if other, err := NewBook(b).Render("04_b", ""); err != nil || bytes.Contains(other, []byte(`class="run"`)) {
		t.Errorf("a chapter that does not run has a script, or %v", err)
	}
}

// Bytes come back from the letters, none of which is barred, at a seventh more than they are.
func TestSevens(t *testing.T) {
	back := func(text string) (bits string) {
		for _, r := range text {
			if r < 128 {
				bits += fmt.Sprintf("%07b", r)
			} else {
				bits += fmt.Sprintf("%07b%07b", barred[(r-128)/128], (r-128)%128)
			}
		}
		return bits
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for n := range 200 {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(rng.Uint32() >> (n % 9)) // now and then many zeros
		}
		text, want := sevens(b), ""
		for _, x := range b {
			want += fmt.Sprintf("%08b", x)
		}
		if got := back(text); !strings.HasPrefix(got, want) || len(got) > len(want)+13 || strings.Contains(got[len(want):], "1") {
			t.Fatalf("%x: %q is %s", b, text, got)
		}
		if strings.ContainsAny(text, barred) || len(text) > n*8/7+2 {
			t.Fatalf("%x: %q", b, text)
		}
	}
}

// The digest is that of FNV-1a as others have it: of nothing it is the offset basis.
func TestChecksum(t *testing.T) {
	for text, want := range map[string]string{"": "811c9dc5-0", "a": "e40c292c-1", "a\n": "e40c292c-1"} {
		if got := checksum(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
