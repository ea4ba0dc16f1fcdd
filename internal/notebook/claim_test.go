package notebook

import (
	"strings"
	"testing"

	"credo/pkg/viz"
)

func TestParseClaim(t *testing.T) {
	want := Claim{Text: "hits", Got: "NaN", Want: "1", Tolerance: "+Inf", Holds: false}
	for _, value := range []any{
		`{"text":"hits","got":"NaN","want":"1","tolerance":"+Inf","holds":false}`,
		map[string]any{"text": "hits", "got": "NaN", "want": "1", "tolerance": "+Inf", "holds": false},
	} {
		if got, err := ParseClaim(value); err != nil || got != want {
			t.Errorf("%v gives %+v, %v", value, got, err)
		}
	}
	for value, part := range map[string]string{
		`{`:                                     "cannot be read",
		`[]`:                                    "cannot be read",
		`{"got":"1","holds":true}`:              "without text",
		`{"text":"x","holds":true}`:             "without text, got",
		`{"text":"x","got":"1"}`:                "holds",
		`{"text":"x","got":"1","holds":"yes"}`:  "cannot be read",
		`{"text":"x","got":1,"holds":true}`:     "cannot be read",
		`{"text":"x","got":"one","holds":true}`: `"one" is not a number`,
		`{"text":"x","got":"1","low":"a","holds":true}`: `"a" is not a number`,
	} {
		if _, err := ParseClaim(value); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: error %v, want one with %q", value, err, part)
		}
	}
}

func TestClaimType(t *testing.T) {
	if ClaimMIME != viz.ClaimMIME {
		t.Errorf("%q, but the claims of viz have %q", ClaimMIME, viz.ClaimMIME)
	}
}

func TestExpected(t *testing.T) {
	for want, c := range map[string]Claim{
		"1 ± 0.1":    {Want: "1", Tolerance: "0.1"},
		"1":          {Want: "1"},
		"0 to 2":     {Low: "0", High: "2"},
		"at least 0": {Low: "0", High: "+Inf"},
		"at most 2":  {Low: "-Inf", High: "2"},
		"":           {},
	} {
		if got := c.Expected(); got != want {
			t.Errorf("%+v: %q, want %q", c, got, want)
		}
	}
}
