package separable

import (
	"encoding/binary"
	"math"
	"math/big"
	"slices"

	"credo/internal/domain"
	"credo/internal/sparse"
	"credo/pkg/model"
	"credo/pkg/separable/internal/selfdual"

	"gonum.org/v1/gonum/floats"
)

// program is the homogeneous system whose solutions are the weights that
// [Store] looks for, with the way back to weights and multipliers.
//
// Its variables are the weights over √N and, where something sets their scale,
// t > 0: the row of a pattern is y Σ (u_E x_E − u_I x_I) − (κ + yθ) t > 0 and
// u/t is √N times smaller than the weights. Asking for > where ≥ would do
// excludes only the boundary, with one exception, for which see newProgram.
type program struct {
	selfdual.System
	groups   []group
	patterns []int   // of the rows; the others are forced
	scale    float64 // the unit of t; 0 if nothing sets the weights' scale
}

// newProgram leaves out of the system what is forced: the patterns of target 0
// that have at threshold and margin 0 only excitatory inputs, and their
// channels. Such a pattern needs V ≤ 0, so the weights of its channels, all in
// groups without inhibitory ones, must be 0. All other patterns of target 0 can
// have V < 0 if they can have V ≤ 0: more inhibition does it.
//
// The dense columns are t, with the bounds, and, if it is free, θ. The
// threshold of a solution is not read from the latter but put in the middle
// between the two targets.
func newProgram(a *model.Associations, c Constraints) *program {
	p, row := &program{}, make([]int, a.Len()) // −1 if forced
	for mu := range row {
		row[mu] = len(p.patterns)
		if c == (Constraints{MaxWeight: c.MaxWeight}) && !a.Target(mu) && len(a.Inhibitory(mu)) == 0 {
			row[mu] = -1
			continue
		}
		p.patterns = append(p.patterns, mu)
		p.Signs = append(p.Signs, sign(a.Target(mu)))
	}
	p.groups = slices.DeleteFunc(groups(a), func(g group) bool {
		return slices.ContainsFunc(g.patterns, func(mu int32) bool { return row[mu] < 0 })
	})
	// A margin alone sets no scale. That of the others is a power of two, which
	// keeps the digits of threshold and margin.
	if largest := math.Max(math.Abs(c.Threshold), c.Margin); largest > 0 && (c.Threshold != 0 || c.MaxWeight != 0) {
		_, exponent := math.Frexp(largest)
		p.scale = math.Ldexp(1, exponent-1)
	}
	most := c.MaxWeight / math.Sqrt(float64(countE(a))) / p.scale
	bounded := p.scale > 0 && c.MaxWeight > 0 && most < 0x1p60 // beyond that the proofs see to it
	p.Columns = len(p.groups)
	rows := sparse.Transpose(a.Len(), len(p.groups), func(j int) []int32 { return p.groups[j].patterns })
	for _, mu := range p.patterns {
		p.Rows = append(p.Rows, rows[mu])
	}
	for j, g := range p.groups {
		for kind, channels := range g.channels {
			if channels == nil {
				continue
			}
			s := float64(1 - 2*kind)
			p.Variables = append(p.Variables, selfdual.Variable{Column: j, Sign: s})
			if bounded {
				p.Bounds = append(p.Bounds, selfdual.Bound{Column: j, Sign: s, Scale: most * float64(len(channels))})
			}
		}
	}
	if p.scale > 0 {
		t := make([]float64, len(p.patterns))
		for r := range t {
			t[r] = -p.Signs[r] * (c.Margin/p.scale + p.Signs[r]*(c.Threshold/p.scale))
		}
		p.addDense(t, 1)
	}
	if c.FreeThreshold {
		p.addDense(slices.Repeat([]float64{1}, len(p.patterns)), 1, -1)
		p.Balance = true
	}
	return p
}

// addDense adds a dense column with a variable of each of the signs.
func (p *program) addDense(column []float64, signs ...float64) {
	p.Dense = append(p.Dense, column)
	for _, s := range signs {
		p.Variables = append(p.Variables, selfdual.Variable{Column: p.Columns + len(p.Dense) - 1, Sign: s})
	}
}

// group is the channels that share one column: the same input in every
// pattern. Their weights act as one, of free sign if both kinds are present.
type group struct {
	channels [2][]int // excitatory, inhibitory
	patterns []int32  // where the input is 1
}

// groups returns the groups of channels that are 1 in at least one pattern, in
// the order of their first channel, excitatory before inhibitory.
func groups(a *model.Associations) (result []group) {
	columns := slices.Concat(
		sparse.Transpose(countE(a), a.Len(), a.Excitatory),
		sparse.Transpose(countI(a), a.Len(), a.Inhibitory))
	index := make(map[string]int)
	var key []byte
	for j, column := range columns {
		if len(column) == 0 {
			continue
		}
		key = appendKey(key[:0], column)
		at, known := index[string(key)]
		if !known {
			at = len(result)
			index[string(key)] = at
			result = append(result, group{patterns: column})
		}
		kind := 0
		if j >= countE(a) {
			kind, j = 1, j-countE(a)
		}
		result[at].channels[kind] = append(result[at].channels[kind], j)
	}
	return result
}

// appendKey appends what tells the list from all others.
func appendKey(key []byte, list []int32) []byte {
	key = slices.Grow(key, 4*len(list)+4)
	for _, i := range list {
		key = binary.LittleEndian.AppendUint32(key, uint32(i))
	}
	return binary.LittleEndian.AppendUint32(key, math.MaxUint32)
}

// neuron returns the weights that x, a solution of the system by column,
// stands for, as multiples of a common power of two that is 2^bits times smaller
// than the largest, or of the smallest floating-point number. Where nothing sets their scale the largest is 1, or less
// for MaxWeight, or more for Margin. It returns nil if x is not
// finite.
func (p *program) neuron(x []float64, bits int, a *model.Associations, c Constraints) *model.Neuron {
	n := &model.Neuron{
		Excitatory: make([]float64, countE(a)),
		Inhibitory: make([]float64, countI(a)),
		Threshold:  c.Threshold,
	}
	largest, factor := floats.Norm(x[:p.Columns], math.Inf(1)), 1.0
	switch {
	case largest == 0:
	case p.scale > 0:
		factor = math.Sqrt(float64(countE(a))) * p.scale / x[p.Columns]
	case c.MaxWeight > 0:
		factor = math.Min(1, c.MaxWeight) / largest
	default:
		factor = 1 / largest
	}
	_, exponent := math.Frexp(largest * factor)
	unit := math.Max(math.Ldexp(1, exponent-bits), math.SmallestNonzeroFloat64)
	if !domain.Finite.Has(largest * factor) {
		return nil
	}
	for j, g := range p.groups {
		weights, channels := n.Excitatory, g.channels[0]
		if x[j] < 0 {
			weights, channels = n.Inhibitory, g.channels[1]
		}
		units := math.RoundToEven(math.Abs(x[j]) * factor / unit)
		for k, i := range channels { // as equal as whole units can be
			share := math.Floor(units / float64(len(channels)-k))
			units -= share
			weights[i] = share * unit
			if c.MaxWeight > 0 {
				weights[i] = math.Min(weights[i], c.MaxWeight)
			}
		}
	}
	scalable := p.scale == 0 && c.Margin > 0
	if !scalable && !c.FreeThreshold {
		return n
	}
	worst := worstPatterns(n, a)
	if c.FreeThreshold {
		n.Threshold = between(worst, a, c)
	}
	if scalable {
		if m := margin(n, worst); m > 0 && m < 2*c.Margin {
			_, exponent := math.Frexp(2 * c.Margin / m)
			n.Threshold = math.Ldexp(n.Threshold, exponent)
			for _, weights := range [...][]float64{n.Excitatory, n.Inhibitory} {
				for i := range weights {
					weights[i] = math.Ldexp(weights[i], exponent)
				}
			}
		}
	}
	return n
}

// between returns the threshold in the middle between the two classes, or
// beyond the only one by more than the margin.
func between(worsts [2]worst, a *model.Associations, c Constraints) float64 {
	root := math.Sqrt(float64(countE(a)))
	edge := func(w worst) float64 {
		sum, _ := w.sum.Float64()
		return sign(w.target) * sum / root
	}
	switch beyond := 1 + 2*c.Margin; {
	case worsts[0].sum == nil:
		return edge(worsts[1]) - beyond
	case worsts[1].sum == nil:
		return edge(worsts[0]) + beyond
	}
	return edge(worsts[0]) + (edge(worsts[1])-edge(worsts[0]))/2
}

// rounded returns λ as integers, up to 2⁴⁰ and then, if the threshold is free,
// scaled so that Σ λ y = 0.
func (p *program) rounded(lambda []float64) []*big.Int {
	integers := rounded(lambda, 40)
	var sums [2]big.Int
	for r := range integers {
		sums[class(p.Signs[r] > 0)].Add(&sums[class(p.Signs[r] > 0)], integers[r])
	}
	if p.Balance {
		for r, l := range integers {
			l.Mul(l, &sums[1-class(p.Signs[r] > 0)])
		}
	}
	return integers
}

// rounded returns λ as integers up to 2^bits.
func rounded(lambda []float64, bits int) []*big.Int {
	unit := math.Ldexp(slices.Max(lambda), -bits)
	integers := make([]*big.Int, len(lambda))
	for r, l := range lambda {
		integers[r] = big.NewInt(int64(math.Round(l / unit)))
	}
	return integers
}

// multipliers returns the multipliers of all patterns, in lowest terms, given
// those of the rows. Each forced pattern gets as much as makes up for its
// channels, which the system left out.
func (p *program) multipliers(rows []*big.Int, a *model.Associations) []*big.Int {
	lambda := make([]*big.Int, a.Len())
	for r, mu := range p.patterns {
		lambda[mu] = rows[r]
	}
	if len(rows) < len(lambda) {
		g := gains(lambda, a)
		for mu, l := range lambda {
			if l != nil {
				continue
			}
			lambda[mu] = new(big.Int)
			for _, i := range a.Excitatory(mu) {
				if g[i].Cmp(lambda[mu]) > 0 {
					lambda[mu].Set(&g[i])
				}
			}
		}
	}
	return lowest(lambda)
}

// lowest divides the integers by what they have in common.
func lowest(lambda []*big.Int) []*big.Int {
	common := new(big.Int)
	for _, l := range lambda {
		common.GCD(nil, nil, common, new(big.Int).Abs(l))
	}
	if common.Sign() > 0 {
		for _, l := range lambda {
			l.Quo(l, common)
		}
	}
	return lambda
}
