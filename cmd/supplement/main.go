// Supplement executes the notebooks, checks what they claim, and publishes them.
//
//	go run ./cmd/supplement [-notebook GLOB] [-out DIR] [-check] [-shape] [-limit TIME]
//
// Each notebook is executed headlessly by Jupyter's nbconvert in a fresh kernel.
// It fails if a cell fails, even in silence, or if a claim does not hold. If all
// is well it is written back in a normal form, so that the same results give the
// same bytes, and published to DIR: a page that needs no network, a PDF, an index
// of all pages and claims, claims.json and manifest.json.
//
// With -check nothing is published or written to the notebook; it fails instead
// if the execution differs in a byte from the committed notebook. With -shape
// nothing is executed; it fails if a notebook does not read like the others
// (short cells, more prose than code, what would falsify it, exercises).
//
// The notebooks are those of the module in whose folder it is started: this one,
// or a study of one's own that requires it (go tool supplement).
//
// What failed is left in DIR/failed. Exit status: 0 all is well, 1 a notebook
// failed, 2 a tool is missing or the command line is wrong, 130 interrupted.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	var missing Missing
	switch {
	case err == nil:
		return
	case errors.Is(err, errUsage):
		os.Exit(2)
	}
	fmt.Fprintln(os.Stderr, "supplement:", err)
	switch {
	case errors.Is(err, context.Canceled):
		os.Exit(130)
	case errors.As(err, &missing):
		os.Exit(2)
	}
	os.Exit(1)
}

var errUsage = errors.New("usage")

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("supplement", flag.ContinueOnError)
	glob := flags.String("notebook", "notebooks/*.ipynb", "execute the notebooks that match `GLOB`")
	out := flags.String("out", "build/supplement", "publish to `DIR`")
	check := flags.Bool("check", false, "only compare with the committed notebooks")
	shapeOnly := flags.Bool("shape", false, "only check the shape of the notebooks, as they are")
	limit := flags.Duration("limit", 2*time.Minute, "time limit of one cell")
	if flags.Parse(args) != nil {
		return errUsage
	}
	wrong := ""
	switch {
	case flags.NArg() > 0:
		wrong = fmt.Sprintf("unexpected arguments %q", flags.Args())
	case *limit < time.Second:
		wrong = fmt.Sprintf("-limit = %v, must be at least 1s", *limit)
	case *out == "":
		wrong = `-out = "", must name a folder`
	}
	if wrong != "" {
		fmt.Fprintln(os.Stderr, "supplement:", wrong)
		flags.Usage()
		return errUsage
	}
	here, err := os.Getwd()
	if err != nil {
		return err
	}
	root, err := moduleRoot(here)
	if err != nil {
		return err
	}
	sources, err := Find(root, here, *glob)
	if err != nil {
		return err
	}
	if *shapeOnly {
		return CheckShape(sources)
	}
	if !filepath.IsAbs(*out) {
		*out = filepath.Join(root, *out)
	}

	// Every tool, and the folder, is looked for before the first minute is spent.
	house, err := locateHouse(root)
	if err != nil {
		return err
	}
	if err := locateKernel(house); err != nil {
		return err
	}
	nbconvert, err := locateJupyter()
	if err != nil {
		return err
	}
	shop, err := NewWorkshop(root, house)
	if err != nil {
		return err
	}
	defer shop.Close()
	progress := NewProgress(os.Stderr)
	defer progress.Close()
	publisher := Publisher{Shop: shop, Nbconvert: nbconvert, Progress: progress}
	if !*check {
		if publisher.Browser.Path, err = locateBrowser(); err != nil {
			return err
		}
		if publisher.MathJax, err = locateMathJax(house); err != nil {
			return err
		}
		publisher.Browser.Shop = shop
		if err := os.MkdirAll(*out, 0o755); err != nil {
			return fmt.Errorf("-out: %w", err)
		}
	}

	var entries []Entry
	executed := map[string]*Notebook{}
	failed := 0
	for _, s := range sources {
		job := Job{Source: s, Check: *check, Failed: filepath.Join(*out, "failed"), Progress: progress,
			Execution: Execution{Shop: shop, Nbconvert: nbconvert, Limit: *limit}}
		entry, nb, err := job.Run(ctx)
		switch {
		case errors.As(err, new(Missing)) || errors.Is(err, context.Canceled):
			return err
		case err != nil:
			failed++
			progress.Line("%s", err)
		default:
			entries = append(entries, entry)
			executed[entry.Name] = nb
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %s failed", failed, plural(len(sources), "notebook"))
	}
	if *check {
		return nil
	}
	paths := []string{}
	for _, s := range sources {
		paths = append(paths, s.Path)
	}
	inputs, err := Inputs(root, house, paths)
	if err != nil {
		return err
	}
	if err := publisher.Publish(ctx, *out, entries, executed, inputs); err != nil {
		return err
	}
	progress.Line("published: %s", filepath.Join(*out, "index.html"))
	return nil
}
