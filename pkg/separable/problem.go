package separable

import (
	"fmt"
	"math"

	"credo/internal/domain"
)

// Problem asks for weights w, and a threshold θ if that is free, with
//
//	low_μ ≤ x_μ·w − θ ≤ high_μ for every row,  least_j ≤ w_j ≤ most_j.
//
// All numbers are taken exactly, as the binary rationals that they are; units
// are the caller's.
type Problem struct {
	Inputs [][]float64 // x, by row and weight; finite
	// Low and High are the ends of the rows' intervals; −Inf and +Inf, or a nil
	// slice, for none. Where they are equal the row is an equality.
	Low, High []float64
	// Strict asks by row for < in place of ≤ at both ends; nil for none.
	Strict []bool
	// Least and Most bound the weights; −Inf and +Inf, or a nil slice, for none.
	// Signs are Least = 0 or Most = 0.
	Least, Most []float64
	// FreeThreshold lets Decide choose θ, of either sign; otherwise θ = 0. A
	// threshold that is given goes into Low and High.
	FreeThreshold bool
}

// Check returns an error that names the first number outside its domain, or the
// first size that differs.
func (p Problem) Check() error {
	if len(p.Inputs) == 0 || len(p.Inputs[0]) == 0 {
		return fmt.Errorf("separable: Inputs of %d rows, the first of them empty or missing, must be at least 1 by 1", len(p.Inputs))
	}
	for mu, row := range p.Inputs {
		if len(row) != p.weights() {
			return fmt.Errorf("separable: Inputs[%d] has %d values, must have %d as the first row", mu, len(row), p.weights())
		}
		for j, x := range row {
			if !domain.Finite.Has(x) {
				return domain.Finite.Check(fmt.Sprintf("separable: Inputs[%d][%d]", mu, j), x)
			}
		}
	}
	if n := len(p.Strict); p.Strict != nil && n != len(p.Inputs) {
		return fmt.Errorf("separable: %d values of Strict for %d rows", n, len(p.Inputs))
	}
	if err := checkEnds("Low", "High", p.Low, p.High, len(p.Inputs)); err != nil {
		return err
	}
	for mu := range p.Inputs {
		if p.strict(mu) && p.low(mu) == p.high(mu) {
			return fmt.Errorf("separable: Low[%d] = High[%d] = %v in a strict row, must be below", mu, mu, p.low(mu))
		}
	}
	return checkEnds("Least", "Most", p.Least, p.Most, p.weights())
}

// checkEnds checks the ends of n intervals, of which −Inf and +Inf are ends but
// not points.
func checkEnds(from, to string, low, high []float64, n int) error {
	for k, ends := range [...][]float64{low, high} {
		if ends != nil && len(ends) != n {
			return fmt.Errorf("separable: %d values of %s for %d", len(ends), [...]string{from, to}[k], n)
		}
	}
	for i := range n {
		l, h := end(low, i, -1), end(high, i, 1)
		switch {
		case !(l < math.Inf(1)):
			return fmt.Errorf("separable: %s[%d] = %v outside [−∞, ∞)", from, i, l)
		case !(h > math.Inf(-1)):
			return fmt.Errorf("separable: %s[%d] = %v outside (−∞, ∞]", to, i, h)
		case l > h:
			return fmt.Errorf("separable: %s[%d] = %v above %s[%d] = %v", from, i, l, to, i, h)
		}
	}
	return nil
}

// end is ends[i], or an infinity of the given sign if there are no ends.
func end(ends []float64, i int, sign int) float64 {
	if ends == nil {
		return math.Inf(sign)
	}
	return ends[i]
}

func (p Problem) weights() int        { return len(p.Inputs[0]) }
func (p Problem) low(mu int) float64  { return end(p.Low, mu, -1) }
func (p Problem) high(mu int) float64 { return end(p.High, mu, 1) }
func (p Problem) least(j int) float64 { return end(p.Least, j, -1) }
func (p Problem) most(j int) float64  { return end(p.Most, j, 1) }
func (p Problem) strict(mu int) bool  { return p.Strict != nil && p.Strict[mu] }
