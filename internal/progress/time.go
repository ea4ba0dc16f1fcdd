package progress

import (
	"fmt"
	"time"
)

// Lasts writes a time as one would say it.
func Lasts(d time.Duration) string {
	s := d.Seconds()
	switch {
	case s < 1:
		return fmt.Sprintf("%.2g s", s)
	case s < 100:
		return fmt.Sprintf("%.0f s", s)
	case s < 100*60:
		return fmt.Sprintf("%.0f min", s/60)
	case s < 100*3600:
		return fmt.Sprintf("%.0f h", s/3600)
	}
	return fmt.Sprintf("%.0f days", s/86400)
}

// Left says how long the rest of a computation takes at the pace so far, to end a sentence with; empty if nothing is
// done yet, or all.
func Left(done, total int, spent time.Duration) string {
	if done <= 0 || done >= total {
		return ""
	}
	return ", about " + Lasts(time.Duration(float64(spent)*float64(total-done)/float64(done))) + " left"
}
