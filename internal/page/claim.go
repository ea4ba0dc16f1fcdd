package page

import (
	"encoding/json"
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"
)

// A Claim is what a cell stated about its own numbers, with its place in the book.
// Numbers are text, as the cell wrote them.
type Claim struct {
	Chapter, Anchor                                                 string
	Text, Kind, Got, Half, Level, Want, Tolerance, Low, High, Power string
	Holds                                                           bool
}

// Claims lists those of a chapter in their order; what cannot be read is left out.
func (c Chapter) Claims() (list []Claim) {
	for _, cell := range c.Cells {
		for k, o := range cell.Outputs {
			var v Claim
			if json.Unmarshal([]byte(o.Data[claimMIME]), &v) == nil && v.Text != "" {
				v.Chapter, v.Anchor = c.Name, claimAnchor(cell, k)
				list = append(list, v)
			}
		}
	}
	return list
}

// Identity tells whether no simulation could contradict the claim.
func (c Claim) Identity() bool { return c.Kind == "identity" }

// Measured is what was found, with its interval where it has one.
func (c Claim) Measured() string {
	if c.Half != "" {
		return short(c.Got, 4) + " ± " + short(c.Half, 2)
	}
	return short(c.Got, 4)
}

// Expected is what it was compared with.
func (c Claim) Expected() string {
	switch {
	case c.Kind == "agree":
		return short(c.Want, 4)
	case c.Want != "":
		return short(c.Want, 4) + " ± " + short(c.Tolerance, 2)
	case c.High == "+Inf":
		return "at least " + short(c.Low, 4)
	case c.Low == "-Inf":
		return "at most " + short(c.High, 4)
	}
	return short(c.Low, 4) + " to " + short(c.High, 4)
}

// Notices is the smallest error of what was expected that would have been noticed, in percent.
func (c Claim) Notices() string {
	power, err := strconv.ParseFloat(c.Power, 64)
	switch {
	case err != nil:
		return ""
	case power >= 0.995:
		return fmt.Sprintf("%.0f %%", 100*power)
	}
	return fmt.Sprintf("%.2g %%", 100*power)
}

// Mark is its sign.
func (c Claim) Mark() template.HTML {
	switch {
	case !c.Holds:
		return `<span class="fails" role="img" aria-label="does not hold">✗</span>`
	case c.Identity():
		return `<span role="img" aria-label="identity">≡</span>`
	}
	return `<span class="holds" role="img" aria-label="holds">✓</span>`
}

// short rounds a number for the eye.
func short(number string, digits int) string {
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsInf(v, 0) {
		return number
	}
	return strings.ReplaceAll(strconv.FormatFloat(v, 'g', digits, 64), "-", "−")
}
