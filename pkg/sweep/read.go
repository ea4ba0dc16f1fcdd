package sweep

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"credo/pkg/experiment"
	"credo/pkg/sweep/shard"
)

// read finds out which study is meant and in which folder, checks the study, and returns the other arguments.
func (p program) read(s *session, args []string) (rest []string, err error) {
	file := ""
	if p.design == nil && len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		file, args = args[0], args[1:]
	}
	s.dir, rest, err = takeOut(args)
	if err != nil {
		return nil, err
	}
	switch {
	case p.design != nil:
		s.design = *p.design
	case file == "" && s.dir == "":
		return nil, fmt.Errorf("say which study: a file, or -out with the folder in which it was planned")
	default:
		if file == "" {
			file = filepath.Join(s.dir, "study.json")
		}
		if s.text, err = os.ReadFile(file); err != nil {
			return nil, err
		}
		if s.design, err = Read(s.text); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	if err := checkName(s.design.Name); err != nil {
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

// checkName returns an error if a name cannot be that of a folder and of a job everywhere.
func checkName(name string) error {
	for _, c := range name {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", c) {
			return fmt.Errorf("the study's Name = %q, must be letters, digits, - and _", name)
		}
	}
	if name == "" || len(name) > 60 || name[0] == '-' {
		return fmt.Errorf("the study's Name = %q, must be 1 to 60 letters, digits, - and _, and not begin with -", name)
	}
	return nil
}

// file is a study as JSON describes it; see [Read].
type file struct {
	Name    string             `json:"name"`
	Seed    uint64             `json:"seed"`
	Seeds   int                `json:"seeds"`
	Without []string           `json:"without"`
	Set     map[string]float64 `json:"set"`

	Grid           experiment.Grid            `json:"grid"`
	List           *experiment.List           `json:"list"`
	Random         *experiment.Random         `json:"random"`
	LatinHypercube *experiment.LatinHypercube `json:"latin_hypercube"`
}

// Read reads a study that trains a neuron of the reported circuit and asks it what it has learned:
//
//	{
//	  "name": "load", "seed": 1, "seeds": 20,
//	  "without": ["NE"],
//	  "set": {"Channels": 200, "Weight": 20, "Rate": 0.1, "Duration": 300, "Balance.Offset": 0.3},
//	  "grid": [{"name": "Load", "values": [0.2, 0.5, 0.8]}, {"name": "Coding", "values": [0.1, 0.2]}]
//	}
//
// without knocks out parts of the circuit, set moves parameters ([experiment.Design.Set]) and one of grid, list, random
// and latin_hypercube says at which points it is studied; with none, at one. What set does not name is N = 200, a load of 0.5, weights of 20,
// λ = 0.1 and T = 300. What cannot be read, a field that there is not and a field that is there twice is an error.
func Read(text []byte) (d experiment.Design, err error) {
	var f file
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	if err := in.Decode(&f); err != nil {
		return d, fmt.Errorf("sweep: the study is not as it must be: %w", err)
	}
	if err := twice(json.NewDecoder(bytes.NewReader(text))); err != nil {
		return d, err
	}
	if in.More() {
		return d, fmt.Errorf("sweep: the study ends, but the file goes on")
	}
	return f.study()
}

// twice returns an error if an object has a name twice, of which the decoder would take the last.
func twice(in *json.Decoder) error {
	var open []map[string]bool // of the objects that are open: names so far; nil: an array
	name := false              // a string that follows is a name
	for {
		token, err := in.Token()
		if err != nil {
			return nil // the end; what is no JSON has been refused
		}
		switch token {
		case json.Delim('{'):
			open, name = append(open, map[string]bool{}), true
			continue
		case json.Delim('['):
			open, name = append(open, nil), false
			continue
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		default:
			if name {
				s := token.(string)
				if open[len(open)-1][s] {
					return fmt.Errorf("sweep: %q is there twice", s)
				}
				open[len(open)-1][s], name = true, false
				continue
			}
		}
		name = len(open) > 0 && open[len(open)-1] != nil
	}
}
