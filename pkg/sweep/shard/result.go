package shard

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
)

// Rows are runs with their values.
type Rows struct {
	Columns []string
	Values  map[int][]float64 // by run
}

func (f *Folder) header(shard int, columns []string) header {
	return header{shard, f.plan.Shards, f.plan.Study, f.plan.Code, columns}
}

func resultName(shard int) string { return fmt.Sprintf("results/%05d.tsv", shard) }

// end is the last line of a result that holds text and a number of runs before it.
func end(runs int, text []byte) []byte {
	return fmt.Appendf(nil, "{\"end\":%d,\"sha256\":\"%x\"}\n", runs, sha256.Sum256(text))
}

// writeResult writes the result of a shard.
func (f *Folder) writeResult(shard int, r Rows) error {
	text := f.header(shard, r.Columns).line()
	for _, run := range f.sorted(shard) {
		text = appendLine(text, run, r.Values[run])
	}
	return f.Write(resultName(shard), append(text, end(len(r.Values), text)...))
}

// sorted are the runs of a shard by their numbers.
func (f *Folder) sorted(shard int) []int { return slices.Sorted(slices.Values(f.Members(shard))) }

// Result reads the result of a shard. It returns an error that wraps [fs.ErrNotExist] if there is none, and one that says what is
// wrong if it is not whole, altered, of another shard, study or program.
func (f *Folder) Result(shard int) (r Rows, err error) {
	path := f.path(resultName(shard))
	text, err := os.ReadFile(path)
	if err != nil {
		return r, fmt.Errorf("shard: %w", err)
	}
	if r, err = f.readResult(shard, text); err != nil {
		return r, fmt.Errorf("shard: %s is refused: %w", path, err)
	}
	return r, nil
}

func (f *Folder) readResult(shard int, text []byte) (r Rows, err error) {
	first, _, whole := bytes.Cut(text, []byte("\n"))
	if !whole {
		return r, errors.New("it has no header")
	}
	if r.Columns, err = readHeader(first, f.header(shard, nil)); err != nil {
		return r, err
	}
	want := f.sorted(shard)
	cut := bytes.LastIndexByte(text[:len(text)-1], '\n') + 1
	if !bytes.Equal(text[cut:], end(len(want), text[:cut])) {
		return r, errors.New("it is cut off or altered: the last line is not the checksum of those before it")
	}
	r.Values = make(map[int][]float64, len(want))
	body := text[len(first)+1 : cut]
	for _, run := range want {
		at := bytes.IndexByte(body, '\n') + 1
		got, values, err := readLine(body[:at], len(r.Columns))
		if err != nil {
			return r, err
		}
		if got != run {
			return r, fmt.Errorf("it has run %d where run %d must be", got, run)
		}
		r.Values[run], body = values, body[at:]
	}
	if len(body) > 0 {
		return r, fmt.Errorf("it has more than the %d runs of the shard", len(want))
	}
	return r, nil
}

// isMissing tells whether an error of Result means that there is no result.
func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
