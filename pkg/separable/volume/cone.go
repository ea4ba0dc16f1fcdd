// Package volume samples the weights that store associations, evenly over their
// directions, and measures what share of all directions they are: Gardner's
// volume of one given task, for neurons with signs of weights.
//
// Its sets are cones, so that a direction is in or out whatever its length. That
// holds for a threshold of any kind without margin and without bound of weights:
//
//	free    max_{Y=0} i^μ < min_{Y=1} i^μ,
//	θ > 0   and also 0 < min_{Y=1} i^μ,
//	θ < 0   and also max_{Y=0} i^μ < 0,
//	θ = 0   both of these,
//
// with i = Σ w_E x_E − Σ w_I x_I and w ≥ 0: then some length of the weights, or
// some threshold, does the rest.
package volume

import (
	"fmt"
	"math"

	"credo/pkg/model"
	"credo/pkg/separable"
)

// cone is a set of weights, excitatory before inhibitory, by its rows, those of
// target 0 first. Row μ has the excess −y i, and the cone is
//
//	w ≥ 0,  E₀ + E₁ ≤ G Σ w,  E_k = max(floor_k, excess of the rows of target k),
//
// for G = 0; at G = 1 it is all w ≥ 0, and between the two it grows with G.
type cone struct {
	columns     [][2][]int32 // by weight and target, the rows where its input is 1
	excitatory  int          // how many of the weights
	rows, zeros int          // how many in all and of target 0
	floor       [2]float64
	threshold   float64
}

// newCone returns an error that names what makes the set no cone.
func newCone(a *model.Associations, c separable.Constraints) (*cone, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	if c.Margin != 0 || c.MaxWeight != 0 {
		return nil, fmt.Errorf("volume: Margin = %v and MaxWeight = %v, must be 0: with them not directions alone decide", c.Margin, c.MaxWeight)
	}
	nE, nI := a.Channels()
	k := &cone{columns: make([][2][]int32, nE+nI), excitatory: nE, threshold: c.Threshold, floor: [2]float64{math.Inf(-1), math.Inf(-1)}}
	for target, bounded := range [2]bool{c.Threshold >= 0, c.Threshold <= 0} {
		if bounded && !c.FreeThreshold {
			k.floor[target] = 0
		}
		for mu := range a.Len() {
			if a.Target(mu) != (target == 1) {
				continue
			}
			for _, i := range a.Excitatory(mu) {
				k.columns[i][target] = append(k.columns[i][target], int32(k.rows))
			}
			for _, i := range a.Inhibitory(mu) {
				k.columns[nE+int(i)][target] = append(k.columns[nE+int(i)][target], int32(k.rows))
			}
			k.rows++
		}
		if target == 0 {
			k.zeros = k.rows
		}
	}
	return k, nil
}

// rise is by how much the excess of a row of the target grows with weight j.
func (k *cone) rise(target, j int) float64 {
	if (j < k.excitatory) == (target == 0) {
		return 1
	}
	return -1
}

// largest returns E_k of the target.
func (k *cone) largest(target int, excess []float64) float64 {
	part, most := excess[:k.zeros], k.floor[target]
	if target == 1 {
		part = excess[k.zeros:]
	}
	for _, e := range part {
		if e > most {
			most = e
		}
	}
	return most
}
