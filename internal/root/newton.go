package root

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Newton moves x to a zero of n functions of n variables, f(x, residual), which sets the residuals. It uses Newton's method with
// derivatives by differences of step 1e-6, no step above 1 in any variable, and halves a step until the residuals shrink: scale
// the variables and the functions accordingly, as by logarithms. It stops where rounding does. It fails if the length of
// the residuals is above 1e-9 there, or if one is NaN.
func Newton(f func(x, residual []float64), x []float64) error {
	n := len(x)
	now, next, trial := make([]float64, n), make([]float64, n), make([]float64, n)
	slopes := mat.NewDense(n, n, nil)
	f(x, now)
	for range 60 {
		size := mat.Norm(mat.NewVecDense(n, now), 2)
		if size < 1e-13 {
			return nil
		}
		for k := range x {
			const h = 1e-6
			copy(trial, x)
			trial[k] += h
			f(trial, next)
			for i := range next {
				slopes.Set(i, k, (next[i]-now[i])/h)
			}
		}
		var step mat.VecDense
		err := step.SolveVec(slopes, mat.NewVecDense(n, now))
		if c, bad := err.(mat.Condition); err != nil && !(bad && !math.IsInf(float64(c), 1)) {
			return fmt.Errorf("root: derivatives at %v are singular: %w", x, err)
		}
		share := 1 / max(1, mat.Norm(&step, math.Inf(1)))
		for ; share > 1e-4; share /= 2 {
			for k := range x {
				trial[k] = x[k] - share*step.AtVec(k)
			}
			if f(trial, next); mat.Norm(mat.NewVecDense(n, next), 2) < size*(1-share/10) {
				break
			}
		}
		if share <= 1e-4 {
			if size < 1e-9 {
				return nil
			}
			return fmt.Errorf("root: no zero near %v, residuals %v", x, now)
		}
		copy(x, trial)
		now, next = next, now
	}
	return fmt.Errorf("root: no zero near %v after 60 steps, residuals %v", x, now)
}
