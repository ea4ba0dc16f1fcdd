package notebooks

import (
	"fmt"
	"regexp"
	"testing"

	"credo/pkg/rules"
)

// The one number that the front page has of its own is the reported one.
func TestFrontOffset(t *testing.T) {
	m := regexp.MustCompile(`the reported \$b = ([0-9.]+)\$`).FindStringSubmatch(read(t, "front.md"))
	if want := fmt.Sprint(rules.Reported().Balance.Offset); m == nil || m[1] != want {
		t.Errorf("front.md has %q, Reported has %s", m, want)
	}
}
