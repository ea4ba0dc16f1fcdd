package notebooks

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"credo/pkg/rules"
)

// A row of symbols.csv. go names what holds it, package.Name or package.Type.Field, or is empty.
type row struct{ symbol, meaning, goName, unit, value, provenance, defined, notebooks string }

var (
	header     = []string{"symbol", "meaning", "go", "unit", "default", "provenance", "defined", "notebooks"}
	provenance = []string{"reported", "derived", "chosen", "unknown"}
)

func table(t *testing.T) (rows []row) {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(read(t, "symbols.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(records) == 0 || !slices.Equal(records[0], header) {
		t.Fatalf("symbols.csv begins with %q, want %q", records[0], header)
	}
	for _, r := range records[1:] {
		rows = append(rows, row{r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]})
	}
	return rows
}

// markdown returns the prose of every notebook by its number.
func markdown(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("*.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, path := range paths {
		var nb struct {
			Cells []struct {
				Type   string `json:"cell_type"`
				Source []string
			}
		}
		if err := json.Unmarshal([]byte(read(t, path)), &nb); err != nil {
			t.Fatal(err)
		}
		var text []string
		for _, c := range nb.Cells {
			if c.Type == "markdown" {
				text = append(text, strings.Join(c.Source, ""))
			}
		}
		out[path[:2]] = strings.Join(text, "\n\n")
	}
	return out
}

// Every symbol of a notebook is in the table with one meaning there, and every notebook that a row names uses the symbol.
func TestSymbols(t *testing.T) {
	meaning := map[[2]string]string{}
	for _, r := range table(t) {
		for _, n := range strings.Fields(r.notebooks) {
			key := [2]string{n, r.symbol}
			if before, there := meaning[key]; there {
				t.Errorf("notebook %s: %s has two meanings: %s; %s", n, r.symbol, before, r.meaning)
			}
			meaning[key] = r.meaning
		}
	}
	used := map[[2]string]bool{}
	for n, text := range markdown(t) {
		for _, u := range symbolsIn(text) {
			key := [2]string{n, u.symbol}
			used[key] = true
			if meaning[key] == "" {
				t.Errorf("notebook %s: %s is not in symbols.csv: %s", n, u.symbol, u.sentence)
			}
		}
	}
	for key := range meaning {
		if !used[key] {
			t.Errorf("symbols.csv: notebook %s does not use %s", key[0], key[1])
		}
	}
}

// Every row says what is meant, where it is defined, and where its value is from, and names Go that exists.
func TestSymbolRows(t *testing.T) {
	names := goNames(t)
	for _, r := range table(t) {
		if r.symbol == "" || r.meaning == "" || r.notebooks == "" {
			t.Errorf("symbols.csv: %q: a symbol, its meaning and its notebooks must not be empty", r)
		}
		if !slices.Contains(strings.Fields(r.notebooks), r.defined) {
			t.Errorf("symbols.csv: %s is defined in notebook %q, which is none of %s", r.symbol, r.defined, r.notebooks)
		}
		if r.goName != "" && !names[r.goName] {
			t.Errorf("symbols.csv: %s names %s, which is not in pkg", r.symbol, r.goName)
		}
		if !slices.Contains(provenance, r.provenance) {
			t.Errorf("symbols.csv: %s: provenance %q, must be one of %q", r.symbol, r.provenance, provenance)
		}
	}
}

// What is reported of the circuit's rules has the default that rules.Reported gives it.
func TestReportedDefaults(t *testing.T) {
	reported, compared := reflect.ValueOf(rules.Reported()), 0
	for _, r := range table(t) {
		part := strings.Split(r.goName, ".")
		if r.provenance != "reported" || len(part) != 3 || part[0] != "rules" {
			continue
		}
		rule := reported.FieldByName(part[1])
		if !rule.IsValid() {
			continue
		}
		if want := fmt.Sprint(rule.FieldByName(part[2])); r.value != want {
			t.Errorf("symbols.csv: %s is %s, Reported has %s", r.symbol, r.value, want)
		}
		compared++
	}
	if compared < 8 {
		t.Errorf("%d defaults compared, want at least 8", compared)
	}
}

// goNames are the exported names of pkg: package.Name, and package.Type.Field or package.Type.Method.
func goNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	err := filepath.WalkDir("../pkg", func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, d := range file.Decls {
			declared(names, file.Name.Name, d)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func declared(names map[string]bool, pkg string, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		name := pkg
		if d.Recv != nil {
			x := d.Recv.List[0].Type
			if star, ok := x.(*ast.StarExpr); ok {
				x = star.X
			}
			if id, ok := x.(*ast.Ident); ok {
				name += "." + id.Name
			}
		}
		names[name+"."+d.Name.Name] = true
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.ValueSpec:
				for _, id := range s.Names {
					names[pkg+"."+id.Name] = true
				}
			case *ast.TypeSpec:
				names[pkg+"."+s.Name.Name] = true
				if st, ok := s.Type.(*ast.StructType); ok {
					for _, f := range st.Fields.List {
						for _, id := range f.Names {
							names[pkg+"."+s.Name.Name+"."+id.Name] = true
						}
					}
				}
			}
		}
	}
}
