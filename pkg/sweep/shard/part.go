package shard

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
)

// part is what one attempt at a shard has left.
type part struct {
	path string
	host string
	pid  int
	Rows
}

// parts reads what all attempts at a shard have left. A torn last line, and what else has a wrong checksum, is not there. doubts
// are sentences on parts that are refused.
func (f *Folder) parts(shard int) (parts []part, doubts []error) {
	begins := fmt.Sprintf("%05d.", shard)
	for _, name := range f.list("parts", begins) {
		path := f.path("parts", name)
		text, err := os.ReadFile(path)
		if os.IsNotExist(err) { // its writer has just ended
			continue
		}
		p := part{path: path}
		name = strings.TrimPrefix(name, begins)
		if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
			p.host = name[:dot]
			fmt.Sscanf(name[dot+1:], "%d-", &p.pid) // else 0, which is none
		}
		if err == nil {
			p.Rows, err = f.readPart(shard, text)
		}
		if err != nil {
			doubts = append(doubts, fmt.Errorf("shard: %s is refused: %w", path, err))
		}
		parts = append(parts, p)
	}
	return parts, doubts
}

func (f *Folder) readPart(shard int, text []byte) (r Rows, err error) {
	first, body, whole := bytes.Cut(text, []byte("\n"))
	if !whole { // nothing but a torn header
		return r, nil
	}
	if r.Columns, err = readHeader(first, f.header(shard, nil)); err != nil {
		return r, err
	}
	r.Values = make(map[int][]float64)
	members := f.sorted(shard)
	for line := range bytes.Lines(body) {
		run, values, err := readLine(line, len(r.Columns))
		if err != nil {
			continue
		}
		if _, is := slices.BinarySearch(members, run); !is {
			return r, fmt.Errorf("it has run %d, which is not of this shard", run)
		}
		r.Values[run] = values
	}
	return r, nil
}

// add adds the rows of another to those of r. It returns an error if they have other columns, or another value for the same run.
func (r *Rows) add(other Rows) error {
	if len(other.Values) == 0 {
		return nil
	}
	if r.Values == nil {
		r.Values = make(map[int][]float64)
	}
	if r.Columns == nil {
		r.Columns = other.Columns
	}
	if !slices.Equal(r.Columns, other.Columns) {
		return fmt.Errorf("columns %q beside %q; all runs must measure the same", other.Columns, r.Columns)
	}
	for run, v := range other.Values {
		if old, has := r.Values[run]; has && !same(old, v) {
			return fmt.Errorf("run %d gave %v once and %v another time: it depends on more than its point and stream", run, old, v)
		}
		r.Values[run] = v
	}
	return nil
}

// Kept is what attempts have left of a shard, put together.
func (f *Folder) Kept(shard int) (rows Rows, err error) {
	parts, _ := f.parts(shard)
	for _, p := range parts {
		if err := rows.add(p.Rows); err != nil {
			return rows, fmt.Errorf("shard: %s: %w", p.path, err)
		}
	}
	return rows, nil
}

// Todo are the runs of a shard that no attempt has left, in the order in which they were dealt.
func (f *Folder) Todo(shard int) ([]int, error) {
	rows, err := f.Kept(shard)
	return slices.DeleteFunc(slices.Clone(f.Members(shard)), func(run int) bool { return rows.Values[run] != nil }), err
}
