package main

import (
	"strings"
	"testing"
)

// A notebook that another processor executed is checked within tolerance, and
// nobody is advised to rewrite it, nor does make supplement.
func TestAbroad(t *testing.T) {
	text, nb := fixture(t)
	r, there := Recipe{Code: "x"}, Toolchain{Go: "go1.26", Arch: "arm64"}
	nb.SetSeal(NewSeal(nb, r, there))
	sealed, err := nb.Encode()
	if err != nil {
		t.Fatal(err)
	}
	executed := strings.ReplaceAll(string(text), `\"got\":\"0.5\"`, `\"got\":\"0.50000000000000011\"`)
	for _, c := range []struct {
		name, result, want string
		check              bool
	}{
		{"checked", executed, "", true},
		{"executed", executed, "", false},
		{"another number", strings.ReplaceAll(string(text), `N = 3`, `N = 4`), "departs from the committed one of arm64", true},
	} {
		path, j := job(t, sealed, c.check, "")
		j.Recipe, j.Tools = r, Toolchain{Go: "go1.26", Arch: "amd64"}
		file := path + ".result"
		write(t, file, c.result)
		j.Execution = nbconvert(t, `cp `+file+` "$out"`)
		_, err := j.Run(t.Context())
		if (c.want == "") != (err == nil) || err != nil && (!strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "make supplement")) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if now := string(mustRead(t, path)); now != string(sealed) {
			t.Errorf("%s: rewritten", c.name)
		}
	}
}
