package table

import (
	"bufio"
	"io"
)

// Open reads the header of CSV in UTF-8: in a browser nothing else is read.
func (t *Table) Open(r io.Reader, _ func(fields []string) int) error {
	x := &text{t: t, in: bufio.NewReaderSize(r, longest+1), encoding: "UTF-8", end: '\n'}
	t.text, t.Separator, t.Header, t.Decimal, t.form = x, ",", 1, ".", "fields separated by commas, header in line 1"
	t.next = x.rows()
	if head, _ := x.in.Peek(2); string(head) == "PK" {
		return t.fault(0, "workbooks are not read in a browser: save the sheet as CSV")
	}
	names, err := t.next()
	if err == io.EOF {
		return t.fault(0, "the file is empty, must have a header")
	}
	t.Names = append(t.Names, names.fields...)
	return err
}

func (x *text) western([]byte) ([]byte, error) {
	return nil, x.t.fault(x.n, "must be UTF-8 in a browser")
}
