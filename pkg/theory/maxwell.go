package theory

import (
	"math"

	"credo/internal/cavity"
)

// OverloadGlobal is Overload for a loss that need not be convex: V is taken as
// the global minimum over V of (V − ω)²/2χ − ∫F dV, which jumps where two
// minima are equally deep (Maxwell's rule).
//
// An approximation: patterns do not cross the barrier between minima unless
// noise carries them, so small-rate learning ends in local minima. Against the
// drift of N = 300 neurons class means were right to 0.05 to 0.08 and errors to
// 0.09 for steps of F up to half of its range, and to 0.02 for the reported
// circuit with β = 0. Where the loss is convex it agrees with Overload.
// Derived here.
func (t *Theory) OverloadGlobal(load, decay float64) (Overload, error) {
	return t.overload(load, decay, func(f force) (func(chi float64) [2][]cavity.Piece, error) {
		dense := [2]cavity.Table{f.dense(false), f.dense(true)}
		return func(chi float64) [2][]cavity.Piece {
			return [2][]cavity.Piece{dense[0].Global(chi), dense[1].Global(chi)}
		}, nil
	})
}

// dense tabulates the force closely.
func (f force) dense(target bool) cavity.Table {
	const parts = 3
	near := f.reach()
	var t cavity.Table
	grid := f.grid()
	for i, v := range grid {
		if math.Abs(v) > near {
			continue
		}
		t = append(t, cavity.Point{V: v, F: f.of(target, v)})
		if i+1 == len(grid) || v == 0 || math.Abs(grid[i+1]) > near {
			continue
		}
		for k := 1; k < parts; k++ {
			u := v + (grid[i+1]-v)*float64(k)/parts
			t = append(t, cavity.Point{V: u, F: f.of(target, u)})
		}
	}
	return t
}
