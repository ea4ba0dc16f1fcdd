package shard

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
)

// open opens this program, which may have been replaced or removed since it was started: on Linux what is running is read
// all the same.
func open() (*os.File, error) {
	if f, err := os.Open("/proc/self/exe"); err == nil {
		return f, nil
	}
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return os.Open(path)
}

// Code is the hash of this program in hexadecimal digits: two programs with the same compute the same.
func Code() (string, error) {
	f, err := open()
	if err != nil {
		return "", fmt.Errorf("shard: this program cannot be read: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

// Install puts a copy of this program into the folder, so that other machines find it and building this one anew changes nothing.
// It returns its path. It may be called again.
func (f *Folder) Install() (string, error) {
	path := f.path("program")
	self, err := open()
	if err != nil {
		return "", fmt.Errorf("shard: this program cannot be read: %w", err)
	}
	defer self.Close()
	text, err := io.ReadAll(self)
	if err == nil {
		err = f.Write("program", text)
	}
	if err == nil {
		err = os.Chmod(path, 0o755)
	}
	return path, err
}

// program is the copy in the folder, or else this program.
func (f *Folder) program() string {
	if _, err := os.Stat(f.path("program")); err == nil {
		return f.path("program")
	}
	path, err := os.Executable()
	if err != nil {
		return os.Args[0]
	}
	return path
}
