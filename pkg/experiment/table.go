package experiment

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"slices"
)

// Table is what a study measured: a row a run, sorted by point and seed.
type Table struct {
	Parameters []string // names of the parameters
	Columns    []string // names of what was measured, sorted
	Rows       []Row
}

// Row is a run with what it measured.
type Row struct {
	Point, Seed int
	At          []float64 // values of the parameters
	Values      []float64 // of the columns
}

// Run makes all runs on all cores and returns their table. A run whose context ends, a run that fails and, in a
// program, an interrupt from the keyboard end it early; then the table has the rows of the runs that have ended, and
// the error says how many of how many.
func (d Design) Run(ctx context.Context) (*Table, error) {
	runs, err := d.Runs()
	if err != nil {
		return nil, err
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	results := make([]Values, runs.Len())
	_, err = Ensemble(ctx, runs.Len(), runs.Do, func(i int, v Values) { results[i] = v })
	ended := 0
	for _, v := range results {
		if v != nil {
			ended++
		}
	}
	t, mixed := runs.Table(results)
	if err != nil {
		return t, fmt.Errorf("experiment: %d of %d runs ended: %w", ended, runs.Len(), err)
	}
	return t, mixed
}

// Columns is the names of values, sorted.
func (v Values) Columns() []string { return slices.Sorted(maps.Keys(v)) }

// Table puts results together, by run; nil is a run that has none, and gets no row. It returns an error if
// two runs measured other names.
func (r *Runs) Table(results []Values) (*Table, error) {
	t := &Table{Parameters: r.names}
	for i, v := range results {
		if v == nil {
			continue
		}
		if t.Columns == nil {
			t.Columns = v.Columns()
		}
		row := r.Row(i, nil)
		for _, name := range t.Columns {
			x, has := v[name]
			if !has || len(v) != len(t.Columns) {
				return t, fmt.Errorf("experiment: run %d measured %q, others %q; all must measure the same", i, v.Columns(), t.Columns)
			}
			row.Values = append(row.Values, x)
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

// Row is run i with values.
func (r *Runs) Row(i int, values []float64) Row {
	return Row{Point: i / r.seeds, Seed: i % r.seeds, At: r.points[i/r.seeds], Values: values}
}
