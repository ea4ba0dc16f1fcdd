package workshop

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// ErrUsage ends a run whose command line is wrong, and which has said so.
var ErrUsage = errors.New("usage")

// Run is the main function of the program name: it runs it with its arguments until it ends or is interrupted, says the error, and
// exits: 0 all is well, 1 it failed, 2 a tool is missing or the command line is wrong, 130 interrupted.
func Run(name string, run func(ctx context.Context, args []string) error) {
	if Unsupported != "" {
		fmt.Fprintf(os.Stderr, "%s: %s\n", name, Unsupported)
		os.Exit(2)
	}
	ctx, stop := Interruptible(context.Background())
	err := run(ctx, os.Args[1:])
	stop()
	switch {
	case err == nil, errors.Is(err, ErrUsage):
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(os.Stderr, "%s: interrupted\n", name)
	default:
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
	}
	os.Exit(status(err))
}

// status is the exit status of a run that ended with err.
func status(err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, context.Canceled):
		return 130
	case errors.Is(err, ErrUsage), errors.As(err, new(Missing)):
		return 2
	}
	return 1
}
