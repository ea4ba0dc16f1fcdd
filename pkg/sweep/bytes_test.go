package sweep_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"credo/pkg/experiment"
)

// The table and the manifest are the same bytes on one core and on more, in one process and in many, of any
// number of shards, in any order; and the table is that of Design.Run.
func TestSameBytes(t *testing.T) {
	const study = "11,5,100"
	var first *place
	for _, way := range []struct {
		cores  string
		shards int
		order  []int // nil: one process for all
	}{{"1", 1, nil}, {"4", 7, nil}, {"2", 5, []int{5, 3, 1, 2, 4}}, {"1", 55, nil}, {"3", 8, []int{-2, -1}}} {
		p := newPlace(t, study)
		p.env = []string{"GOMAXPROCS=" + way.cores}
		p.run(0, "plan", "-shards", fmt.Sprint(way.shards))
		if way.order == nil {
			p.run(0, "run")
		}
		for _, k := range way.order {
			if k < 0 { // the odd and the even shards
				p.run(0, "run", "-shard", fmt.Sprintf("%d/2", -k))
			} else {
				p.run(0, "run", "-shard", fmt.Sprintf("%d/%d", k, way.shards))
			}
		}
		p.merged()
		if first == nil {
			first = p
			continue
		}
		for _, name := range []string{"table.csv", "table.parquet", "manifest.json"} {
			if !bytes.Equal(p.read(name), first.read(name)) {
				t.Errorf("%+v: %s is another", way, name)
			}
		}
	}
}

// Two machines that share nothing cut a study alike, without a plan; the results of one are copied to the other and merged there.
func TestApart(t *testing.T) {
	const study = "5,5,0"
	here, there := newPlace(t, study), newPlace(t, study)
	here.run(0, "run", "-shard", "1/2")
	there.run(0, "run", "-shard", "2/2")
	if !bytes.Equal(here.read("plan.json"), there.read("plan.json")) {
		t.Error("other plans")
	}
	here.write("results/00002.tsv", there.read("results/00002.tsv"))
	here.merged()
}

// A node may have no Go, no environment and another working folder, and clocks may say anything.
func TestBareNode(t *testing.T) {
	p := newPlace(t, "5,5,0")
	p.run(0, "plan", "-shards", "3")
	for k, year := range map[int]int{1: 1970, 2: 2200, 3: 2026} {
		cmd := p.command("run", "-shard", fmt.Sprintf("%d/3", k))
		cmd.Env, cmd.Dir = []string{"SWEEP=" + p.study}, "/"
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		when := time.Date(year, 1, 2, 0, 0, 0, 0, time.UTC)
		err := filepath.WalkDir(p.dir, func(path string, _ fs.DirEntry, err error) error {
			return errors.Join(err, os.Chtimes(path, when, when))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	p.merged()
}

// Parquet has the rows of the table, in its order, to the bit.
func TestParquet(t *testing.T) {
	p := newPlace(t, "3,4,0")
	p.run(0, "run")
	p.run(0, "merge")
	rows, err := parquet.Read[struct {
		Point int32   `parquet:"point"`
		Seed  int32   `parquet:"seed"`
		X     float64 `parquet:"x"`
		NaN   float64 `parquet:"nan"`
		Z     float64 `parquet:"normal"`
		Sum   float64 `parquet:"sum"`
	}](bytes.NewReader(p.read("table.parquet")), int64(len(p.read("table.parquet"))))
	if err != nil {
		t.Fatal(err)
	}
	again := &experiment.Table{Parameters: []string{"x"}, Columns: []string{"nan", "normal", "sum"}}
	for _, r := range rows {
		again.Rows = append(again.Rows, experiment.Row{Point: int(r.Point), Seed: int(r.Seed), At: []float64{r.X}, Values: []float64{r.NaN, r.Z, r.Sum}})
	}
	var b bytes.Buffer
	if err := again.WriteCSV(&b); err != nil || !bytes.Equal(b.Bytes(), p.read("table.csv")) {
		t.Errorf("%v: Parquet says\n%s\nCSV says\n%s", err, b.Bytes(), p.read("table.csv"))
	}
}
