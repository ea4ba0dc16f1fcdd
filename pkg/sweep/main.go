package sweep

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"credo/pkg/experiment"
	"credo/pkg/sweep/parallel"
	"credo/pkg/sweep/shard"
	"credo/pkg/sweep/slurm"
)

// command is one of a program's: its own, or an engine of a package that distributes shards.
type command struct {
	name, does string
	own        func(ctx context.Context, s *session, args []string) error
	engine     shard.Engine
}

var commands = []command{
	{"plan", "say what there is to do, and cut it in shards", planCommand, nil},
	{"run", "do what is missing, on this machine", runCommand, nil},
	{"status", "say what is done, running, failed and missing, and why", statusCommand, nil},
	{"merge", "check all shards and put them together in one table", mergeCommand, nil},
	{"slurm", "send the shards to a Slurm cluster, watch them and merge; options of sbatch come last, after --", nil, slurm.Engine},
	{"parallel", "have GNU parallel run the shards, here and on hosts by ssh, and merge; its own options come last, after --", nil, parallel.Engine},
}

// Main runs the command that the program's arguments name for the study, and ends the program with its status; see the
// package comment. Flags of the program's own come before the command, and must have been parsed by package flag; engines give them
// to other machines as they are, so that a file in them needs its whole path. The study's hash has no file that Measure reads.
func Main(d experiment.Design) {
	args, words := os.Args[1:], []string(nil)
	if flag.Parsed() {
		args = flag.Args()
		words = os.Args[1 : len(os.Args)-len(args)]
	}
	exit(&d, words, args)
}

// MainFile is Main for a study that a JSON file describes: the file is the first argument after the command. If it is
// left out, the one that was planned in -out is meant.
func MainFile() { exit(nil, nil, os.Args[1:]) }

func exit(design *experiment.Design, words, args []string) {
	settle()
	s := &session{name: filepath.Base(os.Args[0]), design: design, words: words, out: os.Stdout, errs: os.Stderr}
	err := s.do(signals(context.Background()), args)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(s.errs, "%s: %s\n", s.name, plain(err.Error()))
	}
	os.Exit(shard.ExitCode(err))
}

// session is one command of a program.
type session struct {
	*flag.FlagSet
	name      string             // of the program
	words     []string           // of its command line before the command
	design    *experiment.Design // nil: a file describes it
	text      []byte             // of that file; nil: none does
	runs      *experiment.Runs
	dir       string
	plan      shard.Plan // its shards are not said
	out, errs io.Writer
}

// usage lists commands, or one of them.
func (s *session) usage(out io.Writer, of ...command) {
	file := ""
	if s.design == nil {
		file = " STUDY.json"
	}
	for _, c := range of {
		fmt.Fprintf(out, "%s %s%s [-out DIR] [FLAGS]\n    \t%s\n", s.name, c.name, file, c.does)
	}
}

func help(word string) bool { return slices.Contains([]string{"-h", "-help", "--help"}, word) }

// plain is a sentence without the room that says it.
func plain(sentence string) string {
	for _, room := range []string{"sweep: ", "shard: ", "experiment: "} {
		sentence = strings.TrimPrefix(sentence, room)
	}
	return sentence
}

// do does what the arguments say.
func (s *session) do(ctx context.Context, args []string) error {
	word := strings.Join(args[:min(1, len(args))], "")
	if help(word) || word == "help" {
		s.usage(s.out, commands...)
		return flag.ErrHelp
	}
	k := slices.IndexFunc(commands, func(c command) bool { return c.name == word })
	if k < 0 {
		s.usage(s.errs, commands...)
		return shard.Refuse(fmt.Errorf("unknown command %q, must be one of those above", word))
	}
	c, args := commands[k], args[1:]
	s.FlagSet = flag.NewFlagSet(c.name, flag.ContinueOnError)
	if end := slices.Index(append(args, "--"), "--"); slices.ContainsFunc(args[:end], help) { // which needs no study
		s.usage(s.out, c)
		fmt.Fprint(s.out, "  -out DIR\n    \tthe study's folder; default build/sweep/NAME\n")
		if c.own != nil {
			return c.own(ctx, s, []string{"-h"})
		}
		return c.engine(ctx, nil, nil, []string{"-h"}, s.out, s.errs)
	}
	args, err := s.read(args)
	if err != nil {
		return shard.Refuse(err)
	}
	if c.own != nil {
		return c.own(ctx, s, args)
	}
	f, err := s.open(0)
	if err != nil {
		return err
	}
	return c.engine(ctx, f, func() error { return s.merge(f, false) }, args, s.out, s.errs)
}

// parse reads the command's flags; nothing may be left.
func (s *session) parse(args []string) error {
	if err := shard.Parse(s.FlagSet, args, s.out); err != nil {
		return err
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
	if err == nil && s.text != nil { // who planned may have been killed before
		return f, f.Write("study.json", s.text)
	}
	return f, shard.Refuse(err)
}
