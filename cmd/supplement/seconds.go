package main

import (
	"bytes"
	"io/fs"
	"os"
	"slices"

	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"

	"credo/internal/notebook"
	"credo/internal/page"
)

// Seconds say how long cells take in a reader's browser, about. They are measured
// now and then (-seconds), for they are never twice the same, and kept in a file
// beside the notebooks: a line for each cell that runs, with the digest of its source,
// so that of a cell which has changed nothing is known, and it counts as one that may
// take long.
type Seconds map[string]map[string]float64 // by notebook and digest

const (
	secondsName = "seconds.csv"
	// slower is how many seconds in a browser one of a processor here makes: the
	// median of the cells that take more than a second is 3.6, nine in ten are below 4.9.
	slower = 4
)

var secondsHead = []string{"notebook", "cell", "digest", "seconds"}

// ReadSeconds reads the file.
func ReadSeconds(r io.Reader) (Seconds, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || fmt.Sprint(rows[0]) != fmt.Sprint(secondsHead) {
		return nil, fmt.Errorf("the first line must be the names of the columns, %q", secondsHead)
	}
	s := Seconds{}
	for i, row := range rows[1:] {
		v, err := strconv.ParseFloat(row[3], 64)
		if err != nil || !(v > 0) {
			return nil, errors.New("line " + strconv.Itoa(i+2) + ": seconds = " + row[3] + ", must be a positive number")
		}
		if s[row[0]] == nil {
			s[row[0]] = map[string]float64{}
		}
		s[row[0]][row[2]] = v
	}
	return s, nil
}

// of are those of a chapter, by number of the cell.
func (s Seconds) of(c page.Chapter) map[int]float64 {
	by := map[int]float64{}
	for _, x := range c.Cells {
		if v, known := s[c.Name][sourceDigest(x.Source)]; known && x.Runs() {
			by[x.Count] = v
		}
	}
	return by
}

// sourceDigest tells the source of a cell from others.
func sourceDigest(source string) string { return digest([]byte(source))[:12] }

// otherRows are the lines of the file that are not of these notebooks.
func otherRows(path string, sources []notebook.Source) (rows [][]string, err error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	for _, row := range all[min(1, len(all)):] {
		if !slices.ContainsFunc(sources, func(s notebook.Source) bool { return s.Name == row[0] }) {
			rows = append(rows, row)
		}
	}
	return rows, err
}
