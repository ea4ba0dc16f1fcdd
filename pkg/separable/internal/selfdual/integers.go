package selfdual

import (
	"math/big"
	"math/bits"

	"credo/pkg/separable/internal/dyadic"
)

// integers is a matrix of integers of any size, in limbs: its elements are
// Σ_l 2^(limbBits l) limbs[l][k][c]. Those of one element have one sign.
type integers struct {
	columns int
	bits    int // length of the largest element, at most
	limbs   [][][]int32
}

const (
	limbBits     = 20
	multipleBits = 28
)

// newIntegers returns the rows of a matrix of binary rationals, each column
// times the power of two that makes it a column of integers. It returns nil if
// that takes too much memory, or more rows than [integers.combine] can sum.
func newIntegers(row func(k int) []float64, count int) *integers {
	const most = 1 << 27 // limbs
	var low []int
	top := 1
	for pass := range 2 { // the lowest exponents are needed for the highest
		for k := range count {
			values := row(k)
			if low == nil {
				low = make([]int, len(values))
			}
			for c, x := range values {
				if x == 0 || x == 1 || x == -1 {
					continue
				}
				m, e := dyadic.Odd(x)
				if pass == 0 {
					low[c] = min(low[c], e)
				} else {
					top = max(top, e-low[c]+bits.Len64(uint64(max(m, -m))))
				}
			}
		}
	}
	for _, e := range low { // of the elements ±1
		top = max(top, 1-e)
	}
	n := &integers{columns: len(low), bits: top, limbs: make([][][]int32, (top+limbBits-1)/limbBits)}
	if len(n.limbs)*count > most/max(1, n.columns) || min(top, limbBits)+multipleBits+bits.Len(uint(count)) > 62 {
		return nil
	}
	for l := range n.limbs {
		n.limbs[l] = make([][]int32, count)
		for k := range n.limbs[l] {
			n.limbs[l][k] = make([]int32, n.columns)
		}
	}
	for k := range count {
		for c, x := range row(k) {
			if x == 0 {
				continue
			}
			m, e := dyadic.Odd(x)
			sign, size := int32(1), uint64(m)
			if m < 0 {
				sign, size = -1, uint64(-m)
			}
			at, shift := (e-low[c])/limbBits, (e-low[c])%limbBits
			for ; size > 0; at++ {
				n.limbs[at][k][c] = sign * int32(size&(1<<(limbBits-shift)-1)<<shift)
				size, shift = size>>(limbBits-shift), 0
			}
		}
	}
	return n
}

// modulo sets dst to row k modulo p, elements in the given order.
func (n *integers) modulo(dst []uint64, k int, order []int, p int64) {
	for i, c := range order {
		rest := int64(0)
		for l := len(n.limbs) - 1; l >= 0; l-- {
			rest = (rest<<limbBits + int64(n.limbs[l][k][c])) % p
		}
		if rest < 0 {
			rest += p
		}
		dst[i] = uint64(rest)
	}
}

// combine adds Σ_i multiples[i] rows[i], of the given rows, to sum by column.
// Multiples have at most multipleBits.
func (n *integers) combine(sum []big.Int, multiples []int64, rows []int) {
	partial, term := make([]int64, n.columns), new(big.Int)
	for l, limb := range n.limbs {
		clear(partial)
		for i, k := range rows {
			if a := multiples[i]; a != 0 {
				for c, b := range limb[k] {
					partial[c] += a * int64(b)
				}
			}
		}
		for c, part := range partial {
			sum[c].Add(&sum[c], term.Lsh(term.SetInt64(part), uint(limbBits*l)))
		}
	}
}
