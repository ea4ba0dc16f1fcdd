//go:build !js

package recordings

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"credo/internal/domain"
	"credo/pkg/recordings/table"
)

// summary is the column in which a row says that it sums up others, or empty.
func (l *layout) summary(fields []string) (column, value string) {
	for _, name := range []string{"animal", "cell"} {
		if s := l.slot(name); s != nil && s.at >= 0 && len(fields[s.at]) < 10 && slices.Contains(summaries, normal(fields[s.at])) {
			return s.header, fields[s.at]
		}
	}
	return "", ""
}

var summaries = []string{"mean", "average", "avg", "median", "sd", "std", "stdev", "sem", "stderr", "total", "sum"}

// word is the word of the schema for one of the file.
func (s *slot) word(of []string, text string) string {
	if w, ok := s.words[text]; ok {
		return w
	}
	if slices.Contains(of, text) {
		return text
	}
	n := normal(text)
	for _, w := range of {
		if n != "" && (n == normal(w) || slices.Contains(strings.Fields(words[s.name][w]), n)) {
			return w
		}
	}
	return text
}

// sampled is the values of a field in the first rows, without what is missing.
func sampled(t *table.Table, i int) (values []string) {
	for _, fields := range t.First {
		if v := strings.TrimSpace(fields[i]); !missing(v) {
			values = append(values, v)
		}
	}
	return values
}

// all is whether there are values and all of them are so.
func all(values []string, so func(v string) bool) bool {
	return len(values) > 0 && !slices.ContainsFunc(values, func(v string) bool { return !so(v) })
}

// lay finds the columns of a schema in the header of a table.
func lay(kind string, columns []known, either []string, t *table.Table, m Mapping) *layout {
	l := &layout{kind: kind, template: m}
	l.template.Schema = kind
	for _, s := range []*map[string]string{&l.template.Columns, &l.template.Units, &l.template.Defaults} {
		if *s = maps.Clone(*s); *s == nil {
			*s = map[string]string{}
		}
	}
	l.answers(columns, t.Names, m)
	isNumber := func(v string) bool { _, ok := t.Number(v); return ok }
	if n := slices.DeleteFunc(slices.Clone(t.Names), isNumber); 2*len(n) < len(t.Names) {
		l.problem("the header has numbers for names: is there a line with names?")
	}
	taken := map[int]bool{}
	for _, c := range columns {
		tier, found, unit := unlike, []int(nil), ""
		for i, header := range t.Names {
			at, u := named(c.name, header)
			if to, mapped := m.Columns[header]; mapped {
				if at = unlike; to == c.name {
					at = -1
				}
			}
			if _, wide := m.Wide[header]; wide || taken[i] || at > tier || at == unlike {
				continue
			}
			if at < tier {
				found = nil
			}
			tier, found, unit = at, append(found, i), u
		}
		if found == nil {
			continue
		}
		var names []string
		for _, i := range found {
			taken[i], names = true, append(names, table.Quoted(t.Names[i]))
		}
		header := t.Names[found[0]]
		if tier == -1 && unit == "" {
			_, unit = bracketed(header)
		}
		if header != c.name {
			l.template.Columns[header] = c.name
		}
		if found = found[1:]; len(found) > 0 {
			l.template.Columns[t.Names[found[0]]] = ""
			l.problem(`column %s stands twice, as %s: say "columns": {%q: ""} in a mapping to ignore one`, c.name, strings.Join(names, " and "), t.Names[found[0]])
		}
		l.slots = append(l.slots, l.place(slot{name: c.name, header: header, at: slices.Index(t.Names, header)}, unit, t, m))
	}
	if len(either) > 0 && l.has(either[0]) && l.has(either[1]) {
		header := l.slot(either[1]).header
		l.problem(`2 of the columns %s, must be exactly one: say "columns": {%q: ""} in a mapping to ignore one`, strings.Join(either, ", "), header)
		l.template.Columns[header] = ""
	}
	if sem := l.slot("sem"); sem != nil && !l.has("sem_inhibition") && len(tokens(sem.header)) > 1 && normal(sem.header) != "sem" {
		l.slots = append(l.slots, slot{name: "sem_inhibition", at: -1, scale: 1}) // it is of excitation alone
	}
	l.spread(taken, t, m)
	for i, header := range t.Names {
		if to, mapped := m.Columns[header]; !taken[i] || mapped && to == "" {
			l.ignored = append(l.ignored, header)
		}
	}
	l.complete(columns, either, m)
	if t.Units != nil && !slices.ContainsFunc(l.slots, func(s slot) bool { return s.at >= 0 && t.Units[s.at] != "" && s.base != "" }) {
		l.problem("the row under the header, %s, has no number and no unit that is known", table.Quoted(strings.Join(t.Units, " ")))
	}

	sign := m.NegativeInward
	if e := l.slot("excitation"); sign == nil && e != nil && e.at >= 0 {
		if all(sampled(t, e.at), func(v string) bool { x, ok := t.Number(v); return ok && x < 0 }) {
			sign = new(bool)
			*sign = true
			l.assumed = append(l.assumed, e.header+" is negative as inward, and its magnitude is meant")
		}
	}
	for _, slots := range append([][]slot{l.slots}, l.groups...) {
		for i := range slots {
			s := &slots[i]
			s.column = slices.IndexFunc(columns, func(c known) bool { return c.name == s.name })
			if sign != nil && (s.name == "current_pA" && !*sign || s.name == "excitation" && *sign) {
				s.scale *= -1
			}
		}
	}
	return l
}

// answers looks for what in a mapping does not fit the file or the schema, or is
// a question still.
func (l *layout) answers(columns []known, headers []string, m Mapping) {
	var names []string
	for _, c := range columns {
		names = append(names, c.name)
	}
	check := func(where, key, value string, among ...[]string) {
		if all := slices.Concat(among...); !slices.Contains(all, key) {
			text, _ := hint(key, all)
			l.problem("%s in the mapping names %s, which is none%s", where, table.Quoted(key), text)
		}
		if value == "?" {
			l.problem("%s in the mapping has a question mark for %s: put the answer there", where, table.Quoted(key))
		}
	}
	for _, header := range slices.Sorted(maps.Keys(m.Columns)) {
		if check("columns", header, m.Columns[header], headers); m.Columns[header] != "" && m.Columns[header] != "?" {
			check("columns", m.Columns[header], "", names)
		}
	}
	for _, column := range slices.Sorted(maps.Keys(m.Words)) {
		check("words", column, "", names)
		for _, w := range slices.Sorted(maps.Keys(m.Words[column])) {
			check("words", w, m.Words[column][w], []string{w})
		}
	}
	for _, column := range slices.Sorted(maps.Keys(m.Units)) {
		check("units", column, m.Units[column], names, headers)
	}
	for _, column := range slices.Sorted(maps.Keys(m.Defaults)) {
		check("defaults", column, m.Defaults[column], names)
	}
	for _, column := range m.Fill {
		check("fill", column, "", names)
	}
	for _, header := range slices.Sorted(maps.Keys(m.Wide)) {
		check("wide", header, "", headers)
		own := 0
		for _, column := range slices.Sorted(maps.Keys(m.Wide[header])) {
			if check("wide", column, m.Wide[header][column], names); m.Wide[header][column] == "*" {
				own++
			}
		}
		if own != 1 {
			l.problem(`wide in the mapping says "*" of %s %d times, must be once`, table.Quoted(header), own)
		}
	}
	if m.Schema != "" && m.Schema != "raw" && m.Schema != "aggregate" {
		l.problem("schema in the mapping is %q, must be raw or aggregate", m.Schema)
	}
}

// place finishes a slot that has a field: its unit, and what the mapping says.
func (l *layout) place(s slot, unit string, t *table.Table, m Mapping) slot {
	s.value, s.fill, s.words = m.Defaults[s.name], slices.Contains(m.Fill, s.name), m.Words[s.name]
	values := sampled(t, s.at)
	if strings.HasPrefix(s.name, "is_") {
		flag := func(v string) bool { _, ok := flags[strings.ToLower(v)]; return ok }
		if s.channel = all(values, func(v string) bool { _, ok := t.Number(v); return ok }) && !all(values, flag); !s.channel {
			unit = ""
		}
		if s.value == "" && (s.channel || all(values, func(v string) bool { return v == "x" || v == "X" })) {
			s.value = "0"
			l.assumed = append(l.assumed, s.header+" means 0 where it is empty")
		}
	}
	if t.Units != nil {
		under := strings.Trim(t.Units[s.at], "()[]{} ")
		a, _, ok := scaleOf(s.name, unit)
		if b, _, known := scaleOf(s.name, under); ok && known && a != b {
			l.problem("%s is in %s by its name and in %s by the row under it", s.header, unit, under)
		} else if unit == "" {
			unit = under
		}
	}
	for _, key := range []string{s.name, s.header} {
		if u, ok := m.Units[key]; ok {
			unit, s.said = u, true
		}
	}
	ok, dimensions := false, dimension(s.name)
	s.scale, s.base, ok = scaleOf(s.name, unit)
	switch magnitude := len(dimensions) > 1; {
	case magnitude && unit != "":
		if !ok {
			s.base = unit
		}
		if l.unit == "" {
			l.unit = s.base
		} else if l.unit != s.base {
			l.problem("%s is in %s, and other magnitudes are in %s; must be one unit", s.header, s.base, l.unit)
		}
	case s.said && !ok:
		l.problem("the unit of %s in the mapping is %q, must be one of %s", s.name, unit, strings.Join(unitsOf(s.name), ", "))
	case !ok && len(dimensions) == 1 && unit != "" && (strings.Contains(unit, "%") || !strings.Contains(unit, " ")): // more words are a remark
		l.problem(`%s is in %s by its name or the row under it, must be in one of %s: say "units": {%q: …} in a mapping`, s.header, table.Quoted(unit), strings.Join(unitsOf(s.name), ", "), s.name)
		l.template.Units[s.name] = "?"
	case !ok && len(dimensions) == 1 && strings.HasSuffix(s.name, "_"+dimensions[0]):
		s.bare, s.base = true, dimensions[0]
		l.assumed = append(l.assumed, fmt.Sprintf("%s is in %s, as no unit is given", s.header, s.base))
		l.template.Units[s.name] = s.base
	}
	return s
}

// complete looks for what is missing.
func (l *layout) complete(columns []known, either []string, m Mapping) {
	var missing []string
	for _, c := range columns {
		part := map[string]string{"excitation": "inhibition", "inhibition": "excitation"}[c.name]
		if l.has(c.name) || part != "" && l.has(part) || slices.Contains(either, c.name) && (l.has(either[0]) || l.has(either[1])) {
			continue
		}
		value := m.Defaults[c.name]
		if value == "" && c.name == "unit" {
			if value = l.unit; value == "" {
				value = unknownUnit
				l.assumed = append(l.assumed, "all magnitudes have one unit, which is not known")
			}
		}
		s := slot{name: c.name, at: -1, value: value, scale: 1, words: m.Words[c.name]}
		if other := l.slot(strings.TrimPrefix(value, "=")); strings.HasPrefix(value, "=") && other != nil {
			s.at, s.value, s.fill, s.header = other.at, "", other.fill, other.header
		}
		switch s.value = s.word(c.words, s.value); {
		case value != "" && value != "?":
			l.slots = append(l.slots, s)
		case c.optional:
			l.absent = append(l.absent, c.name)
		default:
			missing = append(missing, c.name)
			l.template.Defaults[c.name] = "?"
		}
	}
	if len(either) > 0 && slices.Contains(missing, either[0]) {
		missing = slices.DeleteFunc(missing, func(name string) bool { return name == either[0] }) // the other one stands for both
		delete(l.template.Defaults, either[0])
	}
	if l.lacks = len(missing); missing == nil {
		return
	}
	example, hints := "name in the file", ""
	for i, name := range missing {
		if text, near := hint(name, l.ignored); near != "" {
			hints += "; " + name + text
			delete(l.template.Defaults, name)
			l.template.Columns[near] = name
			if i == 0 {
				example = near
			}
		}
	}
	text := strings.Join(missing, ", ")
	if len(either) > 0 && slices.Contains(missing, either[1]) {
		text = strings.Replace(text, either[1], strings.Join(either, " or "), 1)
	}
	if l.ignored != nil {
		hints += "; unknown are " + quoted(l.ignored)
	}
	l.problem(`no column %s, which the %s schema requires%s; say "columns": {%q: %q} in a mapping, or, if it is the same in all rows, "defaults": {%q: …}`,
		text, l.kind, hints, example, missing[0], missing[0])
}

// spread finds the columns of a wide table: those that the mapping describes, or
// whose names say of which current, channel and time they are.
func (l *layout) spread(taken map[int]bool, t *table.Table, m Mapping) {
	wide, units, phases := map[string]map[string]string{}, map[string]string{}, map[string]bool{}
	for i, header := range t.Names {
		if said, ok := m.Wide[header]; ok {
			_, units[header] = bracketed(header)
			wide[header] = said
		} else if !taken[i] && m.Wide == nil {
			if is, u, phase := l.spelled(header); is != nil {
				wide[header], units[header], phases[phase] = is, u, true
			}
		}
	}
	if m.Wide == nil && len(wide) < 2 {
		return
	}
	if delete(phases, ""); len(phases) > 0 {
		l.template.Wide = wide
		l.problem(`several measurements stand in a row, and the names of the columns do not say at what time %s is: say "wide": {%q: {…, "time_min": …}} in a mapping; the template has times to be put right`,
			strings.Join(slices.Sorted(maps.Keys(phases)), ", "), slices.Sorted(maps.Keys(wide))[0])
	}
	order := map[string]int{}
	for i, header := range t.Names {
		if wide[header] == nil {
			continue
		}
		taken[i] = true
		key, own, fixed := "", "", []slot(nil)
		for _, column := range slices.Sorted(maps.Keys(wide[header])) {
			if value := wide[header][column]; value == "*" {
				own = column
			} else {
				key += column + " " + value + " "
				fixed = append(fixed, slot{name: column, at: -1, value: value, scale: 1})
			}
		}
		g, there := order[key]
		if !there {
			g = len(l.groups)
			order[key], l.groups = g, append(l.groups, fixed)
		}
		if slices.ContainsFunc(l.groups[g], func(s slot) bool { return s.name == own }) {
			l.problem("column %s is %s at %sas another one is", table.Quoted(header), own, key)
		}
		l.groups[g] = append(l.groups[g], l.place(slot{name: own, header: header, at: i}, units[header], t, m))
	}
}

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
		switch {
		case err == nil && tone:
			is["channel"] = fmt.Sprint(scaled(x, kHz))
			i++
		case err == nil && time:
			is["time_min"] = fmt.Sprint(scaled(x, minutes))
			i++
		case err == nil && number == "":
			number = word
		case l.kind == "aggregate" && parts[word] != "":
			quantity = parts[word]
		case slices.Contains(sems, word):
			sem = true
		case times[word] != 0:
			phase = word
			if k, err := strconv.Atoi(after); err == nil && k > 0 {
				phase, is["time_min"] = word+after, strconv.Itoa(times[word]+5*k)
				i++
			} else {
				is["time_min"] = strconv.Itoa(times[word])
			}
		case slices.Contains([]string{"ch", "chan", "channel", "tone", "stim", "input", "freq"}, word) && bad == nil:
			if _, _, tone := scaleOf("tone_kHz", words[i+2]); !tone { // else the number says it
				is["channel"] = after
				i++
			}
		case slices.Contains([]string{"t", "time", "i", "current", "amp", "amplitude", "peak", "response", "mean", "at"}, word):
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
	if l.kind == "raw" {
		if c := is["channel"]; strings.Contains(name, "Hz") || strings.Contains(c, ".") {
			delete(is, "channel")
			is["tone_kHz"] = c
		}
		if quantity = "current_pA"; is["channel"] == is["tone_kHz"] || sem {
			return nil, "", ""
		}
	}
	if sem {
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

// parts are the words for what a column of a wide table has; times are those for
// when, in min that have to be put right: only the phase is known.
var (
	parts = map[string]string{
		"e": "excitation", "exc": "excitation", "excitation": "excitation", "excitatory": "excitation", "epsc": "excitation", "ge": "excitation",
		"i": "inhibition", "inh": "inhibition", "inhibition": "inhibition", "inhibitory": "inhibition", "ipsc": "inhibition", "gi": "inhibition",
		"spikes": "postsynaptic_spikes", "n": "n",
	}
	times = map[string]int{"before": -20, "baseline": -20, "pre": -20, "early": 5, "after": 30, "post": 30, "late": 60}
)

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

// questions asks where the numbers of a column are of an odd magnitude.
func (s *schema[T]) questions(l *layout, p *pass) (reason string) {
	for _, i := range slices.Sorted(maps.Keys(p.sizes)) {
		c, m, sl, largest := &s.columns[i], p.sizes[i], l.slot(s.columns[i].name), s.columns[i].largest
		if sl.bare && c.name == "time_min" {
			largest.High = 120
		}
		slices.Sort(m.first)
		middle := m.first[len(m.first)/2]
		fits := func(ratio float64) bool {
			return (c.median == domain.Interval{} || c.median.Has(middle*ratio)) && largest.Has(m.largest*ratio)
		}
		if fits(1) {
			continue
		}
		is, say := "in which unit is it", "…"
		p.units[c.name] = "?"
		for _, u := range unitsOf(c.name) {
			if k, _, _ := scaleOf(c.name, u); fits(k / math.Abs(sl.scale)) {
				if say != "…" { // another one would do
					p.units[c.name] = "?"
					is += " or in " + u
					continue
				}
				is, say, p.units[c.name] = "is it in "+u, u, u
			}
		}
		name := sl.header
		if name != c.name {
			name += " (" + c.name + ")"
		}
		in := largest
		if c.median != (domain.Interval{}) {
			in = c.median
		}
		reason += fmt.Sprintf(`; the magnitudes of %s, %.3g in the middle and %.3g at most, are outside %v: %s? Say "units": {%q: %q} in a mapping, or %q if it is right as it is`,
			name, middle, m.largest, in, is, c.name, say, unitsOf(c.name)[0])
	}
	return strings.TrimPrefix(reason, "; ")
}

// is is whether a name is that of a column.
func (f *File) is(name string) bool {
	_, mapped := f.mapping.Columns[name]
	_, wide := f.mapping.Wide[name]
	if mapped || wide {
		return true
	}
	for column := range synonyms {
		if tier, _ := named(column, name); tier < unlike {
			return true
		}
	}
	for _, kind := range []string{"raw", "aggregate"} {
		if is, _, _ := (&layout{kind: kind}).spelled(name); is != nil {
			return true
		}
	}
	return false
}
