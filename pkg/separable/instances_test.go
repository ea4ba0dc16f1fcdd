package separable_test

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"credo/pkg/model"
	"credo/pkg/separable"
)

// An instance is a problem at the edge of what has a solution. Of a sequence of
// rows, which is a function of its kind and number alone, it is the first: as
// many as have a solution, or one more. How many have, testdata/reference.py
// found.
type instance struct {
	kind     string
	sequence int
	separable.Problem

	// The same for Store; no targets where the rows are not associations.
	constraints            separable.Constraints
	channels               [2]int // excitatory, inhibitory
	excitatory, inhibitory [][]int32
	targets                []bool
}

// sequences is the number of sequences of each kind.
const sequences = 51

// kindOf is a kind of sequence, with what draws number k of it.
type kindOf struct {
	name string
	draw func(k int, rng *rand.Rand) instance
}

var kinds = [...]kindOf{
	{"threshold", func(k int, rng *rand.Rand) instance {
		i := storing(k, rng, separable.Constraints{Threshold: float64(k % 2)})
		if k%2 == 0 && i.channels[0] == i.channels[1] {
			i.constraints.Threshold = -1 // with few inhibitory channels there is little to store
		}
		return i
	}},
	{"free-threshold", func(k int, rng *rand.Rand) instance {
		return storing(k, rng, separable.Constraints{FreeThreshold: true})
	}},
	{"margin", func(k int, rng *rand.Rand) instance {
		return storing(k, rng, separable.Constraints{Threshold: float64(k % 2), Margin: 0.0625 * float64(1+k%5)})
	}},
	{"bound", func(k int, rng *rand.Rand) instance {
		return storing(k, rng, separable.Constraints{Threshold: 1, MaxWeight: 4 + float64(k%4), Margin: 0.125 * float64(k/2%2)})
	}},
	{"co-tuned", func(k int, rng *rand.Rand) instance {
		return storing(k, rng, [...]separable.Constraints{{Threshold: 1}, {FreeThreshold: true}, {}, {Threshold: 1, MaxWeight: 2}}[k%4])
	}},
	{"excitatory", func(k int, rng *rand.Rand) instance {
		return storing(k, rng, [...]separable.Constraints{{Threshold: 1}, {FreeThreshold: true}, {Threshold: 1, Margin: 0.0625}, {Threshold: 1, MaxWeight: 6}}[k%4])
	}},
	{"equalities", equalities},
	{"intervals", intervals},
	{"real-inputs", realInputs},
	{"degenerate", degenerate},
}

// sequence draws sequence k of a kind.
func sequence(kind, k int) instance {
	i := kinds[kind].draw(k, model.Stream(uint64(1900+kind), uint64(k)))
	i.kind, i.sequence = kinds[kind].name, k
	switch i.kind {
	case "co-tuned":
		i.channels[1] = i.channels[0]
		copy(i.inhibitory, i.excitatory)
	case "excitatory":
		i.channels[1] = 0
		clear(i.inhibitory)
	}
	if i.targets != nil {
		i.Problem = i.stated()
	}
	return i
}

// storing draws patterns of which 80 or 50 percent of the channels are
// excitatory. These are a square number, so that √N is exact; f is large enough
// for patterns that are silent to be rare.
func storing(k int, rng *rand.Rand, c separable.Constraints) instance {
	root := 3 + k%5
	i := instance{constraints: c, channels: [...]int{root * root, root * root}}
	if root > 5 || k/5%2 == 0 {
		i.channels[1] = max(3, root*root/4)
	}
	f, fY := [...]float64{0.5, 0.5, 0.3, 0.3, 0.2}[k%5], [...]float64{0.5, 0.2}[k/10%2]
	for range 6*root*root + 60 {
		var active [2][]int32
		for kind, n := range i.channels {
			for j := range n {
				if rng.Float64() < f {
					active[kind] = append(active[kind], int32(j))
				}
			}
		}
		i.excitatory, i.inhibitory = append(i.excitatory, active[0]), append(i.inhibitory, active[1])
		i.targets = append(i.targets, rng.Float64() < fY)
	}
	return i
}

// stated says as a problem what Store is asked: with s = √N, the negative
// weights of inhibitory channels and the threshold sθ,
//
//	x·w > sθ and x·w ≥ s(κ + θ) for target 1, x·w ≤ s(θ − κ) for target 0.
//
// Co-tuned channels have one weight of either sign, as w_E − w_I has.
func (i instance) stated() (p separable.Problem) {
	c, coTuned := i.constraints, i.kind == "co-tuned"
	p.FreeThreshold = c.FreeThreshold
	most := cmp.Or(c.MaxWeight, math.Inf(1))
	for kind, n := range i.channels {
		for range n {
			switch {
			case coTuned && kind == 0:
				p.Least, p.Most = append(p.Least, -most), append(p.Most, most)
			case kind == 0:
				p.Least, p.Most = append(p.Least, 0), append(p.Most, most)
			case !coTuned:
				p.Least, p.Most = append(p.Least, -most), append(p.Most, 0)
			}
		}
	}
	s := math.Sqrt(float64(i.channels[0]))
	for mu, target := range i.targets {
		x := make([]float64, len(p.Least))
		for _, j := range i.excitatory[mu] {
			x[j] = 1
		}
		for _, j := range i.inhibitory[mu] {
			if !coTuned {
				x[i.channels[0]+int(j)] = 1
			}
		}
		if target {
			p = row(p, x, s*(c.Margin+c.Threshold), math.Inf(1), c.Margin == 0)
		} else {
			p = row(p, x, math.Inf(-1), s*(c.Threshold-c.Margin), false)
		}
	}
	return p
}

// associations are the same for Store. Inhibitory channels that are missing to
// N are never active.
func (i instance) associations() (*model.Associations, error) {
	return model.NewAssociations(i.channels[0], i.excitatory, i.inhibitory, i.targets)
}

// first returns the instance of so many rows.
func (i instance) first(rows int) instance {
	i.Inputs, i.Low, i.High, i.Strict = i.Inputs[:rows], i.Low[:rows], i.High[:rows], i.Strict[:rows]
	if i.targets != nil {
		i.excitatory, i.inhibitory, i.targets = i.excitatory[:rows], i.inhibitory[:rows], i.targets[:rows]
	}
	return i
}

// text is what testdata/reference.py reads: lines for the sizes, for the least
// and the most of the weights, and then for each row whether it is strict, its
// ends and its inputs. Numbers are exact.
func (i instance) text() []byte {
	b := fmt.Appendf(nil, "%s %d %d %t\n", i.kind, i.sequence, len(i.Least), i.FreeThreshold)
	line := func(numbers ...float64) {
		for _, x := range numbers {
			b = append(strconv.AppendFloat(b, x, 'g', -1, 64), ' ')
		}
		b[len(b)-1] = '\n'
	}
	line(i.Least...)
	line(i.Most...)
	for mu, x := range i.Inputs {
		b = fmt.Appendf(b, "%t ", i.Strict[mu])
		line(slices.Concat([]float64{i.Low[mu], i.High[mu]}, x)...)
	}
	return b
}

// digest tells instances apart.
func (i instance) digest() string { return fmt.Sprintf("%x", sha256.Sum256(i.text()))[:16] }
