package sweep

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"credo/pkg/sweep/shard"
)

// read finds out which study is meant and in which folder, checks the study, and returns the other arguments.
func (s *session) read(args []string) (rest []string, err error) {
	file := ""
	if s.design == nil && len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		file, args = args[0], args[1:]
	}
	s.dir, rest, err = takeOut(args)
	if err != nil {
		return nil, err
	}
	switch {
	case s.design != nil:
	case file == "" && s.dir == "":
		return nil, fmt.Errorf("say which study: its file right after the command, or -out with the folder in which it was planned")
	default:
		if file == "" {
			file = filepath.Join(s.dir, "study.json")
		}
		if s.text, err = os.ReadFile(file); err != nil {
			return nil, fmt.Errorf("%w; the study's file comes right after the command", err)
		}
		d, err := Read(s.text)
		if err != nil {
			return nil, fmt.Errorf("%s: %s", file, plain(err.Error()))
		}
		s.design = &d
	}
	if err := shard.CheckName(s.design.Name); err != nil {
		return nil, err
	}
	if s.dir == "" {
		s.dir = filepath.Join("build", "sweep", s.design.Name)
	}
	if s.runs, err = s.design.Runs(); err != nil {
		return nil, err
	}
	code, err := shard.Code()
	if err != nil {
		return nil, err
	}
	s.plan = shard.NewPlan(s.design.Name, s.runs.Digest(), code, s.runs.Len(), 0)
	return rest, nil
}

// takeOut takes -out DIR from the arguments.
func takeOut(args []string) (dir string, rest []string, err error) {
	for i := 0; i < len(args); i++ {
		if args[i] == "--" { // what follows is not this program's
			return dir, append(rest, args[i:]...), nil
		}
		name, value, joined := strings.Cut(args[i], "=")
		if name != "-out" && name != "--out" {
			rest = append(rest, args[i])
			continue
		}
		if !joined {
			if i++; i < len(args) {
				value = args[i]
			}
		}
		if dir = value; dir == "" {
			return "", nil, fmt.Errorf(`-out = "", must name a folder`)
		}
	}
	return dir, rest, nil
}
