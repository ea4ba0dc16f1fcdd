package experiment

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// ReadCSV reads the table of the study, as [Table.WriteCSV] wrote it. It returns an error that names the first line that is
// not of this study: all runs must be there, in order, at their points.
func (r *Runs) ReadCSV(in io.Reader) (*Table, error) {
	lines, err := csv.NewReader(in).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("experiment: the table cannot be read: %w", err)
	}
	first := 2 + len(r.names)
	if len(lines) == 0 {
		lines = [][]string{nil}
	}
	if len(lines) != 1+r.Len() || !slices.Equal(lines[0][:min(first, len(lines[0]))], append([]string{"point", "seed"}, r.names...)) {
		return nil, fmt.Errorf("experiment: the table has %d rows and the columns %q, must have %d and begin with point, seed, %q", len(lines)-1, lines[0], r.Len(), r.names)
	}
	values := make([][]float64, r.Len())
	for i, line := range lines[1:] {
		numbers := make([]float64, len(line))
		for k, word := range line {
			if numbers[k], err = strconv.ParseFloat(word, 64); err != nil {
				return nil, fmt.Errorf("experiment: line %d of the table, %s = %q, must be a number", i+2, lines[0][k], word)
			}
		}
		point, seed := i/r.seeds, i%r.seeds
		if at := r.points[point]; numbers[0] != float64(point) || numbers[1] != float64(seed) || !slices.Equal(numbers[2:first], at) {
			return nil, fmt.Errorf("experiment: line %d of the table is point %v, seed %v, %v; the study has point %d, seed %d, %v there", i+2, line[0], line[1], line[2:first], point, seed, at)
		}
		values[i] = numbers[first:]
	}
	return r.Table(lines[0][first:], values), nil
}
