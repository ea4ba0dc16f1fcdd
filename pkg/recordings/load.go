package recordings

import (
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
)

// Collect makes responses of the rows of an aggregate file, in their order,
// with an account of what they lack. It returns an error where the rows end
// with one.
func Collect(rows iter.Seq2[Aggregate, error]) ([]Response, Account, error) {
	var all []Response
	var account Account
	for a, err := range rows {
		if err != nil {
			return nil, Account{}, err
		}
		account.Rows++
		all = append(all, a.Response())
	}
	account.complete(all)
	return all, account, nil
}

// Load reads a file of either schema, which its header tells, and folds it if
// it is raw. It returns an error, an *InputError if the file is at fault, where
// the file cannot be read, holds no row, or cannot be folded.
func Load(path string, f Fold) ([]Response, Account, error) {
	isRaw, err := hasCurrents(path)
	if err != nil {
		return nil, Account{}, err
	}
	in, err := os.Open(path)
	if err != nil {
		return nil, Account{}, fmt.Errorf("recordings: %w", err)
	}
	defer in.Close()
	var all []Response
	var account Account
	if name := filepath.Base(path); isRaw {
		all, account, err = f.Sweeps(ReadRaw(in, name))
	} else {
		all, account, err = Collect(ReadAggregate(in, name))
	}
	if err == nil && account.Rows == 0 {
		err = &InputError{File: filepath.Base(path), Reason: "no row after the header"}
	}
	return all, account, err
}

// hasCurrents is whether the header of a file names more columns of the raw
// schema than of the aggregate one.
func hasCurrents(path string) (bool, error) {
	in, err := os.Open(path)
	if err != nil {
		return false, fmt.Errorf("recordings: %w", err)
	}
	defer in.Close()
	fields, err := newTable(in, filepath.Base(path)).next()
	if err == io.EOF {
		return true, nil // ReadRaw says that it is empty
	}
	if err != nil {
		return false, err
	}
	r, a := 0, 0
	for _, name := range fields {
		if slices.ContainsFunc(raw.columns, func(c column[Sweep]) bool { return c.name == name }) {
			r++
		}
		if slices.ContainsFunc(aggregate.columns, func(c column[Aggregate]) bool { return c.name == name }) {
			a++
		}
	}
	return r >= a, nil
}
