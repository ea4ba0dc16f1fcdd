//go:build unix

package book

import (
	"fmt"
	"os"
	"syscall"
)

// fifo makes a named pipe and opens both ends, without waiting for anybody.
func fifo(path string) (read, write *os.File, err error) {
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		return nil, nil, fmt.Errorf("the named pipe %s cannot be made: %w", path, err)
	}
	read, err = os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	write, err = os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		read.Close()
		return nil, nil, err
	}
	return read, write, nil
}
