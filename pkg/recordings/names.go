//go:build !js

package recordings

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"credo/pkg/recordings/table"
)

//go:embed words.txt
var wordsText string

// unit is a name of a unit, and how many of the schema's it is.
type unit struct {
	name  string
	scale float64
	first bool // of the names of its unit
}

// vocabulary is what is meant by a word, as "condition sham" by none; where it may
// mean several things, all. units are by that of the schema, which is their first.
var vocabulary, units = func() (map[string]string, map[string][]unit) {
	vocabulary, units := map[string]string{}, map[string][]unit{}
	for line := range strings.Lines(wordsText) {
		before, after, ok := strings.Cut(line, ": ")
		if !ok || line[0] == '#' {
			continue
		}
		section, meaning, _ := strings.Cut(before, " ")
		u := unit{}
		for _, word := range strings.Fields(after) {
			part, of := strings.CutPrefix(word, "/")
			if x, err := strconv.ParseFloat(part, 64); section != "unit" {
				vocabulary[section+" "+word] = strings.TrimSpace(vocabulary[section+" "+word] + " " + meaning)
			} else if err != nil {
				u.name = word
				units[meaning] = append(units[meaning], u)
				u.first = false
			} else if u = (unit{scale: x, first: true}); of {
				u.scale = 1 / x
			}
		}
	}
	return vocabulary, units
}()

// dimension is the units that a column may have in the schema: one, but of means
// of currents or conductances; none where a column has no unit.
func dimension(column string) []string {
	switch base := column[strings.LastIndexByte(column, '_')+1:]; {
	case slices.Contains([]string{"channel", "is_paired", "is_best"}, column): // where they are tones
		return []string{"kHz"}
	case slices.Contains([]string{"excitation", "inhibition", "sem", "sem_inhibition"}, column):
		return []string{"pA", "nS"}
	case units[base] != nil:
		return []string{base}
	}
	return nil
}

// scaleOf is what turns a unit of the file into one of the schema. Of "min, rel. to
// pairing" the unit is the first word.
func scaleOf(column, name string) (scale float64, base string, ok bool) {
	if words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == ',' }); len(words) > 0 {
		name = normal(words[0])
		for _, base := range dimension(column) {
			for _, u := range units[base] {
				if strings.ToLower(u.name) == name {
					return u.scale, base, true
				}
			}
		}
	}
	return 1, "", false
}

// unitsOf are the units that a column may have in a file, that of the schema first.
func unitsOf(column string) (names []string) {
	for _, base := range dimension(column) {
		for _, u := range units[base] {
			if u.first {
				names = append(names, u.name)
			}
		}
	}
	return names
}

// normal is a name without what differs from one file to the next: case, blanks,
// punctuation.
func normal(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, greek.Replace(s))
}

var greek = strings.NewReplacer("µ", "u", "μ", "u", "Ω", "Ohm", "Ω", "Ohm")

// tokens are the words, in small letters, and numbers of a name. A minus directly
// after a letter may be a hyphen, and makes a word that nothing knows.
func tokens(name string) (all []string) {
	letters := []rune(greek.Replace(name))
	for i, j := 0, 0; i < len(letters); i = j {
		j = i + 1
		is := unicode.IsLetter
		switch r := letters[i]; {
		case unicode.IsLetter(r):
		case unicode.IsDigit(r), strings.ContainsRune("-+−", r) && j < len(letters) && unicode.IsDigit(letters[j]):
			if i > 0 && !unicode.IsDigit(r) && unicode.IsLetter(letters[i-1]) {
				return []string{"-"}
			}
			is = func(r rune) bool { return unicode.IsDigit(r) || r == '.' }
		default:
			continue
		}
		for j < len(letters) && is(letters[j]) {
			j++
		}
		all = append(all, strings.ToLower(strings.Replace(string(letters[i:j]), "−", "-", 1)))
	}
	return all
}

// bracketed takes a name apart into what stands before brackets at its end and
// what stands in them.
func bracketed(header string) (name, within string) {
	if i := strings.LastIndexAny(header, "([{"); i > 0 && strings.ContainsAny(header[len(header)-1:], ")]}") {
		return header[:i], strings.Trim(header[i:], "()[]{} ")
	}
	return header, ""
}

// How surely a column of the file is one of the schema.
const (
	told    = iota // by the mapping
	itself         // by the very name
	written        // by the name but for unit and writing
	synonym
	unlike
)

// named is how surely a column of the file is one of the schema by its name, and
// the unit that it carries.
func named(column, header string) (tier int, unit string) {
	stem := column
	if d := dimension(column); len(d) == 1 {
		if stem = strings.TrimSuffix(column, "_"+d[0]); header == column && stem != column {
			return itself, d[0]
		}
	}
	if tier = alike(column, stem, header); tier < unlike {
		return tier, ""
	}
	name, unit := bracketed(header)
	if unit == "" {
		i := strings.LastIndexAny(header, "_ /.,-")
		if _, _, ok := scaleOf(column, header[i+1:]); i < 0 || !ok {
			return unlike, ""
		}
		name, unit = strings.TrimSuffix(strings.TrimRight(header[:i], "_ /.,-"), " in"), header[i+1:]
	}
	return alike(column, stem, name), unit
}

// alike is how surely a name without unit is that of a column.
func alike(column, stem, name string) int {
	words := tokens(name)
	if len(words) == 2 && vocabulary["role "+words[1]] == "sem" {
		slices.Reverse(words)
	}
	switch n := normal(name); {
	case name == column:
		return itself
	case n == normal(stem):
		return written
	case slices.Contains(strings.Fields(vocabulary["column "+n]), column),
		len(words) == 2 && vocabulary["role "+words[0]] == "sem" && erring[column] != "" && vocabulary["part "+words[1]] == erring[column]: // "gE SEM"
		return synonym
	}
	return unlike
}

// erring is of what a column is the standard error.
var erring = map[string]string{"sem": "excitation", "sem_inhibition": "inhibition", "sem_spikes": "postsynaptic_spikes"}

// is is whether a name is that of a column.
func (f *File) is(name string) bool {
	_, mapped := f.mapping.Columns[name]
	_, wide := f.mapping.Wide[name]
	for _, s := range []*form{&raw.form, &aggregate.form} {
		for _, c := range s.columns {
			tier, _ := named(c.name, name)
			mapped = mapped || tier < unlike
		}
		is, _, _ := (&layout{form: s}).spelled(name)
		mapped = mapped || is != nil
	}
	return mapped || wide
}

// hint is the nearest of some names, if one is near, and that in words.
func hint(name string, names []string) (text, near string) {
	bare := func(s string) string {
		s, _ = bracketed(s)
		for _, d := range dimension(s) {
			s = strings.TrimSuffix(s, "_"+d)
		}
		return normal(s)
	}
	a := bare(name)
	best := max(2, len(a)/3) + 1
	for _, n := range names {
		b := bare(n)
		short := min(len(a), len(b))
		if max(len(a), len(b)) > 100 {
			continue
		}
		d := distance(a, b)
		if short > 3 && (strings.Contains(a, b) || strings.Contains(b, a)) {
			d = min(d, 1)
		} else if d >= short {
			continue
		}
		if d < best {
			best, near, text = d, n, fmt.Sprintf(" (is it %s?)", table.Quoted(n))
		}
	}
	return text, near
}

// distance is how many letters have to be changed, added or left out.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			d := diagonal
			if a[i] != b[j] {
				d = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], d
		}
	}
	return row[len(b)]
}
