//go:build !js

package recordings

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"credo/internal/domain"
	"credo/pkg/recordings/table"
)

// always is whether there are values in a field of the first rows, but for what is
// missing, and all of them are so.
func (l *layout) always(at int, so func(v string) bool) bool {
	n := 0
	for _, fields := range l.table.First {
		if v := strings.TrimSpace(fields[at]); !missing(v) {
			if n++; !so(v) {
				return false
			}
		}
	}
	return n > 0
}

func (l *layout) isNumber(v string) bool { _, ok := l.table.Number(v); return ok }

func (l *layout) assume(format string, a ...any) {
	l.assumed = append(l.assumed, fmt.Sprintf(format, a...))
}

// lay finds the columns of a schema in the header of a table.
func lay(f *form, t *table.Table, m Mapping) *layout {
	l := begin(f, t, m)
	l.mapping = m
	l.answers()
	if n := slices.DeleteFunc(slices.Clone(t.Names), l.isNumber); 2*len(n) < len(t.Names) {
		l.problem("the header has numbers for names: is there a line with names?")
	}
	for _, c := range f.columns {
		l.claim(c.name)
	}
	if f.either != nil && l.has(f.either[0]) && l.has(f.either[1]) {
		header := l.slot(f.either[1]).header
		l.problem(`2 of the columns %s, must be exactly one: say "columns": {%q: ""} in a mapping to ignore one`, strings.Join(f.either, ", "), header)
		l.template.Columns[header] = ""
	}
	if sem := l.slot("sem"); sem != nil && !l.has("sem_inhibition") && len(tokens(sem.header)) > 1 && normal(sem.header) != "sem" {
		l.slots = append(l.slots, l.constant("sem_inhibition", "")) // it is of excitation alone
	}
	l.spread()
	for i, header := range t.Names {
		if to, mapped := m.Columns[header]; !l.taken[i] || mapped && to == "" {
			l.ignored = append(l.ignored, header)
		}
	}
	l.complete()
	if t.Units != nil && !slices.ContainsFunc(l.slots, func(s slot) bool { return s.at >= 0 && t.Units[s.at] != "" && s.base != "" }) {
		l.problem("the row under the header, %s, has no number and no unit that is known", table.Quoted(strings.Join(t.Units, " ")))
	}
	l.direct()
	return l
}

// direct turns the sign of currents that are not inward negative, and of the
// magnitudes of excitation that are.
func (l *layout) direct() {
	sign := l.mapping.NegativeInward
	if e := l.slot("excitation"); sign == nil && e != nil && e.at >= 0 {
		if inward := l.always(e.at, func(v string) bool { x, ok := l.table.Number(v); return ok && x < 0 }); inward {
			sign = &inward
			l.assume("%s is negative as inward, and its magnitude is meant", e.header)
		}
	}
	for s := range l.all() {
		if sign != nil && (s.name == "current_pA" && !*sign || s.name == "excitation" && *sign) {
			s.scale *= -1
		}
	}
}

// answers looks for what in a mapping does not fit the file or the schema, or is
// a question still.
func (l *layout) answers() {
	m, headers := l.mapping, l.table.Names
	var names []string
	for _, c := range l.columns {
		names = append(names, c.name)
	}
	check := func(where, key, value string, among ...string) {
		if among != nil && !slices.Contains(among, key) {
			text, _ := hint(key, among)
			l.problem("%s in the mapping names %s, which is none%s", where, table.Quoted(key), text)
		}
		if strings.HasPrefix(value, "?") {
			l.problem("%s in the mapping has a question mark for %s: put the answer there", where, table.Quoted(key))
		}
	}
	each := func(where string, answers map[string]string, among ...string) {
		for _, key := range slices.Sorted(maps.Keys(answers)) {
			check(where, key, answers[key], among...)
		}
	}
	each("columns", m.Columns, headers...)
	for _, column := range slices.Sorted(maps.Values(m.Columns)) {
		if column != "" && column != "?" {
			check("columns", column, "", names...)
		}
	}
	each("units", m.Units, slices.Concat(names, headers)...)
	each("defaults", m.Defaults, names...)
	for _, column := range m.Fill {
		check("fill", column, "", names...)
	}
	for _, column := range slices.Sorted(maps.Keys(m.Words)) {
		check("words", column, "", names...)
		each("words", m.Words[column])
	}
	for _, header := range slices.Sorted(maps.Keys(m.Wide)) {
		check("wide", header, "", headers...)
		each("wide", m.Wide[header], names...)
		if own := slices.DeleteFunc(slices.Collect(maps.Values(m.Wide[header])), func(v string) bool { return v != "*" }); len(own) != 1 {
			l.problem(`wide in the mapping says "*" of %s %d times, must be once`, table.Quoted(header), len(own))
		}
	}
	if !slices.Contains([]string{"", "raw", "aggregate"}, m.Schema) {
		l.problem("schema in the mapping is %q, must be raw or aggregate", m.Schema)
	}
}

// claim finds the column of the file that is one of the schema: that whose name
// says so most surely, of which there must be one.
func (l *layout) claim(name string) {
	headers, m := l.table.Names, &l.mapping
	var found [unlike + 1][]int // by how surely
	for i, header := range headers {
		tier, _ := named(name, header)
		if to, mapped := m.Columns[header]; mapped {
			tier = map[bool]int{true: told, false: unlike}[to == name]
		}
		if _, wide := m.Wide[header]; !wide && !l.taken[i] {
			found[tier] = append(found[tier], i)
		}
	}
	tier := slices.IndexFunc(found[:unlike], func(of []int) bool { return of != nil })
	if tier < 0 {
		return
	}
	var names []string
	for _, i := range found[tier] {
		l.taken[i], names = true, append(names, headers[i])
	}
	_, unit := named(name, names[0])
	if tier == told && unit == "" {
		_, unit = bracketed(names[0])
	}
	if names[0] != name {
		l.template.Columns[names[0]] = name
	}
	if len(names) > 1 {
		l.template.Columns[names[1]] = ""
		l.problem(`column %s stands twice, as %s: say "columns": {%q: ""} in a mapping to ignore one`, name, quoted(names, " and "), names[1])
	}
	l.slots = append(l.slots, l.place(name, found[tier][0], unit))
}

// constant is a slot that no field fills.
func (l *layout) constant(name, value string) slot {
	return slot{name: name, column: l.find(name), at: -1, value: value, scale: 1, words: l.mapping.Words[name]}
}

// place is a slot that a field fills: what the mapping says of it, and its unit.
func (l *layout) place(name string, at int, unit string) slot {
	m, t := &l.mapping, l.table
	s := l.constant(name, m.Defaults[name])
	s.header, s.at, s.fill = t.Names[at], at, slices.Contains(m.Fill, name)
	if strings.HasPrefix(name, "is_") {
		flag := func(v string) bool { _, ok := flags[strings.ToLower(v)]; return ok }
		if s.channel = l.always(at, l.isNumber) && !l.always(at, flag); !s.channel {
			unit = ""
		}
		if s.value == "" && (s.channel || l.always(at, func(v string) bool { return v == "x" || v == "X" })) {
			s.value = "0"
			l.assume("%s means 0 where it is empty", s.header)
		}
	}
	if t.Units != nil {
		under := strings.Trim(t.Units[at], "()[]{} ")
		a, _, ok := scaleOf(name, unit)
		if b, _, known := scaleOf(name, under); ok && known && a != b {
			l.problem("%s is in %s by its name and in %s by the row under it", s.header, unit, under)
		}
		unit = cmp.Or(unit, under)
	}
	for _, key := range []string{name, s.header} {
		if u, ok := m.Units[key]; ok {
			unit, s.said = u, true
		}
	}
	scale, base, ok := scaleOf(name, unit)
	s.scale, s.base = scale, base
	one := len(dimension(name)) == 1 // else it has none, or is a magnitude, which may be in any
	may := strings.Join(unitsOf(name), ", ")
	switch {
	case len(dimension(name)) > 1 && unit != "":
		s.base = cmp.Or(base, unit)
		if l.unit = cmp.Or(l.unit, s.base); l.unit != s.base {
			l.problem("%s is in %s, and other magnitudes are in %s; must be one unit", s.header, s.base, l.unit)
		}
	case ok:
	case s.said:
		l.problem("the unit of %s in the mapping is %q, must be one of %s", s.name, unit, may)
	case one && unit != "" && (strings.Contains(unit, "%") || !strings.Contains(unit, " ")): // more words are a remark
		l.problem(`%s is in %s by its name or the row under it, must be in one of %s: say "units": {%q: …} in a mapping`, s.header, table.Quoted(unit), may, s.name)
		l.template.Units[name] = "?"
	case one && strings.HasSuffix(name, "_"+dimension(name)[0]):
		s.bare, s.base = true, dimension(name)[0]
		l.assume("%s is in %s, as no unit is given", s.header, s.base)
		l.template.Units[name] = s.base
	}
	return s
}

// complete looks for what is missing.
func (l *layout) complete() {
	var missing []string
	for _, c := range l.columns {
		either := slices.Index(l.either, c.name)
		instead := map[string]string{"excitation": "inhibition", "inhibition": "excitation", "tone_kHz": "channel", "channel": "tone_kHz"}[c.name]
		if l.has(c.name) || l.has(instead) {
			continue
		}
		value := l.mapping.Defaults[c.name]
		if c.name == "unit" && value == "" {
			if value = cmp.Or(l.unit, unknownUnit); l.unit == "" {
				l.assume("all magnitudes have one unit, which is not known")
			}
		}
		s := l.constant(c.name, value)
		if as, ok := strings.CutPrefix(value, "="); ok && l.has(as) {
			other := l.slot(as)
			s.at, s.value, s.fill, s.header = other.at, "", other.fill, other.header
		}
		switch s.value = s.word(c.words, s.value); {
		case value != "" && value != "?":
			l.slots = append(l.slots, s)
		case either == 0: // the other one stands for both
		case c.optional && either < 0:
			l.absent = append(l.absent, c.name)
		default:
			missing = append(missing, c.name)
			l.template.Defaults[c.name] = "?"
		}
	}
	if l.lacks = len(missing); missing == nil {
		return
	}
	example, hints := "name in the file", ""
	for i, name := range missing {
		if text, near := hint(name, l.ignored); near != "" {
			hints += "; " + name + text
			delete(l.template.Defaults, name)
			if l.template.Columns[near] = name; i == 0 {
				example = near
			}
		}
	}
	if l.ignored != nil {
		hints += "; unknown are " + quoted(l.ignored, ", ")
	}
	text := strings.Join(missing, ", ")
	if l.either != nil && slices.Contains(missing, l.either[1]) {
		text = strings.Replace(text, l.either[1], strings.Join(l.either, " or "), 1)
	}
	l.problem(`no column %s, which the %s schema requires%s; say "columns": {%q: %q} in a mapping, or, if it is the same in all rows, "defaults": {%[5]q: …}`,
		text, l.kind, hints, example, missing[0])
}

// spread finds the columns of a wide table: those that the mapping describes, or
// whose names say of which current, channel and time they are.
func (l *layout) spread() {
	wide, units, phases := map[string]map[string]string{}, map[string]string{}, map[string]bool{}
	for i, header := range l.table.Names {
		if said, ok := l.mapping.Wide[header]; ok {
			_, units[header] = bracketed(header)
			wide[header] = said
		} else if !l.taken[i] && l.mapping.Wide == nil {
			if is, u, phase := l.spelled(header); is != nil {
				wide[header], units[header], phases[phase] = is, u, true
			}
		}
	}
	if l.mapping.Wide == nil && len(wide) < 2 {
		return
	}
	if delete(phases, ""); len(phases) > 0 {
		l.template.Wide = wide
		l.problem(`several measurements stand in a row, and the names of the columns do not say at what time %s is: say "wide": {%q: {…, "time_min": …}} in a mapping; the template has a ? where times belong`,
			strings.Join(slices.Sorted(maps.Keys(phases)), ", "), slices.Min(slices.Collect(maps.Keys(wide))))
	}
	group := map[string]int{} // by what is the same in it
	for i, header := range l.table.Names {
		if wide[header] == nil {
			continue
		}
		l.taken[i] = true
		same, own, fixed := "", "", []slot(nil)
		for _, column := range slices.Sorted(maps.Keys(wide[header])) {
			if value := wide[header][column]; value == "*" {
				own = column
			} else {
				same += column + " " + value + " "
				fixed = append(fixed, l.constant(column, value))
			}
		}
		g, there := group[same]
		if !there {
			g = len(l.groups)
			group[same], l.groups = g, append(l.groups, fixed)
		}
		if slices.ContainsFunc(l.groups[g], func(s slot) bool { return s.name == own }) {
			l.problem("column %s is %s at %sas another one is", table.Quoted(header), own, same)
		}
		l.groups[g] = append(l.groups[g], l.place(own, i, units[header]))
	}
}

// questions asks where the numbers of a column are of an odd magnitude.
func (l *layout) questions(p *pass) string {
	var reasons []string
	for i, m := range p.sizes {
		c := l.columns[i]
		if m.first == nil {
			continue
		}
		s := l.slot(c.name)
		if s.bare && c.name == "time_min" {
			c.largest.High = 120
		}
		slices.Sort(m.first)
		middle, in := m.first[len(m.first)/2], c.median
		if in == (domain.Interval{}) {
			in = c.largest
		}
		fits := func(ratio float64) bool {
			return (c.median == domain.Interval{} || c.median.Has(middle*ratio)) && c.largest.Has(m.largest*ratio)
		}
		if fits(1) {
			continue
		}
		would := slices.DeleteFunc(unitsOf(c.name), func(u string) bool {
			k, _, _ := scaleOf(c.name, u)
			return !fits(k / math.Abs(s.scale))
		})
		is, say, answer := "in which unit is it", "…", "?"
		if len(would) > 0 {
			is, say = "is it in "+strings.Join(would, " or in "), would[0]
		}
		if len(would) == 1 {
			answer = say
		}
		l.template.Units[c.name] = answer
		name := s.header
		if name != c.name {
			name += " (" + c.name + ")"
		}
		reasons = append(reasons, fmt.Sprintf(`the magnitudes of %s, %.3g in the middle and %.3g at most, are outside %v: %s? Say "units": {%q: %q} in a mapping, or %q if it is right as it is`,
			name, middle, m.largest, in, is, c.name, say, unitsOf(c.name)[0]))
	}
	return strings.Join(reasons, "; ")
}
