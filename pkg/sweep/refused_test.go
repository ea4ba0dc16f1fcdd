package sweep_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/sweep"
)

// What is damaged or of elsewhere is named by status, is not merged, and is computed anew.
func TestRefusedResults(t *testing.T) {
	const study = "4,5,0"
	p, other := newPlace(t, study), newPlace(t, "4,6,0")
	for _, q := range []*place{p, other} {
		q.run(0, "plan", "-shards", "4")
		q.run(0, "run")
	}
	whole := map[string][]byte{}
	for _, name := range []string{"results/00001.tsv", "results/00002.tsv"} {
		whole[name] = p.read(name)
	}
	first := whole["results/00001.tsv"]
	swap := func(old, new string) []byte { return bytes.Replace(first, []byte(old), []byte(new), 1) }
	end := bytes.LastIndexByte(first[:len(first)-1], '\n') + 1
	cell := bytes.Split(bytes.Split(first, []byte("\n"))[1], []byte("\t"))[2]
	for _, damage := range []struct {
		what string
		text []byte
		says string
	}{
		{"nothing in it", nil, "no header"},
		{"torn", first[:len(first)/2], "cut off or altered"},
		{"without its end", first[:end], "cut off or altered"},
		{"torn in the end", first[:len(first)-2], "cut off or altered"},
		{"a value altered", swap(string(cell), "0.5"), "cut off or altered"},
		{"another shard", whole["results/00002.tsv"], "it is shard 2 of 4, must be 1 of 4"},
		{"another study", other.read("results/00001.tsv"), "it is of another study"},
		{"another program", swap(`"code":"`, `"code":"f`), "it was computed by another program"},
		{"zeros", make([]byte, len(first)), "no header"},
	} {
		p.write("results/00001.tsv", damage.text)
		says(t, p.run(3, "status"), "shard 1: refused", damage.says, "3 done, 1 refused")
		says(t, p.run(3, "merge"), "1 of 4 shards are not done, nothing is merged: shard 1 is refused", damage.says)
		if _, err := os.Stat(p.path("table.csv")); err == nil {
			t.Fatalf("%s: a table is there", damage.what)
		}
		says(t, p.run(0, "run"), "computed anew", "4 of 4 shards are done")
		if !bytes.Equal(p.read("results/00001.tsv"), first) {
			t.Errorf("%s: shard 1 is computed anew as another", damage.what)
		}
	}
	p.merged()
}

// Parts of another program or study are not taken, and a run that came out differently is named.
func TestRefusedParts(t *testing.T) {
	p := newPlace(t, "4,5,0")
	p.run(0, "plan", "-shards", "2")
	p.run(0, "run")
	first := p.read("results/00001.tsv")
	lines := bytes.SplitAfter(first, []byte("\n"))
	if err := os.Remove(p.path("results/00001.tsv")); err != nil {
		t.Fatal(err)
	}
	p.write("parts/00001.elsewhere.7-a", bytes.Join(lines[:4], nil))
	p.write("parts/00001.elsewhere.8-b", bytes.Join(lines[:3], nil)[:len(lines[0])+len(lines[1])+9]) // torn
	says(t, p.run(3, "status"), "shard 1: started, 3 of 10 runs: computed on elsewhere")
	p.write("parts/00001.elsewhere.9-c", bytes.Replace(first, []byte(`"code":"`), []byte(`"code":"f`), 1))
	says(t, p.run(3, "status"), "3 of 10 runs", "9-c is refused: it was computed by another program")
	says(t, p.run(0, "run"), "7 runs of them now")
	p.merged()

	if err := os.Remove(p.path("results/00001.tsv")); err != nil {
		t.Fatal(err)
	}
	p.write("parts/00001.elsewhere.7-a", bytes.Join(lines[:4], nil))
	number, _, _ := strings.Cut(string(lines[1]), "\t")
	p.write("parts/00001.elsewhere.8-b", append(bytes.Clone(lines[0]), (number+"\t1\t2\t3\t"+crc(number+"\t1\t2\t3")+"\n")...))
	says(t, p.run(1, "run"), "run "+number+" gave", "it depends on more than its point and stream")
}

// A folder is of one study, cut in one way, and one program.
func TestRefusedStudies(t *testing.T) {
	p := newPlace(t, "4,5,0")
	says(t, p.run(2, "status"), "no plan is there", "plan comes first")
	says(t, p.run(2, "merge"), "no plan is there")
	p.run(0, "plan", "-shards", "4")
	p.run(0, "plan", "-shards", "4")
	says(t, p.run(2, "plan", "-shards", "5"), "cut in 4 shards already, not in 5")
	says(t, p.run(2, "run", "-shard", "1/5"), "cut in 4 shards")
	p.study = "4,6,0"
	for _, command := range []string{"plan", "run", "status", "merge"} {
		says(t, p.run(2, command), `the study "tested" has changed since it was planned`, "another folder")
	}
	p.study = "4,5,0"
	plan := p.read("plan.json")
	for _, change := range []struct{ old, new, says string }{
		{`"code": "`, `"code": "f`, "must be 64 hexadecimal digits"},
		{`"format": 1`, `"format": 2`, "format = 2, must be 1"},
		{`"name": "tested"`, `"name": "other"`, `belongs to the study "other"`},
		{`linux/`, `plan9/`, "planned on plan9/"},
		{`"go": "`, `"go": "old-`, "was built by old-"},
		{`"runs": 20`, `"runs": 21`, "the plan has 21 runs, the study 20"},
		{`"shards": 4`, `"shards": 0`, "Shards = 0 outside [1, 20]"},
		{`"shards"`, `"sherds"`, "is no plan"},
	} {
		if change.old == "linux/" && !bytes.Contains(plan, []byte(change.old)) {
			continue
		}
		p.write("plan.json", bytes.Replace(plan, []byte(change.old), []byte(change.new), 1))
		says(t, p.run(2, "run"), change.says)
	}
	digit := strings.Index(string(plan), `"code": "`) + len(`"code": "`)
	plan[digit] ^= 1 // another digit, 0 to 9 or a to f
	if plan[digit] == '`' || plan[digit] == 'g' {
		plan[digit] = 'b'
	}
	p.write("plan.json", plan)
	says(t, p.run(2, "run"), "the program has changed since the study was planned")
}

// A folder of somebody else's is no study's, and what one lays beside a study stays.
func TestForeignFolder(t *testing.T) {
	p := newPlace(t, "4,5,0")
	if err := os.Mkdir(p.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	p.write("manifest.json", []byte("mine"))
	for _, command := range []string{"plan", "run"} {
		says(t, p.run(2, command), "has manifest.json and no plan: it is no study's; choose a folder that is new or empty")
	}
	if string(p.read("manifest.json")) != "mine" {
		t.Error("a file of somebody's is written")
	}
	p.dir += " 2"
	p.run(0, "run")
	p.write(".gitignore", []byte("mine"))
	p.write("results/.nfs01", []byte("not mine"))
	p.run(0, "merge")
	p.read(".gitignore")
	p.read("results/.nfs01")
}

// Command lines that are not understood are refused.
func TestRefusedCommands(t *testing.T) {
	p := newPlace(t, "4,5,0")
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"swim"}, `unknown command "swim", must be one of those above`},
		{[]string{"plan", "-shards", "1e3"}, `invalid value "1e3"`},
		{[]string{"run", "-shard", "0/3"}, "must be i/n with 1 ≤ i ≤ n ≤ 20"},
		{[]string{"run", "-shard", "4/3"}, "must be i/n"},
		{[]string{"run", "-shard", "1/21"}, "must be i/n"},
		{[]string{"run", "-shard", "x"}, "must be i/n"},
		{[]string{"plan", "-shards", "21"}, "-shards = 21 outside [1, 20]"},
		{[]string{"plan", "-shards", "-1"}, "-shards = -1"},
		{[]string{"run", "there"}, `unexpected arguments ["there"]`},
		{[]string{"run", "-fast"}, "flag provided but not defined: -fast"},
	} {
		says(t, p.run(2, c.args...), c.says)
	}
	if _, err := os.Stat(p.dir); err == nil {
		t.Error("a refused command made a folder")
	}
}

// Help is given without a study, and is no mistake.
func TestHelp(t *testing.T) {
	for _, c := range []struct {
		args []string
		says []string
	}{
		{[]string{"-h"}, []string{"plan STUDY.json [-out DIR]", "slurm STUDY.json"}},
		{[]string{"help"}, []string{"merge STUDY.json"}},
		{[]string{"plan", "-h"}, []string{"-shards K"}},
		{[]string{"run", "none.json", "--help"}, []string{"-shard i/n"}},
		{[]string{"slurm", "-h"}, []string{"slurm STUDY.json", "-out DIR", "-throttle"}},
		{[]string{"parallel", "-h"}, []string{"-hosts"}},
	} {
		cmd := newPlace(t, "file").command(c.args...)
		cmd.Args = cmd.Args[:len(cmd.Args)-2] // no -out
		out, err := cmd.Output()
		if err != nil || strings.Contains(string(out), "help requested") {
			t.Errorf("%q: %v %s", c.args, err, out)
		}
		says(t, string(out), c.says...)
	}
}

// Runs that fail are counted, named with their point, and tried again; the others are kept.
func TestFailedRuns(t *testing.T) {
	p := newPlace(t, "4,5,0")
	fault := t.TempDir() + "/fault"
	p.study += "," + fault
	if err := os.WriteFile(fault, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	p.run(0, "plan", "-shards", "2")
	says(t, p.run(1, "run"), "4 of 20 runs failed", "run 6, point 1 (x = 0.14285714285714285), seed 1: the fault is there")
	says(t, p.run(3, "status"), "failed", "the fault is there", "16 of 20 runs")
	says(t, p.run(3, "merge"), "shard 1 is failed, 2 runs failed, first run ", "the fault is there")
	says(t, p.run(0, "merge", "-partial"), "16 of 20 runs", "table.partial.csv")
	if err := os.Remove(fault); err != nil {
		t.Fatal(err)
	}
	says(t, p.run(0, "run"), "4 runs of them now")
	p.merged()
	lines := bytes.SplitAfter(p.read("table.csv"), []byte("\n"))
	for _, line := range bytes.SplitAfter(p.read("table.partial.csv"), []byte("\n")) {
		if !bytes.Contains(p.read("table.csv"), line) {
			t.Errorf("the partial table has %q", line)
		}
	}
	if len(lines) != 22 {
		t.Errorf("%d lines", len(lines))
	}
}

// A file that describes no study is refused in words.
func TestRead(t *testing.T) {
	d, err := sweep.Read([]byte(`{"name": "a", "seed": 2, "seeds": 3, "without": ["NE"], "set": {"Channels": 50, "Balance.Offset": 0.2, "Coding": 0.1},
		"grid": [{"name": "Load", "values": [0.2, 1]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if d.Task.Channels != 50 || d.Task.Patterns != 25 || d.Task.Coding != 0.1 || d.Circuit.Acetylcholine.Coding != 0.1 || d.Circuit.Balance.Offset != 0.2 ||
		d.Circuit.NE.Probability != 0 || d.Seed != 2 || d.Seeds != 3 || d.Rate != 0.1 {
		t.Errorf("%+v", d)
	}
	if r, err := d.Runs(); err != nil || r.Len() != 6 {
		t.Errorf("%v runs, %v", r, err)
	}
	for text, want := range map[string]string{
		`{`:                                     "unexpected EOF",
		`{"name": "a"} {}`:                      "the file goes on",
		`{"name": "a", "grit": []}`:             `unknown field "grit"`,
		`{"name": "a", "set": {"Rate": NaN}}`:   "invalid character 'N'",
		`{"name": "a", "set": {"Raet": 1}}`:     `unknown parameter "Raet", must be one of Load`,
		`{"name": "a", "set": {"Rate": 1e999}}`: "1e999",
		`{"name": "a", "without": ["GABA"]}`:    `without "GABA", must be one of ACh, NE, Hebbian, Balance`,
		`{"name": "a", "grid": [{"name": "Load", "values": [1]}], "random": {"number": 1}}`: "both grid and random",
		`{"name": "a", "set": {"Rate": 1, "Rate": 2}}`:                                      `"Rate" is there twice`,
		`{"name": "a", "Name": "b"}`:                                                        `"Name" is there twice`,
		"{\"name\": \"a\",\n\"seeds\": 1.5}":                                                "line 2: seeds is of kind number 1.5, must be a whole number",
		"{\"name\": \"a\",\n\n\"grid\": {}}":                                                "line 3: grid is of kind object, must be a list in []",
		"{\"name\": \"a\"\n\"seed\": 1}":                                                    "line 2: invalid character",
		`[]`:                                                                                "the study is of kind array, must be an object",
		`{"name": "a", "set": {"Load": 1, "Patterns": 50}}`:                                 "Load and Patterns are one",
	} {
		_, err := sweep.Read([]byte(text))
		refusal.Mentions(t, err, want)
	}
}
