package credo

import (
	"cmp"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The arrows of the house: of its own rooms, what a room's packages may import
// and nothing else.
//
//	notebooks → viz; notebooks → memory, influence, broadcast, scaling, recordings → experiment, theory → rules → model → gonum
//	separable → model; capacity → gonum; sweep → experiment
var arrows = map[string][]string{
	"capacity":   {},
	"model":      {},
	"viz":        {},
	"separable":  {"model"},
	"rules":      {"model"},
	"theory":     {"model", "rules"},
	"experiment": {"model", "rules"},
	"influence":  {"model", "rules", "experiment", "theory"},
	"memory":     {"model", "rules", "experiment", "theory"},
	"broadcast":  {"model", "rules", "experiment", "theory"},
	"recordings": {"model", "rules", "experiment", "theory"},
	"sweep":      {"rules", "experiment"},
	"scaling":    {"model", "rules", "experiment", "theory"},
}

// The arrows inside the room of recordings, which has rooms of its own: files are
// read below, estimates and generated sets stand beside each other on what was read.
// Inside that of sweep a shard knows nothing of what its runs are, and engines know shards.
var chambers = map[string][]string{
	"recordings/table":    {},
	"recordings":          {"recordings/table"},
	"recordings/estimate": {"recordings"},
	"recordings/generate": {"recordings"},
	"sweep/shard":         {},
	"sweep/slurm":         {"sweep/shard"},
	"sweep/parallel":      {"sweep/shard"},
}

// module is the path under which the house is imported.
func module(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func TestArrows(t *testing.T) {
	pkg := module(t) + "/pkg/"
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "./pkg/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	rooms := make(map[string]bool)
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		from, _, _ := strings.Cut(strings.TrimPrefix(fields[0], pkg), "/")
		may, known := arrows[from]
		if !known {
			t.Errorf("pkg/%s is no room of the house", from)
		}
		rooms[from] = true
		for _, to := range fields[1:] {
			room, inside := strings.CutPrefix(to, pkg)
			room, _, _ = strings.Cut(room, "/")
			chamber, divided := chambers[strings.TrimPrefix(fields[0], pkg)]
			switch {
			case inside && room == from && divided && !slices.Contains(chamber, strings.TrimPrefix(to, pkg)):
				t.Errorf("%s imports %s", fields[0], to)
			case inside && room != from && !slices.Contains(may, room):
				t.Errorf("%s imports %s", fields[0], to)
			case from != "viz" && (strings.HasPrefix(to, "gonum.org/v1/plot") || strings.HasPrefix(to, "github.com/janpfeifer/gonb")):
				t.Errorf("%s imports %s", fields[0], to)
			}
		}
	}
	if len(rooms) != len(arrows) {
		t.Errorf("%d rooms, want %d", len(rooms), len(arrows))
	}
}

// A room is too wide past 25 files and too tall if its own imports make more
// than seven floors.
func TestRooms(t *testing.T) {
	const wide, tall = 25, 7
	var rooms []string
	for _, depth := range []string{"pkg/*/*.go", "pkg/*/*/*.go"} {
		files, err := filepath.Glob(filepath.FromSlash(depth))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if dir := filepath.Dir(f); !slices.Contains(rooms, dir) {
				rooms = append(rooms, dir)
			}
		}
	}
	for _, room := range rooms {
		files, err := filepath.Glob(filepath.Join(room, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		files = slices.DeleteFunc(files, func(f string) bool { // what this platform builds: of doors that are twins one counts
			match, err := build.Default.MatchFile(filepath.Split(f))
			return err != nil || !match || strings.HasSuffix(f, "_test.go")
		})
		if len(files) > wide {
			t.Errorf("%s has %d files, more than %d", room, len(files), wide)
		}
		if h := floors(uses(t, room)); h > tall {
			t.Errorf("%s has %d floors of files that use each other, more than %d", room, h, tall)
		}
	}
}

// The notebook has one door, with a doorkeeper on the kernel's side, and randomness
// is an argument: no file draws from the global generator.
func TestImports(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasPrefix(path, ".") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		doors := []string{filepath.Join("pkg", "viz", "show.go"), filepath.Join("internal", "book", "pipes.go")}
		for _, spec := range file.Imports {
			if strings.Contains(spec.Path.Value, "/gonbui") && !slices.Contains(doors, path) {
				t.Errorf("%s imports gonbui", path)
			}
			if spec.Path.Value == `"math/rand"` && spec.Name == nil { // testing/quick asks for it, under another name
				t.Errorf("%s imports math/rand", path)
			}
			if strings.HasPrefix(spec.Path.Value, `"math/rand`) {
				for _, drawn := range drawnBy(file, cmp.Or(spec.Name, ast.NewIdent("rand")).Name) {
					t.Errorf("%s draws from the global generator: rand.%s", path, drawn)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// drawnBy lists what a file uses of a package of generators but for types and what makes one.
func drawnBy(file *ast.File, pkg string) (names []string) {
	types := []string{"Rand", "PCG", "ChaCha8", "Source", "Zipf"}
	ast.Inspect(file, func(n ast.Node) bool {
		if of, is := n.(*ast.SelectorExpr); is && !strings.HasPrefix(of.Sel.Name, "New") && !slices.Contains(types, of.Sel.Name) {
			if x, is := of.X.(*ast.Ident); is && x.Name == pkg {
				names = append(names, of.Sel.Name)
			}
		}
		return true
	})
	return names
}

// The test of imports sees every way to draw, and no generator of the caller's.
func TestDrawnBy(t *testing.T) {
	const text = "package p\nvar a = rand.IntN(3) + f(rand.N[int](3))\nfunc g(r *rand.Rand) { rand.Shuffle(2, nil); r = rand.New(rand.NewPCG(1, 2)); r.IntN(3) }\nvar h = rand.Float64"
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", text, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := drawnBy(file, "rand"); !slices.Equal(got, []string{"IntN", "N", "Shuffle", "Float64"}) {
		t.Errorf("%q", got)
	}
}
