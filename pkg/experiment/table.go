package experiment

import (
	"cmp"
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
	var columns []string
	var mixed error
	ended, values := 0, make([][]float64, runs.Len())
	for i, v := range results {
		if v == nil {
			continue
		}
		ended++
		names, x := v.Sorted()
		if columns == nil {
			columns = names
		}
		if !slices.Equal(names, columns) {
			mixed = cmp.Or(mixed, fmt.Errorf("experiment: run %d measured %q, others %q; all must measure the same", i, names, columns))
			continue
		}
		values[i] = x
	}
	if err != nil {
		mixed = fmt.Errorf("experiment: %d of %d runs ended: %w", ended, runs.Len(), err)
	}
	return runs.Table(columns, values), mixed
}

// Sorted is the names in their order, and their values.
func (v Values) Sorted() (names []string, values []float64) {
	names = slices.Sorted(maps.Keys(v))
	for _, name := range names {
		values = append(values, v[name])
	}
	return names, values
}

// Table puts together what was measured in columns, by run; nil is a run that has nothing, and gets no row.
func (r *Runs) Table(columns []string, values [][]float64) *Table {
	t := &Table{Parameters: r.names, Columns: columns}
	for i, x := range values {
		if x != nil {
			t.Rows = append(t.Rows, Row{Point: i / r.seeds, Seed: i % r.seeds, At: r.points[i/r.seeds], Values: x})
		}
	}
	return t
}
