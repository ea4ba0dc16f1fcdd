package shard

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
	"strconv"
)

// header is the first line of a file of rows.
type header struct {
	Shard   int      `json:"shard"`
	Of      int      `json:"of"`
	Study   string   `json:"study"`
	Code    string   `json:"code"`
	Columns []string `json:"columns"`
}

// line is the header as it is written.
func (h header) line() []byte {
	text, err := json.Marshal(h)
	if err != nil {
		panic(err) // strings and numbers
	}
	return append(text, '\n')
}

// readHeader reads a first line and says how it differs from what it should be; want's columns are not compared.
func readHeader(line []byte, want header) (columns []string, err error) {
	var h header
	if err := json.Unmarshal(line, &h); err != nil {
		return nil, fmt.Errorf("the first line %.40q is no header", line)
	}
	switch {
	case h.Study != want.Study:
		return nil, fmt.Errorf("it is of another study: hash %.12s, must be %.12s", h.Study, want.Study)
	case h.Code != want.Code:
		return nil, fmt.Errorf("it was computed by another program: hash %.12s, must be %.12s", h.Code, want.Code)
	case h.Shard != want.Shard || h.Of != want.Of:
		return nil, fmt.Errorf("it is shard %d of %d, must be %d of %d", h.Shard, h.Of, want.Shard, want.Of)
	}
	return h.Columns, nil
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// appendLine appends a run's line: number, values, checksum.
func appendLine(text []byte, run int, values []float64) []byte {
	begin := len(text)
	text = strconv.AppendInt(text, int64(run), 10)
	for _, v := range values {
		text = append(text, '\t')
		text = strconv.AppendFloat(text, v, 'g', -1, 64)
	}
	return fmt.Appendf(text, "\t%08x\n", crc32.Checksum(text[begin:], castagnoli))
}

// readLine reads what appendLine has written, and nothing else.
func readLine(line []byte, columns int) (run int, values []float64, err error) {
	cut := len(line) - len("\tcccccccc\n")
	if cut < 0 || !bytes.Equal(line[cut:], fmt.Appendf(nil, "\t%08x\n", crc32.Checksum(line[:cut], castagnoli))) {
		return 0, nil, fmt.Errorf("the checksum of the line %.40q is wrong", line)
	}
	values = make([]float64, 0, columns)
	first, rest, more := bytes.Cut(line[:cut], []byte("\t"))
	if run, err = strconv.Atoi(string(first)); err != nil {
		return 0, nil, err
	}
	for more {
		first, rest, more = bytes.Cut(rest, []byte("\t"))
		v, err := strconv.ParseFloat(string(first), 64)
		if err != nil {
			return 0, nil, err
		}
		values = append(values, v)
	}
	if len(values) != columns {
		return 0, nil, fmt.Errorf("run %d has %d values, must have %d", run, len(values), columns)
	}
	return run, values, nil
}

// same tells whether two rows have the same bits; all NaN are one.
func same(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool {
		return math.Float64bits(x) == math.Float64bits(y) || x != x && y != y
	})
}
