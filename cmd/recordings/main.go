// Recordings looks at files of recordings, makes the files of the schema of package
// recordings of them, and more; see package recordings.
//
//	go run ./cmd/recordings inspect FILE [-mapping M.json] [-template OUT.json]
//	go run ./cmd/recordings convert FILE -o OUT.csv [-mapping M.json]
//	go run ./cmd/recordings report FILE [-mapping M.json] [-o DIR]
//	go run ./cmd/recordings null FILE -o OUT.csv [-deal SEED]
//
// inspect says how a file is written, what its columns are taken for, what became
// of its rows and, if it is refused, why; and prints a mapping to be put right and
// given back. convert writes the rows as CSV in the schema of the package. report
// draws and estimates all that notebook 10 does of a file, as one page. null makes
// such a file of a public table of cells that were never paired.
//
// Exit status: 0 done, 1 a file cannot be written or a page is not whole, 2 the file
// or the command is refused.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
)

// commands are what can be done, a file each.
var commands = map[string]func(args []string) error{
	"inspect": inspect,
	"convert": convert,
	"null":    null,
	"report":  report,
}

func main() {
	var run func([]string) error
	if len(os.Args) > 1 {
		run = commands[os.Args[1]]
	}
	if run == nil {
		fmt.Fprintf(os.Stderr, "recordings: say %s and a file\n", strings.Join(slices.Sorted(maps.Keys(commands)), ", "))
		os.Exit(2)
	}
	if err := run(os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "recordings:", strings.TrimPrefix(err.Error(), "recordings: "))
		if path := (*fs.PathError)(nil); errors.As(err, &path) && path.Op != "open" || errors.As(err, new(notWhole)) {
			os.Exit(1)
		}
		os.Exit(2)
	}
}
