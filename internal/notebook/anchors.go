package notebook

import (
	"fmt"
	"strings"
	"unicode"
)

// Anchors gives the claims of a notebook names by which they are linked, from
// their words, so that a cell more or less leaves them alone. Of claims with the
// same words the second has -2 at its end, and so on.
type Anchors map[string]int

// Next is the name of the next claim with that text.
func (a Anchors) Next(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' })
	for i, w := range words {
		words[i] = strings.Trim(w, ".")
	}
	name := "claim-" + strings.Join(strings.Fields(strings.Join(words, " ")), "-")
	a[name]++
	if n := a[name]; n > 1 {
		name = fmt.Sprintf("%s-%d", name, n)
		a[name]++
	}
	return name
}

// Claims calls visit with each claim of the notebook that can be read, in their order.
func (nb *Notebook) Claims(visit func(cell, output int, c Claim)) {
	anchors := Anchors{}
	for i, cell := range nb.Cells {
		for k, o := range cell.Outputs {
			value, there := o.Data[ClaimMIME]
			if !there {
				continue
			}
			if c, err := ParseClaim(value); err == nil {
				c.Cell, c.Anchor = cell.Count, anchors.Next(c.Text)
				visit(i, k, c)
			}
		}
	}
}
