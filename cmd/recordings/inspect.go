package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"credo/pkg/recordings"
	"credo/pkg/recordings/table"
)

// inspect says what a file is taken for, and writes a mapping that says so too.
func inspect(args []string) error {
	flags := flag.NewFlagSet("inspect", flag.ContinueOnError)
	mapping := withMapping(flags)
	template := flags.String("template", "", "the JSON file to write such a mapping to, which must not be there; else it is printed")
	path, err := arguments(flags, args)
	if err != nil {
		return err
	}
	f, bad := open(path, *mapping)
	if fault := (*table.Error)(nil); bad != nil && !errors.As(bad, &fault) {
		return bad
	}
	fmt.Print(f)
	if bad == nil {
		var account recordings.Account
		if _, account, bad = f.Responses(recordings.Fold{}); bad == nil {
			fmt.Println(account)
		}
	}
	text, err := json.MarshalIndent(f.Template(), "", "  ")
	if err != nil {
		return err
	}
	if *template == "" {
		fmt.Printf("mapping: %s\n", text)
	} else if err := create(*template, func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "%s\n", text)
		return err
	}); err != nil {
		return err
	}
	return bad
}

// withMapping adds the option -mapping.
func withMapping(flags *flag.FlagSet) *string {
	return flags.String("mapping", "", "the JSON file that says what columns, words and units are")
}

// open opens a file with a mapping, if there is one.
func open(path, mapping string) (*recordings.File, error) {
	m, err := recordings.ReadMapping(mapping)
	if err != nil {
		return nil, err
	}
	return recordings.Open(path, m)
}

// arguments are those of a command with one file, before or after its options.
func arguments(flags *flag.FlagSet, args []string) (path string, err error) {
	flags.SetOutput(io.Discard)
	if err = flags.Parse(args); err == nil && flags.NArg() > 0 {
		path, err = flags.Arg(0), flags.Parse(flags.Args()[1:])
	}
	switch {
	case err != nil:
		return "", fmt.Errorf("%s: %w", flags.Name(), err)
	case path == "":
		return "", fmt.Errorf("%s: no file is named", flags.Name())
	case flags.NArg() > 0:
		return "", fmt.Errorf("%s: %q is one file too many", flags.Name(), flags.Arg(0))
	}
	return path, nil
}

// create writes a file that must not be there, and leaves none after an error.
func create(path string, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	err = write(file)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		os.Remove(path)
	}
	return err
}
