//go:build unix

package durable

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// chownLike gives a file the owner of another, where that is allowed.
func chownLike(f *os.File, info fs.FileInfo) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		_ = f.Chown(int(s.Uid), int(s.Gid)) // only root may: for others the file is theirs
	}
}

// Alive tells whether a process of this machine exists.
func Alive(pid int) bool { return pid > 0 && !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }
