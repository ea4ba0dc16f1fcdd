package viz

import "strconv"

// mapDigits is how many significant digits the data of a figure give of the value of a cell: a map has 256 colours.
const mapDigits = 4

// mapData returns the data of a map: one row for each cell; or, if these are at most half as many, one for each strip of neighbours in a row
// of the map that have the same value as written, from its left border to its right one.
func mapData(atX, atY, borders []float64, z [][]float64) []column {
	var x, y, value, low, high, stripY, stripValue []float64
	for j, row := range z {
		for i, v := range row {
			x, y, value = append(x, atX[i]), append(y, atY[j]), append(value, v)
			if i > 0 && asWritten("z", v) == asWritten("z", row[i-1]) {
				high[len(high)-1] = borders[i+1]
				continue
			}
			low, high = append(low, borders[i]), append(high, borders[i+1])
			stripY, stripValue = append(stripY, atY[j]), append(stripValue, v)
		}
	}
	if 2*len(low) > len(x) {
		return []column{{"x", x}, {"y", y}, {"z", value}}
	}
	return []column{{"xlow", low}, {"xhigh", high}, {"y", stripY}, {"z", stripValue}}
}

// asWritten returns a number as the data of a figure give it.
func asWritten(column string, v float64) string {
	digits := 6
	if column == "z" {
		digits = mapDigits
	}
	return strconv.FormatFloat(v+0, 'g', digits, 64)
}
