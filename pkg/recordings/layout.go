package recordings

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"credo/pkg/recordings/table"
)

// layout says which field of a row belongs where.
type layout struct {
	kind     string
	slots    []slot
	groups   [][]slot // of a wide table: what each of the rows has that a row becomes
	flags    []slot   // those that name the paired and the best channel
	ignored  []string // columns of the file
	absent   []string // columns of the schema that need not be there
	assumed  []string // in words
	problems []string // why the columns do not do
	lacks    int      // columns that are missing
	united   bool     // a row of units has one that is known
	template Mapping
}

// slot is where the values of a column come from.
type slot struct {
	name   string  // of the column in the schema
	column int     // its place there
	header string  // in the file
	at     int     // field of a row; -1: value is that of all rows
	value  string  // of all rows, or of those in which the field is empty
	scale  float64 // of the file's unit
	base   string  // the schema's
	said   bool    // the mapping gives the unit
	bare   bool    // nothing gives it
	fill   bool    // an empty field means what stands above
	words  map[string]string
}

// known is a column of a schema to what finds it in a file.
type known struct {
	name, domain string
	optional     bool
	words        []string
}

// pseudo are columns that a file may have in place of flags.
var pseudo = map[string]string{"paired_channel": "is_paired", "best_channel": "is_best"}

func (l *layout) slot(name string) *slot {
	for _, slots := range append([][]slot{l.slots}, l.groups...) {
		if i := slices.IndexFunc(slots, func(s slot) bool { return s.name == name }); i >= 0 {
			return &slots[i]
		}
	}
	return nil
}

func (l *layout) has(name string) bool { return l.slot(name) != nil }

// field is the field of a row that belongs to a column, or empty.
func (l *layout) field(name string, fields []string) string {
	if s := l.slot(name); s != nil && s.at >= 0 {
		return fields[s.at]
	}
	return ""
}

// header is the name in the file of a column.
func (l *layout) header(name string) string {
	if s := l.slot(name); s != nil && s.header != "" {
		return s.header
	}
	return name
}

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
func (s *slot) word(column string, of []string, text string) string {
	if w, ok := s.words[text]; ok {
		return w
	}
	if slices.Contains(of, text) {
		return text
	}
	n := normal(text)
	for _, w := range of {
		if n != "" && (n == normal(w) || slices.Contains(strings.Fields(words[column][w]), n)) {
			return w
		}
	}
	return text
}

// flag sets the flags of a row by the channels that it names.
func (l *layout) flag(t *table.Table, fields []string, at func(name string) any) bool {
	for _, s := range l.flags {
		if text := strings.TrimSpace(fields[s.at]); !missing(text) {
			x, ok := t.Number(text)
			channel := "channel"
			if l.has("tone_kHz") {
				channel = "tone_kHz"
			}
			if *at(pseudo[s.name]).(*bool) = scaled(x, s.scale) == *at(channel).(*float64); !ok {
				return false
			}
		}
	}
	return true
}

// lay finds the columns of a schema in the header of a table.
func lay(kind string, columns []known, either []string, t *table.Table, m Mapping) *layout {
	l := &layout{kind: kind, template: m}
	l.template.Schema, l.template.Columns, l.template.Units, l.template.Defaults = kind, maps.Clone(m.Columns), maps.Clone(m.Units), maps.Clone(m.Defaults)
	for _, s := range []*map[string]string{&l.template.Columns, &l.template.Units, &l.template.Defaults} {
		if *s == nil {
			*s = map[string]string{}
		}
	}
	var names []string
	for _, c := range columns {
		names = append(names, c.name)
	}
	for name := range pseudo {
		names = append(names, name)
	}
	l.problems = m.faults(names, t.Names)
	numbers := 0
	for _, header := range t.Names {
		if _, ok := t.Number(header); ok {
			numbers++
		}
	}
	if 2*numbers > len(t.Names) {
		l.problems = append(l.problems, "the header has numbers for names: is there a line with names?")
	}

	// Which field is nearest to each column, and which fields are left.
	type found struct {
		at, tier int
		unit     string
		others   []int
	}
	nearest, taken := map[string]*found{}, map[int]bool{}
	for i, header := range t.Names {
		target, mapped := m.Columns[header]
		_, wide := m.Wide[header]
		if taken[i] = mapped || wide; wide || mapped && target == "" {
			continue
		}
		best := found{at: i, tier: 3}
		for _, name := range names {
			tier, unit, ok := named(name, header)
			if !ok && name == "channel" && kind == "aggregate" {
				tier, unit, ok = named("tone_kHz", header)
			}
			if mapped {
				if tier, ok = -1, target == name; unit == "" {
					unit = bracket(header)
				}
			}
			if ok && tier < best.tier {
				best.tier, best.unit, target = tier, unit, name
			}
		}
		if target == "" || best.tier == 3 {
			continue
		}
		taken[i] = true
		switch was := nearest[target]; {
		case was == nil || best.tier < was.tier:
			if was != nil {
				l.ignored = append(l.ignored, t.Names[was.at])
			}
			nearest[target] = &best
		case best.tier == was.tier:
			was.others = append(was.others, i)
		default:
			l.ignored = append(l.ignored, header)
		}
	}
	for _, name := range names {
		f := nearest[name]
		if f == nil {
			continue
		}
		if f.others != nil {
			list := table.Quoted(t.Names[f.at])
			for _, i := range f.others {
				list += " and " + table.Quoted(t.Names[i])
				l.template.Columns[t.Names[i]] = ""
			}
			l.problems = append(l.problems, fmt.Sprintf(`column %s stands twice, as %s: say "columns": {%q: ""} in a mapping to ignore one`, name, list, t.Names[f.others[0]]))
		}
		if f.tier == 2 {
			name = flagOr(name, sampled(t, f.at))
		}
		if t.Names[f.at] != name {
			l.template.Columns[t.Names[f.at]] = name
		}
		l.add(slot{name: name, header: t.Names[f.at], at: f.at}, f.unit, t, m)
	}
	if len(either) > 0 && l.has(either[0]) && l.has(either[1]) {
		l.problems = append(l.problems, fmt.Sprintf(`2 of the columns %s, must be exactly one: say "columns": {%q: ""} in a mapping to ignore one`, strings.Join(either, ", "), l.slot(either[1]).header))
		l.template.Columns[l.slot(either[1]).header] = ""
	}
	if sem := l.slot("sem"); sem != nil && !l.has("sem_inhibition") && slices.ContainsFunc(tokens(sem.header), func(w string) bool { return parts[w] != "" }) {
		l.slots = append(l.slots, slot{name: "sem_inhibition", at: -1, scale: 1}) // it is of excitation alone
	}
	l.spread(names, taken, t, m)
	for i, header := range t.Names {
		if to, mapped := m.Columns[header]; !taken[i] || mapped && to == "" {
			l.ignored = append(l.ignored, cmp.Or(header, "(without a name)"))
		}
	}
	l.complete(columns, either, t, m)
	if t.Units != nil && !l.united {
		l.problems = append(l.problems, fmt.Sprintf("the row under the header, %s, has no number and no unit that is known", table.Quoted(strings.Join(t.Units, " "))))
	}
	inward := m.NegativeInward
	if e := l.slot("excitation"); inward == nil && e != nil && e.at >= 0 {
		if values := sampled(t, e.at); len(values) > 0 && !slices.ContainsFunc(values, func(v string) bool { x, ok := t.Number(v); return !ok || x >= 0 }) {
			inward = new(bool)
			*inward = true
			l.assumed = append(l.assumed, e.header+" is negative as inward, and its magnitude is meant")
		}
	}
	if inward != nil {
		for _, slots := range append([][]slot{l.slots}, l.groups...) {
			for i, s := range slots {
				if s.name == "current_pA" && !*inward || s.name == "excitation" && *inward && kind == "aggregate" {
					slots[i].scale *= -1
				}
			}
		}
	}

	place := map[string]int{}
	for i, c := range columns {
		place[c.name] = i
	}
	for _, slots := range append([][]slot{l.slots}, l.groups...) {
		for i := range slots {
			slots[i].column = place[slots[i].name]
		}
	}
	l.flags = nil
	l.slots = slices.DeleteFunc(l.slots, func(s slot) bool {
		if pseudo[s.name] != "" {
			l.flags = append(l.flags, s)
		}
		return pseudo[s.name] != ""
	})
	return l
}

// sampled is the values of a column in the first rows, without what is missing.
func sampled(t *table.Table, i int) (values []string) {
	for _, fields := range t.First {
		if v := strings.TrimSpace(fields[i]); !missing(v) {
			values = append(values, v)
		}
	}
	return values
}

// flagOr is whether "best tone" has flags or names a channel.
func flagOr(name string, values []string) string {
	for channel, flag := range pseudo {
		if name == channel || name == flag {
			if name = channel; !slices.ContainsFunc(values, func(v string) bool { _, ok := flags[strings.ToLower(v)]; return !ok }) {
				name = flag
			}
		}
	}
	return name
}

// faults are what in a mapping does not fit the file or the schema.
func (m *Mapping) faults(names, headers []string) (problems []string) {
	wrong := func(format string, a ...any) { problems = append(problems, fmt.Sprintf(format, a...)) }
	open := func(where, value string) {
		if value == "?" {
			wrong("the mapping has a question mark for %s, put an answer there", where)
		}
	}
	is := func(where, name string) {
		if !slices.Contains(names, name) {
			text, _ := hint(name, names)
			wrong("the mapping's %s names %s, which is no column of the schema%s", where, table.Quoted(name), text)
		}
	}
	there := func(where, header string) {
		if !slices.Contains(headers, header) {
			text, _ := hint(header, headers)
			wrong("the mapping's %s names %s, which is no column of the file%s", where, table.Quoted(header), text)
		}
	}
	for _, header := range slices.Sorted(maps.Keys(m.Columns)) {
		there("columns", header)
		if to := m.Columns[header]; to == "?" {
			open("column "+header, to)
		} else if to != "" {
			is("columns", to)
		}
	}
	for _, column := range slices.Sorted(maps.Keys(m.Words)) {
		is("words", column)
		for _, w := range slices.Sorted(maps.Keys(m.Words[column])) {
			open(column+" = "+w, m.Words[column][w])
		}
	}
	for _, column := range slices.Sorted(maps.Keys(m.Units)) {
		if !slices.Contains(headers, column) {
			is("units", column)
		}
		open("the unit of "+column, m.Units[column])
	}
	for _, column := range slices.Sorted(maps.Keys(m.Defaults)) {
		is("defaults", column)
		open(column, m.Defaults[column])
	}
	for _, column := range m.Fill {
		is("fill", column)
	}
	for _, header := range slices.Sorted(maps.Keys(m.Wide)) {
		there("wide", header)
		own := 0
		for _, column := range slices.Sorted(maps.Keys(m.Wide[header])) {
			is("wide", column)
			open(column+" of "+header, m.Wide[header][column])
			if m.Wide[header][column] == "*" {
				own++
			}
		}
		if own != 1 {
			wrong(`the mapping's wide says "*" of %s %d times, must be once`, header, own)
		}
	}
	if m.Schema != "" && m.Schema != "raw" && m.Schema != "aggregate" {
		wrong("the mapping's schema is %q, must be raw or aggregate", m.Schema)
	}
	return problems
}

// bracket is what stands in brackets at the end of a name.
func bracket(header string) string {
	if i := strings.LastIndexAny(header, "([{"); i > 0 {
		return strings.Trim(header[i:], "()[]{} ")
	}
	return ""
}

// add takes a slot, with its unit and what else the mapping says of it.
func (l *layout) add(s slot, name string, t *table.Table, m Mapping) {
	s.finish(name, t, m, l)
	l.slots = append(l.slots, s)
}

func (s *slot) finish(name string, t *table.Table, m Mapping, l *layout) {
	s.scale = 1
	if s.at >= 0 {
		if t.Units != nil {
			under := strings.Trim(t.Units[s.at], "()[]{} ")
			a, ok := scaleOf(s.name, name)
			b, known := scaleOf(s.name, under)
			if l.united = l.united || known; ok && known && a != b {
				l.problems = append(l.problems, fmt.Sprintf("%s is in %s by its name and in %s by the row under it", s.header, name, under))
			}
			name = cmp.Or(name, under)
		}
		for _, key := range []string{s.name, s.header} {
			if u, ok := m.Units[key]; ok {
				name, s.said = u, true
			}
		}
		s.value, s.fill, s.words = m.Defaults[s.name], slices.Contains(m.Fill, s.name), m.Words[s.name]
		values := sampled(t, s.at)
		if strings.HasPrefix(s.name, "is_") && s.value == "" && len(values) > 0 && !slices.ContainsFunc(values, func(v string) bool { return v != "x" && v != "X" }) {
			s.value = "0"
			l.assumed = append(l.assumed, s.header+" has x or nothing, and nothing means 0")
		}
	}
	if dimension(s.name) == "" || s.at < 0 {
		return
	}
	s.base = dimension(s.name)
	scale, ok := scaleOf(s.name, name)
	conductance, siemens := scaleOf("_nS", name)
	magnitude := slices.Contains([]string{"excitation", "inhibition", "sem", "sem_inhibition"}, s.name)
	switch {
	case ok:
		if s.scale = scale; magnitude {
			l.unit(s, "pA", t, m)
		}
	case magnitude && siemens:
		s.scale, s.base = conductance, "nS"
		l.unit(s, "nS", t, m)
	case magnitude && name != "":
		l.unit(s, name, t, m)
	case s.said:
		l.problems = append(l.problems, fmt.Sprintf("the mapping's unit of %s is %q, must be one of %s", s.name, name, strings.Join(unitsOf(s.name), ", ")))
	case s.name == "channel" && l.kind == "raw":
	case !magnitude && !strings.HasSuffix(s.name, "channel"):
		s.bare = true
		l.assumed = append(l.assumed, fmt.Sprintf("%s is in %s, as no unit is given", s.header, dimension(s.name)))
		l.template.Units[s.name] = dimension(s.name)
	}
}

// unit keeps the unit of a magnitude where no column of the file gives it.
func (l *layout) unit(s *slot, name string, t *table.Table, m Mapping) {
	if strings.HasPrefix(s.name, "sem") && s.header == s.name {
		return
	}
	if was := l.template.Defaults["unit"]; was == "" || was == "?" {
		l.template.Defaults["unit"] = name
	} else if was != name && m.Defaults["unit"] == "" {
		l.problems = append(l.problems, fmt.Sprintf("%s is in %s, and other magnitudes in %s; must be one unit", s.header, name, was))
	}
}

// complete looks for what is missing.
func (l *layout) complete(columns []known, either []string, t *table.Table, m Mapping) {
	var missing []string
	for _, c := range columns {
		if l.has(c.name) || slices.Contains(either, c.name) && (l.has(either[0]) || l.has(either[1])) {
			continue
		}
		value := m.Defaults[c.name]
		if c.name == "unit" && value == "" {
			value = l.template.Defaults["unit"]
			if value == "" {
				value = "unknown unit"
				l.assumed = append(l.assumed, "the unit is not known, and all magnitudes have the same")
			}
		}
		part := map[string]string{"excitation": "inhibition", "inhibition": "excitation"}[c.name]
		if value == "" && (c.optional || part != "" && l.has(part) || slices.ContainsFunc(l.slots, func(s slot) bool { return pseudo[s.name] == c.name })) {
			l.absent = append(l.absent, c.name)
			continue
		}
		s := slot{name: c.name, at: -1, value: value, scale: 1, words: m.Words[c.name]}
		if from, ok := strings.CutPrefix(value, "="); ok {
			if other := l.slot(from); other != nil {
				s.at, s.value, s.fill = other.at, "", other.fill
			}
		}
		if s.value = s.word(c.name, c.words, s.value); value != "" && value != "?" {
			l.slots = append(l.slots, s)
			continue
		}
		if len(either) > 0 && c.name == either[0] {
			continue // the other one is named
		}
		name := c.name
		if slices.Contains(either, name) {
			name = strings.Join(either, " or ")
		}
		missing = append(missing, name)
		if l.template.Defaults[c.name] == "" {
			l.template.Defaults[c.name] = "?"
		}
	}
	if l.lacks = len(missing); missing == nil {
		return
	}
	text := fmt.Sprintf("no column %s, which the %s schema requires", strings.Join(missing, ", "), l.kind)
	example := "name in the file"
	for i, name := range missing {
		if h, near := hint(name, l.ignored); h != "" {
			if i == 0 {
				example = near
			}
			text += fmt.Sprintf("; %s%s", name, h)
			name = strings.Fields(name)[0]
			delete(l.template.Defaults, name)
			l.template.Columns[near] = name
		}
	}
	if l.ignored != nil {
		text += "; unknown are " + strings.Join(quotedAll(l.ignored), ", ")
	}
	first := strings.Fields(missing[0])[0]
	l.problems = append(l.problems, text+fmt.Sprintf(`; say "columns": {%q: %q} in a mapping, or, if it is the same in all rows, "defaults": {%q: …}`, example, first, first))
}

func quotedAll(names []string) (all []string) {
	for _, n := range names[:min(len(names), 30)] {
		all = append(all, table.Quoted(n))
	}
	return all
}

// hint is the nearest of some names, if one is near, in brackets.
func hint(name string, names []string) (text, near string) {
	best, at := max(2, len(normal(name))/3)+1, ""
	bare := func(s string) string {
		return normal(strings.TrimSuffix(strings.TrimSuffix(s, bracket(s)+")"), "_"+dimension(s)))
	}
	for _, n := range names {
		a, b := bare(name), bare(n)
		d := distance(a, b)
		if a != "" && b != "" && (strings.Contains(a, b) && len(b) > 3 || strings.Contains(b, a) && len(a) > 3) {
			d = min(d, 1)
		}
		if d < best && d < max(len(a), len(b)) {
			best, at = d, n
		}
	}
	if at != "" {
		text = fmt.Sprintf(" (is it %s?)", table.Quoted(at))
	}
	return text, at
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

// spread finds the columns of a wide table: those that the mapping describes, or
// whose names say of which current, channel and time they are.
func (l *layout) spread(names []string, taken map[int]bool, t *table.Table, m Mapping) {
	wide := map[string]map[string]string{}
	phases, units := map[string]bool{}, map[string]string{}
	for i, header := range t.Names {
		if said, ok := m.Wide[header]; ok {
			wide[header] = maps.Clone(said)
			units[header] = bracket(header)
		} else if !taken[i] && m.Wide == nil {
			if is, u, phase := l.spelled(header); is != nil {
				wide[header], units[header] = is, u
				phases[phase] = true
			}
		}
	}
	delete(phases, "")
	if m.Wide == nil && len(wide) < 2 {
		return
	}
	if len(phases) > 0 {
		l.template.Wide = wide
		l.problems = append(l.problems, fmt.Sprintf(`the columns look as if several measurements stood in a row, and their names do not say when %s is: say "wide": {%q: {…, "time_min": …}} in a mapping; the template has times to be put right`,
			strings.Join(slices.Sorted(maps.Keys(phases)), ", "), slices.Sorted(maps.Keys(wide))[0]))
	}
	order := map[string]int{}
	for i, header := range t.Names {
		is := wide[header]
		if is == nil {
			continue
		}
		taken[i] = true
		key, own := "", ""
		var fixed []slot
		for _, column := range slices.Sorted(maps.Keys(is)) {
			if is[column] == "*" {
				own = column
				continue
			}
			key += column + "=" + is[column] + " "
			fixed = append(fixed, slot{name: column, at: -1, value: is[column], scale: 1, words: m.Words[column]})
		}
		g, there := order[key]
		if !there {
			g = len(l.groups)
			order[key], l.groups = g, append(l.groups, fixed)
		}
		if slices.ContainsFunc(l.groups[g], func(s slot) bool { return s.name == own }) {
			l.problems = append(l.problems, fmt.Sprintf("column %s is the %s of %sas another one is", table.Quoted(header), own, key))
		}
		s := slot{name: own, header: header, at: i}
		s.finish(units[header], t, m, l)
		l.groups[g] = append(l.groups[g], s)
	}
}

// spelled takes the name of a column of a wide table apart: "E_before", "I 5 min
// sem", "ch3 (pA)", "4 kHz". It returns what the column is, its unit, and the word
// for the time where it is no number.
func (l *layout) spelled(header string) (is map[string]string, unit, phase string) {
	name := header
	if u := bracket(header); u != "" {
		_, amp := scaleOf("_pA", u)
		_, siemens := scaleOf("_nS", u)
		if amp || siemens {
			name, unit = header[:strings.LastIndexAny(header, "([{")], u
		}
	}
	is = map[string]string{}
	quantity, sem, number := "", false, ""
	tokens := tokens(name)
	for i := 0; i < len(tokens); i++ {
		word, after := tokens[i], ""
		if i+1 < len(tokens) {
			after = tokens[i+1]
		}
		_, amp := scaleOf("_pA", word)
		_, siemens := scaleOf("_nS", word)
		scale, time := scaleOf("time_min", after)
		x, err := strconv.ParseFloat(word, 64)
		switch {
		case err == nil && (after == "khz" || after == "hz"):
			if after == "hz" {
				x /= 1e3
			}
			is["channel"] = strconv.FormatFloat(x, 'g', -1, 64)
			i++
		case err == nil && time:
			is["time_min"] = strconv.FormatFloat(scaled(x, scale), 'g', -1, 64)
			i++
		case err == nil && number == "":
			number = word
		case l.kind == "aggregate" && parts[word] != "":
			quantity = parts[word]
		case slices.Contains(sems, word):
			sem = true
		case times[word] != "":
			phase, is["time_min"] = word, times[word]
			if k, err := strconv.Atoi(after); err == nil {
				from, _ := strconv.Atoi(times[word])
				phase, is["time_min"] = word+after, strconv.Itoa(from+5*k)
				i++
			}
		case slices.Contains(strings.Fields("ch chan channel tone stim input freq"), word) && after != "":
			if _, err := strconv.ParseFloat(after, 64); err != nil {
				return nil, "", ""
			}
			if i+2 < len(tokens) && (tokens[i+2] == "khz" || tokens[i+2] == "hz") {
				break // the number says more
			}
			is["channel"] = after
			i++
		case (word == "t" || word == "time") && after != "", slices.Contains(strings.Fields("mean avg i current amp amplitude peak response at in"), word):
		case (amp || siemens) && after == "" && unit == "":
			unit = word
		default:
			return nil, "", ""
		}
	}
	if number != "" && is["channel"] == "" && !l.has("channel") && !l.has("tone_kHz") {
		is["channel"] = number
	} else if number != "" && is["time_min"] == "" && !l.has("time_min") {
		is["time_min"] = number
	} else if number != "" {
		return nil, "", ""
	}
	if l.kind == "raw" {
		if c := is["channel"]; c != "" && (strings.Contains(name, "Hz") || strings.Contains(c, ".")) {
			delete(is, "channel")
			is["tone_kHz"] = c
		}
		quantity = "current_pA"
	}
	if quantity == "" && sem {
		quantity = "sem"
	}
	if quantity == "" || len(is) == 0 || !slices.ContainsFunc(tokens, func(w string) bool { return unicode.IsLetter([]rune(w)[0]) }) || l.kind == "raw" && (is["channel"] == "" && is["tone_kHz"] == "" || sem) {
		return nil, "", ""
	}
	if sem {
		for column, of := range erring {
			if of == quantity {
				quantity = column
				break
			}
		}
	}
	is[quantity] = "*"
	return is, unit, phase
}

// parts are the words for what a column of a wide table has; times are those for
// when, with times that have to be put right: only the phase is known.
var (
	parts = map[string]string{
		"e": "excitation", "exc": "excitation", "excitation": "excitation", "excitatory": "excitation", "epsc": "excitation", "ge": "excitation",
		"i": "inhibition", "inh": "inhibition", "inhibition": "inhibition", "inhibitory": "inhibition", "ipsc": "inhibition", "gi": "inhibition",
		"spikes": "postsynaptic_spikes", "n": "n",
	}
	times = map[string]string{"before": "-20", "baseline": "-20", "pre": "-20", "early": "5", "after": "30", "post": "30", "late": "60"}
)

// tokens are the words, in small letters, and numbers of a name. A minus directly
// after a letter may be a hyphen, and makes a word that nothing knows.
func tokens(name string) (all []string) {
	letters := []rune(greek.Replace(name))
	for i := 0; i < len(letters); {
		j := i + 1
		switch r := letters[i]; {
		case unicode.IsLetter(r):
			for j < len(letters) && unicode.IsLetter(letters[j]) {
				j++
			}
		case unicode.IsDigit(r), strings.ContainsRune("-+−", r) && j < len(letters) && unicode.IsDigit(letters[j]):
			if i > 0 && !unicode.IsDigit(r) && unicode.IsLetter(letters[i-1]) {
				return []string{"-"}
			}
			for j < len(letters) && (unicode.IsDigit(letters[j]) || letters[j] == '.') {
				j++
			}
		default:
			i = j
			continue
		}
		all = append(all, strings.ToLower(strings.Replace(string(letters[i:j]), "−", "-", 1)))
		i = j
	}
	return all
}
