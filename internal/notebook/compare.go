package notebook

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// Difference describes the first difference of two normalised notebooks, the
// committed and the executed; it is empty if there is none. Their seals do not count.
func Difference(committed, executed *Notebook) string {
	d := comparison{
		cells: func(a, b *Cell) string {
			if a.Source != b.Source || a.Type != b.Type || a.ID != b.ID {
				return "type, id or source"
			}
			return ""
		},
		outputs: Output.difference,
		rest: func(a, b *Cell) string {
			if !reflect.DeepEqual(a, b) {
				return "metadata"
			}
			return ""
		},
	}.first(committed, executed)
	if d != "" {
		return d
	}
	a, b := maps.Clone(committed.Metadata), maps.Clone(executed.Metadata)
	delete(a, SealKey)
	delete(b, SealKey)
	if !reflect.DeepEqual(a, b) {
		return "the notebook's metadata"
	}
	return ""
}

// A comparison says in words what is different about two cells, about two outputs
// of theirs, and then about the rest of the cells, which may be nil.
type comparison struct {
	cells, rest func(a, b *Cell) string
	outputs     func(a, b Output) string
}

// first names the first difference of two notebooks, of their cells in order.
func (c comparison) first(committed, executed *Notebook) string {
	if a, b := len(committed.Cells), len(executed.Cells); a != b {
		return fmt.Sprintf("%d cells committed, %d executed", a, b)
	}
	for i, a := range committed.Cells {
		b := executed.Cells[i]
		where := fmt.Sprintf("cell %d, In [%d]", i+1, b.Count)
		if d := c.cells(a, b); d != "" {
			return where + ": " + d
		}
		if len(a.Outputs) != len(b.Outputs) {
			return fmt.Sprintf("%s: outputs committed %v, executed %v", where, kinds(a.Outputs), kinds(b.Outputs))
		}
		for j := range a.Outputs {
			if d := c.outputs(a.Outputs[j], b.Outputs[j]); d != "" {
				return fmt.Sprintf("%s, output %d: %s", where, j+1, d)
			}
		}
		if c.rest == nil {
			continue
		}
		if d := c.rest(a, b); d != "" {
			return where + ": " + d
		}
	}
	return ""
}

// kind names an output: the stream's name, or the type.
func (o Output) kind() string {
	if o.Type == "stream" {
		return o.Name
	}
	return o.Type
}

func kinds(outputs []Output) []string {
	list := []string{}
	for _, o := range outputs {
		list = append(list, o.kind())
	}
	return list
}

func (o Output) difference(p Output) string {
	if o.kind() != p.kind() {
		return fmt.Sprintf("committed %s, executed %s", o.kind(), p.kind())
	}
	if o.Text != p.Text {
		return o.kind() + ": " + around(o.Text, p.Text)
	}
	types := map[string]bool{}
	for mime := range o.Data {
		types[mime] = true
	}
	for mime := range p.Data {
		types[mime] = true
	}
	sorted := []string{}
	for mime := range types {
		sorted = append(sorted, mime)
	}
	slices.Sort(sorted)
	for _, mime := range sorted {
		if v, w := o.Data[mime], p.Data[mime]; !reflect.DeepEqual(v, w) {
			return mime + ": " + around(fmt.Sprint(v), fmt.Sprint(w))
		}
	}
	if !reflect.DeepEqual(o, p) {
		return o.kind() + ": metadata"
	}
	return ""
}

// around shows two unequal texts about the place where they part.
func around(a, b string) string {
	ra, rb := []rune(a), []rune(b)
	n := 0
	for n < len(ra) && n < len(rb) && ra[n] == rb[n] {
		n++
	}
	cut := func(r []rune) string {
		return string(r[max(0, min(n-30, len(r))):min(len(r), n+30)])
	}
	return fmt.Sprintf("at character %d committed %q, executed %q", n+1, cut(ra), cut(rb))
}
