package main

import "testing"

func TestCause(t *testing.T) {
	for account, want := range map[string]string{
		"claim failed: a: got 1\nclaim failed: b: got 2\n\npanic: nothing to draw\ngoroutine 1": "panic: nothing to draw",
		"claim failed: a: got 1": "claim failed: a: got 1",
		"late":                   "late",
	} {
		if got := cause(account); got != want {
			t.Errorf("%q: %q, want %q", account, got, want)
		}
	}
}
