package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// Progress tells which cell of which notebook is running and since when: on a
// terminal in one line that is rewritten every second, elsewhere in a line every
// ten seconds.
type Progress struct {
	out      io.Writer
	terminal bool
	begin    time.Time
	mu       sync.Mutex
	what     string
	done     chan struct{}
}

// NewProgress begins to report on w.
func NewProgress(w io.Writer) *Progress {
	p := &Progress{out: w, begin: time.Now(), done: make(chan struct{})}
	if f, ok := w.(*os.File); ok {
		info, err := f.Stat()
		p.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	every := 10 * time.Second
	if p.terminal {
		every = time.Second
	}
	go func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				p.show()
			case <-p.done:
				return
			}
		}
	}()
	return p
}

// Set says what is being done now.
func (p *Progress) Set(format string, args ...any) {
	p.mu.Lock()
	p.what = fmt.Sprintf(format, args...)
	p.mu.Unlock()
	if p.terminal {
		p.show()
	}
}

// Line prints a line that stays.
func (p *Progress) Line(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.what = ""
	if p.terminal {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
	fmt.Fprintf(p.out, format+"\n", args...)
}

// Close ends the report.
func (p *Progress) Close() {
	close(p.done)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.terminal {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

func (p *Progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.what == "" {
		return
	}
	line := fmt.Sprintf("%s  (%s)", p.what, seconds(time.Since(p.begin)))
	if p.terminal {
		fmt.Fprint(p.out, "\r\x1b[K"+line)
	} else {
		fmt.Fprintln(p.out, line)
	}
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
