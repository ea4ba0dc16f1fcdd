package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"credo/internal/notebook"
)

// Each way in which a notebook can do at a setting has its verdict.
func TestSettings(t *testing.T) {
	const card = "load P/N      0.5      < 1      holds\ntime, over that      1  ≥ 3  BROKEN\n     why\n"
	f := open(t, map[int]string{2: card},
		`import (
	"credo/pkg/viz"

	"github.com/janpfeifer/must"
)

var (
	channels = flag.Int("channels", 100, "N")
	load     = flag.Float64("load", 0.5, "P/N")
	coding   = flag.Float64("coding", 0.2, "f")
	seed     = flag.Uint64("seed", 1, "of every random stream")
)`,
		`%%
if *load > 1 {
	fmt.Println("load P/N      1.2      < 1      BROKEN\n     too many")
}
fmt.Println("time, over that      1  ≥ 3  BROKEN\n     why")`,
		`%%
viz.Claim("load", *load, 0.5, 0.1)
viz.ClaimBetween("channels", float64(*channels), 60, 1000)`,
		`%%
if *seed == 5 {
	panic("no such seed")
}`,
		`%% --channels=100
viz.Claim("its own channels", float64(*channels), 100, 0)`,
		`%%
if *load > 1 {
	must.M(errors.New("no weights for so many"))
}`)
	var w strings.Builder
	err := f.settings(t.Context(), &w, settings)
	if want := "2 of 6 are unexplained or fail"; err == nil || err.Error() != want {
		t.Errorf("%v, want %q", err, want)
	}
	for setting, want := range map[string]string{
		"θ = 0.1": "not a parameter here", "f = 0.05": "3 0 ok", "f_Y = 0.5": "not a parameter here",
		"P/N = 1.2": "2 1 crosses explained by the card", "N = 50": "2 1 UNEXPLAINED", "seed 5": "3 0 FAILS",
	} {
		found := false
		for line := range strings.Lines(w.String()) {
			if fields := strings.Fields(line); strings.HasPrefix(strings.Join(fields, " "), "07_tiny "+setting+" ") {
				fields = slices.DeleteFunc(fields, func(s string) bool { return s == "s" || strings.Contains(s, ".") && s[0] >= '0' && s[0] <= '9' })
				found = found || strings.HasSuffix(strings.Join(fields, " "), want)
			}
		}
		if !found {
			t.Errorf("%s is not %q in\n%s", setting, want, w.String())
		}
	}
	for _, want := range []string{"In [3]: load: got 1.2, want 0.5 ± 0.1", "the card, broken: load P/N\n", "In [3]: channels: got 50, want 60 to 1000", "In [4] fails: panic: no such seed", "Must not error: no weights for so many\n"} {
		if !strings.Contains(w.String(), want) {
			t.Errorf("it does not say %q:\n%s", want, w.String())
		}
	}
}

func TestSettingsArguments(t *testing.T) {
	one := parameters{{Name: "inputs", Default: "100"}, {Name: "patterns", Default: "40"}}
	for i, want := range []string{"[]", "[]", "[]", "[--patterns=120]", "[--inputs=50 --patterns=20]", "[]"} {
		if got := fmt.Sprint(settings[i].args(one)); got != want {
			t.Errorf("%s: %s, want %s", settings[i].name, got, want)
		}
	}
	two := parameters{{Name: "threshold"}, {Name: "coding"}, {Name: "targets"}, {Name: "load", Default: "2"}, {Name: "channels", Default: "8"}, {Name: "seed"}}
	for i, want := range []string{"[--threshold=0.1]", "[--coding=0.05]", "[--targets=0.5]", "[--load=1.2]", "[--channels=50]", "[--seed=5]"} {
		if got := fmt.Sprint(settings[i].args(two)); got != want {
			t.Errorf("%s: %s, want %s", settings[i].name, got, want)
		}
	}
}

func TestBrokenBy(t *testing.T) {
	output := func(text string) *notebook.Notebook {
		return &notebook.Notebook{Cells: []*notebook.Cell{{Outputs: []notebook.Output{{Type: "stream", Name: "stdout", Text: text}}}}}
	}
	before := output("a b      1  < 1  holds\nnoise, of it   –        < 1/3    BROKEN\n     lower it\n")
	now := output("a b      2  < 1  BROKEN\n     why\nnoise, of it   –        < 1/3    BROKEN\n     lower it\nThe theory is BROKEN here\n")
	if got := fmt.Sprintf("%q %q", brokenBy(before), newlyBroken(before, now)); got != `["noise, of it"] ["a b"]` {
		t.Error(got)
	}
}
