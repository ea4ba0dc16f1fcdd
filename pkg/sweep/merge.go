package sweep

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"credo/pkg/experiment"
	"credo/pkg/sweep/shard"
)

func mergeCommand(_ context.Context, s *session, args []string) error {
	partial := s.Bool("partial", false, "put together the runs that there are, as table.partial.csv and .parquet")
	if err := s.parse(args); err != nil {
		return err
	}
	f, err := s.open(0)
	if err != nil {
		return err
	}
	return s.merge(f, *partial)
}

// merge checks all shards and writes the table; partial takes what there is.
func (s *session) merge(f *shard.Folder, partial bool) error {
	t, lacking, err := s.gather(f, partial)
	if err != nil {
		return err
	}
	name := "table"
	if partial {
		name = "table.partial"
	} else if len(lacking) > 0 {
		return shard.Exit{Code: shard.ExitIncomplete, Err: fmt.Errorf("%d of %d shards are not done, nothing is merged: %s",
			len(lacking), f.Plan().Shards, shard.Few(lacking, "; "))}
	}
	var csv, parquet bytes.Buffer
	if err := t.WriteCSV(&csv); err != nil {
		return err
	}
	if err := writeParquet(&parquet, t); err != nil {
		return err
	}
	manifest, hosts, err := s.manifest(f, t, csv.Bytes(), parquet.Bytes())
	if err != nil {
		return err
	}
	files := []struct {
		name string
		text []byte
	}{{name + ".csv", csv.Bytes()}, {name + ".parquet", parquet.Bytes()}, {"manifest.json", manifest}, {"hosts.json", hosts}}
	if partial {
		files = files[:2]
	}
	for _, file := range files {
		if err := f.Write(file.name, file.text); err != nil {
			return err
		}
	}
	if !partial {
		f.Tidy()
	}
	fmt.Fprintf(s.out, "%d of %d runs in %s/%s.csv and .parquet\n", len(t.Rows), f.Plan().Runs, f.Dir(), name)
	return nil
}

// gather puts the runs of all shards together. lacking says which shards are not done, and why.
func (s *session) gather(f *shard.Folder, partial bool) (t *experiment.Table, lacking []string, err error) {
	var columns []string
	values := make([][]float64, f.Plan().Runs)
	for k := 1; k <= f.Plan().Shards; k++ {
		rows, err := f.Result(k)
		if err != nil {
			st := f.Look(k)
			lacking = append(lacking, strings.TrimSuffix(fmt.Sprintf("shard %d is %s, %s", k, st.State, plain(st.Reason)), ", "))
			if rows = (shard.Rows{}); partial {
				if rows, err = f.Kept(k); err != nil {
					return nil, nil, err
				}
			}
		}
		if len(rows.Values) > 0 && columns == nil {
			columns = rows.Columns
		}
		if len(rows.Values) > 0 && !slices.Equal(columns, rows.Columns) {
			return nil, nil, fmt.Errorf("shard %d measured %q, shards before it %q; all runs must measure the same", k, rows.Columns, columns)
		}
		for run, v := range rows.Values {
			values[run] = v
		}
	}
	return s.runs.Table(columns, values), lacking, nil
}
