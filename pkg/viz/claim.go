package viz

import (
	"encoding/json"
	"fmt"
	"html"
	"math"
	"os"
	"strconv"
	"strings"
)

// ClaimMIME is the type of a verdict in the output of a cell: a string that holds a JSON object with "text", "kind" (agree, bound or
// identity), "got", "holds" and either "want" and "tolerance", or "low" and "high"; an agreement has "half" and "level" as well, and
// what has a theory to compare with has "power". Numbers are strings in Go's shortest form ('g', -1), so that NaN and infinities survive.
const ClaimMIME = "application/vnd.credo.claim+json"

// Claim states that got is want, |got - want| <= tolerance, and shows the verdict with its numbers. The tolerance is absolute,
// finite, and fixed before the run: one that is computed from the run's own scatter is an [Agree]. A claim with NaN anywhere, with
// an infinite got or want, or with a negative or infinite tolerance fails.
//
// It says what it would have noticed: the smallest relative error of want, of either sign, at which it would have failed,
// (tolerance + |got - want|) / |want|. (A want of 0 has no relative error.)
//
// A failed claim neither panics nor exits, so that every claim of a cell is seen, and the cell ends well: what builds the supplement
// fails on "holds": false in the bundle of type [ClaimMIME], or on the line on stderr, which begins with "claim failed: ". Outside a
// notebook the verdict is a line on stdout.
func Claim(text string, got, want, tolerance float64) {
	state(near(text, got, want, tolerance))
}

// ClaimBetween is [Claim] of low <= got <= high, bounds fixed before the run. A bound may be infinite, which leaves one side open;
// with an infinite got, NaN anywhere or low > high it fails.
func ClaimBetween(text string, got, low, high float64) {
	state(inside(text, got, low, high))
}

// Identity is [Claim] of an equality that follows by algebra, which no simulation could contradict: it guards the code, not the theory. Its
// mark is not a tick, and it is counted apart.
func Identity(text string, got, want, tolerance float64) {
	v := about(text, got, want, tolerance)
	v.Kind = identity
	state(v)
}

// The kinds of claims.
const (
	bound    = "bound"
	agree    = "agree"
	identity = "identity"
)

// verdict is a judged claim.
type verdict struct {
	Text      string `json:"text"`
	Kind      string `json:"kind"`
	Got       string `json:"got"`
	Half      string `json:"half,omitempty"`
	Level     string `json:"level,omitempty"`
	Want      string `json:"want,omitempty"`
	Tolerance string `json:"tolerance,omitempty"`
	Low       string `json:"low,omitempty"`
	High      string `json:"high,omitempty"`
	Power     string `json:"power,omitempty"`
	Holds     bool   `json:"holds"`

	numbers string // for people
}

func about(text string, got, want, tolerance float64) verdict {
	return verdict{
		Text: oneLine(text), Kind: bound, Got: exact(got), Want: exact(want), Tolerance: exact(tolerance),
		Holds:   math.Abs(got-want) <= tolerance && !math.IsInf(tolerance, 0),
		numbers: fmt.Sprintf("got %s, want %s ± %s", rounded(got), rounded(want), rounded(tolerance)),
	}
}

func near(text string, got, want, tolerance float64) verdict {
	v := about(text, got, want, tolerance)
	v.notice(got, want, tolerance)
	return v
}

func inside(text string, got, low, high float64) verdict {
	bounds := fmt.Sprintf("%s to %s", rounded(low), rounded(high))
	switch {
	case math.IsInf(low, -1) && !math.IsInf(high, 0):
		bounds = "at most " + rounded(high)
	case math.IsInf(high, 1) && !math.IsInf(low, 0):
		bounds = "at least " + rounded(low)
	}
	return verdict{
		Text: oneLine(text), Kind: bound, Got: exact(got), Low: exact(low), High: exact(high),
		Holds:   low <= got && got <= high && !math.IsInf(got, 0),
		numbers: fmt.Sprintf("got %s, want %s", rounded(got), bounds),
	}
}

// notice adds the power of a claim that allows half about got: the smallest relative error of want, of either sign, that fails it.
func (v *verdict) notice(got, want, half float64) {
	power := (half + math.Abs(got-want)) / math.Abs(want)
	if want == 0 || !v.Holds || math.IsNaN(power) || math.IsInf(power, 0) {
		return
	}
	v.Power = exact(power)
	v.numbers += ", notices " + percent(power)
}

// percent writes a relative error for people.
func percent(v float64) string {
	if v >= 1 {
		return fmt.Sprintf("%.0f %%", 100*v)
	}
	return fmt.Sprintf("%.2g %%", 100*v)
}

func (v verdict) plain() string {
	return fmt.Sprintf("%s %s: %s", v.mark()[0], v.Text, v.numbers)
}

// mark is the sign of a verdict, its colour, and what it says to who cannot see it.
func (v verdict) mark() [3]string {
	switch {
	case !v.Holds:
		return [3]string{"✗", "#D55E00", "claim failed"}
	case v.Kind == identity:
		return [3]string{"≡", "#555555", "identity holds"}
	}
	return [3]string{"✓", "#007D5A", "claim holds"}
}

func (v verdict) html() string {
	m := v.mark()
	return fmt.Sprintf(`<div><span role="img" aria-label="%s" style="color:%s;font-weight:bold">%s</span> %s: <span style="color:#555">%s</span></div>`,
		m[2], m[1], m[0], html.EscapeString(v.Text), html.EscapeString(v.numbers))
}

// state shows the verdict where the program runs.
func state(v verdict) {
	object, _ := json.Marshal(v) // strings and a bool do not fail
	if !display(bundle{ClaimMIME: string(object), "text/html": v.html(), "text/plain": v.plain()}) {
		fmt.Println(v.plain())
	}
	if !v.Holds {
		fmt.Fprintf(os.Stderr, "claim failed: %s: %s\n", v.Text, v.numbers)
	}
}

func exact(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func rounded(v float64) string { return minus(strconv.FormatFloat(v, 'g', 6, 64)) }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// brief writes a half-width.
func brief(v float64) string { return minus(strconv.FormatFloat(v, 'g', 2, 64)) }
