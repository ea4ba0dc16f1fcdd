package shard

import (
	"errors"
	"flag"
	"io"
)

// Exit is an error that says with which status the program ends; see package sweep. An error that is none ends it with ExitFailed.
type Exit struct {
	Code int
	Err  error
}

const (
	ExitFailed     = 1
	ExitRefused    = 2
	ExitIncomplete = 3
	ExitStopped    = 75
	ExitInterrupt  = 130
)

func (e Exit) Error() string { return e.Err.Error() }
func (e Exit) Unwrap() error { return e.Err }

// Refuse makes an error one that ends the program with ExitRefused, and nil nil.
func Refuse(err error) error {
	if err == nil {
		return nil
	}
	return Exit{ExitRefused, err}
}

// Parse reads the flags of a command; a mistake is refused. Asked for help it prints the flags and returns [flag.ErrHelp], with which
// the program ends well.
func Parse(flags *flag.FlagSet, args []string, out io.Writer) error {
	flags.SetOutput(io.Discard)
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		flags.SetOutput(out)
		flags.PrintDefaults()
		return err
	}
	return Refuse(err)
}

// ExitCode is the exit status for an error.
func ExitCode(err error) int {
	var e Exit
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.As(err, &e):
		return e.Code
	}
	return ExitFailed
}
