package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"credo/internal/book"
	"credo/internal/citation"
	"credo/internal/native"
	"credo/internal/notebook"
	"credo/internal/page"
	"credo/internal/workshop"
	"credo/pkg/recordings"
	"credo/pkg/recordings/estimate"
)

const (
	reportBook    = "notebooks/10_recordings.ipynb"
	reportSection = "sec-data"
	reportPage    = "recordings.html"
	keyFigure     = "fig-data-line"
	reportLimit   = 10 * time.Minute // of one cell, which reads the file
)

// A request is what a page is asked of.
type request struct {
	file    string
	mapping string // empty: none
	out     string // folder

	generated bool // all of the file
}

// report publishes the figures of a file as one page, DIR/recordings.html, which needs
// nothing beside it. They are drawn by the cells of the section "Your data" of the
// notebook on recordings, run as programs: neither Jupyter nor a browser is needed.
//
// A file that cannot be read, or of which nothing can be estimated, gives an error and no
// page; a cell or a claim that fails, a page that says so and an error.
func report(args []string) error {
	flags := flag.NewFlagSet("report", flag.ContinueOnError)
	mapping := withMapping(flags)
	out := flags.String("o", "build/recordings", "the folder to write "+reportPage+" to")
	path, err := arguments(flags, args)
	if err != nil {
		return err
	}
	r := request{file: path, mapping: *mapping, out: *out}
	if err := r.check(); err != nil {
		return err
	}
	ctx, stop := workshop.Interruptible(context.Background())
	defer stop()
	return r.publish(ctx)
}

// check reads the file as the cells will, and makes the paths whole.
func (r *request) check() error {
	f, err := open(r.file, r.mapping)
	if err != nil {
		return err
	}
	responses, _, err := f.Responses(recordings.Fold{})
	if err != nil {
		return err
	}
	if _, err := estimate.Cells(responses, 20); err != nil {
		return err
	}
	r.generated = !slices.ContainsFunc(responses, func(x recordings.Response) bool { return x.Status != recordings.Generated })
	for _, path := range []*string{&r.file, &r.mapping, &r.out} {
		if *path == "" {
			continue
		}
		if *path, err = filepath.Abs(*path); err != nil {
			return err
		}
	}
	return nil
}

// publish runs the section and writes the page.
func (r request) publish(ctx context.Context) error {
	workshop.Settle()
	_, root, err := workshop.Here()
	if err != nil {
		return err
	}
	sources, err := notebook.Find(root, root, reportBook)
	if err != nil {
		return err
	}
	s, err := cut(&sources[0].Notebook, reportSection)
	if err != nil {
		return err
	}
	shop, err := workshop.New(root, root)
	if err != nil {
		return err
	}
	defer shop.Close()
	wrong, err := s.run(ctx, shop, sources[0], []string{"--data=" + r.file, "--mapping=" + r.mapping})
	if err != nil {
		return err
	}
	text, err := s.page(root, r, wrong)
	if err != nil {
		return err
	}
	path := filepath.Join(r.out, reportPage)
	if err := os.MkdirAll(r.out, 0o777); err != nil {
		return fmt.Errorf("-o: %w", err)
	}
	if err := os.WriteFile(path, text, 0o666); err != nil {
		return fmt.Errorf("-o: %w", err)
	}
	fmt.Println(path)
	if len(wrong) > 0 {
		return notWhole(wrong)
	}
	return nil
}

// notWhole says what of a page could not be made.
type notWhole []string

func (w notWhole) Error() string {
	return "report: not all of the page could be made:\n  " + strings.Join(w, "\n  ")
}

// run gives the section's cells their outputs. What failed is named in wrong; an error
// says why nothing could be run.
func (s section) run(ctx context.Context, shop workshop.Workshop, from notebook.Source, arguments []string) (wrong []string, err error) {
	progress := workshop.NewProgress(os.Stderr)
	defer progress.Close()
	progress.Set("report", "builds the program of its cells")
	defer progress.Set("report", "")
	space, err := openBook(ctx, shop)
	if err != nil {
		return nil, err
	}
	from.Notebook = notebook.Notebook{Cells: append([]*notebook.Cell{s.parameters}, s.cells...), Metadata: from.Metadata}
	e, err := native.New(from, space, reportLimit)
	if err != nil {
		return nil, err
	}
	e.Arguments = arguments
	e.Started = func(cell int, _ time.Duration) {
		progress.Set("report", fmt.Sprintf("cell %d of %d", cell, len(from.Running())))
	}
	text, late := e.Run(ctx, from.Path)
	if text == nil {
		return nil, late
	}
	done, err := notebook.Parse(text)
	if err != nil {
		return nil, err
	}
	done.Normalise() // which also counts the cells anew
	_, failures := done.Examine(from.Label)
	for _, f := range failures {
		wrong = append(wrong, fmt.Sprintf("In [%d]: %s", from.Cells[f.Cell-1].Count, f.What))
	}
	if late != nil {
		wrong = append(wrong, late.Error())
	}
	for i, c := range s.cells {
		c.Outputs = done.Cells[i+1].Outputs
	}
	return wrong, nil
}

// openBook makes the folder in which the program is built. What building needs and is
// not here yet is fetched first, for later nothing is.
func openBook(ctx context.Context, shop workshop.Workshop) (*book.Workspace, error) {
	for _, args := range [][]string{
		{"go", "build", "-o", shop.Path("bin", "goimports"), "golang.org/x/tools/cmd/goimports"},
		{"go", "list", "-deps", "-f", "", "./pkg/...", "github.com/janpfeifer/must"},
	} {
		cmd, done := shop.Command(ctx, args[0], args[1:]...)
		out, err := cmd.CombinedOutput()
		done()
		if cause := context.Cause(ctx); cause != nil {
			return nil, cause
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w: %s", strings.Join(args, " "), err, strings.TrimSpace(string(out)))
		}
	}
	w, err := native.Open(ctx, shop)
	if err == nil {
		w.Tools = shop.Path("bin")
	}
	return w, err
}

var punctuation = regexp.MustCompile("[!-/:-@\\[-`{-~]")

// literal is a text that neither Markdown nor HTML nor TeX takes for its own.
func literal(text string) string {
	return punctuation.ReplaceAllStringFunc(strings.ToValidUTF8(text, "?"), func(s string) string { return fmt.Sprintf("&#%d;", s[0]) })
}

// page is the finished page of a section that has run.
func (s section) page(root string, r request, wrong []string) ([]byte, error) {
	opening, err := s.opening(root, r, wrong)
	if err != nil {
		return nil, err
	}
	works, err := os.Open(filepath.Join(root, "notebooks", "references.bib"))
	if err != nil {
		return nil, err
	}
	defer works.Close()
	b := page.Book{Title: s.title, Alone: true}
	if b.Works, err = page.ReadWorks(works); err != nil {
		return nil, err
	}
	chapter := page.Chapter{Name: "recordings", Title: filepath.Base(r.file), Cells: append([]*notebook.Cell{{Type: "markdown", Source: opening}}, alone(s.cells)...)}
	b.Chapters = []page.Chapter{chapter}
	text, err := page.NewBook(b).Render(chapter.Name, "")
	if err != nil {
		return nil, err
	}
	finished := page.Secured(string(text))
	return []byte(finished), page.SelfContained(finished)
}

// opening is the text at the top of the page: whose data, by what, and what failed.
func (s section) opening(root string, r request, wrong []string) (string, error) {
	cite, err := citation.Read(root)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", literal(filepath.Base(r.file)))
	command := "go run ./cmd/recordings report"
	if r.generated {
		b.WriteString("**Generated.** Nobody measured this: every row was drawn from the model. ")
	}
	for _, x := range []struct{ what, path, flag string }{{"The file is", r.file, ""}, {"Its words, units and columns are as in", r.mapping, "-mapping "}} {
		if x.path == "" {
			continue
		}
		file, err := os.Open(x.path)
		if err != nil {
			return "", err
		}
		sum := sha256.New()
		n, err := io.Copy(sum, file)
		file.Close()
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "%s %s, %d bytes, SHA-256 `%x`. ", x.what, literal(filepath.Base(x.path)), n, sum.Sum(nil))
		command += " " + x.flag + filepath.Base(x.path)
	}
	fmt.Fprintf(&b, "The page was made by credo %s, with the command <code>%s</code>, from section %s of its notebook *%s*, which derives every estimate; sections that are named without a link are of that notebook. "+
		"The code of each figure is folded above it, and its data can be taken from below it. The key figure is [Fig.](#%s).\n", cmp.Or(cite.Version, "without version"), literal(command), s.number, s.title, keyFigure)
	if len(wrong) > 0 {
		b.WriteString("\n**This page is not whole.** What failed:\n\n")
		for _, w := range wrong {
			fmt.Fprintf(&b, "- %s\n", literal(w))
		}
	}
	return b.String(), nil
}
