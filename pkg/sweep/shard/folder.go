package shard

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"credo/internal/durable"
)

// Folder is the folder of a study that has been planned.
type Folder struct {
	dir   string // absolute
	plan  Plan
	deal  [][]int
	words []string // the command line before the command; see Command
}

// ErrNoPlan is returned for a folder without a plan.
var ErrNoPlan = errors.New("no plan is there")

// Create makes the folder of a study and writes its plan, or opens it if the same plan is there already. It
// returns an error if another one is: of two processes that plan at once one wins. words are the command line of this
// program before the command; see [Folder.Command].
func Create(dir string, p Plan, words []string) (*Folder, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	// A folder without a plan may have what a process that was killed has begun, or results of another machine; not what is somebody's.
	ours := []string{"results", "parts", "failed", "hosts"}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("shard: %w", err)
	}
	for _, e := range entries {
		if slices.Contains(ours, e.Name()) || strings.HasPrefix(e.Name(), ".plan.json.") {
			continue
		}
		if _, err := os.Lstat(filepath.Join(dir, "plan.json")); err != nil { // else another process has planned meanwhile
			return nil, Refuse(fmt.Errorf("shard: %s has %s and no plan: it is no study's; choose a folder that is new or empty", dir, e.Name()))
		}
	}
	for _, name := range ours {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o777); err != nil {
			return nil, fmt.Errorf("shard: %w", err)
		}
	}
	text, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return nil, err
	}
	if err := durable.Create(filepath.Join(dir, "plan.json"), append(text, '\n')); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("shard: %w", err)
	}
	return Open(dir, p, words)
}

// Open opens the folder of a study that has been planned. It returns [ErrNoPlan] if there is no plan, and an error that names
// what differs if the plan is of another study or program than want; want's Shards, if 0, may be any.
func Open(dir string, want Plan, words []string) (*Folder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	f := &Folder{dir: dir, words: words}
	text, err := os.ReadFile(f.path("plan.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("shard: %s: %w", dir, ErrNoPlan)
	}
	if err != nil {
		return nil, fmt.Errorf("shard: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&f.plan); err != nil {
		return nil, fmt.Errorf("shard: %s is no plan: %w", f.path("plan.json"), err)
	}
	if err := f.plan.Check(); err != nil {
		return nil, err
	}
	if err := f.plan.differs(want); err != nil {
		return nil, fmt.Errorf("shard: %s: %w", dir, err)
	}
	f.deal = f.plan.Deal()
	return f, nil
}

// differs says what about a study has changed since it was planned.
func (p Plan) differs(now Plan) error {
	switch {
	case p.Name != now.Name:
		return fmt.Errorf("the folder belongs to the study %q, this is the study %q; choose another folder", p.Name, now.Name)
	case p.Study != now.Study:
		return fmt.Errorf("the study %q has changed since it was planned: its hash was %.12s, is %.12s; plan it anew in another folder", p.Name, p.Study, now.Study)
	case p.Arch != now.Arch:
		return fmt.Errorf("the study was planned on %s, this is %s: last digits may differ; plan it anew in another folder", p.Arch, now.Arch)
	case p.Go != now.Go:
		return fmt.Errorf("the program was built by %s when the study was planned, now by %s; plan it anew in another folder", p.Go, now.Go)
	case p.Code != now.Code:
		return fmt.Errorf("the program has changed since the study was planned: its hash was %.12s, is %.12s; plan it anew in another folder", p.Code, now.Code)
	case p.Runs != now.Runs:
		return fmt.Errorf("the plan has %d runs, the study %d", p.Runs, now.Runs)
	case now.Shards != 0 && p.Shards != now.Shards:
		return fmt.Errorf("the study is cut in %d shards already, not in %d", p.Shards, now.Shards)
	}
	return nil
}

func (f *Folder) path(names ...string) string {
	return filepath.Join(append([]string{f.dir}, names...)...)
}

// Dir is the folder, an absolute path.
func (f *Folder) Dir() string { return f.dir }

// Plan is what is done there.
func (f *Folder) Plan() Plan { return f.plan }

// Members are the runs of a shard, in the order in which they were dealt. They must not be changed.
func (f *Folder) Members(shard int) []int { return f.deal[shard-1] }

// Estimate is what the plan measured; zero if it did not, or if it cannot be read.
func (f *Folder) Estimate() (e Estimate) {
	text, err := os.ReadFile(f.path("estimate.json"))
	if err != nil || json.Unmarshal(text, &e) != nil {
		return Estimate{}
	}
	return e
}

// WriteEstimate keeps what the plan measured.
func (f *Folder) WriteEstimate(e Estimate) error {
	text, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return err
	}
	return f.Write("estimate.json", append(text, '\n'))
}

// Command is the command line that computes a shard, with absolute paths: PROGRAM … run -out DIR -shard i/K. The program is the copy in
// the folder if [Folder.Install] was called, otherwise this one. It needs no environment and no working folder.
func (f *Folder) Command(shard int) []string {
	words := append([]string{f.program()}, f.words...)
	return append(words, "run", "-out", f.dir, "-shard", fmt.Sprintf("%d/%d", shard, f.plan.Shards))
}

// list is the names in a folder of the study that begin so, sorted. (A pattern could not have a folder's name in it, which may be anything.)
func (f *Folder) list(folder, begins string) (names []string) {
	entries, _ := os.ReadDir(f.path(folder)) // what cannot be read is not there
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), begins) && e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	return names
}

// Write writes a file of the folder whole or not at all.
func (f *Folder) Write(name string, content []byte) error {
	if err := durable.Write(f.path(name), content); err != nil {
		return fmt.Errorf("shard: %w", err)
	}
	return nil
}

// Tidy removes what killed processes have left of a study whose shards are all done.
func (f *Folder) Tidy() {
	for _, folder := range []string{"parts", "failed"} {
		for _, name := range f.list(folder, "") {
			os.Remove(f.path(folder, name))
		}
	}
	durable.Sweep(f.dir)
	durable.Sweep(f.path("results"))
}
