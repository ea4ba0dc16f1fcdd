//go:build unix

package main

import (
	"errors"
	"os"
	"syscall"
)

// lockFolder waits until no other process holds the folder's lock. waiting is
// called if that takes time. The lock ends with unlock or with the process.
func lockFolder(dir string, waiting func()) (unlock func(), err error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	fd := int(f.Fd())
	err = syscall.Flock(fd, syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		waiting()
		for err = syscall.EINTR; err == syscall.EINTR; {
			err = syscall.Flock(fd, syscall.LOCK_EX)
		}
	}
	if errors.Is(err, syscall.ENOTSUP) || errors.Is(err, syscall.ENOLCK) {
		err = nil // a file system without locks: as before there were any
	}
	return func() { f.Close() }, err
}
