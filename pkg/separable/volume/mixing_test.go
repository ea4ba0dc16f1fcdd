package volume

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"credo/pkg/model"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// stride makes one step of hit-and-run in a random direction d, by formulas of its
// own: E₀ + E₁ is convex along the line, and an end of the chord is where it is 0,
// found by Newton's method from outside.
func (w *Walk) stride(rng *rand.Rand) {
	n := len(w.weights)
	d, slope := make([]float64, n), make([]float64, w.rows)
	for j := range d {
		d[j] = rng.NormFloat64()
		for target, rows := range w.columns[j] {
			for _, row := range rows {
				slope[row] += w.rise(target, j) * d[j]
			}
		}
	}
	dd, wd, ww := floats.Dot(d, d), floats.Dot(w.weights, d), floats.Dot(w.weights, w.weights)
	root := math.Sqrt(wd*wd + dd*(1-ww))
	ends := [2]float64{(-wd - root) / dd, (-wd + root) / dd}
	for j, x := range w.weights {
		if d[j] < 0 {
			ends[1] = math.Min(ends[1], -x/d[j])
		} else {
			ends[0] = math.Max(ends[0], -x/d[j])
		}
	}
	for k := range ends {
		for range 100 {
			value, change := 0.0, 0.0
			for target, part := range [2][2]int{{0, w.zeros}, {w.zeros, w.rows}} {
				most, at := w.floor[target], 0.0
				for row := part[0]; row < part[1]; row++ {
					if e := w.excess[row] + ends[k]*slope[row]; e > most {
						most, at = e, slope[row]
					}
				}
				value, change = value+most, change+at
			}
			if !(value > 1e-14) {
				break
			}
			ends[k] -= value / change
		}
	}
	floats.AddScaled(w.weights, ends[0]+rng.Float64()*(ends[1]-ends[0]), d)
	for j, x := range w.weights { // rounding at an end
		w.weights[j] = math.Max(0, x)
	}
	w.scale(floats.Norm(w.weights, 2))
}

// Steps in random directions have the same mean as steps along coordinates.
func TestDirections(t *testing.T) {
	for k, c := range kinds[:3] {
		a := draw(t, 12, 4, 130+uint64(k))
		var values [2][]float64
		for i := range values {
			w, err := NewWalk(a, c)
			if err != nil {
				t.Fatal(err)
			}
			start, rng := w.Neuron(), model.Stream(13, uint64(2*k+i))
			for range 6000 {
				if i == 0 {
					w.Sweep(rng)
				}
				for range 12 * i {
					w.stride(rng)
				}
				values[i] = append(values[i], Overlap(start, w.Neuron()))
			}
		}
		m, s := stat.MeanStdDev(values[0], nil)
		mean, sd := stat.MeanStdDev(values[1], nil)
		if e := math.Hypot(s/math.Sqrt(EffectiveSize(values[0])), sd/math.Sqrt(EffectiveSize(values[1]))); math.Abs(m-mean) > 4*e {
			t.Errorf("%+v: mean overlap with the start %.4f along coordinates, %.4f ± %.4f in all directions", c, m, mean, e)
		}
	}
}

// BenchmarkMixing measures independent samples of a weight's share a second.
func BenchmarkMixing(b *testing.B) {
	for _, size := range [][2]int{{50, 20}, {50, 40}, {100, 40}, {100, 80}, {200, 80}, {200, 160}} {
		a := draw(b, size[0], size[1], 3)
		for name, move := range map[string]func(w *Walk, rng *rand.Rand){
			"coordinates": (*Walk).Sweep,
			"directions": func(w *Walk, rng *rand.Rand) {
				for range size[0] {
					w.stride(rng)
				}
			},
		} {
			b.Run(name+"/N="+strconv.Itoa(size[0])+"/P="+strconv.Itoa(size[1]), func(b *testing.B) {
				w, err := NewWalk(a, kinds[0])
				if err != nil {
					b.Skip(err)
				}
				start, rng := w.Neuron(), model.Stream(14, 0)
				var values []float64
				for b.Loop() {
					move(w, rng)
					values = append(values, Overlap(start, w.Neuron()))
				}
				if len(values) > 10 {
					size := EffectiveSize(values)
					b.ReportMetric(float64(len(values))/size, "sweeps/sample")
					b.ReportMetric(float64(b.Elapsed().Milliseconds())/size, "ms/sample")
				}
			})
		}
	}
}

func BenchmarkSweep(b *testing.B) {
	w, err := NewWalk(draw(b, 200, 160, 0), kinds[0])
	if err != nil {
		b.Fatal(err)
	}
	rng := model.Stream(12, 0)
	for b.Loop() {
		w.Sweep(rng)
	}
}
