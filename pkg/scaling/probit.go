package scaling

import (
	"errors"
	"math"

	"credo/internal/gauss"

	"gonum.org/v1/gonum/mat"
)

// errSharp is the error of outcomes that tell no width.
var errSharp = errors.New("scaling: the outcomes tell no width, as where all neurons learn below one load and none beyond; take more neurons, or loads closer to each other")

// probit fits P(learned) = Φ(β·x) to outcomes by maximum likelihood, and returns β and the deviance, twice the log
// likelihood that is missing to shares as they were observed. The likelihood is concave; Fisher's scoring climbs it, by
// steps that are halved until they do.
func probit(all []Outcome, x func(o Outcome) []float64) (beta []float64, least float64, err error) {
	var rows [][]float64
	for _, o := range all {
		rows = append(rows, x(o))
	}
	if len(rows) == 0 || len(rows) < len(rows[0]) {
		return nil, 0, errSharp
	}
	beta = make([]float64, len(rows[0]))
	least = deviance(all, rows, beta)
	for range 100 {
		step, err := scoring(all, rows, beta)
		if err != nil {
			return nil, 0, err
		}
		far := 0.
		for _, row := range rows {
			far = max(far, math.Abs(dot(row, step)))
		}
		if far < 1e-7 { // of a standard deviation; toward a width of 0 steps do not get smaller
			return beta, least, nil
		}
		next, lower := make([]float64, len(beta)), math.Inf(1)
		for size := 1.; size > 1e-6 && !(lower <= least+1e-9*(1+least)); size /= 2 {
			for k := range next {
				next[k] = beta[k] + float64(size*step[k])
			}
			lower = deviance(all, rows, next)
		}
		beta, least = next, lower
	}
	return nil, 0, errSharp
}

// scoring is the step of Fisher's scoring, information⁻¹ × score.
func scoring(all []Outcome, rows [][]float64, beta []float64) ([]float64, error) {
	n := len(beta)
	information, score, step := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil), mat.NewVecDense(n, nil)
	for k, o := range all {
		z := dot(rows[k], beta)
		p, q, density := gauss.CDF(z), gauss.CDF(-z), gauss.PDF(z)
		if p == 0 || q == 0 {
			continue // beyond 37 standard deviations: tells nothing
		}
		learned, neurons := o.count()
		row := mat.NewVecDense(n, rows[k])
		score.AddScaledVec(score, density/(p*q)*(learned-float64(neurons*p)), row)
		information.SymRankOne(information, neurons*density*density/(p*q), row)
	}
	var c mat.Cholesky
	if !c.Factorize(information) || c.Cond() > 1e14 || c.SolveVecTo(step, score) != nil {
		return nil, errSharp
	}
	return step.RawVector().Data, nil
}

// deviance is 2 Σ k ln(k/np) + (n−k) ln((n−k)/nq).
func deviance(all []Outcome, rows [][]float64, beta []float64) (sum float64) {
	for k, o := range all {
		z := dot(rows[k], beta)
		learned, neurons := o.count()
		for _, side := range [2][2]float64{{learned, gauss.CDF(z)}, {neurons - learned, gauss.CDF(-z)}} {
			if side[0] > 0 {
				sum += 2 * side[0] * math.Log(side[0]/(neurons*side[1]))
			}
		}
	}
	return sum
}

func dot(x, y []float64) (sum float64) {
	for k := range x {
		sum += float64(x[k] * y[k])
	}
	return sum
}
