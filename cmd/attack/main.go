// Attack asks what the claims of the notebooks would notice.
//
//	go run ./cmd/attack settings [-notebook GLOB] [-jobs N] [-limit TIME]
//	go run ./cmd/attack seeds    [-notebook GLOB] [-jobs N] [-limit TIME]
//	go run ./cmd/attack formulas [-notebook GLOB] [-jobs N] [-limit TIME] [-identities] [FILE]
//
// Each executes notebooks many times without Jupyter, as programs made of their
// cells; no notebook is written.
//
// settings moves the parameters of each notebook as a reader would, by its flags:
// six settings, one at a time (see settings.go). A claim may fail there, or a cell
// end with the error of a call, which is a sentence, if the regime card which the
// notebook prints says that an assumption is broken that was not before. What no card
// explains, and a cell that panics or does not end, is what is looked for. seeds does
// the same with other seeds, which no card explains.
//
// formulas reads mutations of the theory from FILE, notebooks/formulas.json in the
// module: a formula, the file that has it, the source text to be replaced, which
// occurs there once, the text that makes the formula wrong by a tenth, and the
// notebooks which rest on it. The file is not changed: Go builds with an overlay. A
// formula is noticed if a claim fails that is no identity (-identities: or is one).
//
// Exit status: 0 all is well, 1 something is unexplained, fails, or is not noticed, 2 a
// tool is missing or the command line is wrong, 130 interrupted.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"credo/internal/workshop"
)

func main() { workshop.Run("attack", run) }

func run(ctx context.Context, args []string) error {
	kind := ""
	if len(args) > 0 {
		kind, args = args[0], args[1:]
	}
	flags := flag.NewFlagSet("attack "+kind, flag.ContinueOnError)
	glob := flags.String("notebook", "*.ipynb", "attack the notebooks that match `GLOB`")
	jobs := flags.Int("jobs", 0, "execute `N` notebooks at once; 0: as many as processors and memory allow")
	limit := flags.Duration("limit", 2*time.Minute, "time limit of one cell")
	identities := flags.Bool("identities", false, "formulas: an identity that fails is enough")
	if kind != "settings" && kind != "seeds" && kind != "formulas" {
		fmt.Fprintf(os.Stderr, "attack: the first argument is %q, must be settings, seeds or formulas\n", kind)
		flags.Usage()
		return workshop.ErrUsage
	}
	if flags.Parse(args) != nil {
		return workshop.ErrUsage
	}
	wrong := ""
	switch {
	case flags.NArg() > 1, flags.NArg() == 1 && kind != "formulas":
		wrong = fmt.Sprintf("unexpected arguments %q", flags.Args())
	case *limit < time.Second:
		wrong = fmt.Sprintf("-limit = %v, must be at least 1s", *limit)
	case *jobs < 0:
		wrong = fmt.Sprintf("-jobs = %d, must not be negative", *jobs)
	case *identities && kind != "formulas":
		wrong = "-identities belongs to formulas"
	}
	if wrong != "" {
		fmt.Fprintln(os.Stderr, "attack:", wrong)
		flags.Usage()
		return workshop.ErrUsage
	}
	field, err := enter(ctx, *glob, *limit, *jobs)
	if err != nil {
		return err
	}
	defer field.close()
	switch kind {
	case "settings":
		return field.settings(ctx, os.Stdout, settings)
	case "seeds":
		return field.settings(ctx, os.Stdout, seeds)
	}
	file := filepath.Join(field.root, "notebooks", "formulas.json")
	if flags.NArg() == 1 {
		file = flags.Arg(0)
	}
	return field.formulas(ctx, os.Stdout, file, *identities)
}
