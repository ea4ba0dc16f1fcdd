package workshop

import (
	"errors"
	"os"
)

// Settle makes Go the same for everybody: flags and a workspace of the user's own,
// set in the environment or in Go's own file, would change which packages there
// are. (Only a value that is not empty overrides that file.)
func Settle() {
	os.Setenv("GOFLAGS", "-mod=readonly -buildvcs=false")
	os.Setenv("GOWORK", "off")
	// Under a git hook these point to another repository than the one at hand.
	for _, name := range []string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"} {
		os.Unsetenv(name)
	}
}

// CheckHome says in a sentence what Go says in many lines.
func CheckHome() error {
	if _, err := os.UserCacheDir(); err != nil && os.Getenv("GOCACHE") == "" {
		return errors.New("HOME is not set, and Go keeps its caches there: HOME=/your/home make supplement")
	}
	return nil
}
