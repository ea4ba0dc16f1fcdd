//go:build !js

package table

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// workbook reads the sheet of a workbook whose header fits best: values as they
// are stored, not as they are shown.
func (t *Table) workbook(r io.Reader, fits func([]string) int) error {
	book, err := excelize.OpenReader(r, excelize.Options{RawCellValue: true})
	if err != nil {
		return t.fault(0, "a workbook that cannot be read ("+err.Error()+"): save it again as .xlsx, or as CSV")
	}
	var begun []row
	at, best, chosen := -1, -1, ""
	sheets := book.GetSheetList()
	for _, sheet := range sheets {
		next, err := t.cells(book, sheet)
		if t.Sheet != "" && t.Sheet != sheet || err != nil { // a chart has no rows
			continue
		}
		var rows []row
		for len(rows) < tried {
			fields, line, err := next()
			if err != nil {
				break // comes again
			}
			rows = append(rows, row{fields, line})
		}
		if i, score := t.header(rows, false, fits); i >= 0 && score > best {
			at, best, begun, chosen = i, score, rows, sheet
		}
	}
	if chosen == "" {
		return t.fault(0, fmt.Sprintf("no sheet %s with a row in it; the sheets are %s", Quoted(t.Sheet), strings.Join(sheets, ", ")))
	}
	t.Sheet, t.Separator = chosen, "\t"
	if err := t.begin(begun, at, fits); err != nil {
		return err
	}
	t.form = fmt.Sprintf("workbook, sheet %s of %d", Quoted(chosen), len(sheets)) + t.form
	next, err := t.cells(book, chosen)
	if err != nil {
		return fmt.Errorf("recordings: %s: %w", t.File, err)
	}
	for line := 0; line < t.Line; {
		if _, line, err = next(); err != nil {
			return err
		}
	}
	t.next = func() ([]string, int, error) {
		fields, line, err := next()
		for n := len(fields); err == nil && n > 0 && n < len(t.Names); n++ { // empty at the end are not stored
			fields = append(fields, "")
		}
		if i := slices.Index(fields, ""); err == nil && i >= 0 && i < len(t.Names) && !blank(fields) {
			return fields, line, t.formulas(book, fields, line)
		}
		return fields, line, err
	}
	return nil
}

// cells goes through the rows of a sheet.
func (t *Table) cells(book *excelize.File, sheet string) (func() ([]string, int, error), error) {
	rows, err := book.Rows(sheet)
	line := 0
	return func() ([]string, int, error) {
		if !rows.Next() {
			if err := rows.Error(); err != nil {
				return nil, 0, t.fault(line+1, "the sheet cannot be read: "+err.Error())
			}
			return nil, 0, io.EOF
		}
		line++
		fields, err := rows.Columns()
		if err != nil {
			return nil, 0, t.fault(line, "the sheet cannot be read: "+err.Error())
		}
		return fields, line, nil
	}, err
}

// formulas refuses a formula of which no value is stored, which looks as if the
// cell were empty. In sheets of more than 100,000 rows it does not look.
func (t *Table) formulas(book *excelize.File, fields []string, line int) error {
	if t.large == nil {
		size, _ := book.GetSheetDimension(t.Sheet)
		_, corner, _ := strings.Cut(size, ":")
		_, last, _ := excelize.CellNameToCoordinates(corner)
		t.large = new(bool)
		if *t.large = last > 100_000; *t.large {
			t.form += ", formulas without a value not looked for"
		}
	}
	for i := range fields {
		if fields[i] != "" || *t.large {
			continue
		}
		cell, _ := excelize.CoordinatesToCellName(i+1, line)
		if formula, _ := book.GetCellFormula(t.Sheet, cell); formula != "" {
			return t.fault(line, fmt.Sprintf("cell %s is a formula of which the file has no value: open it in a spreadsheet and save it", cell))
		}
	}
	return nil
}
