package model

import (
	"strings"
	"testing"
)

// fails reports a function that returns no error, or one that does not say what it must.
func fails(t *testing.T, want string, f func() error) {
	t.Helper()
	if err := f(); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v; want one saying %q", err, want)
	}
}
