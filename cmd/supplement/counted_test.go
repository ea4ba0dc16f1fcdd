package main

import (
	"testing"

	"credo/internal/notebook"
)

func TestCounted(t *testing.T) {
	for want, kinds := range map[string][]string{
		"1 claim": {"bound"}, "2 claims": {"agree", ""}, "0 claims and 1 identity": {"identity"}, "1 claim and 2 identities": {"identity", "agree", "identity"},
	} {
		var claims []notebook.Claim
		for _, k := range kinds {
			claims = append(claims, notebook.Claim{Kind: k})
		}
		if got := counted(claims); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
