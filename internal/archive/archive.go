// Package archive is what git says of a tree, for a copy of the tree that has no git:
// its commit, the digest of every file, and the last commit of each notebook. A
// program that names the commit in what it makes can make the same there.
package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// Name is that of the file, at the root of the tree.
const Name = "archive.json"

// An Archive is the content of the file.
type Archive struct {
	Commit string          `json:"commit"` // as git describes it
	Time   int64           `json:"time"`   // of the commit, in seconds since 1970
	Files  map[string]File `json:"files"`  // by path, with slashes
}

// A File is one that git tracks. Commit, Time and Date are those of the last commit that
// touched it, empty and 0 where that is not told.
type File struct {
	Sum    string `json:"sha256"`
	Commit string `json:"commit,omitempty"`
	Time   int64  `json:"time,omitempty"` // in seconds since 1970
	Date   string `json:"date,omitempty"` // YYYY-MM-DD where it was made
}

// Sum is the digest of a file's content.
func Sum(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Read reads the archive of the tree at dir. An error wraps fs.ErrNotExist where there
// is none.
func Read(dir string) (a Archive, err error) {
	path := filepath.Join(dir, Name)
	text, err := os.ReadFile(path)
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(text, &a); err != nil || a.Commit == "" {
		return a, fmt.Errorf("%s: it names no commit (%v)", path, err)
	}
	return a, nil
}

// Of is what the archive at or above a file's folder says of it; found tells whether
// there is one that knows it.
func Of(path string) (f File, found bool) {
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if a, err := Read(dir); err == nil {
			name, err := filepath.Rel(dir, path)
			f, found = a.Files[filepath.ToSlash(name)]
			return f, found && err == nil
		}
		if dir == filepath.Dir(dir) {
			return f, false
		}
	}
}

// Changed lists the files of the tree at dir that are no longer what they were, or gone.
func (a Archive) Changed(dir string) (list []string) {
	for path, file := range a.Files {
		if content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path))); err != nil || Sum(content) != file.Sum {
			list = append(list, path)
		}
	}
	slices.Sort(list)
	return list
}
