package experiment_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"credo/pkg/experiment"
)

// A table that was written is read back; one of another study, or that lacks a line or a number, is refused.
func TestReadCSV(t *testing.T) {
	d := experiment.Design{Name: "read", Seeds: 2, Points: experiment.Grid{{Name: "x", Values: []float64{0.1, 3}}},
		Measure: func(_ context.Context, r experiment.Run, rng *rand.Rand) (experiment.Values, error) {
			return experiment.Values{"y": rng.Float64(), "z": r.At["x"]}, nil
		}}
	table, err := d.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := table.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	runs, err := d.Runs()
	if err != nil {
		t.Fatal(err)
	}
	text := b.String()
	if got, err := runs.ReadCSV(&b); err != nil || !reflect.DeepEqual(got, table) {
		t.Errorf("%v, %v; want %v", got, err, table)
	}
	for _, c := range []struct{ old, new, fault string }{
		{"\n0,1,0.1,", "\n0,1,0.2,", "line 3 of the table is point 0, seed 1, [0.2]; the study has point 0, seed 1, [0.1]"},
		{"\n1,0,", "\n1,1,", "line 4"},
		{"point,seed,x", "point,seed,w", "must have 4 and begin with"},
		{text[strings.LastIndex(text[:len(text)-1], "\n"):], "\n", "3 rows"},
		{"\n1,1,3,", "\n1,1,3,ten", "y = \"ten"},
		{"\n1,1,3,", "\n1,1,3", "wrong number of fields"},
		{text, "", "0 rows"},
	} {
		if _, err := runs.ReadCSV(strings.NewReader(strings.Replace(text, c.old, c.new, 1))); err == nil || !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%q for %q: %v", c.new, c.old, err)
		}
	}
}
