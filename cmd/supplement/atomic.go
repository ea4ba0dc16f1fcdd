package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"sync/atomic"

	"credo/internal/workshop"
)

var written atomic.Int64 // files written so far, for the names of temporary ones

// WriteAtomic writes a file so that a reader, and a crash, sees the old content
// or the new, never a part: a temporary file beside it, flushed, then renamed.
// A link stays a link and its target is written; a file that exists keeps its
// mode and owner, a new one has what the umask leaves. What is already there is
// not written again.
func WriteAtomic(path string, content []byte) (err error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	} else if _, e := os.Readlink(path); e == nil {
		return fmt.Errorf("%s is a link to nothing", path)
	}
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
		return nil
	}
	f, err := spare(path)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
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
		err = os.Rename(f.Name(), path)
	}
	return err
}

// spare makes a temporary file in the folder of path, with the number of this
// process in its name, for Sweep.
func spare(path string) (*os.File, error) {
	name := fmt.Sprintf(".%s.credo-%d-%d", filepath.Base(path), os.Getpid(), written.Add(1))
	return os.OpenFile(filepath.Join(filepath.Dir(path), name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

var leftover = regexp.MustCompile(`^\..+\.credo-(\d+)-\d+$`)

// Sweep removes temporary files that runs of this program which were killed left
// in the folder.
func Sweep(dir string) {
	list, _ := os.ReadDir(dir)
	for _, f := range list {
		if m := leftover.FindStringSubmatch(f.Name()); m != nil {
			if pid, err := strconv.Atoi(m[1]); err == nil && !workshop.Alive(pid) {
				os.Remove(filepath.Join(dir, f.Name()))
			}
		}
	}
}

// Writable says why WriteAtomic could not replace a file, if that can be known
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
