package capacity

import (
	"fmt"
	"math"
	"slices"

	"credo/internal/domain"
	"credo/internal/gauss"
	"credo/internal/root"
)

// Volume describes the weights that store all patterns, at a load below capacity. They are drawn uniformly by direction: the
// input weights u = σw, each in units of the inverse standard deviation of its input, are uniform on the sphere |u|² = N, or on
// that part of it where every weight has its sign. Weights that fill the ball |u|² ≤ N evenly have the same limit. The
// threshold may have either sign and is drawn evenly.
type Volume struct {
	Entropy float64 // ln of the fraction of all weights that store the patterns, per weight, typical; ≤ 0
	Slope   float64 // its derivative by the load: mean over one more pattern of ln of the fraction of solutions that store it as well
	Overlap float64 // q, mean of u·u'/N over pairs of solutions, in (0, 1); 2/π at load 0 if signs are fixed, else 0
	Offset  float64 // b, mean of the potential over patterns divided by its standard deviation
}

// Entropy returns the typical volume of solutions at load α = P/N for weights of either sign with a free threshold:
//
//	S = α G + ½ ln(1-q) + ½ q/(1-q),  G = Σ_Y p_Y ∫ dt φ(t) ln Φ(-x),  x = (κ - yb + √q t)/√(1-q),  y = 2Y-1,
//
// extremal in q and b. It falls from 0 at load 0 to -∞ at capacity, and Slope is G. The solutions are a convex set, so replica
// symmetry holds. The limit is that of many weights.
//
// It fails if a field is outside its domain, or if the load is not in (0, (1 - 1e-6) α_c), α_c the capacity.
//
// Source: Gardner (1988), J. Phys. A 21:257, for the volume at f_Y = 1/2; general f_Y and the parametric solution derived here.
func (c Capacity) Entropy(load float64) (Volume, error) {
	capacity, err := c.Unconstrained()
	if err != nil {
		return Volume{}, err
	}
	return c.volume(load, capacity, freeSigns)
}

// SignConstrainedEntropy returns the same for weights each of which has a fixed sign, whatever the fraction of excitatory
// ones, as a fraction of the weights that have these signs:
//
//	S = α G + ½ g² - ½ ln(1 + k g²) + ∫ dz φ(z) ln 2Φ(gz),  q = 1 - k/(1 + k g²),  k = 1 - ∫ dz φ(z) R(z)[R(z) + gz],
//
// where R(z) = φ(gz)/Φ(gz) and g is the ratio of the fields on a weight that all solutions share to those that they do not.
// Weights of either sign are the case k = 1 without the integral. It fails as Entropy. Source: derived here.
func (c Capacity) SignConstrainedEntropy(load float64) (Volume, error) {
	capacity, err := c.SignConstrained()
	if err != nil {
		return Volume{}, err
	}
	return c.volume(load, capacity, fixedSigns)
}

// prior is what the entropy says of the weights alone at ratio g: k of SignConstrainedEntropy and their part of S.
type prior func(g float64) (k, entropy float64)

func freeSigns(g float64) (k, entropy float64) { return 1, (g*g - math.Log1p(g*g)) / 2 }

func fixedSigns(g float64) (k, entropy float64) {
	k = gaussian(0, g, gauss.TruncatedVariance)
	halves := gaussian(0, g, func(x float64) float64 { return math.Ln2 + gauss.LogCDF(-x) })
	return k, (g*g-math.Log1p(k*g*g))/2 + halves
}

func (c Capacity) volume(load, capacity float64, weights prior) (Volume, error) {
	in := domain.Between(0, (1-1e-6)*capacity)
	if err := domain.Check("capacity: ", domain.Field{Name: "load", Value: load, In: in}); err != nil {
		return Volume{}, err
	}
	excess := func(log float64) float64 { _, at := c.volumeAt(math.Exp(log), weights); return math.Log(at / load) }
	low, high := 0.0, 1.0
	for excess(low) > 0 {
		low, high = low-1, low
	}
	for excess(high) < 0 {
		low, high = high, high+1
	}
	log, err := root.Find(excess, low, high)
	if err != nil {
		return Volume{}, fmt.Errorf("capacity: load = %v: %w", load, err)
	}
	v, _ := c.volumeAt(math.Exp(log), weights)
	return v, nil
}

// volumeAt returns the volume and its load, g²k / Σ p_Y ∫ dt φ(t) R(x)², R(x) = φ(x)/Φ(-x), at ratio g; NaN if the offset
// cannot be found.
func (c Capacity) volumeAt(g float64, weights prior) (v Volume, load float64) {
	k, entropy := weights(g)
	width := math.Sqrt(k / (1 + k*g*g)) // √(1-q)
	v.Overlap = 1 - width*width
	spread := math.Sqrt(v.Overlap) / width
	mean := func(y, b float64, f func(x float64) float64) float64 {
		return gaussian((c.Margin-y*b)/width, spread, f)
	}
	rare := min(c.TargetCoding, 1-c.TargetCoding)
	if rare < 0.5 {
		odds := math.Log(rare / (1 - rare))
		slope := func(b float64) float64 {
			return odds + math.Log(mean(1, b, gauss.Hazard)/mean(-1, b, gauss.Hazard))
		}
		var err error
		if v.Offset, err = root.Find(slope, -outward(func(b float64) float64 { return slope(-b) }, 1), 0); err != nil {
			v.Offset = math.NaN()
		}
	}
	both := func(f func(x float64) float64) float64 {
		return rare*mean(1, v.Offset, f) + (1-rare)*mean(-1, v.Offset, f)
	}
	load = g * g * k / both(func(x float64) float64 { r := gauss.Hazard(x); return r * r })
	v.Slope = both(func(x float64) float64 { return gauss.LogCDF(-x) })
	v.Entropy = load*v.Slope + entropy
	if c.TargetCoding > 0.5 {
		v.Offset = -v.Offset
	}
	return v, load
}

// gaussian returns the mean of f over a Gaussian of the given mean and standard deviation, for an f whose only scale is 1, near
// 0, as that of ln Φ and its derivatives: panels of a quadrature end where the Gaussian or f bends.
func gaussian(mean, sd float64, f func(x float64) float64) float64 {
	ends := []float64{mean - 12*sd, mean - 6*sd, mean, mean + 6*sd, mean + 12*sd}
	low, high := ends[0], ends[4]
	for x := 3.0; x < max(high, -low); x *= 4 {
		ends = append(ends, -x, x)
	}
	slices.Sort(ends)
	rule, sum := gauss.Legendre(), 0.0
	for i := 1; i < len(ends); i++ {
		from, to := max(ends[i-1], low), min(ends[i], high)
		for j, node := range rule.Nodes {
			x := from + node*(to-from)
			if to > from {
				sum += (to - from) / sd * rule.Weights[j] * gauss.PDF((x-mean)/sd) * f(x)
			}
		}
	}
	return sum
}
