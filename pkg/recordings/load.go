package recordings

import (
	"bufio"
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed example.csv
var example []byte

// Example returns a small file of the raw schema, "example.csv": eight cells
// paired with acetylcholine and eight with noradrenaline. Its sweeps were drawn
// by a Generator, and every row says so. It shows the schema, and nothing about
// the brain.
func Example() io.Reader { return bytes.NewReader(example) }

// Load reads a file of either schema, which its header tells, and folds it if
// it is raw. It returns an error, an *InputError if the file is at fault, where
// the file cannot be read, holds no row, or cannot be folded.
func Load(path string, f Fold) (all []Response, account Account, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, Account{}, fmt.Errorf("recordings: %w", err)
	}
	defer file.Close()
	in, name := bufio.NewReaderSize(file, longest+1), filepath.Base(path)
	head, _ := in.Peek(longest) // an error comes again
	if isAggregate(head) {
		all, account, err = collect(ReadAggregate(in, name))
	} else {
		all, account, err = f.Sweeps(ReadRaw(in, name))
	}
	if err == nil && account.Rows == 0 {
		err = &InputError{File: name, Reason: "no row after the header"}
	}
	return all, account, err
}

// isAggregate is whether the first line names more columns of the aggregate
// schema than of the raw one.
func isAggregate(head []byte) bool {
	line, _, _ := strings.Cut(string(head), "\n")
	n := 0
	for _, name := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("\ufeff\",\r", r) }) {
		if slices.ContainsFunc(aggregate.columns, func(c column[Aggregate]) bool { return c.name == name }) {
			n++
		}
		if slices.ContainsFunc(raw.columns, func(c column[Sweep]) bool { return c.name == name }) {
			n--
		}
	}
	return n > 0
}

// collect makes responses of the rows of an aggregate file, in their order, with
// an account of what they lack. Without an animal, the source and figure stand
// for it. It returns an error where the rows end with one.
func collect(rows iter.Seq2[Aggregate, error]) (all []Response, account Account, err error) {
	for a, err := range rows {
		if err != nil {
			return nil, Account{}, err
		}
		account.Rows++
		if a.Animal == "" {
			a.Animal = strings.TrimSpace(a.Source + " " + a.Figure)
		}
		all = append(all, a.Response)
	}
	number(all)
	account.complete(all)
	return all, account, nil
}
