package book

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A Workspace is a folder in which programs are built as the kernel builds cells:
// a module of its own in a workspace with the notebooks' module and the folders by
// which that replaces others. It is outside of both, and nothing is written there.
type Workspace struct {
	Dir   string // the folder; it must exist
	Root  string // of the notebooks' module
	Tools string // folder of goimports
	// Module is the path of the module of what is built; empty: notebooks. What lies in
	// folders named internal can be imported by paths that begin as it does.
	Module string
	// Command prepares a command; done is called at its end. nil: exec.CommandContext.
	Command func(ctx context.Context, name string, args ...string) (cmd *exec.Cmd, done func())
	// Overlay is a file for go build -overlay; empty: none.
	Overlay string

	env     []string
	setting string         // of GODEBUG, for the programs
	common  map[string]int // how many packages of Go's own have a name
}

// Open makes the module and the workspace, and reads from Go what building needs.
func (w *Workspace) Open(ctx context.Context) error {
	where, err := w.output(ctx, w.Root, nil, "go", "env", "GOMODCACHE", "GOCACHE", "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOSUMDB", "GOTOOLCHAIN")
	if err != nil {
		return err
	}
	// As the kernel's launcher has it: of the user's own settings those that say where
	// things are; the same flags, so that compiled packages are shared; no proxy.
	values := strings.Split(where, "\n")
	for i, name := range []string{"GOMODCACHE", "GOCACHE", "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOSUMDB", "GOTOOLCHAIN"} {
		w.env = append(w.env, name+"="+values[i])
	}
	w.env = append(w.env, "GOENV=off", "GOPROXY=off", "GOFLAGS=-tags=minimal '-ldflags=-s -w'", "GOWORK="+filepath.Join(w.Dir, "go.work"))

	where, err = w.output(ctx, w.Root, nil, "go", "env", "GOARCH", "GOAMD64")
	if err != nil {
		return err
	}
	arch, level, _ := strings.Cut(where, "\n")
	w.setting = fused(arch, level)
	folders, err := w.folders(ctx)
	if err != nil {
		return err
	}
	for _, args := range [][]string{{"mod", "init", w.module()}, {"work", "init"}, append([]string{"work", "use", "."}, folders...)} {
		env := []string{"GOWORK="} // there is none yet, and go looks for what there is
		if _, err := w.output(ctx, w.Dir, env, "go", args...); err != nil {
			return err
		}
	}
	list, err := w.output(ctx, w.Dir, nil, "go", "list", "std")
	if err != nil {
		return err
	}
	w.common = map[string]int{}
	for path := range strings.Lines(list) {
		if path = strings.TrimSpace(path); !strings.Contains(path, "internal/") && !strings.HasPrefix(path, "vendor/") {
			w.common[packageName(path)]++
		}
	}
	return nil
}

func (w *Workspace) module() string { return cmp.Or(w.Module, "notebooks") }

// folders are those of the notebooks' module and of what it replaces by folders.
func (w *Workspace) folders(ctx context.Context) ([]string, error) {
	text, err := w.output(ctx, w.Root, nil, "go", "mod", "edit", "-json")
	if err != nil {
		return nil, err
	}
	var module struct {
		Replace []struct {
			New struct{ Path, Version string }
		}
	}
	if err := json.Unmarshal([]byte(text), &module); err != nil {
		return nil, fmt.Errorf("go mod edit: %w", err)
	}
	folders := []string{w.Root}
	for _, r := range module.Replace {
		switch dir := r.New.Path; {
		case r.New.Version != "":
		case filepath.IsAbs(dir):
			folders = append(folders, dir)
		default:
			folders = append(folders, filepath.Join(w.Root, dir))
		}
	}
	return folders, nil
}

func (w *Workspace) command(ctx context.Context, name string, args ...string) (*exec.Cmd, func()) {
	if w.Command != nil {
		return w.Command(ctx, name, args...)
	}
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = os.Environ()
	return cmd, func() {}
}

// output runs a program; its complaint is the error.
func (w *Workspace) output(ctx context.Context, dir string, env []string, name string, args ...string) (string, error) {
	return w.pipe(ctx, "", dir, env, name, args...)
}

func (w *Workspace) pipe(ctx context.Context, input, dir string, env []string, name string, args ...string) (string, error) {
	cmd, done := w.command(ctx, name, args...)
	defer done()
	var out, complaint strings.Builder
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &complaint
	cmd.Env = append(append(cmd.Env, w.env...), env...)
	cmd.Stdin = strings.NewReader(input)
	err := cmd.Run()
	if cause := context.Cause(ctx); cause != nil {
		return "", cause
	}
	if err != nil {
		text := strings.TrimSpace(strings.ReplaceAll(complaint.String(), w.Dir+string(filepath.Separator), ""))
		return "", fmt.Errorf("%s %s: %w: %s", filepath.Base(name), strings.Join(args[:min(1, len(args))], ""), err, text)
	}
	return strings.TrimSuffix(out.String(), "\n"), nil
}
