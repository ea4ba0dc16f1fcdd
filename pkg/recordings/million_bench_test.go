package recordings_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"credo/pkg/model"
	"credo/pkg/recordings"
	"credo/pkg/recordings/estimate"
	"credo/pkg/recordings/generate"
)

// BenchmarkMillionRows reads a raw file of a million rows, 2084 generated cells,
// and folds it into 50,016 responses. It reports the seconds and the peak of
// the process's memory, in which the file is not (Linux):
//
//	go test -run '^$' -bench MillionRows -benchtime 1x ./pkg/recordings
func BenchmarkMillionRows(b *testing.B) {
	path := filepath.Join(b.TempDir(), "million.csv")
	rows := writeMillion(b, path)
	debug.FreeOSMemory()
	os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // sets the peak back to what is in use now
	before := peak()
	for b.Loop() {
		all, account, err := recordings.Load(path, recordings.Fold{})
		if err != nil || account.Rows != rows || len(all) != 50016 {
			b.Fatal(len(all), account, err)
		}
		r, err := estimate.Analyse(all, estimate.Options{}, model.Stream(13, 1))
		if g := r.Group(recordings.ACh); err != nil || g == nil || g.Restoration == nil || g.Gating == nil || g.Tuning == nil {
			b.Fatal(r.Notes, err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/file")
	b.ReportMetric(peak(), "peak-MiB")
	b.ReportMetric(before, "before-MiB")
	b.ReportMetric(float64(rows), "rows")
}

// writeMillion writes a file of at least a million rows and returns how many.
func writeMillion(tb testing.TB, path string) (rows int) {
	g := generate.Typical()
	g.Cells = 2084
	set, err := g.Generate(model.Stream(13, 0))
	if err != nil {
		tb.Fatal(err)
	}
	file, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	err = recordings.Write(out, func(yield func(recordings.Sweep) bool) {
		for s := range set.Sweeps() {
			rows++
			if !yield(s) {
				return
			}
		}
	})
	if err != nil {
		tb.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		tb.Fatal(err)
	}
	return rows
}

// peak is the largest resident memory of the process so far, in MiB, or 0 where
// the system does not say.
func peak() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kB float64
	fmt.Sscan(rest, &kB)
	return kB / 1024
}
