package recordings_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"credo/pkg/recordings"
	"credo/pkg/recordings/table"
)

// What a reader takes without an error is written and read back as it was, and
// whatever it takes can be folded; what it refuses it refuses with an error
// that names the file. Five minutes of it, beside the seeds that every test
// run takes:
//
//	go test -run '^$' -fuzz FuzzReadRaw -fuzztime 150s -parallel 1 ./pkg/recordings
//	go test -run '^$' -fuzz FuzzReadAggregate -fuzztime 150s -parallel 1 ./pkg/recordings
func FuzzReadRaw(f *testing.F) {
	f.Add([]byte(rawFile))
	f.Add([]byte(rawHeader))
	f.Add([]byte(strings.Replace(rawFile, "-70,0,12,-75,50,1", ",,,,,1", 1)))
	f.Add([]byte("\ufeff" + strings.ReplaceAll(rawFile, "\n", "\r\n")))
	f.Add([]byte(strings.Replace(rawFile, "channel", "tone_kHz", 1)))
	f.Add([]byte(strings.Replace(rawFile, "A1,C1,2", `"A""1",C1,2`, 1)))
	f.Add(inUTF16(rawFile, true))
	f.Fuzz(func(t *testing.T, file []byte) {
		rows := fuzzed(t, file, recordings.ReadRaw, recordings.Write)
		for _, fold := range []recordings.Fold{{}, {Unit: "nS", Unmix: true, Edges: []float64{1, 2}}, {Gap: 1e-3, Length: 2}, {Gap: 1e308, Length: 1e-300}} {
			all, account, err := fold.Sweeps(values(rows))
			if err == nil && (account.Rows != len(rows) || account.Responses != len(all) || len(account.String()) == 0) {
				t.Errorf("%d rows and %d responses: %v", len(rows), len(all), account)
			}
		}
	})
}

func FuzzReadAggregate(f *testing.F) {
	f.Add([]byte(aggregateFile))
	f.Add([]byte("status,n,sem,unit,inhibition,excitation,time_min,condition,channel,cell,figure,source_doi,sem_inhibition,is_paired\nmeasured,3,,nS,2,1,0,none,1,C1,,,0.1,1\n"))
	f.Add([]byte(strings.ReplaceAll(aggregateFile, "\n", "\r\n")))
	f.Fuzz(func(t *testing.T, file []byte) {
		rows := fuzzed(t, file, recordings.ReadAggregate, recordings.Write)
		all, account, err := recordings.Collect(func(yield func(recordings.Aggregate, error) bool) {
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
		})
		if err != nil || len(all) != len(rows) || account.Rows != len(rows) {
			t.Errorf("%d responses of %d rows: %v, %v", len(all), len(rows), account, err)
		}
	})
}

// fuzzed returns the rows before the first error.
func fuzzed[T any](t *testing.T, file []byte, read func(r io.Reader, name string) iter.Seq2[T, error], write func(w io.Writer, rows iter.Seq[T]) error) (rows []T) {
	for row, err := range read(bytes.NewReader(file), "fuzz.csv") {
		if bad := (*table.Error)(nil); err != nil {
			if !errors.As(err, &bad) || bad.File != "fuzz.csv" || bad.Reason == "" {
				t.Errorf("%T: %v", err, err)
			}
			break
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil
	}
	var again bytes.Buffer
	if err := write(&again, slices.Values(rows)); err != nil {
		t.Fatalf("what was read is not written: %v", err)
	}
	i := 0
	for row, err := range read(&again, "fuzz.csv") {
		if err != nil {
			t.Fatalf("what was written is not read: %v", err)
		}
		if fmt.Sprintf("%+v", row) != fmt.Sprintf("%+v", rows[i]) {
			t.Fatalf("read back as %+v, was %+v", row, rows[i])
		}
		i++
	}
	if i != len(rows) {
		t.Fatalf("%d rows read back of %d", i, len(rows))
	}
	return rows
}
