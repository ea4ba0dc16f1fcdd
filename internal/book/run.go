package book

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// An Output is what a cell gave, as the kernel would tell Jupyter.
type Output struct {
	Stdout, Stderr []byte // stderr ends with how the program did, if not well
	Displays       []Display
	Failed         string        // "exit status 3", "signal: killed"; empty if all went well
	Late           bool          // it ran into the time limit
	Spent          time.Duration // by all processors
}

// Limits of a cell. After Time it is interrupted, after Grace more it is killed.
type Limits struct {
	Dir         string        // where it runs: the folder of the notebook
	Time, Grace time.Duration // 0: none; 5 s
}

// textLimit is what is kept of a stream in bytes.
const textLimit = 16 << 20

// Run executes a cell, with more arguments before its own, which win. A failing one is no error;
// an error says that the kernel would have done something that is not done here, or
// that the context ended.
func (b *Binary) Run(ctx context.Context, cell int, l Limits, more ...string) (Output, error) {
	args, ok := b.Program.Args(cell)
	if !ok {
		return Output{}, nil // it only declares
	}
	return b.run(ctx, cell, slices.Concat(more, args), l)
}

func (b *Binary) run(ctx context.Context, cell int, args []string, l Limits) (o Output, err error) {
	pipes, err := openPipes(b.dir)
	if err != nil {
		return o, err
	}
	defer pipes.remove()
	cmd, done := b.workspace.command(ctx, b.path, append([]string{strconv.Itoa(cell)}, args...)...)
	defer done()
	var stdout, stderr head
	cmd.Dir, cmd.Stdout, cmd.Stderr = l.Dir, &stdout, &stderr
	cmd.Env = append(steady(cmd.Env, b.workspace.setting), "GONB_PIPE="+pipes.displays, "GONB_PIPE_BACK="+pipes.back, "GONB_DIR="+l.Dir, "GONB_TMP_DIR="+b.dir)
	if err := cmd.Start(); err != nil {
		return o, err
	}
	ended := make(chan struct{})
	late := make(chan bool, 1)
	go func() {
		late <- l.watch(cmd.Process, ended, pipes.refused)
	}()
	err = cmd.Wait()
	close(ended)
	o.Late = <-late
	displays, wrong := pipes.close()
	if cause := context.Cause(ctx); cause != nil {
		return o, cause
	}
	if wrong != nil {
		return o, wrong
	}
	o.Displays = displays
	if err != nil {
		if cmd.ProcessState == nil || errors.As(err, new(*os.PathError)) {
			return o, err
		}
		o.Failed = cmd.ProcessState.String()
		stderr.kept.WriteString(o.Failed + "\n")
	}
	o.Spent = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	o.Stdout = stdout.kept.Bytes()
	// Positions in cells have no folder.
	o.Stderr = bytes.ReplaceAll(stderr.kept.Bytes(), []byte(b.dir+string(filepath.Separator)), nil)
	return o, nil
}

// watch interrupts a process at the limit, and kills it after the grace. It says
// whether it had to. A process that is refused what it waits for is killed at once.
func (l Limits) watch(p *os.Process, ended, refused <-chan struct{}) bool {
	limit, grace := l.Time, l.Grace
	if limit == 0 {
		limit = math.MaxInt64
	}
	if grace == 0 {
		grace = 5 * time.Second
	}
	select {
	case <-ended:
		return false
	case <-refused:
		_ = p.Kill()
		return false
	case <-time.After(limit):
	}
	_ = p.Signal(os.Interrupt)
	select {
	case <-ended:
	case <-time.After(grace):
		_ = p.Kill()
	}
	return true
}

// head keeps the beginning of what is written.
type head struct{ kept bytes.Buffer }

func (h *head) Write(b []byte) (int, error) {
	if room := textLimit - h.kept.Len(); room > 0 {
		h.kept.Write(b[:min(len(b), room)])
	}
	return len(b), nil
}
