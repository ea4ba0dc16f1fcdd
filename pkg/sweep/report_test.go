package sweep

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// Progress says how many runs have ended and how long the others take at that pace; of many failures the first few are told.
func TestReport(t *testing.T) {
	var out strings.Builder
	r := newReport(&out)
	r.begin(20)
	defer r.end()
	r.show()
	r.begun = time.Now().Add(-10 * time.Second)
	for range 5 {
		r.step()
	}
	r.show()
	for range 100 {
		r.failed(errors.New("experiment: run 3: broken"))
	}
	want := "0 of 20 runs\n5 of 20 runs, about 30 s left\n" + strings.Repeat("run 3: broken\n", 5)
	if out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}
