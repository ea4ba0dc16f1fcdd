package separable

import (
	"math"
	"slices"

	"credo/pkg/separable/internal/selfdual"
)

// relaxation is the homogeneous system of a [Problem], with the way back to
// weights and multipliers. Each end of a row's interval is a row of it,
//
//	±2^e_μ (Σ_j x_μj 2^c_j u_j − 2^c_θ u_θ − end_μ 2^c_t u_t) ≥ 0,
//
// and w_j = 2^c_j u_j / (2^c_t u_t), θ alike. The powers of two bring rows and
// columns to a largest element near 1; they change no digit of the data.
type relaxation struct {
	selfdual.System
	asked   Problem
	problem Problem  // the same, loosened
	ends    []rowEnd // of the system's rows
	row     []int    // e by row of the problem
	weight  []int    // by column of a weight, its number
	first   int      // the column of the first weight
	column  []int    // c by column
	wide    float64  // ends and bounds beyond that are left out
	left    bool     // some are
}

// loosened returns the problem with an equality, after the other rows, in place
// of the two bounds of a weight that they fix at a value other than 0; θ is not
// in that row.
func (p Problem) loosened() Problem {
	for j := range p.weights() {
		c := p.least(j)
		if c != p.most(j) || c == 0 {
			continue
		}
		row := make([]float64, p.weights())
		row[j] = 1
		low, high, strict := make([]float64, len(p.Inputs)), make([]float64, len(p.Inputs)), make([]bool, len(p.Inputs))
		for mu := range p.Inputs {
			low[mu], high[mu], strict[mu] = p.low(mu), p.high(mu), p.strict(mu)
		}
		p.Inputs, p.Low, p.High, p.Strict = append(slices.Clip(p.Inputs), row), append(low, c), append(high, c), append(strict, false)
		p.Least, p.Most = slices.Clone(p.Least), slices.Clone(p.Most)
		p.Least[j], p.Most[j] = math.Min(0, math.Copysign(math.Inf(1), c)), math.Max(0, math.Copysign(math.Inf(1), c))
	}
	return p
}

type rowEnd struct {
	row int
	end float64
}

// relax leaves out the ends of rows, and the bounds, that w = 0 fulfils and that
// are so many times as large as the others: they would hide these from floating
// point. The proofs see to them.
func relax(asked Problem, wide float64) *relaxation {
	p := asked.loosened()
	r := &relaxation{asked: asked, problem: p, row: make([]int, len(p.Inputs)), wide: wide}
	binary := true
	for j := range p.weights() {
		used := false
		for _, row := range p.Inputs {
			used = used || row[j] != 0
			binary = binary && (row[j] == 0 || row[j] == 1)
		}
		if used && !(p.least(j) == 0 && p.most(j) == 0) {
			r.weight = append(r.weight, j)
		}
	}
	r.Exact = true
	dense := 1
	if p.FreeThreshold {
		dense = 2
	}
	r.column = make([]int, len(r.weight)+dense)
	if binary {
		r.Columns = len(r.weight)
	} else {
		r.first = dense
	}
	r.scale()
	r.addEnds()
	r.addColumns()
	r.addBounds()
	return r
}

// exponent returns that of the largest of n numbers times powers of two.
func exponent(n int, value func(i int) (x float64, power int)) int {
	most, found := 0, false
	for i := range n {
		if x, power := value(i); x != 0 {
			if _, e := math.Frexp(x); !found || e+power > most {
				most, found = e+power, true
			}
		}
	}
	return most
}

// scale chooses the powers of two: rows, then columns of weights, that of the
// ends, by those that w = 0 does not fulfil, and that of θ.
func (r *relaxation) scale() {
	p, t := r.problem, r.t()
	if r.Columns == 0 {
		for mu, row := range p.Inputs {
			r.row[mu] = -exponent(len(r.weight), func(i int) (float64, int) { return row[r.weight[i]], 0 })
		}
		for i, j := range r.weight {
			r.column[r.first+i] = -exponent(len(p.Inputs), func(mu int) (float64, int) { return p.Inputs[mu][j], r.row[mu] })
		}
	}
	r.column[t] = -exponent(len(p.Inputs), func(mu int) (float64, int) {
		return math.Max(0, math.Max(p.low(mu), -p.high(mu))), r.row[mu]
	})
	if p.FreeThreshold && r.Columns == 0 {
		r.column[t+1] = -exponent(len(p.Inputs), func(mu int) (float64, int) { return 0.5, r.row[mu] })
	}
}

// addEnds makes the rows, those of equalities first and in pairs.
func (r *relaxation) addEnds() {
	p := r.problem
	add := func(mu int, sign, end float64) {
		if !r.tooWide(-sign*end, r.row[mu]) {
			r.ends, r.Signs = append(r.ends, rowEnd{mu, end}), append(r.Signs, sign)
		}
	}
	for _, equal := range [...]bool{true, false} {
		for mu := range p.Inputs {
			if equal == (p.low(mu) == p.high(mu)) {
				add(mu, 1, p.low(mu))
				add(mu, -1, p.high(mu))
			}
		}
		if equal {
			r.Equalities = len(r.ends) / 2
		}
	}
}

// tooWide reports whether room 2^power, how far the end or bound is beyond 0, is
// to be left out.
func (r *relaxation) tooWide(room float64, power int) bool {
	wide := math.Ldexp(room, power+r.column[r.t()]) > r.wide
	r.left = r.left || wide && !math.IsInf(room, 0)
	return wide
}

// t is the column of the ends; that of θ is the next.
func (r *relaxation) t() int { return r.Columns }

// addColumns makes the columns and their variables.
func (r *relaxation) addColumns() {
	p, t := r.problem, r.t()
	r.Rows, r.Dense = make([][]int32, len(r.ends)), make([][]float64, len(r.column)-len(r.weight))
	if r.Columns == 0 && len(r.weight) > 0 {
		r.Values = make([][]float64, len(r.ends))
	}
	values := make([][]float64, len(p.Inputs)) // by row of the problem
	for i, end := range r.ends {
		shift := r.row[end.row]
		r.Dense[0] = append(r.Dense[0], -math.Ldexp(end.end, shift+r.column[t]))
		if p.FreeThreshold {
			theta := -math.Ldexp(1, shift+r.column[t+1])
			if end.row >= len(r.asked.Inputs) {
				theta = 0
			}
			r.Dense[1] = append(r.Dense[1], theta)
		}
		for k, j := range r.weight {
			switch x := p.Inputs[end.row][j]; {
			case r.Values == nil && x != 0:
				r.Rows[i] = append(r.Rows[i], int32(k))
			case r.Values != nil && len(values[end.row]) == k:
				values[end.row] = append(values[end.row], math.Ldexp(x, shift+r.column[r.first+k]))
			}
		}
		if r.Values != nil {
			r.Values[i] = values[end.row]
		}
	}
	variable := func(column int, sign float64) {
		r.Variables = append(r.Variables, selfdual.Variable{Column: column, Sign: sign})
	}
	for k, j := range r.weight {
		if p.most(j) > 0 {
			variable(r.first+k, 1)
		}
		if p.least(j) < 0 {
			variable(r.first+k, -1)
		}
	}
	variable(t, 1)
	if p.FreeThreshold {
		variable(t+1, 1)
		variable(t+1, -1)
	}
}

// addBounds makes the bounds other than 0: w_j ≤ most_j and −w_j ≤ −least_j, by
// powers of two such that no coefficient is above 1.
func (r *relaxation) addBounds() {
	for k, j := range r.weight {
		for _, b := range [...]struct{ sign, end float64 }{{1, r.problem.most(j)}, {-1, -r.problem.least(j)}} {
			if b.end == 0 || r.tooWide(b.end, -r.column[r.first+k]) {
				continue
			}
			shift := r.column[r.t()] - r.column[r.first+k]
			_, size := math.Frexp(b.end)
			down := max(0, size+shift)
			r.Bounds = append(r.Bounds, selfdual.Bound{
				Column: r.first + k, Sign: math.Ldexp(b.sign, -down), Scale: math.Ldexp(b.end, shift-down),
			})
		}
	}
}
