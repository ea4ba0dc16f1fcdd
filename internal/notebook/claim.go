package notebook

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// ClaimMIME is the MIME type of the data of a claim: viz.ClaimMIME, without the
// packages that draw.
const ClaimMIME = "application/vnd.credo.claim+json"

// A Claim is a statement that a cell made about its own numbers. The numbers are
// strings, so that NaN and infinity survive JSON. Want goes with Tolerance; Low
// goes with High; an agreement also has the Half of its interval at its Level.
// Power is the smallest relative error of Want that it would have noticed.
type Claim struct {
	Notebook  string `json:"notebook"`
	Cell      int    `json:"cell"` // execution number of the cell
	Anchor    string `json:"anchor,omitempty"`
	Text      string `json:"text"`
	Kind      string `json:"kind,omitempty"` // agree, bound or identity; none is a bound
	Got       string `json:"got"`
	Half      string `json:"half,omitempty"`
	Level     string `json:"level,omitempty"`
	Want      string `json:"want,omitempty"`
	Tolerance string `json:"tolerance,omitempty"`
	Low       string `json:"low,omitempty"`
	High      string `json:"high,omitempty"`
	Power     string `json:"power,omitempty"`
	Holds     bool   `json:"holds"`
}

// ParseClaim reads a claim from the value in an output: an object, or a string
// that holds one.
func ParseClaim(value any) (Claim, error) {
	text, ok := value.(string)
	if !ok {
		b, err := json.Marshal(value)
		if err != nil {
			return Claim{}, err
		}
		text = string(b)
	}
	var c struct {
		Claim
		Holds *bool `json:"holds"`
	}
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return Claim{}, fmt.Errorf("a claim that cannot be read: %w", err)
	}
	if c.Text == "" || c.Got == "" || c.Holds == nil {
		return Claim{}, errors.New("a claim without text, got or holds")
	}
	for _, number := range []string{c.Got, c.Half, c.Level, c.Want, c.Tolerance, c.Low, c.High, c.Power} {
		if _, err := strconv.ParseFloat(number, 64); number != "" && err != nil {
			return Claim{}, fmt.Errorf("claim %q: %q is not a number", c.Text, number)
		}
	}
	c.Claim.Holds = *c.Holds
	return c.Claim, nil
}

// Expected says in words what the claim demands of Got.
func (c Claim) Expected() string {
	switch {
	case c.Kind == "agree":
		return c.Want + " within an interval of at most ± " + c.Tolerance
	case c.Want != "" && c.Tolerance != "":
		return c.Want + " ± " + c.Tolerance
	case c.Want != "":
		return c.Want
	case c.High == "+Inf" && c.Low != "":
		return "at least " + c.Low
	case c.Low == "-Inf" && c.High != "":
		return "at most " + c.High
	case c.Low != "" && c.High != "":
		return c.Low + " to " + c.High
	}
	return ""
}

// Identities counts the claims that no simulation could contradict.
func Identities(claims []Claim) (n int) {
	for _, c := range claims {
		if c.Kind == "identity" {
			n++
		}
	}
	return n
}
