package recordings

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
	"unique"
)

// column is one column of a schema whose rows are of type T.
type column[T any] struct {
	name     string
	domain   string // of a field, in words
	about    string
	optional bool                  // the column may be missing
	empty    bool                  // a field may be empty
	set      func(*T, string) bool // false: outside the domain
	get      func(*T) string
	unset    func(*T) // sets what an empty field or a missing column means; nil: the zero value
}

// text is a column of words that are not empty.
func text[T any](name, about string, at func(*T) *string) column[T] {
	return column[T]{
		name: name, about: about, domain: "UTF-8 text, without control characters or space at an end, of at most 1000 bytes",
		set: func(row *T, s string) bool {
			plain := s != "" && len(s) <= 1000 && utf8.ValidString(s) && s == strings.TrimSpace(s) && !strings.ContainsFunc(s, unicode.IsControl)
			if plain {
				*at(row) = unique.Make(s).Value() // a million rows share the names of a few cells
			}
			return plain
		},
		get: func(row *T) string { return *at(row) },
	}
}

// number is a column of decimal numbers in a domain; NaN stands for an empty
// field.
func number[T any](name, about string, d domain, at func(*T) *float64) column[T] {
	return column[T]{
		name: name, about: about, domain: d.words,
		set: func(row *T, s string) bool {
			x, ok := parse(s)
			*at(row) = x
			return ok && d.has(x)
		},
		get: func(row *T) string {
			if x := *at(row); x == x {
				return strconv.FormatFloat(x, 'g', -1, 64)
			}
			return ""
		},
		unset: func(row *T) { *at(row) = math.NaN() },
	}
}

// parse is the value of a decimal number, without the hexadecimal numbers,
// infinities and NaN of strconv.
func parse(s string) (float64, bool) {
	if strings.ContainsAny(s, "xXnNiI_") {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil
}

// whole is a number without a fraction.
func whole[T any](name, about string, d domain, at func(*T) *float64) column[T] {
	c := number(name, about, d, at)
	set := c.set
	c.set = func(row *T, s string) bool { return set(row, s) && *at(row) == math.Trunc(*at(row)) }
	return c
}

// integer is a whole number of type int.
func integer[T any](name, about string, d domain, at func(*T) *int) column[T] {
	return column[T]{
		name: name, about: about, domain: d.words,
		set: func(row *T, s string) bool {
			x, err := strconv.Atoi(s)
			*at(row) = x
			return err == nil && d.has(float64(x))
		},
		get: func(row *T) string { return strconv.Itoa(*at(row)) },
	}
}

// flag is a column of yes or no.
func flag[T any](name, about string, at func(*T) *bool) column[T] {
	return column[T]{
		name: name, about: about, domain: "0, 1, false or true",
		set: func(row *T, s string) bool {
			yes := s == "1" || strings.EqualFold(s, "true")
			*at(row) = yes
			return yes || s == "0" || strings.EqualFold(s, "false")
		},
		get: func(row *T) string {
			if *at(row) {
				return "1"
			}
			return "0"
		},
	}
}

// choice is a column of the words of an enumeration.
func choice[T any, E ~uint8](name, about string, words []string, at func(*T) *E) column[T] {
	return column[T]{
		name: name, about: about, domain: "one of " + strings.Join(words, ", "),
		set: func(row *T, s string) bool {
			i := slices.Index(words, s)
			*at(row) = E(max(0, i))
			return i >= 0
		},
		get: func(row *T) string { return word(words, int(*at(row))) },
	}
}

// orEmpty is the column with fields that may be empty.
func (c column[T]) orEmpty() column[T] {
	c.empty = true
	c.domain += ", or empty"
	return c
}

// orMissing is the column that may be missing altogether.
func (c column[T]) orMissing() column[T] {
	c.optional = true
	return c
}
