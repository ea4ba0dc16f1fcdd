package experiment_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// first is a study that measures the first number of each run's stream, at points of its own parameter.
func first(x ...float64) experiment.Design {
	return experiment.Design{Name: "first", Seed: 1, Seeds: 3, Points: experiment.Grid{{Name: "x", Values: x}},
		Measure: func(_ context.Context, r experiment.Run, rng *rand.Rand) (experiment.Values, error) {
			return experiment.Values{"u": rng.Float64()}, nil
		}}
}

func run(t *testing.T, d experiment.Design) *experiment.Table {
	t.Helper()
	table, err := d.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// Points and seeds that are added or moved leave the streams of all others as they were; another name, seed of the study,
// point or seed has another stream.
func TestStreams(t *testing.T) {
	of := func(d experiment.Design) map[[2]float64]float64 {
		u := make(map[[2]float64]float64)
		table := run(t, d)
		for k, x := range table.Column("x") {
			u[[2]float64{x, table.Column("seed")[k]}] = table.Column("u")[k]
		}
		return u
	}
	old := of(first(1, 2, 3))
	longer := first(7, 3, 2, 9, 1)
	longer.Seeds = 5
	more := of(longer)
	for key, u := range old {
		if more[key] != u {
			t.Errorf("%v: %v, then %v", key, u, more[key])
		}
	}
	if len(more) != 25 {
		t.Errorf("%d runs", len(more))
	}
	named, seeded := first(1, 2, 3), first(1, 2, 3)
	named.Name, seeded.Seed = "second", 2
	seen := make(map[float64]bool)
	for _, runs := range []map[[2]float64]float64{more, of(named), of(seeded)} {
		for _, u := range runs {
			if seen[u] {
				t.Errorf("%v comes twice", u)
			}
			seen[u] = true
		}
	}
	// The order of the parameters does not matter, nor does the sign of 0.
	two := func(l experiment.List) float64 {
		d := first()
		d.Points, d.Seeds = l, 1
		return run(t, d).Column("u")[0]
	}
	if a, b := two(experiment.List{Names: []string{"x", "z"}, Values: [][]float64{{0, 2}}}),
		two(experiment.List{Names: []string{"z", "x"}, Values: [][]float64{{2, math.Copysign(0, -1)}}}); a != b {
		t.Errorf("%v and %v", a, b)
	}
	// As it came out: a change of the key would change every study.
	const was = 0.7257753205732104
	if got := old[[2]float64{1, 0}]; got != was {
		t.Errorf("the first number of the first run is %v, was %v", got, was)
	}
}

// The study of a design trains and asks, as one would by hand, at the parameters of the point.
func TestRecalled(t *testing.T) {
	d := reported()
	d.Points, d.Seeds = experiment.Grid{{Name: "Load", Values: []float64{0.5, 3}}, {Name: "Balance.Offset", Values: []float64{0.05, 0.3}}}, 2
	table := run(t, d)
	if !slices.Equal(table.Head(), []string{"point", "seed", "Load", "Balance.Offset", "error", "false_alarms", "hits"}) || len(table.Rows) != 8 {
		t.Fatalf("%q, %d rows", table.Head(), len(table.Rows))
	}
	for k, row := range table.Rows {
		c := rules.Reported()
		c.Balance.Offset = row.At[1]
		by := experiment.Design{Circuit: c, Task: experiment.Task(c, 40, row.At[0]), Weight: 20, Rate: 0.1, Duration: 3}
		var recall model.Recall
		d := d
		d.Measure = func(ctx context.Context, r experiment.Run, rng *rand.Rand) (experiment.Values, error) {
			a, err := by.Task.Draw(rng)
			if err != nil {
				return nil, err
			}
			l := by.Learner()
			if _, err := l.Train(ctx, a, by.Epochs(), rng); err != nil {
				return nil, err
			}
			recall = l.Neuron.Recall(a)
			return experiment.Values{"error": recall.Error}, nil
		}
		runs, err := d.Runs()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := runs.Do(context.Background(), k); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(row.Values, []float64{recall.Error, recall.FalseAlarms, recall.Hits}) {
			t.Errorf("run %d: %v, by hand %+v", k, row.Values, recall)
		}
	}
	at, means := table.Means("error")
	if len(at) != 4 || at[3][0] != 3 || means[3] != experiment.NewInterval(table.Column("error")[6:], 0.95) {
		t.Errorf("%v, %v", at, means)
	}
}

// Bad studies are named before the first run.
func TestRunsRefuse(t *testing.T) {
	grid := func(name string, values ...float64) experiment.Points {
		return experiment.Grid{{Name: name, Values: values}}
	}
	for _, c := range []struct {
		change func(d *experiment.Design)
		says   string
	}{
		{func(d *experiment.Design) { d.Points = grid("Raet", 1) }, `unknown parameter "Raet", must be one of Load, `},
		{func(d *experiment.Design) { d.Points = grid("own", 1) }, `unknown parameter "own"`},
		{func(d *experiment.Design) { d.Points = grid("Rate") }, `the axis "Rate" of the grid has no values`},
		{func(d *experiment.Design) { d.Points = experiment.List{} }, "no points"},
		{func(d *experiment.Design) { d.Points = grid("Rate", 0.1, math.NaN()) }, "point 1 (Rate = NaN): parameter Rate = NaN, must be finite"},
		{func(d *experiment.Design) { d.Points = grid("Rate", 0.1, -1) }, "point 1 (Rate = -1): Rate = -1 outside (0, ∞)"},
		{func(d *experiment.Design) { d.Points = grid("Coding", 1.5) }, "point 0 (Coding = 1.5): rules: Coding = 1.5 outside (0, 1)"},
		{func(d *experiment.Design) { d.Points = grid("Load", 0) }, "Load = 0 outside (0, ∞)"},
		{func(d *experiment.Design) { d.Points = grid("Channels", 10.5) }, "Channels = 10.5, must be a whole number"},
		{func(d *experiment.Design) { d.Points = grid("Rate", 0.1, 0.2, 0.1) }, "point 0 and point 2 (Rate = 0.1) are the same"},
		{func(d *experiment.Design) {
			d.Points = experiment.Grid{{Name: "Rate", Values: []float64{1}}, {Name: "Rate", Values: []float64{1}}}
		}, "Rate is there twice"},
		{func(d *experiment.Design) {
			d.Points = experiment.List{Names: []string{"Rate"}, Values: [][]float64{{1, 2}}}
		}, "point 0 has 2 values, must have one for each of 1 parameters"},
		{func(d *experiment.Design) { d.Points = grid("a b", 1) }, `parameter 0 is called "a b"`},
		{func(d *experiment.Design) { d.Rate = -1 }, "the only point: Rate = -1 outside (0, ∞)"},
		{func(d *experiment.Design) { d.Points = grid("seed", 1) }, `parameter 0 is called "seed"`},
		{func(d *experiment.Design) { d.Seeds = -1 }, "Seeds = -1, must not be negative"},
		{func(d *experiment.Design) { d.Seeds = math.MaxInt; d.Points = grid("Rate", 1, 2) }, "must be at most"},
		{func(d *experiment.Design) { d.Duration = math.Inf(1) }, "Duration = +Inf"},
	} {
		d := reported()
		c.change(&d)
		_, err := d.Runs()
		refusal.Mentions(t, err, c.says)
		if _, err := d.Run(context.Background()); err == nil {
			t.Errorf("a study with %s is run", c.says)
		}
	}
	d := first(1)
	d.Points = grid("x", math.Inf(1))
	_, err := d.Runs()
	refusal.Mentions(t, err, "parameter x = +Inf, must be finite")
}

// Of a study that fails or is stopped the rows that there are come with the error; a panic is an error.
func TestRunStops(t *testing.T) {
	d := first(1, 2, 3, 4, 5, 6)
	measure := d.Measure
	d.Measure = func(ctx context.Context, r experiment.Run, rng *rand.Rand) (experiment.Values, error) {
		if r.At["x"] == 5 && r.Seed == 1 {
			panic("broken")
		}
		return measure(ctx, r, rng)
	}
	table, err := d.Run(context.Background())
	refusal.Mentions(t, err, "of 18 runs ended", "run 13, point 4 (x = 5), seed 1: panic: broken")
	if table == nil || len(table.Rows) < 13 || len(table.Rows) > 17 {
		t.Errorf("%+v", table)
	}
	ctx, cancel := context.WithCancel(context.Background())
	d.Measure = func(ctx context.Context, r experiment.Run, rng *rand.Rand) (experiment.Values, error) {
		if r.At["x"] == 3 {
			cancel()
		}
		return measure(ctx, r, rng)
	}
	if table, err = d.Run(ctx); !errors.Is(err, context.Canceled) || len(table.Rows) < 6 || len(table.Rows) > 12 {
		t.Errorf("%d rows, %v", len(table.Rows), err)
	}
	d.Measure = func(_ context.Context, r experiment.Run, _ *rand.Rand) (experiment.Values, error) {
		return experiment.Values{fmt.Sprint("at", r.At["x"] > 2): 1}, nil
	}
	_, err = d.Run(context.Background())
	refusal.Mentions(t, err, `run 6 measured ["attrue"], others ["atfalse"]`)
}

// What a run measured must be able to head a column of its own.
func TestColumns(t *testing.T) {
	for name, says := range map[string]string{"a,b": `it measured "a,b", must be letters`, "": `measured ""`, "point": `measured "point"`, "x": `measured "x", which is a parameter`} {
		d := first(1)
		d.Measure = func(context.Context, experiment.Run, *rand.Rand) (experiment.Values, error) {
			return experiment.Values{name: 1}, nil
		}
		_, err := d.Run(context.Background())
		refusal.Mentions(t, err, "run 0, point 0 (x = 1), seed 0", says)
	}
	d := first(1)
	d.Measure = func(context.Context, experiment.Run, *rand.Rand) (experiment.Values, error) { return nil, nil }
	_, err := d.Run(context.Background())
	refusal.Mentions(t, err, "it measured nothing, must measure at least one number")
}

// All that a study says is in its digest.
func TestDigest(t *testing.T) {
	digest := func(change func(d *experiment.Design)) string {
		d := reported()
		d.Circuit.Excitatory = []model.Rule{rules.Reward{Rate: 1}}
		d.Points = experiment.Grid{{Name: "Load", Values: []float64{0.5, 1}}}
		change(&d)
		r, err := d.Runs()
		if err != nil {
			t.Fatal(err)
		}
		return r.Digest()
	}
	same := digest(func(*experiment.Design) {})
	if again := digest(func(*experiment.Design) {}); again != same {
		t.Errorf("%s, then %s", same, again)
	}
	seen := map[string]bool{same: true}
	for k, change := range []func(d *experiment.Design){
		func(d *experiment.Design) { d.Name = "t" },
		func(d *experiment.Design) { d.Seed++ },
		func(d *experiment.Design) { d.Seeds = 2 },
		func(d *experiment.Design) { d.Rate = math.Nextafter(d.Rate, 1) },
		func(d *experiment.Design) { d.Circuit.ACh.Probability = 0.5 },
		func(d *experiment.Design) { d.Circuit.Excitatory = []model.Rule{rules.Reward{Rate: 2}} },
		func(d *experiment.Design) { d.Circuit.Excitatory = nil },
		func(d *experiment.Design) { d.Task.ByChannel = true },
		func(d *experiment.Design) { d.Points = experiment.Grid{{Name: "Load", Values: []float64{0.5, 1, 2}}} },
		func(d *experiment.Design) { d.Points = experiment.Grid{{Name: "Load", Values: []float64{1, 0.5}}} },
		func(d *experiment.Design) { d.Points = experiment.Grid{{Name: "Rate", Values: []float64{0.5, 1}}} },
		func(d *experiment.Design) { d.Measure = experiment.Recalled },
	} {
		if got := digest(change); seen[got] {
			t.Errorf("change %d leaves the digest, or makes that of another", k)
		} else {
			seen[got] = true
		}
	}
}

// A table is written so that its numbers read back to the same bits.
func TestWriteCSV(t *testing.T) {
	table := &experiment.Table{Parameters: []string{"Load"}, Columns: []string{"a", "b"}, Rows: []experiment.Row{
		{Point: 0, Seed: 0, At: []float64{0.1}, Values: []float64{1. / 3, math.NaN()}},
		{Point: 0, Seed: 1, At: []float64{0.1}, Values: []float64{5e-324, math.Inf(-1)}}}}
	var b bytes.Buffer
	if err := table.WriteCSV(&b); err != nil || b.String() != "point,seed,Load,a,b\n0,0,0.1,0.3333333333333333,NaN\n0,1,0.1,5e-324,-Inf\n" {
		t.Errorf("%v, %s", err, b.String())
	}
	if table.Column("c") != nil || table.Column("b")[1] != math.Inf(-1) || table.Column("Load")[0] != 0.1 || table.Column("seed")[1] != 1 {
		t.Error("a column is another")
	}
	refusal.Panics(t, func() { table.Means("c") }, `no column "c"`)
}
