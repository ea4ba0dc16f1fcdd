package experiment

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/pkg/model"
)

// Information returns what one trial's release says about the target, their
// mutual information
//
//	I(η; Y) = h(f_Y ρ + (1−f_Y) ε) − f_Y h(ρ) − (1−f_Y) h(ε),  h(p) = −p log₂ p − (1−p) log₂(1−p),
//
// in bits a trial: 0 if ρ = ε, and H(Y) = h(f_Y) if ρ = 1 and ε = 0. A late
// release counts as [model.Modulator.Prompt] says. The amplitude says nothing beyond release.
// Domain: f_Y = targetCoding in [0, 1]; NaN outside, and if m.Coupling is not 0,
// which makes release depend on more than the target. Shannon (1948).
func Information(m model.Modulator, targetCoding float64) float64 {
	if m.Coupling != 0 || !domain.Probability.Has(targetCoding) {
		return math.NaN()
	}
	m = m.Prompt(targetCoding)
	f, rho, eps := targetCoding, m.Probability, m.Error
	return entropy(f*rho+(1-f)*eps, 1-f*rho-(1-f)*eps) - f*entropy(rho, 1-rho) - (1-f)*entropy(eps, 1-eps)
}

// MutualInformation returns I(A; B) = H(A) + H(B) − H(A, B) in bits, for joint
// probabilities, or counts, of A = row and B = column, which are normalised. Of
// n counts it is too large by about (rows − 1)(columns − 1)/(2n ln 2) on
// average (Miller 1955). NaN if there is nothing to normalise. It panics if
// rows differ in length or a number is negative or not finite.
func MutualInformation(joint [][]float64) float64 {
	var rows, columns, all []float64
	for k, row := range joint {
		if len(row) != len(joint[0]) {
			panic(fmt.Sprintf("experiment: joint[%d] has %d columns, joint[0] has %d", k, len(row), len(joint[0])))
		}
		rows = append(rows, 0)
		columns = append(columns, make([]float64, len(row)-len(columns))...)
		for j, x := range row {
			if !domain.NonNegative.Has(x) {
				panic(fmt.Sprintf("experiment: joint[%d][%d] = %v, must be a probability or a count", k, j, x))
			}
			rows[k] += x
			columns[j] += x
			all = append(all, x)
		}
	}
	return entropy(rows...) + entropy(columns...) - entropy(all...)
}

// entropy is −Σ p log₂ p of weights that are normalised to p; NaN if they sum
// to 0. A p of 0, or below by rounding, adds nothing.
func entropy(weights ...float64) float64 {
	sum, h := 0., 0.
	for _, x := range weights {
		sum += x
	}
	if !(sum > 0) {
		return math.NaN()
	}
	for _, x := range weights {
		if p := x / sum; p > 0 {
			h -= p * math.Log2(p)
		}
	}
	return h
}
