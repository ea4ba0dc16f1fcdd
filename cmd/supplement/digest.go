package main

import (
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"credo/internal/notebook"
	"credo/internal/workshop"
)

// A Toolchain is that part of what outputs depend on which all notebooks share.
type Toolchain struct {
	Go     string // version
	Arch   string // GOARCH, with the processor's level where it is not the default
	Flags  string // experiments and debugging settings
	Kernel string // GoNB, goimports and the kernel's files
}

// levels are the settings of the processor's level and their defaults.
var levels = map[string][2]string{
	"amd64": {"GOAMD64", "v1"}, "arm64": {"GOARM64", "v8.0"}, "arm": {"GOARM", "7"}, "386": {"GO386", "sse2"},
	"ppc64le": {"GOPPC64", "power8"}, "riscv64": {"GORISCV64", "rva20u64"},
}

// ReadToolchain asks Go and reads the kernel in the house.
func ReadToolchain(root, house string) (t Toolchain, err error) {
	cmd := exec.Command("go", "env", "-json", "GOVERSION", "GOARCH", "GOEXPERIMENT", "GODEBUG", "GOAMD64", "GOARM64", "GOARM", "GO386", "GOPPC64", "GORISCV64")
	cmd.Dir = root
	text, err := cmd.Output()
	env := map[string]string{}
	if err == nil {
		err = json.Unmarshal(text, &env)
	}
	if err != nil {
		return t, fmt.Errorf("go env: %w", err)
	}
	t.Go, t.Arch, t.Flags = env["GOVERSION"], env["GOARCH"], env["GOEXPERIMENT"]+" "+env["GODEBUG"]
	if l := levels[t.Arch]; env[l[0]] != l[1] {
		t.Arch += "/" + env[l[0]]
	}
	var kernel []string
	for _, name := range []string{".bin/gonb", ".bin/goimports"} {
		if info, err := buildinfo.ReadFile(filepath.Join(house, name)); err == nil {
			kernel = append(kernel, info.Path, info.Main.Version, info.Main.Sum)
			continue
		}
		text, err := os.ReadFile(filepath.Join(house, name)) // built by hand: its content
		if err != nil {
			return t, err
		}
		kernel = append(kernel, digest(text))
	}
	for _, name := range []string{workshop.KernelScript, ".jupyter/kernels/gonb/kernel.json"} {
		text, err := os.ReadFile(filepath.Join(house, name))
		if err != nil {
			return t, err
		}
		kernel = append(kernel, digest([]byte(strings.ReplaceAll(string(text), "\r\n", "\n"))))
	}
	t.Kernel = strings.Join(kernel, " ")
	return t, nil
}

// at is the toolchain as it was at a seal, as far as a seal tells.
func (t Toolchain) at(s notebook.Seal) Toolchain {
	t.Arch, t.Go = s.Arch, s.Go
	return t
}

// A Recipe is all that the outputs of a notebook depend on, but for the toolchain.
type Recipe struct {
	Code, Packages, Files string
	Unknown               error // why this cannot be known: it is always executed
}

// Digest of a notebook's outputs before they are computed.
func (r Recipe) Digest(t Toolchain) string {
	return digest(fmt.Appendf(nil, "%q", []string{"1", t.Go, t.Arch, t.Flags, t.Kernel, r.Code, r.Packages, r.Files}))
}

// reaching are packages by which a cell can read what no digest covers.
var reaching = []string{"os/exec", "os/user", "net", "net/http", "io/ioutil", "syscall", "plugin", "embed"}

// NewRecipe collects it. Files that the cells name, as a string or on a command
// line, count with their content.
func NewRecipe(s notebook.Source, all Packages, modules string) (r Recipe) {
	n := s.Needs()
	for _, path := range reaching {
		if slices.Contains(n.Imports, path) || slices.Contains(n.Names, path[strings.LastIndexByte(path, '/')+1:]) {
			r.Unknown = fmt.Errorf("a cell uses the package %s", path)
		}
	}
	if n.Beyond != "" {
		r.Unknown = fmt.Errorf("a cell has %.40q", n.Beyond)
	}
	var code strings.Builder
	for _, at := range s.Running() {
		fmt.Fprintf(&code, "%q\n", s.Cells[at].Source)
	}
	r.Code = code.String()
	files, err := namedFiles(filepath.Dir(s.Path), filepath.Base(s.Path), n.Words)
	if err == nil {
		r.Files = files
		r.Packages, err = all.Account(n, modules)
	}
	if err != nil && r.Unknown == nil {
		r.Unknown = err
	}
	return r
}

// namedFiles are the files that the words name, taken from the folder dir, with
// their content; of a folder all files in it. The notebook itself does not count.
func namedFiles(dir, self string, words []string) (string, error) {
	lines := map[string]bool{}
	for _, word := range words {
		if word == "" || len(word) > 200 || strings.Trim(word, "./") == "" || strings.ContainsAny(word, "\n\x00*?") {
			continue
		}
		path := word
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		if _, err := os.Stat(path); err != nil || filepath.Clean(path) == filepath.Join(dir, self) {
			continue
		}
		err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case len(lines) > 1000:
				return errors.New("a cell names a folder of more than a thousand files: " + word)
			case d.IsDir(), p != path && !d.Type().IsRegular():
				return nil
			}
			text, err := os.ReadFile(p)
			lines[word+" "+strings.TrimPrefix(p, path)+" "+digest(text)] = true
			return err
		})
		if err != nil {
			return "", err
		}
	}
	sorted := []string{}
	for line := range lines {
		sorted = append(sorted, line)
	}
	slices.Sort(sorted)
	return strings.Join(sorted, "\n"), nil
}
