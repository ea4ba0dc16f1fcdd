package sweep

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"credo/pkg/experiment"
	"credo/pkg/sweep/parallel"
	"credo/pkg/sweep/shard"
	"credo/pkg/sweep/slurm"
)

// engines are the commands of packages that distribute shards, beside those of this one.
var engines = map[string]shard.Engine{"parallel": parallel.Engine, "slurm": slurm.Engine}

// Main runs the command that the program's arguments name for the study, and ends the program with its status; see the
// package comment. Flags of the program's own come before the command, and must have been parsed by package flag.
func Main(d experiment.Design) {
	args, words := os.Args[1:], []string(nil)
	if flag.Parsed() {
		args = flag.Args()
		words = os.Args[1 : len(os.Args)-len(args)]
	}
	exit(program{name: filepath.Base(os.Args[0]), design: &d, words: words}, args)
}

// MainFile is Main for a study that a JSON file describes: the file is the first argument after the command. If it is
// left out, the one that was planned in -out is meant.
func MainFile() { exit(program{name: filepath.Base(os.Args[0])}, os.Args[1:]) }

func exit(p program, args []string) {
	settle()
	os.Exit(p.run(signals(context.Background()), args, os.Stdout, os.Stderr))
}

// program is a program with a study.
type program struct {
	name   string
	design *experiment.Design // nil: a file describes it
	words  []string           // of the command line before the command
}

// session is one command of it.
type session struct {
	*flag.FlagSet
	name   string
	dir    string
	words  []string
	runs   *experiment.Runs
	design experiment.Design
	text   []byte // of the file that describes the study; nil: none does
	plan   shard.Plan
	out    io.Writer
	errs   io.Writer
}

// commands of the program; each parses its flags.
var commands = map[string]func(ctx context.Context, s *session, args []string) error{
	"plan": planCommand, "run": runCommand, "status": statusCommand, "merge": mergeCommand,
}

// names of all commands.
func names() []string {
	return slices.Concat(slices.Sorted(maps.Keys(commands)), slices.Sorted(maps.Keys(engines)))
}

// run runs a command and returns the exit status.
func (p program) run(ctx context.Context, args []string, out, errs io.Writer) int {
	err := p.command(ctx, args, out, errs)
	if err != nil {
		fmt.Fprintf(errs, "%s: %s\n", p.name, plain(err.Error()))
	}
	return shard.ExitCode(err)
}

// plain is a sentence without the room that says it.
func plain(sentence string) string {
	for _, room := range []string{"sweep: ", "shard: ", "experiment: "} {
		sentence = strings.TrimPrefix(sentence, room)
	}
	return sentence
}

func (p program) command(ctx context.Context, args []string, out, errs io.Writer) error {
	if len(args) == 0 {
		return shard.Refuse(fmt.Errorf("say one of %s", strings.Join(names(), ", ")))
	}
	s := &session{FlagSet: flag.NewFlagSet(p.name+" "+args[0], flag.ContinueOnError), name: p.name, words: p.words, out: out, errs: errs}
	s.SetOutput(errs)
	command, engine := commands[args[0]], engines[args[0]]
	if command == nil && engine == nil {
		return shard.Refuse(fmt.Errorf("unknown command %q, must be one of %s", args[0], strings.Join(names(), ", ")))
	}
	args, err := p.read(s, args[1:])
	if err != nil {
		return shard.Refuse(err)
	}
	if command != nil {
		return command(ctx, s, args)
	}
	f, err := s.open(0)
	if err != nil {
		return err
	}
	return engine(ctx, study{f, s}, args, out, errs)
}

// study is a study as engines see it.
type study struct {
	*shard.Folder
	session *session
}

var _ shard.Work = study{}

// Merge checks all shards and writes the table.
func (s study) Merge() error { return s.session.merge(s.Folder, false) }

// parse reads the command's flags; nothing may be left.
func (s *session) parse(args []string) error {
	if err := s.Parse(args); err != nil {
		return shard.Refuse(err)
	}
	if s.NArg() > 0 {
		return shard.Refuse(fmt.Errorf("unexpected arguments %q", s.Args()))
	}
	return nil
}

// open opens the folder of the study, cut in that many shards; 0: in any number.
func (s *session) open(shards int) (*shard.Folder, error) {
	want := s.plan
	want.Shards = shards
	f, err := shard.Open(s.dir, want, s.words)
	if errors.Is(err, shard.ErrNoPlan) {
		err = fmt.Errorf("%w: %s plan comes first", err, s.name)
	}
	return f, shard.Refuse(err)
}
