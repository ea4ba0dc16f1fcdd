package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"credo/internal/book"
	"credo/internal/citation"
	"credo/internal/native"
	"credo/internal/notebook"
	"credo/internal/page"
	"credo/internal/workshop"
	"credo/pkg/recordings"
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
	file    string // empty: the generated example
	mapping string // empty: none
	out     string // folder
}

// report publishes the figures of a file as one page, DIR/recordings.html, which needs
// nothing beside it. They are drawn by the cells of the section "Your data" of the
// notebook on recordings, run as programs: neither Jupyter nor a browser is needed.
//
// A file that cannot be read, or of which nothing can be estimated, gives an error and no
// page; a cell or a claim that fails, a page that says so and an error.
func report(args []string) error {
	flags := flag.NewFlagSet("report", flag.ContinueOnError)
	var r request
	flags.StringVar(&r.mapping, "mapping", "", "the words, units and columns of the file are as `M.json` says")
	flags.StringVar(&r.out, "o", "build/recordings", "write "+reportPage+" to the folder `DIR`")
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "usage: recordings report [FILE] [-mapping M.json] [-o DIR]; without FILE the generated example")
		flags.PrintDefaults()
	}
	for rest := args; ; rest = flags.Args()[1:] {
		if flags.Parse(rest) != nil {
			return workshop.ErrUsage
		}
		if flags.NArg() == 0 {
			break
		}
		if r.file != "" {
			return fmt.Errorf("report: one file at a time: %q and %q", r.file, flags.Arg(0))
		}
		r.file = flags.Arg(0)
	}
	for _, path := range []*string{&r.file, &r.mapping, &r.out} {
		if abs, err := filepath.Abs(*path); *path != "" && err == nil {
			*path = abs
		}
	}
	if err := r.check(); err != nil {
		return err
	}
	ctx, stop := workshop.Interruptible(context.Background())
	defer stop()
	return r.publish(ctx)
}

// check reads the file as the cells will.
func (r request) check() error {
	if r.file == "" {
		return nil
	}
	_, _, err := recordings.Load(r.file, recordings.Fold{})
	return err
}

// publish runs the section and writes the page.
func (r request) publish(ctx context.Context) error {
	workshop.Settle()
	here, err := os.Getwd()
	if err != nil {
		return err
	}
	root, err := workshop.ModuleRoot(here)
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
	wrong, err := s.run(ctx, shop, sources[0], r.arguments())
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
		return fmt.Errorf("report: not all of the page could be made:\n  %s", strings.Join(wrong, "\n  "))
	}
	return nil
}

// arguments are those that every cell gets.
func (r request) arguments() (list []string) {
	if r.file != "" {
		list = append(list, "--data="+r.file)
	}
	if r.mapping != "" {
		list = append(list, "--mapping="+r.mapping)
	}
	return list
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
	chapter := page.Chapter{Name: "recordings", Title: r.title(), Cells: append([]*notebook.Cell{{Type: "markdown", Source: opening}}, alone(s.cells)...)}
	b.Chapters = []page.Chapter{chapter}
	text, err := page.NewBook(b).Render(chapter.Name, "")
	if err != nil {
		return nil, err
	}
	finished := page.Secured(string(text))
	return []byte(finished), page.SelfContained(finished)
}

func (r request) title() string {
	if r.file == "" {
		return "Generated example"
	}
	return filepath.Base(r.file)
}

// opening is the text at the top of the page: whose data, by what, and what failed.
func (s section) opening(root string, r request, wrong []string) (string, error) {
	cite, err := citation.Read(root)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", literal(r.title()))
	command := "go run ./cmd/recordings report"
	if r.file == "" {
		b.WriteString("**Generated.** Nobody measured this: it is the example that comes with the package, drawn from the model. ")
	}
	for _, x := range []struct{ what, path, flag string }{{"The file is", r.file, ""}, {"Its words, units and columns are as in", r.mapping, "-mapping "}} {
		if x.path == "" {
			continue
		}
		text, err := os.ReadFile(x.path)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "%s %s, %d bytes, SHA-256 `%x`. ", x.what, literal(filepath.Base(x.path)), len(text), sha256.Sum256(text))
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
