package table

import "io"

// workbook is not there in a browser.
func (t *Table) workbook(io.Reader, func([]string) int) error {
	return t.fault(0, "workbooks are not read in a browser: save the sheet as CSV")
}
