package experiment

import (
	"bufio"
	"io"
	"slices"
	"strconv"
)

// Head is the names of a table's columns as it is written: point, seed, the parameters, what was measured.
func (t *Table) Head() []string {
	return append(append([]string{"point", "seed"}, t.Parameters...), t.Columns...)
}

// WriteCSV writes the table with a line of names. A number is the shortest decimal that reads back to
// the same bits; NaN, +Inf and -Inf are written so.
func (t *Table) WriteCSV(w io.Writer) error {
	out := bufio.NewWriter(w)
	var line []byte
	for k, name := range t.Head() {
		if k > 0 {
			line = append(line, ',')
		}
		line = append(line, name...)
	}
	for _, row := range t.Rows {
		out.Write(append(line, '\n')) // the first error is kept for Flush
		line = strconv.AppendInt(line[:0], int64(row.Point), 10)
		line = strconv.AppendInt(append(line, ','), int64(row.Seed), 10)
		for _, values := range [][]float64{row.At, row.Values} {
			for _, v := range values {
				line = strconv.AppendFloat(append(line, ','), v, 'g', -1, 64)
			}
		}
	}
	out.Write(append(line, '\n'))
	return out.Flush()
}

// Column returns a parameter or what was measured, by row; nil if there is none of that name.
func (t *Table) Column(name string) []float64 {
	k := slices.Index(t.Head(), name)
	if k < 0 {
		return nil
	}
	column := make([]float64, 0, len(t.Rows))
	for _, row := range t.Rows {
		column = append(column, slices.Concat([]float64{float64(row.Point), float64(row.Seed)}, row.At, row.Values)[k])
	}
	return column
}

// Means returns for each point that has rows, in order, its values of the parameters and the mean over its seeds of what was measured, with
// Student's t interval of level 0.95. It panics if nothing of that name was measured.
func (t *Table) Means(name string) (at [][]float64, means []Interval) {
	column := t.Column(name)
	if column == nil && len(t.Rows) > 0 {
		panic("experiment: no column " + strconv.Quote(name))
	}
	for begin := 0; begin < len(t.Rows); {
		end := begin
		for end < len(t.Rows) && t.Rows[end].Point == t.Rows[begin].Point {
			end++
		}
		at, means = append(at, t.Rows[begin].At), append(means, NewInterval(column[begin:end], 0.95))
		begin = end
	}
	return at, means
}
