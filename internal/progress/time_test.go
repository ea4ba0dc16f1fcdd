package progress

import (
	"testing"
	"time"
)

func TestLasts(t *testing.T) {
	for d, want := range map[time.Duration]string{4 * time.Millisecond: "0.004 s", 40 * time.Second: "40 s", 10 * time.Minute: "10 min",
		5 * time.Hour: "5 h", 99 * time.Minute: "99 min", 240 * time.Hour: "10 days"} {
		if got := Lasts(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
	if got := Left(5, 20, 10*time.Second) + Left(0, 20, time.Second) + Left(20, 20, time.Second); got != ", about 30 s left" {
		t.Errorf("%q", got)
	}
}
