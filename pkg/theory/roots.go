package theory

import (
	"math"
	"slices"

	"credo/internal/root"
)

// Root is a potential at which a pattern stands still, for F(Y, V) = 0 or
// because F changes sign by a jump.
type Root struct {
	Potential float64 // V
	// Stable: the force is restoring. At an end of a stretch on which F = 0
	// it is so on the side where F is not 0.
	Stable bool
	Jump   bool    // F jumps across 0 here; if stable, V chatters about it
	Slope  float64 // dF/dV; NaN at a jump
}

// Roots returns all potentials at which a pattern of the given target stands
// still, in increasing order. They are found by the sign of F on a grid that
// is finer the nearer it is to threshold, as the features of the disinhibition
// are, with every local extremum searched for a dip through 0; a rule of one's
// own may hide from it what is narrower than a twentieth of its distance from
// threshold. It returns the error of [Theory.Autonomous]. Derived here.
func (t *Theory) Roots(target bool) ([]Root, error) {
	if err := t.why(); err != nil {
		return nil, err
	}
	f := t.force()
	return f.roots(target, f.samples(target)), nil
}

// End returns the potential at which a pattern of the given target comes to
// rest if it starts at V = start and is alone: the first stable root in the
// direction of the force, −∞ or +∞ if there is none, NaN where there is no
// force, and where start is not finite.
func (t *Theory) End(target bool, start float64) float64 {
	roots, err := t.Roots(target)
	if err != nil || math.IsNaN(start-start) {
		return math.NaN()
	}
	switch f := t.force().of(target, start); {
	case f > 0:
		for _, r := range roots {
			if r.Stable && (r.Potential > start || r.Jump && r.Potential == start) { // at 0, F is that just below
				return r.Potential
			}
		}
		return math.Inf(1)
	case f < 0:
		for _, r := range slices.Backward(roots) {
			if r.Stable && r.Potential < start {
				return r.Potential
			}
		}
		return math.Inf(-1)
	}
	return start
}

// roots finds the roots between samples of opposite sign and at the ends of
// stretches of zeros.
func (f force) roots(target bool, s []sample) []Root {
	var roots []Root
	for i := 0; i < len(s); i++ {
		if s[i].f == 0 {
			j := i
			for j+1 < len(s) && s[j+1].f == 0 {
				j++
			}
			roots = append(roots, f.zeros(target, s, i, j)...)
			i = j
			continue
		}
		if i+1 == len(s) || s[i+1].f == 0 || math.Signbit(s[i].f) == math.Signbit(s[i+1].f) {
			continue
		}
		left, right := s[i], s[i+1]
		if left.v == 0 {
			roots = append(roots, Root{Potential: 0, Stable: left.f > 0, Jump: true, Slope: math.NaN()})
			continue
		}
		v, err := root.Find(func(v float64) float64 { return f.of(target, v) }, left.v, right.v)
		if err != nil {
			v = (left.v + right.v) / 2 // NaN on the way: a rule of one's own
		}
		roots = append(roots, f.classify(target, v, left.f > 0, math.Abs(left.f)+math.Abs(right.f)))
	}
	return roots
}

// zeros returns the roots of samples i to j, where F = 0: one if i = j, else
// the ends of the stretch.
func (f force) zeros(target bool, s []sample, i, j int) []Root {
	before, after := 0., 0.
	if i > 0 {
		before = s[i-1].f
	}
	if j+1 < len(s) {
		after = s[j+1].f
	}
	if i == j && before != 0 && after != 0 && s[i].v != 0 {
		return []Root{f.classify(target, s[i].v, before > 0 && after < 0, math.Abs(before)+math.Abs(after))}
	}
	var roots []Root
	if before != 0 {
		roots = append(roots, f.classify(target, f.endOfZeros(target, s[i].v, s[i-1].v), before > 0, math.Abs(before)))
	}
	if after != 0 {
		roots = append(roots, f.classify(target, f.endOfZeros(target, s[j].v, s[j+1].v), after < 0, math.Abs(after)))
	}
	return roots
}

// endOfZeros bisects for the last zero between a zero and a point that is not
// one. Neighbours across threshold have nothing between them.
func (f force) endOfZeros(target bool, zero, other float64) float64 {
	if (zero > 0) != (other > 0) {
		return zero
	}
	for range 60 {
		mid := (zero + other) / 2
		if f.of(target, mid) == 0 {
			zero = mid
		} else {
			other = mid
		}
	}
	return zero
}

// classify tells a zero from a jump across zero, where size is the force on
// the nearest samples.
func (f force) classify(target bool, v float64, stable bool, size float64) Root {
	h := 1e-9 * (1 + math.Abs(v))
	if math.Abs(f.of(target, v+h)-f.of(target, v-h)) > 0.01*size {
		return Root{Potential: v, Stable: stable, Jump: true, Slope: math.NaN()}
	}
	return Root{Potential: v, Stable: stable, Slope: f.slope(target, v)}
}

// slope is dF/dV at v, on the side of threshold where v lies.
func (f force) slope(target bool, v float64) float64 {
	const h = 1e-5
	low, high := v-h, v+h
	switch {
	case v <= 0:
		high = min(high, 0)
	case v > 0:
		low = max(low, f.above())
	}
	return (f.of(target, high) - f.of(target, low)) / (high - low)
}
