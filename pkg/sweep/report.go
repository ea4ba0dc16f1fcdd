package sweep

import (
	"fmt"
	"io"
	"os"
	"time"

	"credo/internal/progress"
)

// report has written to w how far runs are and how long the others will take: on a terminal in one line that is rewritten every second,
// elsewhere in a line every ten seconds. It returns what says why runs failed, of the first few.
func report(w io.Writer) (failed func(err error)) {
	m := meter{pause: 10 * time.Second, end: "\n"}
	if f, ok := w.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			m = meter{pause: time.Second, clear: "\r\x1b[K"}
		}
	}
	progress.Watch(func(done, total int) { fmt.Fprint(w, m.tell(done, total, time.Now())) })
	const few = 5
	failures := 0
	return func(err error) {
		if failures++; failures <= few {
			fmt.Fprintf(w, "%s%s\n", m.clear, plain(err.Error()))
		}
	}
}

// meter says when to write how far a computation is, what takes back the line before, and what ends one.
type meter struct {
	pause       time.Duration
	clear, end  string
	begun, said time.Time
}

// tell is what to write at a time.
func (m *meter) tell(done, total int, now time.Time) string {
	switch {
	case done == 0:
		m.begun, m.said = now, now
		return ""
	case done >= total:
		return m.clear
	case now.Sub(m.said) < m.pause:
		return ""
	}
	m.said = now
	return fmt.Sprintf("%s%d of %d runs%s%s", m.clear, done, total, progress.Left(done, total, now.Sub(m.begun)), m.end)
}
