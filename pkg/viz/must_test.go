package viz

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestMust(t *testing.T) {
	if v := Must(3, nil); v != 3 {
		t.Error(v)
	}
	if v, s := Must2(3, "a", nil); v != 3 || s != "a" {
		t.Error(v, s)
	}
}

// An error is one line on stderr, after what was claimed, and the status is 1. It is tried in another process, which it ends.
func TestCheckEndsTheProgram(t *testing.T) {
	if os.Getenv("VIZ_TEST_CHECK") == "1" {
		Claim("kept", 1, 1, 0)
		defer println("deferred")
		Must(0, errors.New("rate = -1,\n\tmust be positive"))
		println("not reached")
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestCheckEndsTheProgram$")
	cmd.Env = append(os.Environ(), "VIZ_TEST_CHECK=1")
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	var status *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &status) || status.ExitCode() != 1 {
		t.Error(err)
	}
	if out.String() != "✓ kept: got 1, want 1 ± 0, notices 0 %\n" || errs.String() != "error: rate = -1, must be positive\n" {
		t.Errorf("%q, and on stderr %q", out.String(), errs.String())
	}
}
