package viz

import (
	"fmt"
	"math"
)

// An Estimate is a measured mean that knows how sure it is: At gives it with the half-width of its confidence interval at a level in
// (0, 1). experiment.Interval and experiment.Fraction are estimates.
type Estimate interface {
	At(level float64) (mean, half float64)
}

// Confidence is the level of the intervals of [Agree]: of fifty true agreements, as many as the longest notebook has, all hold in 95 of 100 runs
// (Bonferroni). At 95 percent each, one in twenty would fail by chance.
const Confidence = 0.999

// Agree states that a measurement agrees with theory: want lies in the interval of the estimate at [Confidence], and the interval is not
// wider than ± precision, which is fixed before the run, so that scatter cannot make it true. NaN anywhere fails, and so does an estimate
// without scatter (half = 0) that is not exactly want. It says what it would have noticed, as [Claim] does.
func Agree(text string, got Estimate, want, precision float64) {
	mean, half := got.At(Confidence)
	state(agrees(text, mean, half, want, precision))
}

func agrees(text string, mean, half, want, precision float64) verdict {
	v := verdict{
		Text: oneLine(text), Kind: agree, Got: exact(mean), Half: exact(half), Level: exact(Confidence),
		Want: exact(want), Tolerance: exact(precision),
		Holds: math.Abs(mean-want) <= half && half <= precision && !math.IsInf(precision, 0) && !math.IsInf(want, 0),
	}
	v.numbers = fmt.Sprintf("got %s ± %s, want %s", rounded(mean), brief(half), rounded(want))
	if !(half <= precision) {
		v.numbers += fmt.Sprintf(", and ± at most %s", rounded(precision))
	}
	v.notice(mean, want, half)
	return v
}

// A Discrepancy is a place where theory is known to be off: what it is, measured, and in theory.
type Discrepancy struct {
	Text string
	Got  Estimate
	Want float64
}

// Off shows where theory is off, and by how much: a row for each discrepancy with the measurement at [Confidence], the theory and its error
// relative to the measurement; "not resolved" where the interval holds the theory. It is no claim and cannot fail.
func Off(list ...Discrepancy) {
	var rows [][]any
	for _, d := range list {
		mean, half := d.Got.At(Confidence)
		rows = append(rows, []any{d.Text, fmt.Sprintf("%s ± %s", short(mean), brief(half)), short(d.Want), off(mean, half, d.Want)})
	}
	Table([]string{"where theory is off", "measured", "theory", "theory is"}, rows...)
}

func off(mean, half, want float64) string {
	switch e := (want - mean) / math.Abs(mean); {
	case math.IsNaN(e) || math.IsNaN(half):
		return "not comparable"
	case math.Abs(want-mean) <= half:
		return "not resolved"
	case math.IsInf(e, 0):
		return fmt.Sprintf("off by %s", short(want-mean))
	case e < 0:
		return percent(-e) + " low"
	default:
		return percent(e) + " high"
	}
}
