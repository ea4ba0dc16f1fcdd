package notebook

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// claimType is the MIME type of the data of a claim: viz.ClaimMIME, without the
// packages that draw.
const ClaimMIME = "application/vnd.credo.claim+json"

// A Claim is a statement that a cell made about its own numbers. The numbers are
// strings, so that NaN and infinity survive JSON. Want goes with Tolerance; Low goes
// with High. Kind is "agree", "bound" or "identity", which no simulation could
// contradict; empty if the cell does not say. Power is the smallest error of the
// theory that the claim would have noticed.
type Claim struct {
	Notebook  string `json:"notebook"`
	Cell      int    `json:"cell"` // execution number of the cell
	Text      string `json:"text"`
	Got       string `json:"got"`
	Want      string `json:"want,omitempty"`
	Tolerance string `json:"tolerance,omitempty"`
	Low       string `json:"low,omitempty"`
	High      string `json:"high,omitempty"`
	Kind      string `json:"kind,omitempty"`
	Power     string `json:"power,omitempty"`
	Holds     bool   `json:"holds"`
}

// parseClaim reads a claim from the value in an output: an object, or a string
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
	for _, number := range []string{c.Got, c.Want, c.Tolerance, c.Low, c.High, c.Power} {
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
