//go:build !js

package recordings

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"credo/pkg/recordings/table"
)

//go:embed words.txt
var wordsText string

// vocabulary is what is meant by a word, as "condition sham" by none; where it may
// mean several things, all. units are the first names of units by that of the schema,
// and scales, of "min hour" for example, how many of that a unit is by any name.
var vocabulary, units, scales = map[string]string{}, map[string][]string{}, map[string]float64{}

func init() {
	for line := range strings.Lines(wordsText) {
		before, after, ok := strings.Cut(line, ": ")
		if !ok || line[0] == '#' {
			continue
		}
		section, meaning, _ := strings.Cut(before, " ")
		scale, first := 0., false
		for _, word := range strings.Fields(after) {
			digits, of := strings.CutPrefix(word, "/")
			x, err := strconv.ParseFloat(digits, 64)
			switch {
			case section != "unit":
				vocabulary[section+" "+word] = strings.TrimSpace(vocabulary[section+" "+word] + " " + meaning)
			case err == nil:
				if scale, first = x, true; of {
					scale = 1 / x
				}
			default:
				if scales[meaning+" "+normal(word)] = scale; first {
					units[meaning], first = append(units[meaning], word), false
				}
			}
		}
	}
}

// dimension is the units that a column may have in the schema: one, but of means
// of currents or conductances; none where a column has no unit.
func dimension(column string) []string {
	if base := column[strings.LastIndexByte(column, '_')+1:]; units[base] != nil {
		return []string{base}
	}
	return strings.Fields(vocabulary["in "+column])
}

// scaleOf is what turns a unit of the file into one of the schema. Of "min, rel. to
// pairing" the unit is the first word.
func scaleOf(column, name string) (scale float64, base string, ok bool) {
	name, _, _ = strings.Cut(strings.TrimSpace(strings.ReplaceAll(name, ",", " ")), " ")
	for _, base := range dimension(column) {
		if scale, ok := scales[base+" "+normal(name)]; ok {
			return scale, base, true
		}
	}
	return 1, "", false
}

// unitsOf are the units that a column may have in a file, that of the schema first.
func unitsOf(column string) (names []string) {
	for _, base := range dimension(column) {
		names = append(names, units[base]...)
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
func tokens(name string) []string {
	if name = greek.Replace(name); hyphen.MatchString(name) {
		return []string{"-"}
	}
	return token.FindAllString(strings.ToLower(strings.ReplaceAll(name, "−", "-")), -1)
}

var (
	token  = regexp.MustCompile(`\p{L}+|[-+]?\p{Nd}[\p{Nd}.]*`)
	hyphen = regexp.MustCompile(`\p{L}[-+−]\p{Nd}`)
)

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

// spelled takes the name of a column of a wide table apart: "E_before", "I 5 min
// sem", "ch3 (pA)", "4 kHz". It returns what the column is, its unit, and the word
// for the time where it is no number; nil if a word is not known.
func (l *layout) spelled(header string) (is map[string]string, unit, phase string) {
	name, unit := bracketed(header)
	if _, _, ok := scaleOf("excitation", unit); !ok {
		name, unit = header, ""
	}
	is = map[string]string{}
	quantity, sem, number := "", false, ""
	words := append(tokens(name), "", "")
	for i := 0; words[i] != ""; i++ {
		word, after := words[i], words[i+1]
		x, err := strconv.ParseFloat(word, 64)
		_, bad := strconv.ParseFloat(after, 64)
		minutes, _, time := scaleOf("time_min", after)
		kHz, _, tone := scaleOf("tone_kHz", after)
		_, _, magnitude := scaleOf("excitation", word)
		role, part := vocabulary["role "+word], vocabulary["part "+word]
		switch {
		case err == nil && tone:
			is["channel"] = fmt.Sprint(scaled(x, kHz))
			i++
		case err == nil && time:
			is["time_min"] = fmt.Sprint(scaled(x, minutes))
			i++
		case err == nil && number == "":
			number = word
		case l.kind == "aggregate" && part != "":
			quantity = part
		case role == "sem":
			sem = true
		case role == "phase":
			phase = word
			if k, err := strconv.Atoi(after); err == nil && k > 0 {
				phase = word + after
				i++
			}
			is["time_min"] = "? " + phase
		case role == "channel" && bad == nil:
			if _, _, tone := scaleOf("tone_kHz", words[i+2]); !tone { // else the number says it
				is["channel"] = after
				i++
			}
		case role == "nothing":
		case magnitude && after == "" && unit == "":
			unit = word
		default:
			return nil, "", ""
		}
	}
	switch {
	case number == "":
	case is["channel"] == "" && !l.has("channel") && !l.has("tone_kHz"):
		is["channel"] = number
	case is["time_min"] == "" && !l.has("time_min"):
		is["time_min"] = number
	default:
		return nil, "", ""
	}
	if c, there := is["channel"]; l.kind == "raw" {
		if quantity = ""; there && !sem {
			quantity = "current_pA"
		}
		if strings.Contains(name, "Hz") || strings.Contains(c, ".") {
			delete(is, "channel")
			is["tone_kHz"] = c
		}
	}
	if sem && l.kind == "aggregate" {
		of := quantity
		quantity = "sem"
		for column := range erring {
			if erring[column] == of {
				quantity = column
			}
		}
	}
	if quantity == "" || len(is) == 0 || !strings.ContainsFunc(name, unicode.IsLetter) {
		return nil, "", ""
	}
	is[quantity] = "*"
	return is, unit, phase
}

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

// summary is the column in which a row says that it sums up others, or empty.
func (l *layout) summary(fields []string) (column, value string) {
	for _, name := range []string{"animal", "cell"} {
		if s := l.slot(name); s != nil && s.at >= 0 && len(fields[s.at]) < 10 && vocabulary["summary "+normal(fields[s.at])] != "" {
			return s.header, fields[s.at]
		}
	}
	return "", ""
}

// word is the word of the schema for one of the file.
func (s *slot) word(of []string, text string) string {
	if w, ok := s.words[text]; ok {
		return w
	} else if slices.Contains(of, text) {
		return text
	}
	n := normal(text)
	for _, w := range of {
		if n != "" && (n == normal(w) || vocabulary[s.name+" "+n] == w) {
			return w
		}
	}
	return text
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
		short, d := min(len(a), len(b)), 1
		if max(len(a), len(b)) > 100 {
			continue
		}
		if short <= 3 || !strings.Contains(a, b) && !strings.Contains(b, a) {
			if d = distance(a, b); d >= short {
				continue
			}
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
