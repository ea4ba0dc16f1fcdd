package shard

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
)

// unique is a name that no other process, on any machine, gives a file. It is no part of a result.
func unique() string {
	b := make([]byte, 6)
	_, _ = rand.Read(b) // never fails
	return fmt.Sprintf("%d-%s", os.Getpid(), hex.EncodeToString(b))
}

// Write writes a file of the folder so that a reader, and a crash at any moment, sees the old content or the new, never a
// part: under a temporary name, synchronised, renamed, and the folder synchronised.
func (f *Folder) Write(name string, content []byte) error {
	return f.put(name, content, 0o666, os.Rename)
}

// put writes a file and brings it to its place by the function place(temporary, name).
func (f *Folder) put(name string, content []byte, mode os.FileMode, place func(old, new string) error) (err error) {
	path := f.path(name)
	dir := filepath.Dir(path)
	temporary := filepath.Join(dir, "."+filepath.Base(path)+"."+unique())
	w, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return fmt.Errorf("shard: %w", err)
	}
	defer os.Remove(temporary) // after a rename there is none
	_, err = w.Write(content)
	if err == nil {
		err = w.Sync()
	}
	if e := w.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = place(temporary, path)
	}
	if err == nil {
		err = syncFolder(dir)
	}
	if err != nil {
		return fmt.Errorf("shard: %w", err)
	}
	return nil
}

// syncFolder makes the names in a folder last. Systems that cannot synchronise folders need not.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}
