package recordings

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
	"unique"

	"credo/internal/domain"
)

// column is one column of a schema whose rows are of type T.
type column[T any] struct {
	name, about string
	at          func(*T) any    // the field: a *string, *float64, *int, *bool or, of an enumeration, *uint8
	in          domain.Interval // of numbers
	whole       bool            // of float64: numbers without a fraction
	words       []string        // of an enumeration
	empty       bool            // a field may be empty: then it is what it is in a blank row
	optional    bool            // the column may be missing
}

// domain says in words what a field may be.
func (c *column[T]) domain() (words string) {
	switch c.at(new(T)).(type) {
	case *string:
		words = "UTF-8 text, without control characters or space at an end, of at most 1000 bytes"
	case *float64:
		words = "a number in " + c.in.String()
		if c.whole {
			words = "a whole number in " + c.in.String()
		}
	case *int:
		words = "a whole number in " + c.in.String()
	case *bool:
		words = "0, 1, false or true"
	case *uint8:
		words = "one of " + strings.Join(c.words, ", ")
	}
	if c.empty {
		words += ", or empty"
	}
	return words
}

// set parses a field, and returns false if it is outside the domain. Numbers are
// decimal, without the hexadecimal ones of strconv.
func (c *column[T]) set(row *T, s string) (ok bool) {
	switch v := c.at(row).(type) {
	case *string:
		*v = unique.Make(s).Value() // a million rows share the names of a few cells
		return s != "" && len(s) <= 1000 && utf8.ValidString(s) && s == strings.TrimSpace(s) && !strings.ContainsFunc(s, unicode.IsControl)
	case *float64:
		x, err := strconv.ParseFloat(s, 64)
		*v = x
		return err == nil && !strings.ContainsAny(s, "xX") && c.in.Has(x) && !(c.whole && x != math.Trunc(x))
	case *int:
		x, err := strconv.Atoi(s)
		*v = x
		return err == nil && c.in.Has(float64(x))
	case *bool:
		*v = s == "1" || strings.EqualFold(s, "true")
		return *v || s == "0" || strings.EqualFold(s, "false")
	case *uint8:
		i := slices.Index(c.words, s)
		*v = uint8(max(0, i))
		return i >= 0
	}
	return false
}

// get is the field as it is written; NaN is empty.
func (c *column[T]) get(row *T) string {
	switch v := c.at(row).(type) {
	case *string:
		return *v
	case *float64:
		if *v == *v {
			return strconv.FormatFloat(*v, 'g', -1, 64)
		}
	case *int:
		return strconv.Itoa(*v)
	case *bool:
		return map[bool]string{false: "0", true: "1"}[*v]
	case *uint8:
		return word(c.words, *v)
	}
	return ""
}
