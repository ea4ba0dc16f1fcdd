// Supplement executes the notebooks, checks what they claim, and publishes them.
//
//	go run ./cmd/supplement [-notebook GLOB] [-out DIR] [-all] [-static] [-check] [-kernel N] [-shape] [-diff REV] [-seconds]
//		[-limit TIME] [-jobs N]
//
// Each notebook is executed headlessly by Jupyter's nbconvert in a fresh kernel,
// as many at once as there are processors and memory. It fails if a cell fails,
// even in silence, or if a claim does not hold. If all is well it is written back
// in a normal form, so that the same results give the same bytes, with a digest of
// all that its outputs depend on; a notebook whose digest is still true is not
// executed again (-all executes all). What holds is published to DIR: a page that
// needs no network, a PDF, an index of all pages and claims, claims.json and
// manifest.json; pages of other notebooks stay. What failed is named at the end.
//
// The cells go with the pages as one program for WebAssembly, cells.js, which a page
// loads when its reader first runs a cell, with other parameters or with the same
// (-static leaves it out). With -seconds nothing is published; it measures how long
// cells take, which pages then say beforehand.
//
// With -check nothing is published or written to the notebook, all are executed,
// and it fails if an execution differs in a byte from the committed notebook; on
// another processor than the committed one, if a claim or a number departs. Most are
// executed without Jupyter, each as one program made of its cells (package book), which
// links once and not once a cell; two (-kernel N), chosen by a digest of the tree, and
// those of which no program can be made, by the kernel (-all: all of them). With
// -shape nothing is executed; it fails if a notebook does not read like the others
// (short cells, more prose than code, what would falsify it, exercises). With
// -diff nothing is executed either; it lists the claims and numbers that differ
// between the committed notebooks of a git revision and those here.
//
// The notebooks are those of the module in whose folder it is started: this one,
// or a study of one's own that requires it (go tool supplement).
//
// What failed is left in DIR/failed. Exit status: 0 all is well, 1 a notebook
// failed, 2 a tool is missing or the command line is wrong, 130 interrupted.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"credo/internal/durable"
	"credo/internal/notebook"
	"credo/internal/workshop"
)

func main() { workshop.Run("supplement", run) }

const everything = "notebooks/*.ipynb"

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("supplement", flag.ContinueOnError)
	glob := flags.String("notebook", everything, "execute the notebooks that match `GLOB`")
	out := flags.String("out", "build/supplement", "publish to `DIR`")
	check := flags.Bool("check", false, "only compare with the committed notebooks")
	shapeOnly := flags.Bool("shape", false, "only check the shape of the notebooks, as they are")
	all := flags.Bool("all", false, "execute all, also what has not changed; with -check, all by the kernel")
	diff := flags.String("diff", "", "list the claims and numbers that differ from those of the git revision `REV`")
	jobs := flags.Int("jobs", 0, "execute `N` notebooks at once; 0: as many as processors and memory allow")
	kernel := flags.Int("kernel", 2, "with -check, execute `N` notebooks by the kernel, each in its turn, the others as programs")
	static := flags.Bool("static", false, "publish pages whose cells a reader cannot run")
	seconds := flags.Bool("seconds", false, "only measure how long cells take, for notebooks/seconds.csv")
	limit := flags.Duration("limit", 2*time.Minute, "time limit of one cell")
	if flags.Parse(args) != nil {
		return workshop.ErrUsage
	}
	wrong := ""
	switch {
	case flags.NArg() > 0:
		wrong = fmt.Sprintf("unexpected arguments %q", flags.Args())
	case *limit < time.Second:
		wrong = fmt.Sprintf("-limit = %v, must be at least 1s", *limit)
	case *jobs < 0:
		wrong = fmt.Sprintf("-jobs = %d, must not be negative", *jobs)
	case *kernel < 0:
		wrong = fmt.Sprintf("-kernel = %d, must not be negative", *kernel)
	case *out == "":
		wrong = `-out = "", must name a folder`
	}
	if wrong != "" {
		fmt.Fprintln(os.Stderr, "supplement:", wrong)
		flags.Usage()
		return workshop.ErrUsage
	}
	workshop.Settle()
	if err := workshop.CheckHome(); err != nil {
		return err
	}
	here, root, err := workshop.Here()
	if err != nil {
		return err
	}
	sources, err := notebook.Find(root, here, *glob)
	if err != nil {
		return err
	}
	if *shapeOnly {
		return CheckShape(sources)
	}
	if *diff != "" {
		return Compare(os.Stdout, root, *diff, sources)
	}
	if !filepath.IsAbs(*out) {
		*out = filepath.Join(root, *out)
	}

	// Every tool, and the folder, is looked for before the first minute is spent.
	house, err := workshop.LocateHouse(root)
	if err != nil {
		return err
	}
	if err := workshop.LocateKernel(house); err != nil {
		return err
	}
	shop, err := workshop.New(root, house)
	if err != nil {
		return err
	}
	defer shop.Close()
	progress := workshop.NewProgress(os.Stderr)
	defer progress.Close()
	if *seconds {
		return Measure(ctx, shop, progress, sources, *limit)
	}
	nbconvert, err := locateJupyter()
	if err != nil {
		return err
	}
	publisher := Publisher{Shop: shop, Progress: progress, Static: *static}
	if !*check {
		if publisher.Browser.Path, err = locateBrowser(); err != nil {
			return err
		}
		if publisher.MathJax, err = locateMathJax(house); err != nil {
			return err
		}
		publisher.Browser.Shop = shop
		if err := os.MkdirAll(*out, 0o777); err != nil {
			return fmt.Errorf("-out: %w", err)
		}
		if err := durable.Writable(filepath.Join(*out, "manifest.json")); err != nil {
			return fmt.Errorf("-out %s: %w", *out, err)
		}
	}
	for _, s := range sources {
		durable.Sweep(filepath.Dir(s.Path))
	}
	build := Build{Root: root, House: house, Sources: sources, Whole: *glob == everything, Out: *out,
		Check: *check, All: *all, Kernel: *kernel, Limit: *limit, Jobs: *jobs, Progress: progress, Nbconvert: nbconvert, Publisher: publisher}
	return build.Run(ctx)
}
