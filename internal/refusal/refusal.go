// Package refusal checks in tests that bad input is refused in words that name it.
package refusal

import (
	"fmt"
	"strings"
	"testing"
)

// Mentions fails unless the error says all of want.
func Mentions(t *testing.T, err error, want ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("no error, want one with %q", want)
		return
	}
	for _, w := range want {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("error %q does not say %q", err, w)
		}
	}
}

// Panics fails unless f panics and says all of want.
func Panics(t *testing.T, f func(), want ...string) {
	t.Helper()
	defer func() {
		t.Helper()
		r := recover()
		if r == nil {
			t.Errorf("no panic, want one with %q", want)
			return
		}
		Mentions(t, fmt.Errorf("%v", r), want...)
	}()
	f()
}
