package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"credo/internal/durable"
	"credo/internal/native"
	"credo/internal/notebook"
	"credo/internal/workshop"
)

// Measure executes the notebooks as programs, notes the time of the processors that
// each cell took, and writes what that makes in a browser to the file of seconds
// beside them. Other notebooks keep their lines.
func Measure(ctx context.Context, shop workshop.Workshop, progress *workshop.Progress, sources []notebook.Source, limit time.Duration) error {
	w, err := native.Open(ctx, shop)
	if err != nil {
		return err
	}
	path := filepath.Join(filepath.Dir(sources[0].Path), secondsName)
	rows, err := otherRows(path, sources)
	if err != nil {
		return err
	}
	for _, s := range sources {
		e, err := native.New(s, w, limit)
		if err != nil {
			progress.Line("%s: not measured: %v", s.Label, err)
			continue
		}
		source := map[int]string{}
		for _, c := range s.Cells {
			if c.Runs() {
				source[c.Count] = c.Source
			}
		}
		total := 0.0
		e.Spent = func(cell int, cpu time.Duration) {
			progress.Set(s.Name, fmt.Sprintf("In [%d]", cell))
			total += cpu.Seconds()
			if text, runs := source[cell]; runs {
				v := max(0.01, round(slower*cpu.Seconds()))
				rows = append(rows, []string{s.Name, strconv.Itoa(cell), sourceDigest(text), strconv.FormatFloat(v, 'g', -1, 64)})
			}
		}
		_, err = e.Run(ctx, s.Path)
		progress.Set(s.Name, "")
		if err != nil {
			return fmt.Errorf("%s: %w", s.Label, err)
		}
		progress.Line("%s: %.1f s of a processor, about %.0f s in a browser", s.Label, total, slower*total)
	}
	slices.SortStableFunc(rows, func(a, b []string) int {
		m, _ := strconv.Atoi(a[1])
		n, _ := strconv.Atoi(b[1])
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(m, n))
	})
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	if err := errors.Join(out.Write(secondsHead), out.WriteAll(rows)); err != nil {
		return err
	}
	return durable.Write(path, b.Bytes())
}

// round keeps two digits.
func round(v float64) float64 {
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 2, 64), 64)
	return v
}
