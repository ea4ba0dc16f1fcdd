package sweep

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"credo/internal/progress"
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
	line := fmt.Sprintf("%d of %d runs", r.done, r.total) + progress.Left(r.done, r.total, time.Since(r.begun))
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
