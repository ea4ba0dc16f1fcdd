// Bundle packs all that a stranger needs to read the supplement and to make it again
// into one zip: the published pages, the executed notebooks, the packages and the rest
// of what git tracks, licences, and metadata for archives.
//
//	go run ./cmd/bundle [-pages DIR] [-out FILE]
//
// The tree is that of git's HEAD; the pages must have been made of it (make supplement
// after the commit). In the zip is one folder, named by the version of CITATION.cff:
//
//	supplement/             the pages, as published
//	archive.json            what git says of the tree: the commit, each file's digest
//	.zenodo.json            for Zenodo
//	ro-crate-metadata.json  RO-Crate 1.2
//	codecheck.yml           what a codechecker should find again
//	everything else         the tree: make supplement there makes supplement/ again
//
// Names are sorted and times those of the commit, so that the same commit and the same
// pages give the same bytes (by the same version of Go, which compresses).
//
// Exit status: 0 written, 1 refused or failed, 2 the command line is wrong.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"credo/internal/citation"
	"credo/internal/workshop"
)

func main() { workshop.Run("bundle", run) }

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bundle", flag.ContinueOnError)
	pages := flags.String("pages", "build/supplement", "the published pages are in `DIR`")
	out := flags.String("out", "", "write to `FILE` (default build/credo-VERSION.zip)")
	if flags.Parse(args) != nil {
		return workshop.ErrUsage
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "bundle: unexpected arguments %q\n", flags.Args())
		flags.Usage()
		return workshop.ErrUsage
	}
	workshop.Settle()
	_, root, err := workshop.Here()
	if err != nil {
		return err
	}
	cite, err := citation.Read(root)
	if err != nil {
		return err
	}
	if cite.Version == "" || cite.Released == "" {
		return fmt.Errorf("%s: it has no version or no date-released", citation.File)
	}
	tree, err := ReadTree(ctx, root)
	if err != nil {
		return err
	}
	if !filepath.IsAbs(*pages) {
		*pages = filepath.Join(root, *pages)
	}
	published, err := ReadPages(*pages, tree)
	if err != nil {
		return err
	}
	name := "credo-" + cite.Version
	if *out == "" {
		*out = filepath.Join(root, "build", name+".zip")
	}
	zip, err := Pack(name, cite, tree, published)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(*out), 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(*out, zip, 0o666); err != nil {
		return err
	}
	fmt.Printf("bundle: %s, %.1f MB, of %s\n", *out, float64(len(zip))/1e6, tree.Archive.Commit)
	return nil
}
