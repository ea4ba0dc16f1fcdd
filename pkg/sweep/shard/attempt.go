package shard

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"credo/internal/durable"
)

// Attempt is one process's work on a shard. Its methods are for one goroutine at a time.
type Attempt struct {
	folder *Folder
	shard  int
	rows   Rows
	part   *os.File
	synced time.Time
	wrote  bool
	failed []string // the first of them
	fails  int
	begun  time.Time
}

// syncEvery is how much of the work of an attempt a crash of the machine may cost; a crash of the program costs none.
const syncEvery = 5 * time.Second

// Begin begins an attempt at a shard: what earlier ones have left is taken over.
func (f *Folder) Begin(shard int) (*Attempt, error) {
	a := &Attempt{folder: f, shard: shard, begun: time.Now(), synced: time.Now()}
	var err error
	if a.rows, err = f.Kept(shard); err != nil {
		return nil, err
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	name := fmt.Sprintf("%05d.%s.%s", shard, strings.ReplaceAll(host, string(os.PathSeparator), "_"), durable.Unique())
	a.part, err = os.OpenFile(f.path("parts", name), os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o666)
	if err != nil {
		return nil, fmt.Errorf("shard: %w", err)
	}
	return a, nil
}

// Add keeps a run's values, at least one. It returns an error if its columns, sorted names, are not those of the runs before, and if it cannot be
// written; then the attempt should end.
func (a *Attempt) Add(run int, columns []string, values []float64) error {
	if err := a.rows.add(Rows{columns, map[int][]float64{run: values}}); err != nil {
		return fmt.Errorf("shard: shard %d: %w", a.shard, err)
	}
	var text []byte
	if !a.wrote {
		text = a.folder.header(a.shard, columns).line()
	}
	a.wrote = true
	_, err := a.part.Write(appendLine(text, run, values))
	if err == nil && time.Since(a.synced) > syncEvery {
		err = a.part.Sync()
		a.synced = time.Now()
	}
	if err != nil {
		return fmt.Errorf("shard: %w", err)
	}
	return nil
}

// Fail notes that a run ended with an error. The run is made again by the next attempt.
func (a *Attempt) Fail(err error) {
	const few = 20
	if a.fails++; a.fails <= few {
		a.failed = append(a.failed, err.Error())
	}
}

// End ends the attempt. If all runs are there it writes the result and removes what attempts have left; otherwise it keeps
// the part, and why runs have failed, for the next attempt.
func (a *Attempt) End() (done bool, err error) {
	f := a.folder
	done = len(a.rows.Values) == f.plan.Size(a.shard)
	failed := fmt.Sprintf("failed/%05d.txt", a.shard)
	if done {
		a.part.Close()
		if err = f.writeResult(a.shard, a.rows); err != nil {
			if _, e := f.Result(a.shard); e == nil { // another process was faster
				err = nil
			}
			return err == nil, err
		}
		parts, _ := f.parts(a.shard)
		for _, p := range parts {
			os.Remove(p.path)
		}
		os.Remove(f.path(failed))
		f.noteHost(a.shard, a.begun)
		return true, nil
	}
	err = a.part.Sync()
	if e := a.part.Close(); err == nil {
		err = e
	}
	if !a.wrote {
		os.Remove(a.part.Name())
	}
	if a.fails > 0 {
		err = errors.Join(err, f.Write(failed, fmt.Appendf(nil, "%d runs failed\n%s\n", a.fails, strings.Join(a.failed, "\n"))))
	}
	return false, err
}
