// Package durable writes files whole or not at all, whatever happens meanwhile to the program, the machine or the disk.
package durable

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
)

// Write writes a file so that a reader, and a crash, sees the old content or the
// new, never a part: a temporary file beside it, flushed, then renamed, and the folder flushed.
// A link stays a link and its target is written; a file that exists keeps its
// mode and owner, a new one has what the umask leaves. What is already there is
// not written again.
func Write(path string, content []byte) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	} else if _, e := os.Readlink(path); e == nil {
		return fmt.Errorf("%s is a link to nothing", path)
	}
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
		return nil
	}
	return write(path, content, os.Rename)
}

// Create writes a file that is not there yet, and returns an error that wraps [fs.ErrExist]
// if it is: of processes that create one at once, one wins.
func Create(path string, content []byte) error {
	return write(path, content, func(temporary, path string) error {
		err := os.Link(temporary, path)
		if err == nil || errors.Is(err, fs.ErrExist) {
			return err
		}
		if _, e := os.Lstat(path); e == nil { // a file system without links
			return fs.ErrExist
		}
		return os.Rename(temporary, path)
	})
}

// write writes a temporary file and brings it to its place.
func write(path string, content []byte, place func(temporary, path string) error) error {
	f, err := spare(path)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after a rename there is none
	_, err = f.Write(content)
	if info, e := os.Stat(path); err == nil && e == nil {
		chownLike(f, info)
		err = f.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = place(f.Name(), path)
	}
	if dir, e := os.Open(filepath.Dir(path)); err == nil && e == nil {
		_ = dir.Sync() // systems that cannot need not
		dir.Close()
	}
	return err
}

// Unique is a name that no other process, on any machine, has: the number of this one and twelve random digits.
func Unique() string {
	b := make([]byte, 6)
	rand.Read(b) // never fails
	return fmt.Sprintf("%d-%x", os.Getpid(), b)
}

// spare makes a temporary file in the folder of path, with a name for Sweep.
func spare(path string) (*os.File, error) {
	name := fmt.Sprintf(".%s.credo-%s", filepath.Base(path), Unique())
	return os.OpenFile(filepath.Join(filepath.Dir(path), name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

var leftover = regexp.MustCompile(`^\..+\.credo-(\d+)-[0-9a-f]{12}$`)

// Sweep removes temporary files from the folder that processes which were killed have left. To one of another machine
// it may do so while it writes, which then fails.
func Sweep(dir string) {
	list, _ := os.ReadDir(dir)
	for _, f := range list {
		if m := leftover.FindStringSubmatch(f.Name()); m != nil {
			if pid, err := strconv.Atoi(m[1]); err == nil && !Alive(pid) {
				os.Remove(filepath.Join(dir, f.Name()))
			}
		}
	}
}

// Writable says why Write could not replace a file, if that can be known
// before there is anything to write.
func Writable(path string) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	info, err := os.Stat(path)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case err == nil && info.Mode().Perm()&0o200 == 0:
		return fmt.Errorf("the file is read-only (mode %04o): chmod u+w, or use -check, which writes nothing", info.Mode().Perm())
	}
	f, err := spare(path)
	if err != nil {
		return fmt.Errorf("no file can be written beside it (%w): use -check, which writes nothing", err)
	}
	f.Close()
	return os.Remove(f.Name())
}
