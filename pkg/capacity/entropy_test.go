package capacity

import (
	"math"
	"math/rand/v2"
	"testing"

	"credo/internal/gauss"

	"gonum.org/v1/gonum/stat"
)

// trapezoid returns the mean of f over a standard normal number, to rounding if f is smooth on a scale of 0.2.
func trapezoid(f func(z float64) float64) float64 {
	const h = 1.0 / 32
	sum := 0.0
	for i := -10 * 32; i <= 10*32; i++ {
		z := float64(i) * h
		sum += h * gauss.PDF(z) * f(z)
	}
	return sum
}

// literal is the replica-symmetric volume as it stands before anything is solved: extremal in q, b, and for fixed signs in
// A and g as well, where a weight has density exp(-Au²/2 + √A g z u) on u > 0.
func literal(c Capacity, load, q, b, a, g float64, signs bool) float64 {
	sum := 0.0
	for _, y := range []float64{-1, 1} {
		p := c.TargetCoding
		if y < 0 {
			p = 1 - p
		}
		sum += load * p * trapezoid(func(t float64) float64 {
			return math.Log(math.Erfc((c.Margin-y*b+math.Sqrt(q)*t)/math.Sqrt(2*(1-q))) / 2)
		})
	}
	if !signs {
		return sum + (math.Log(1-q)+q/(1-q))/2
	}
	return sum + a/2*(1-g*g*(1-q)) - math.Log(a)/2 + g*g/2 - 0.5 +
		trapezoid(func(z float64) float64 { return math.Log(math.Erfc(-g * z / math.Sqrt2)) })
}

// The answer is where the literal volume is extremal, and its value there.
func TestEntropyIsExtremal(t *testing.T) {
	for _, c := range []Capacity{{0.5, 0}, {0.2, 0}, {0.03, 0.4}, {0.7, 0.5}} {
		for _, signs := range []bool{false, true} {
			ask, limit := c.Entropy, 1.0
			if signs {
				ask, limit = c.SignConstrainedEntropy, 0.5
			}
			free, _ := c.Unconstrained()
			for _, share := range []float64{0.02, 0.5, 0.9} {
				load := share * limit * free
				v, err := ask(load)
				if err != nil {
					t.Fatal(err)
				}
				x := []float64{v.Overlap, v.Offset}
				if signs { // g and A of the overlap, by bisection of 1-q = k/(1+kg²)
					low, high := 1e-3, 1e3
					for range 200 {
						g := math.Sqrt(low * high)
						k := trapezoid(func(z float64) float64 { return gauss.TruncatedVariance(g * z) })
						if k/(1+k*g*g) > 1-v.Overlap {
							low = g
						} else {
							high = g
						}
					}
					x = append(x, 1/(1-low*low*(1-v.Overlap)), low)
				}
				at := func(x []float64) float64 {
					if signs {
						return literal(c, load, x[0], x[1], x[2], x[3], true)
					}
					return literal(c, load, x[0], x[1], 0, 0, false)
				}
				if got := at(x); math.Abs(got-v.Entropy) > 1e-9*(1+math.Abs(got)) {
					t.Errorf("%+v, signs %v, load %v: entropy %v; literally %v", c, signs, load, v.Entropy, got)
				}
				for i := range x {
					h := 1e-4 * min(math.Abs(x[i])+1e-2, 1-v.Overlap)
					moved := func(d float64) float64 { y := append([]float64(nil), x...); y[i] += d; return at(y) }
					if slope := (moved(h) - moved(-h)) / (2 * h); math.Abs(slope) > 2e-5*(1+1/(1-v.Overlap)) {
						t.Errorf("%+v, signs %v, load %v: slope %v along parameter %d of %v", c, signs, load, slope, i, x)
					}
				}
				const h = 1e-3
				up, _ := ask(load * (1 + h))
				down, _ := ask(load * (1 - h))
				if slope := (up.Entropy - down.Entropy) / (2 * h * load); relative(slope, v.Slope) > 1e-4 {
					t.Errorf("%+v, signs %v, load %v: slope %v; by differences %v", c, signs, load, v.Slope, slope)
				}
			}
		}
	}
}

func TestEntropyLimits(t *testing.T) {
	for _, f := range []float64{1e-4, 0.05, 0.5, 0.9} {
		c := Capacity{TargetCoding: f}
		free, _ := c.Unconstrained()
		b, _ := c.Offset()
		chance := f*math.Log(f) + (1-f)*math.Log(1-f) // ln of the chance that a threshold alone gives the target
		for i, ask := range []func(float64) (Volume, error){c.Entropy, c.SignConstrainedEntropy} {
			limit := free / float64(1+i)
			none, err := ask(1e-7 * limit)
			if err != nil || math.Abs(none.Overlap-[]float64{0, 2 / math.Pi}[i]) > 1e-5 || i == 0 && relative(none.Slope, chance) > 1e-6 {
				t.Errorf("f_Y = %v, hardly any pattern: %+v, %v; slope should be %v", f, none, err, chance)
			}
			full, err := ask(limit * (1 - 2e-6))
			if err != nil || 1-full.Overlap > 1e-5 || math.Abs(full.Offset-b) > 1e-4 || full.Entropy > -10 {
				t.Errorf("f_Y = %v, almost at capacity: %+v, %v; offset should be %v", f, full, err, b)
			}
			mirror, _ := Capacity{TargetCoding: 1 - f}.Entropy(limit / 3)
			if same, _ := c.Entropy(limit / 3); math.Abs(mirror.Entropy-same.Entropy) > 1e-12 || math.Abs(mirror.Offset+same.Offset) > 1e-12 {
				t.Errorf("f_Y = %v: %+v, and of the complement %+v", f, same, mirror)
			}
		}
	}
}

// Few patterns and few weights, by drawing weights: the typical volume of P patterns is the product of the typical fractions.
func TestEntropyBySampling(t *testing.T) {
	const n, p, draws, tasks = 40, 2, 10000, 120
	rng := rand.New(rand.NewPCG(19, 1988))
	for _, signs := range []bool{false, true} {
		var logs []float64
		patterns := make([][n]float64, p)
		for range tasks {
			for mu := range patterns {
				for i := range patterns[mu] {
					patterns[mu][i] = rng.NormFloat64()
				}
			}
			stored := 0
			for range draws {
				var w [n]float64
				for i := range w {
					if w[i] = rng.NormFloat64(); signs {
						w[i] = math.Abs(w[i])
					}
				}
				all := true
				for mu := 0; mu < p && all; mu++ {
					v := 0.0
					for i, x := range patterns[mu] {
						v += w[i] * x
					}
					all = v > 0
				}
				if all {
					stored++
				}
			}
			logs = append(logs, math.Log(float64(stored)/draws)/n)
		}
		c := Capacity{TargetCoding: 0.5} // b = 0 is best at f_Y = 1/2, and the threshold is 0 here
		v, err := c.Entropy(float64(p) / n)
		if signs {
			v, err = c.SignConstrainedEntropy(float64(p) / n)
		}
		got, sd := stat.MeanStdDev(logs, nil)
		if se := sd / math.Sqrt(tasks); err != nil || math.Abs(got-v.Entropy) > 3*se || se > 0.08*math.Abs(got) {
			t.Errorf("signs %v: entropy %v by sampling, standard error %v; theory %v, %v", signs, got, se, v.Entropy, err)
		}
	}
}

func TestEntropyFails(t *testing.T) {
	for _, load := range []float64{0, -1, 2, 3, math.NaN(), math.Inf(1)} {
		fails(t, "outside (0, 1.99", func() error { _, err := Capacity{TargetCoding: 0.5}.Entropy(load); return err })
		fails(t, "outside (0, 0.99", func() error { _, err := Capacity{TargetCoding: 0.5}.SignConstrainedEntropy(load); return err })
	}
	for want, c := range map[string]Capacity{"TargetCoding = 0": {}, "Margin = -1": {0.2, -1}} {
		fails(t, want, func() error { _, err := c.Entropy(0.1); return err })
		fails(t, want, func() error { _, err := c.SignConstrainedEntropy(0.1); return err })
	}
}
