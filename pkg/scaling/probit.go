package scaling

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
)

// errSharp is the error of outcomes that tell no width.
var errSharp = errors.New("scaling: the outcomes tell no width, as where all neurons learn below one load and none beyond; take more neurons, or loads closer to each other")

// probit fits P(learned) = Φ(β·x) to outcomes by maximum likelihood, and returns β and the deviance, twice the log
// likelihood that is missing to shares as they were observed. The likelihood is concave; Fisher's scoring climbs it, by
// steps that are halved until they do.
func probit(all []Outcome, x func(o Outcome) []float64) (beta []float64, deviance float64, err error) {
	var rows [][]float64
	for _, o := range all {
		rows = append(rows, x(o))
	}
	if len(rows) == 0 || len(rows) < len(rows[0]) {
		return nil, 0, errSharp
	}
	beta = make([]float64, len(rows[0]))
	at := look(all, rows, beta)
	for range 100 {
		step, err := at.step()
		if err != nil {
			return nil, 0, err
		}
		far := 0.
		for _, row := range rows {
			far = max(far, math.Abs(dot(row, step)))
		}
		if far < 1e-7 { // of a standard deviation; toward a width of 0 steps do not get smaller
			return beta, at.deviance, nil
		}
		next, there := make([]float64, len(beta)), at
		for size := 1.; size > 1e-6; size /= 2 {
			for k := range next {
				next[k] = beta[k] + float64(size*step[k])
			}
			if there = look(all, rows, next); there.deviance <= at.deviance+1e-9*(1+at.deviance) {
				break
			}
		}
		beta, at = next, there
	}
	return nil, 0, errSharp
}

// place is the likelihood at a β: deviance 2 Σ k ln(k/np) + (n−k) ln((n−k)/nq), score and Fisher's information.
type place struct {
	deviance    float64
	score       *mat.VecDense
	information *mat.SymDense
}

func look(all []Outcome, rows [][]float64, beta []float64) place {
	size := len(beta)
	at := place{score: mat.NewVecDense(size, nil), information: mat.NewSymDense(size, nil)}
	for i, o := range all {
		k, n := o.count()
		z := dot(rows[i], beta)
		p, q := math.Erfc(-z/math.Sqrt2)/2, math.Erfc(z/math.Sqrt2)/2
		if k > 0 {
			at.deviance += 2 * k * math.Log(k/(n*p))
		}
		if k < n {
			at.deviance += 2 * (n - k) * math.Log((n-k)/(n*q))
		}
		if p == 0 || q == 0 {
			continue // beyond 37 standard deviations
		}
		density := math.Exp(-float64(z*z)/2) / math.Sqrt(2*math.Pi)
		pull, weight := density/(p*q)*(k-float64(n*p)), n*density*density/(p*q)
		for a, x := range rows[i] {
			at.score.SetVec(a, at.score.AtVec(a)+float64(pull*x))
			for b := a; b < size; b++ {
				at.information.SetSym(a, b, at.information.At(a, b)+float64(weight*x*rows[i][b]))
			}
		}
	}
	return at
}

// step is information⁻¹ × score.
func (at place) step() ([]float64, error) {
	var c mat.Cholesky
	step := mat.NewVecDense(at.score.Len(), nil)
	if !c.Factorize(at.information) || c.Cond() > 1e14 || c.SolveVecTo(step, at.score) != nil {
		return nil, errSharp
	}
	return step.RawVector().Data, nil
}

func dot(x, y []float64) (sum float64) {
	for k := range x {
		sum += float64(x[k] * y[k])
	}
	return sum
}
