package viz

import "gonum.org/v1/plot"

// Estimate is a mean with the half-width of its interval, such as a confidence interval over replicates.
type Estimate interface{ Estimate() (mean, half float64) }

// Estimates draws markers at (x, mean) with vertical intervals mean ± half, as [Points] does.
func Estimates[T Estimate](p *plot.Plot, name string, x []float64, values []T, c Code) {
	y, half := make([]float64, len(values)), make([]float64, len(values))
	for k, v := range values {
		y[k], half[k] = v.Estimate()
	}
	Points(p, name, x, y, half, c)
}
