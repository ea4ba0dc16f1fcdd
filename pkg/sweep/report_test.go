package sweep

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// Progress says now and then how many runs have ended and how long the others take at that pace; of many failures the first few are told.
func TestReport(t *testing.T) {
	m, start := meter{pause: time.Second, clear: "<", end: ">"}, time.Now()
	said := ""
	for _, at := range []struct{ done, millis int }{{0, 0}, {1, 900}, {5, 10000}, {6, 10500}, {8, 12000}, {20, 12100}} {
		said += m.tell(at.done, 20, start.Add(time.Duration(at.millis)*time.Millisecond))
	}
	if want := "<5 of 20 runs, about 30 s left><8 of 20 runs, about 18 s left><"; said != want {
		t.Errorf("%q, want %q", said, want)
	}
	var out strings.Builder
	failed := report(&out)
	for range 100 {
		failed(errors.New("experiment: run 3: broken"))
	}
	if want := strings.Repeat("run 3: broken\n", 5); out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}
