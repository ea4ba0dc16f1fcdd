package selfdual

import (
	"math/big"
	"math/bits"
	"slices"

	"credo/pkg/separable/internal/dyadic"
)

// Simplex decides the system in exact arithmetic, rows that are not strict with
// ≥ in place of >: it returns a solution by column with the variable of the
// first dense column, if there is one, above 0, or else multipliers by pattern.
// It returns neither if that takes more than the given work, about that many
// nanoseconds. It is for small systems: a pivot goes through rows × (rows +
// variables) integers that grow to hundreds of digits.
//
// It maximises e, from v = 0, subject to
//
//	A v ≥ e in strict rows and ≥ 0 in others,  v_t ≥ e,  Σ v + e ≤ 1.
//
// A solution has e > 0. If the largest e is 0 the prices of the rows are
// multipliers, by duality. Bland's rule excludes cycles; all elements have one
// denominator, that of Cramer's rule. Source: Bland, Mathematics of Operations
// Research 2, 103 (1977); Edmonds, Journal of Research of the National Bureau of
// Standards 71B, 241 (1967), for the integers.
func (s *System) Simplex(strict func(row int) bool, work int) (solution, multipliers []*big.Int) {
	size := (s.rows() + 3) * (s.rows() + len(s.Variables) + 4) // of the tableau
	if size*overhead > work/100 {
		return nil, nil
	}
	t, shift := s.tableau(strict)
	for t.improve() {
		words := t.denominator.BitLen() / bits.UintSize
		if work -= size * (overhead + words*words); work < 0 {
			return nil, nil
		}
	}
	right, objective := t.columns-1, t.rows[len(t.basic)]
	if objective[right].Sign() > 0 {
		solution = make([]*big.Int, s.columns())
		for j := range solution {
			solution[j] = new(big.Int)
		}
		for r, i := range t.basic {
			if value := &t.rows[r][right]; i < len(s.Variables) && s.Variables[i].Sign > 0 {
				solution[s.Variables[i].Column].Add(solution[s.Variables[i].Column], value)
			} else if i < len(s.Variables) {
				solution[s.Variables[i].Column].Sub(solution[s.Variables[i].Column], value)
			}
		}
		return solution, nil
	}
	multipliers = make([]*big.Int, len(s.Rows))
	for r := range multipliers {
		price := &objective[len(s.Variables)+1+r]
		multipliers[r] = price.Lsh(price, uint(shift[r]))
	}
	return nil, multipliers
}

// overhead is the work for an element of the tableau beside the products of its
// words.
const overhead = 64

// tableau is that of the simplex method: rows times the common denominator,
// the objective last; columns of the variables, of e, of the slacks of the rows
// and of the right-hand side.
type tableau struct {
	rows        [][]big.Int
	columns     int
	basic       []int // by row
	denominator big.Int
}

// tableau returns the first tableau, and by which power of two each row of the
// system is multiplied in it.
func (s *System) tableau(strict func(row int) bool) (t *tableau, shift []int) {
	n, m := len(s.Variables), s.rows()
	conditions := m + 1
	if len(s.Dense) > 0 {
		conditions++
	}
	t, shift = &tableau{columns: n + 1 + conditions + 1, basic: make([]int, conditions)}, make([]int, m)
	t.denominator.SetInt64(1)
	t.rows = make([][]big.Int, conditions+1)
	for r := range t.rows {
		t.rows[r] = make([]big.Int, t.columns)
		if r < conditions {
			t.basic[r] = n + 1 + r
			t.rows[r][n+1+r].SetInt64(1)
		}
	}
	values := make([]float64, s.columns())
	for r := range m {
		clear(values)
		s.each(r, func(j int, a float64) {
			if values[j] = a; a != 0 {
				_, e := dyadic.Odd(a)
				shift[r] = max(shift[r], -e)
			}
		})
		for i, u := range s.Variables {
			if a := values[u.Column]; a != 0 {
				odd, e := dyadic.Odd(a)
				x := t.rows[r][i].SetInt64(odd * -int64(u.Sign))
				x.Lsh(x, uint(e+shift[r]))
			}
		}
		if strict(r) {
			t.rows[r][n].SetInt64(1)
		}
	}
	for i, u := range s.Variables {
		t.rows[m][i].SetInt64(1) // Σ v + e ≤ 1
		if u.Column == s.Columns && conditions > m+1 {
			t.rows[m+1][i].SetInt64(-1) // e ≤ v_t
		}
	}
	t.rows[m][n].SetInt64(1)
	t.rows[m][t.columns-1].SetInt64(1)
	if conditions > m+1 {
		t.rows[m+1][n].SetInt64(1)
	}
	t.rows[conditions][n].SetInt64(-1)
	return t, shift
}

// improve makes one pivot, by Bland's rule. It returns false if the tableau is
// optimal.
func (t *tableau) improve() bool {
	objective, right := t.rows[len(t.basic)], t.columns-1
	in := slices.IndexFunc(objective[:right], func(x big.Int) bool { return x.Sign() < 0 })
	if in < 0 {
		return false
	}
	out := -1
	var ours, best big.Int
	for r := range t.basic {
		if t.rows[r][in].Sign() <= 0 {
			continue
		}
		if out >= 0 {
			ours.Mul(&t.rows[r][right], &t.rows[out][in])
			best.Mul(&t.rows[out][right], &t.rows[r][in])
		}
		if order := ours.Cmp(&best); out < 0 || order < 0 || order == 0 && t.basic[r] < t.basic[out] {
			out = r
		}
	}
	pivot := new(big.Int).Set(&t.rows[out][in])
	var factor, term big.Int
	for r, row := range t.rows {
		if r == out {
			continue
		}
		factor.Set(&row[in])
		for j := range row {
			row[j].Mul(&row[j], pivot)
			if factor.Sign() != 0 && t.rows[out][j].Sign() != 0 {
				row[j].Sub(&row[j], term.Mul(&factor, &t.rows[out][j]))
			}
			row[j].Quo(&row[j], &t.denominator)
		}
	}
	t.denominator.Set(pivot)
	t.basic[out] = in
	return true
}
