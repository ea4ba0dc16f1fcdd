package book

import (
	"fmt"
	"testing"
)

func TestReads(t *testing.T) {
	p, err := Convert("nb", []Cell{
		{1, "var n = flag.Int(\"neurons\", 3, \"\")\nvar (\n\tb = flag.Float64(\"offset\", 1, \"\")\n\tseed = flag.Uint64(\"seed\", 1, \"\")\n)"},
		{2, "type kind struct{ x int }\nfunc (k kind) far() float64 { return *b }"},
		{3, "func near() float64 { return kind{1}.far() + near2() }\nfunc near2() float64 { return near() }"},
		{4, "%%\nprintln(near())"},
		{5, "%% --seed=2\nprintln(*n, *seed)"},
		{6, "%%\nprintln(1)"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[int]string{4: "[offset]", 5: "[neurons seed]", 6: "[]", 7: "[]"} {
		if got := fmt.Sprint(p.Reads(cell)); got != want {
			t.Errorf("In [%d] reads %s, want %s", cell, got, want)
		}
	}
}
