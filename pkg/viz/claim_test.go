package viz

import (
	"encoding/json"
	"io"
	"math"
	"os"
	"strings"
	"testing"
)

var nan, inf = math.NaN(), math.Inf(1)

func TestNear(t *testing.T) {
	for _, c := range []struct {
		got, want, tolerance float64
		holds                bool
	}{
		{0.72, 0.7205, 0.001, true},
		{0.72, 0.7205, 0.0001, false},
		{-1, 1, 2, true}, // the edge belongs to the claim
		{1, 1, 0, true},
		{1, 1, -1e-300, false},
		{1, 1, inf, false}, // says nothing
		{nan, 1, 1, false},
		{1, nan, 1, false},
		{1, 1, nan, false},
		{inf, inf, 1, false},
		{inf, 1, 1, false},
	} {
		if v := near("x", c.got, c.want, c.tolerance); v.Holds != c.holds {
			t.Errorf("%v = %v ± %v: holds is %v", c.got, c.want, c.tolerance, v.Holds)
		}
	}
}

func TestInside(t *testing.T) {
	for _, c := range []struct {
		got, low, high float64
		holds          bool
		numbers        string
	}{
		{0.5, 0, 1, true, "got 0.5, want 0 to 1"},
		{0, 0, 1, true, "got 0, want 0 to 1"},
		{1, 0, 1, true, "got 1, want 0 to 1"},
		{1.0000001, 0, 1, false, "got 1, want 0 to 1"},
		{0.5, 1, 0, false, "got 0.5, want 1 to 0"},
		{-3, -inf, -2, true, "got −3, want at most −2"},
		{3, 2, inf, true, "got 3, want at least 2"},
		{inf, 2, inf, false, "got +Inf, want at least 2"},
		{nan, 0, 1, false, "got NaN, want 0 to 1"},
		{0.5, nan, 1, false, "got 0.5, want NaN to 1"},
		{0.5, 0, nan, false, "got 0.5, want 0 to NaN"},
	} {
		if v := inside("x", c.got, c.low, c.high); v.Holds != c.holds || v.numbers != c.numbers {
			t.Errorf("%v in [%v, %v]: holds is %v, %q", c.got, c.low, c.high, v.Holds, v.numbers)
		}
	}
}

// The object is what the builder of the supplement reads: its keys and the form of its numbers are fixed.
func TestVerdictObject(t *testing.T) {
	for _, c := range []struct {
		v    verdict
		want string
	}{
		{near("hits\nare one", 1, 0.1, nan), `{"text":"hits are one","kind":"bound","got":"1","want":"0.1","tolerance":"NaN","holds":false}`},
		{inside("alarms", 1e-9, -inf, 0.005), `{"text":"alarms","kind":"bound","got":"1e-09","low":"-Inf","high":"0.005","holds":true}`},
		{near("V", 1.5, 1, 0.5), `{"text":"V","kind":"bound","got":"1.5","want":"1","tolerance":"0.5","power":"1","holds":true}`},
		{agrees("V", 1.25, 0.5, 1, 0.75), `{"text":"V","kind":"agree","got":"1.25","half":"0.5","level":"0.999","want":"1","tolerance":"0.75","power":"0.75","holds":true}`},
	} {
		b, err := json.Marshal(c.v)
		if err != nil || string(b) != c.want {
			t.Errorf("%s, %v; want %s", b, err, c.want)
		}
	}
}

func TestVerdictIsEscaped(t *testing.T) {
	page := near("a < b & <script>", 1, 2, 3).html()
	if strings.Contains(page, "<script>") || !strings.Contains(page, "a &lt; b &amp; &lt;script&gt;") {
		t.Error(page)
	}
}

func ExampleClaim() {
	Claim("the potential of the patterns to be fired at", 0.7203, 0.720537, 0.001)
	ClaimBetween("false alarms are rare", 0.002, 0, 0.005)
	// Output:
	// ✓ the potential of the patterns to be fired at: got 0.7203, want 0.720537 ± 0.001, notices 0.17 %
	// ✓ false alarms are rare: got 0.002, want 0 to 0.005
}

// A failed claim is told on stderr, in the form that the builder looks for, and the claims after it are still made.
func TestFailedClaimIsTold(t *testing.T) {
	said := capture(t, func() {
		Claim("hits", 0.5, 1, 0.1)
		ClaimBetween("alarms", 0.5, 0, 0.1)
		Claim("holds", 1, 1, 0)
	})
	const want = "✗ hits: got 0.5, want 1 ± 0.1\nclaim failed: hits: got 0.5, want 1 ± 0.1\n" +
		"✗ alarms: got 0.5, want 0 to 0.1\nclaim failed: alarms: got 0.5, want 0 to 0.1\n✓ holds: got 1, want 1 ± 0, notices 0 %\n"
	if said != want {
		t.Errorf("%q, want %q", said, want)
	}
}

// capture returns what f writes to stdout and stderr.
func capture(t *testing.T, f func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, errs := os.Stdout, os.Stderr
	defer func() { os.Stdout, os.Stderr = out, errs }()
	os.Stdout, os.Stderr = w, w
	f()
	w.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
