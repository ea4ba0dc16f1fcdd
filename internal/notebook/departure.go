package notebook

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// What two processors may differ by in a number: they round sums in other orders
// and fuse multiplications, and iterations that stop at a tolerance amplify that.
const (
	relative = 1e-6
	absolute = 1e-9
)

// Departure describes the first place where an execution on another processor
// tells something else than the committed one: another claim or verdict, a number
// beyond the tolerances, other words, a figure of other parts. It is empty if
// there is none. Bytes are not compared.
func Departure(committed, executed *Notebook) string {
	return comparison{outputs: Output.departure, cells: func(a, b *Cell) string {
		if a.Source != b.Source || a.Type != b.Type {
			return "type or source"
		}
		return ""
	}}.first(committed, executed)
}

func (o Output) departure(p Output) string {
	if o.kind() != p.kind() {
		return fmt.Sprintf("committed %s, executed %s", o.kind(), p.kind())
	}
	if d := textDeparture(o.Text, p.Text); d != "" {
		return o.kind() + ": " + d
	}
	for _, mime := range union(o.Data, p.Data) {
		v, there := o.Data[mime]
		w, here := p.Data[mime]
		if there != here {
			return mime + ": in one of them only"
		}
		d := ""
		switch a, b := fmt.Sprint(v), fmt.Sprint(w); {
		case mime == ClaimMIME:
			d = claimDeparture(v, w)
		case mime == "image/svg+xml", strings.Contains(a, "<svg"):
			d = figureDeparture(a, b)
		case strings.HasPrefix(mime, "image/"):
			// pixels: the structure is in the SVG beside them
		default:
			d = textDeparture(a, b)
		}
		if d != "" {
			return mime + ": " + d
		}
	}
	return ""
}

func claimDeparture(v, w any) string {
	a, errA := ParseClaim(v)
	b, errB := ParseClaim(w)
	switch {
	case errA != nil || errB != nil:
		return "a claim that cannot be read"
	case a.Text != b.Text, a.Expected() != b.Expected(), a.Kind != b.Kind:
		return fmt.Sprintf("committed the claim %q, executed %q", a.Text, b.Text)
	case a.Holds != b.Holds:
		return fmt.Sprintf("claim %q: committed holds = %v, executed %v", a.Text, a.Holds, b.Holds)
	}
	if d := textDeparture(a.Got, b.Got); d != "" {
		return fmt.Sprintf("claim %q: %s", a.Text, d)
	}
	return ""
}

var Numeral = regexp.MustCompile(`[-+−]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?`)

// textDeparture compares the words exactly and the numbers within tolerance. What
// is printed rounded may differ by one in its last digit.
func textDeparture(a, b string) string {
	if Numeral.ReplaceAllString(a, "0") != Numeral.ReplaceAllString(b, "0") {
		return around(Numeral.ReplaceAllString(a, "0"), Numeral.ReplaceAllString(b, "0"))
	}
	x, y := Numeral.FindAllString(a, -1), Numeral.FindAllString(b, -1)
	for i := range x {
		if !near(x[i], y[i]) {
			return fmt.Sprintf("committed %s, executed %s", x[i], y[i])
		}
	}
	return ""
}

func near(a, b string) bool {
	if a == b {
		return true
	}
	x, errX := strconv.ParseFloat(strings.ReplaceAll(a, "−", "-"), 64)
	y, errY := strconv.ParseFloat(strings.ReplaceAll(b, "−", "-"), 64)
	if errX != nil || errY != nil {
		return false
	}
	last := min(lastPlace(a), lastPlace(b))
	if last >= 1 { // whole numbers are counts: exact
		last = 0
	}
	return math.Abs(x-y) <= max(absolute, relative*max(math.Abs(x), math.Abs(y)), last*1.0001)
}

// lastPlace is the value of one in the last digit of a number as it is written.
func lastPlace(s string) float64 {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(s), "e")
	_, decimals, _ := strings.Cut(mantissa, ".")
	e, _ := strconv.Atoi(exponent)
	return math.Pow(10, float64(e-len(decimals)))
}

var tag = regexp.MustCompile(`<([a-zA-Z]+)\b`)
var label = regexp.MustCompile(`>([^<>]*\p{L}[^<>]*)<`)

// figureDeparture compares which elements a drawing has, how many, and its words.
// Numbers on axes and coordinates may differ.
func figureDeparture(a, b string) string {
	count := func(s string) string {
		n := map[string]int{}
		for _, m := range tag.FindAllStringSubmatch(s, -1) {
			n[m[1]]++
		}
		list := []string{}
		for name, k := range n {
			list = append(list, fmt.Sprintf("%s %d", name, k))
		}
		slices.Sort(list)
		return strings.Join(list, ", ")
	}
	words := func(s string) string {
		list := []string{}
		for _, m := range label.FindAllStringSubmatch(s, -1) {
			list = append(list, Numeral.ReplaceAllString(m[1], "0"))
		}
		return strings.Join(list, "|")
	}
	if x, y := count(a), count(b); x != y {
		return fmt.Sprintf("the drawing has committed %s; executed %s", x, y)
	}
	if x, y := words(a), words(b); x != y {
		return around(x, y)
	}
	return ""
}

func union(a, b map[string]any) []string {
	list := []string{}
	for key := range a {
		list = append(list, key)
	}
	for key := range b {
		if _, both := a[key]; !both {
			list = append(list, key)
		}
	}
	slices.Sort(list)
	return list
}
