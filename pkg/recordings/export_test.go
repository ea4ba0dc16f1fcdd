package recordings

import "testing"

// What the tests outside of the package share with it.
var Collect = collect

// Shorter is n, or its part in short mode.
func Shorter(n, by int) int {
	if testing.Short() {
		return n / by
	}
	return n
}
