package viz

import (
	"fmt"
	"os"
)

// Must returns the value, or ends the program as [Check] does. It serves the cells of a notebook, whose reader is told what is wrong in one
// sentence; a package returns its errors.
func Must[T any](value T, err error) T {
	Check(err)
	return value
}

// Must2 is [Must] for two values.
func Must2[T, U any](value T, second U, err error) (T, U) {
	Check(err)
	return value, second
}

// Check does nothing if err is nil. Else it writes the line "error: " with the error to stderr, after all that has been shown has arrived,
// and ends the program with status 1: no trace of goroutines, and no deferred call runs.
func Check(err error) {
	if err == nil {
		return
	}
	flush()
	fmt.Fprintln(os.Stderr, "error:", oneLine(err.Error()))
	os.Exit(1)
}
