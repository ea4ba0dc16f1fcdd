package shard

import "errors"

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

// ExitCode is the exit status for an error.
func ExitCode(err error) int {
	var e Exit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &e):
		return e.Code
	}
	return ExitFailed
}
