package sweep

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// report tells how far a command is, and how long it will take: on a terminal in one line that is rewritten every second,
// elsewhere in a line every ten seconds.
type report struct {
	out      io.Writer
	terminal bool
	mu       sync.Mutex
	begun    time.Time
	done     int
	total    int
	failures int
	quit     chan struct{}
}

func newReport(w io.Writer) *report {
	r := &report{out: w, quit: make(chan struct{})}
	if f, ok := w.(*os.File); ok {
		info, err := f.Stat()
		r.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return r
}

func (r *report) begin(total int) {
	r.begun, r.total = time.Now(), total
	every := 10 * time.Second
	if r.terminal {
		every = time.Second
	}
	go func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				r.show()
			case <-r.quit:
				return
			}
		}
	}()
}

func (r *report) step() {
	r.mu.Lock()
	r.done++
	r.mu.Unlock()
}

// failed says why runs failed, of the first few.
func (r *report) failed(err error) {
	const few = 5
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failures++; r.failures <= few {
		r.clear()
		fmt.Fprintln(r.out, plain(err.Error()))
	}
}

func (r *report) clear() {
	if r.terminal {
		fmt.Fprint(r.out, "\r\x1b[K")
	}
}

func (r *report) show() {
	r.mu.Lock()
	defer r.mu.Unlock()
	line := fmt.Sprintf("%d of %d runs", r.done, r.total)
	if r.done > 0 {
		spent := time.Since(r.begun)
		left := time.Duration(float64(spent) * float64(r.total-r.done) / float64(r.done))
		line += ", about " + lasts(left) + " left"
	}
	if r.terminal {
		r.clear()
		fmt.Fprint(r.out, line)
	} else {
		fmt.Fprintln(r.out, line)
	}
}

func (r *report) end() {
	close(r.quit)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clear()
}

// lasts writes a time as one would say it.
func lasts(d time.Duration) string {
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
