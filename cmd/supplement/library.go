package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"credo/internal/notebook"
	"credo/internal/page"
	"credo/internal/workshop"
)

// A Library is all that the pages of an edition may refer to: the notebooks that
// lie together, published now or not, and beside them the works that they cite
// (references.bib), their symbols (symbols.csv), the text of the front page
// (front.md) and the time that cells take (seconds.csv), where there are such files.
type Library struct {
	book  page.Book
	Front string // Markdown
	Dir   string // of the files

	seconds Seconds
}

// ReadLibrary reads it for the sources. What cannot be read among the others is
// left out: then a link to it leads nowhere, which is said where the link is.
func ReadLibrary(root, house string, sources []notebook.Source) (l Library, err error) {
	known := map[string]bool{}
	dirs := []string{}
	add := func(name, path string, nb *notebook.Notebook) error {
		if known[name] {
			return nil
		}
		title, _, err := nb.Abstract()
		if err != nil {
			return err
		}
		known[name] = true
		l.book.Chapters = append(l.book.Chapters, page.Chapter{Name: name, Title: title, Version: FileVersion(path), Cells: nb.Cells})
		return nil
	}
	for _, s := range sources {
		if err := add(s.Name, s.Path, &s.Notebook); err != nil {
			return l, fmt.Errorf("%s: %w", s.Label, err)
		}
		if dir := filepath.Dir(s.Path); !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	for _, dir := range dirs {
		neighbours, _ := filepath.Glob(filepath.Join(dir, "*.ipynb"))
		for _, path := range neighbours {
			text, err := os.ReadFile(path)
			if err != nil {
				continue
			}
			if nb, err := notebook.Parse(text); err == nil {
				nb.Normalise()
				_ = add(strings.TrimSuffix(filepath.Base(path), ".ipynb"), path, nb)
			}
		}
	}
	slices.SortFunc(l.book.Chapters, func(a, b page.Chapter) int { return cmp.Compare(a.Name, b.Name) })
	l.Dir = dirs[0]
	err = errors.Join(
		beside(l.Dir, "references.bib", func(r io.Reader) (err error) { l.book.Works, err = page.ReadWorks(r); return }),
		beside(l.Dir, "symbols.csv", func(r io.Reader) (err error) { l.book.Symbols, err = page.ReadSymbols(r); return }),
		beside(l.Dir, secondsName, func(r io.Reader) (err error) { l.seconds, err = ReadSeconds(r); return }),
		beside(l.Dir, "front.md", func(r io.Reader) error {
			text, err := io.ReadAll(r)
			l.Front = strings.ReplaceAll(string(text), "\r\n", "\n")
			return err
		}))
	if err == nil {
		l.book.Notice, err = ReadNotice(root, house)
	}
	if l.Front == "" {
		l.Front = fmt.Sprintf("# The notebooks of %s\n\nWhat they derive, compute and claim. Every number and every figure comes from the code on its page.\n", moduleName(root))
	}
	l.book.Title, _, _ = strings.Cut(strings.TrimPrefix(l.Front, "# "), "\n")
	return l, err
}

// beside reads a file that need not be there.
func beside(dir, name string, read func(io.Reader) error) error {
	f, err := os.Open(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		defer f.Close()
		err = read(f)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Join(filepath.Base(dir), name), err)
	}
	return nil
}

func moduleName(root string) string {
	return path.Base(workshop.Output(root, "go", "list", "-m"))
}

// Book is that of the library with the results in the place of what was read.
func (l Library) Book(results []Result) *page.Book {
	b := l.book
	b.Chapters = slices.Clone(b.Chapters)
	for i := range b.Chapters {
		for _, r := range results {
			if r.Source.Name == b.Chapters[i].Name {
				b.Chapters[i].Title, b.Chapters[i].Cells, b.Chapters[i].Version = r.Entry.Title, r.Notebook.Cells, FileVersion(r.Source.Path)
			}
		}
	}
	return page.NewBook(b)
}
