package main

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"strings"

	"credo/internal/archive"
)

// A Tree is what git tracks at HEAD.
type Tree struct {
	Archive archive.Archive
	Files   map[string]File
}

// A File is in the bundle by a path with slashes.
type File struct {
	Content []byte
	Mode    fs.FileMode
}

// ReadTree asks git in the folder root.
func ReadTree(ctx context.Context, root string) (t Tree, err error) {
	git := func(args ...string) (string, error) {
		cmd := exec.CommandContext(ctx, "git", append([]string{"--no-optional-locks"}, args...)...)
		cmd.Dir = root
		out, err := cmd.Output()
		if failed := new(exec.ExitError); errors.As(err, &failed) {
			err = fmt.Errorf("git %s: %s", args[0], bytes.TrimSpace(failed.Stderr))
		}
		return string(out), err
	}
	commit, err := git("describe", "--tags", "--always", "--abbrev=12")
	if err != nil {
		return t, err
	}
	t.Archive = archive.Archive{Commit: strings.TrimSpace(commit), Files: map[string]archive.File{}}
	head, err := last(git)
	if err != nil {
		return t, err
	}
	t.Archive.Time = head.Time
	text, err := git("archive", "--format=tar", "HEAD")
	if err != nil {
		return t, err
	}
	if t.Files, err = untar(text); err != nil {
		return t, err
	}
	for path, file := range t.Files {
		var known archive.File
		if strings.HasSuffix(path, ".ipynb") {
			if known, err = last(git, path); err != nil {
				return t, err
			}
		}
		known.Sum = archive.Sum(file.Content)
		t.Archive.Files[path] = known
	}
	return t, nil
}

// last is the last commit, of all or of those that touched the paths.
func last(git func(...string) (string, error), paths ...string) (f archive.File, err error) {
	text, err := git(append([]string{"log", "-1", "--abbrev=12", "--format=%h %ct %cs", "HEAD", "--"}, paths...)...)
	if err == nil {
		_, err = fmt.Sscan(text, &f.Commit, &f.Time, &f.Date)
	}
	return f, err
}

func untar(text string) (map[string]File, error) {
	files := map[string]File{}
	for r := tar.NewReader(strings.NewReader(text)); ; {
		h, err := r.Next()
		if err == io.EOF {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		switch h.Typeflag {
		case tar.TypeReg:
			content, err := io.ReadAll(r)
			if err != nil {
				return nil, err
			}
			files[h.Name] = File{content, fs.FileMode(h.Mode) & 0o755}
		case tar.TypeDir, tar.TypeXGlobalHeader:
		default:
			return nil, fmt.Errorf("%s is no regular file: a zip that is unpacked everywhere cannot hold it", h.Name)
		}
	}
}
