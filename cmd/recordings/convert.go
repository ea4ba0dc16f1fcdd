package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"iter"

	"credo/pkg/recordings"
)

// convert writes the rows of a file in the schema of package recordings.
func convert(args []string) error {
	flags := flag.NewFlagSet("convert", flag.ContinueOnError)
	mapping := withMapping(flags)
	out := flags.String("o", "", "the CSV file to write, which must not be there")
	path, err := arguments(flags, args)
	if err != nil {
		return err
	}
	if *out == "" {
		return fmt.Errorf("convert: -o must name the file to write")
	}
	f, err := open(path, *mapping)
	if err != nil {
		return err
	}
	return create(*out, func(w io.Writer) error {
		if f.Schema() == "aggregate" {
			return rewrite(w, f.Aggregates())
		}
		return rewrite(w, f.Sweeps())
	})
}

// rewrite writes rows up to an error.
func rewrite[T recordings.Sweep | recordings.Aggregate](w io.Writer, rows iter.Seq2[T, error]) error {
	var bad error
	b := bufio.NewWriter(w)
	err := recordings.Write(b, func(yield func(T) bool) {
		for row, err := range rows {
			if bad = err; err != nil || !yield(row) {
				return
			}
		}
	})
	switch {
	case bad != nil:
		return bad
	case err != nil:
		return err
	}
	return b.Flush()
}
