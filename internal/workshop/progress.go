package workshop

import (
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// Progress tells which cell of which notebook is running, of all that are being
// executed, and since when: on a terminal in one line that is rewritten every
// second, elsewhere in a line every ten Seconds.
type Progress struct {
	out      io.Writer
	terminal bool
	begin    time.Time
	mu       sync.Mutex
	now      map[string]string // what is being done, by notebook
	done     chan struct{}
}

// NewProgress begins to report on w.
func NewProgress(w io.Writer) *Progress {
	p := &Progress{out: w, begin: time.Now(), now: map[string]string{}, done: make(chan struct{})}
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

// Set says what is being done with a notebook now; nothing: no more.
func (p *Progress) Set(name, what string) {
	p.mu.Lock()
	p.now[name] = what
	if what == "" {
		delete(p.now, name)
	}
	p.mu.Unlock()
	if p.terminal {
		p.show()
	}
}

// Line prints a line that stays.
func (p *Progress) Line(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
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
	if len(p.now) == 0 {
		return
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(p.now)) {
		parts = append(parts, strings.TrimSpace(name+" "+p.now[name]))
	}
	line := fmt.Sprintf("(%s) %s", Seconds(time.Since(p.begin)), strings.Join(parts, " | "))
	if p.terminal {
		if short := []rune(line); len(short) > 79 { // a line that wraps cannot be rewritten
			line = string(short[:78]) + "…"
		}
		fmt.Fprint(p.out, "\r\x1b[K"+line)
	} else {
		fmt.Fprintln(p.out, line)
	}
}

func Seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
