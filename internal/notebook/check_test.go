package notebook

import (
	"strings"
	"testing"
)

func TestExamineFixture(t *testing.T) {
	_, nb := fixture(t)
	claims, failures := nb.Examine("n")
	if len(claims) != 2 || len(failures) != 0 {
		t.Fatalf("claims %v, failures %v", claims, failures)
	}
	if c := claims[1]; c.Notebook != "n" || c.Cell != 6 || c.Got != "0.5" || !c.Holds {
		t.Errorf("%+v", c)
	}
}

func TestExamineFailures(t *testing.T) {
	stderr := func(s string) Output { return Output{Type: "stream", Name: "stderr", Text: s} }
	claim := func(s string) Output {
		return Output{Type: "display_data", Data: map[string]any{ClaimMIME: s}}
	}
	for _, c := range []struct {
		name    string
		outputs []Output
		want    string // of the only failure; empty if there is none
	}{
		{"shell command", []Output{stderr("exit status 1\n")}, "exit status 1"},
		{"magic", []Output{stderr(`"%x" unknown or not implemented yet.`)}, "not implemented"},
		{"signal", []Output{stderr("x\nsignal: killed\n")}, "signal: killed"},
		{"panic", []Output{stderr("panic: boom\n\ngoroutine 1"), {Type: "error", Name: "ERROR", Text: "exit status 2"}}, "panic: boom"},
		{"error", []Output{{Type: "error", Name: "ERROR", Text: "x", Traceback: []string{"\x1b[31mundefined: y\x1b[0m"}}}, "undefined: y"},
		{"failed test", []Output{{Type: "stream", Name: "stdout", Text: "--- FAIL: TestX"}, stderr("exit status 1")}, "--- FAIL: TestX"},
		{"warning", []Output{stderr("the exit status 1 is discussed here; don't panic: please")}, ""},
		{"stdout", []Output{{Type: "stream", Name: "stdout", Text: "exit status 1"}}, ""},
		{"claim", []Output{claim(`{"text":"hits","got":"0.5","want":"1","tolerance":"0.1","holds":false}`)}, "claim does not hold: hits: got 0.5, want 1 ± 0.1"},
		{"claim of NaN", []Output{claim(`{"text":"hits","got":"NaN","low":"0","high":"1","holds":false}`)}, "got NaN, want 0 to 1"},
		{"claim garbled", []Output{claim(`{"text":`)}, "cannot be read"},
	} {
		nb := &Notebook{Cells: []*Cell{{Type: "markdown"}, {Type: "code", Count: 1, Outputs: c.outputs}}}
		_, failures := nb.Examine("n")
		switch {
		case c.want == "" && len(failures) > 0:
			t.Errorf("%s: %v, want no failure", c.name, failures)
		case c.want != "" && (len(failures) != 1 || !strings.Contains(failures[0].String(), c.want)):
			t.Errorf("%s: %v, want %q", c.name, failures, c.want)
		case c.want != "" && !strings.HasPrefix(failures[0].String(), "cell 2, In [1]: "):
			t.Errorf("%s: %v does not name the cell", c.name, failures[0])
		}
	}
}
