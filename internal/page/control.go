package page

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"credo/internal/notebook"
)

// A control is a parameter that a reader may change. From Low to High goes its
// slider, in equal ratios if Ratio; without these it has none.
type control struct {
	Name    string  `json:"name"`
	Symbol  string  `json:"symbol,omitempty"`
	Default string  `json:"default"`
	Usage   string  `json:"usage"`
	Whole   bool    `json:"whole"` // an integer
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Ratio   bool    `json:"ratio"`
	Repeats bool    `json:"repeats"` // fewer make a cell faster and its intervals wider, and change nothing else
}

var (
	share   = regexp.MustCompile(`\b(?:fraction|share|probability|similarity|below 1)\b`)
	repeats = regexp.MustCompile(`^(?:independent|random|generated|neurons of a measured claim)\b`)
	symbol  = regexp.MustCompile(`^(\pL(?:[_/][\pL\d]{1,2})?)(?:$|,| of | = )`)
)

// newControl chooses the range from the default and what the usage says: a share
// lies between 0 and 1, anything else between a quarter of its default and four
// times that, and what is 0 otherwise up to 1. Seeds have no slider. Text has no
// control.
func newControl(p notebook.Parameter) (c control, ok bool) {
	c = control{Name: p.Name, Default: p.Default, Usage: p.Usage, Repeats: repeats.MatchString(p.Usage)}
	switch p.Kind {
	case "Int", "Int64", "Uint", "Uint64":
		c.Whole = true
	case "Float64":
	default:
		return c, false
	}
	if m := symbol.FindStringSubmatch(p.Usage); m != nil {
		c.Symbol = m[1]
	}
	v, err := strconv.ParseFloat(p.Default, 64)
	if err != nil || math.IsInf(v, 0) { // an expression, or 0x2a
		return c, true
	}
	switch {
	case strings.HasPrefix(p.Usage, "of every random stream"), p.Name == "seed":
	case share.MatchString(p.Name+" "+p.Usage) && 0 <= v && v <= 1:
		c.High = 1
	case v == 0 && !c.Whole:
		c.High = 1
	case v > 0:
		c.Low, c.High, c.Ratio = v/4, v*4, true
		if c.Whole {
			c.Low = math.Max(1, math.Floor(c.Low))
		}
	}
	return c, true
}
