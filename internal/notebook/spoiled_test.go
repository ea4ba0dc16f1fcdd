package notebook

import (
	"strings"
	"testing"
)

func TestSpoiled(t *testing.T) {
	for text, want := range map[string]string{
		"{\n <<<<<<< HEAD\n}":       "", // indented: not git's
		"{\n<<<<<<< HEAD\n}":        "line 2: a merge conflict is not resolved (<<<<<<< HEAD)",
		"{\n}\n>>>>>>> other\n":     "line 3: a merge conflict",
		"\xef\xbb\xbf{}":            "line 1 begins with a byte order mark",
		"\xfe\xff\x00{":             "UTF-16",
		"{\"a\": \"<<<<<<< HEAD\"}": "",
	} {
		err := spoiled([]byte(text))
		if (want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	if c := conflict("a\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n"); c != "<<<<<<< ours" {
		t.Errorf("%q", c)
	}
	if c := conflict("a heading\n=======\n"); c != "" {
		t.Errorf("%q", c)
	}
}
