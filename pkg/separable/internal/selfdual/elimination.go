package selfdual

// prime is the largest below 2²⁸, so that a sum of 128 products of residues
// and one residue fits into 64 bits.
const (
	prime  = 1<<28 - 57
	lazily = 128
)

// elimination is a basis B = L U of the rows of a matrix modulo the prime, with
// columns in an order that makes U upper triangular and invertible; L is lower
// triangular with ones.
type elimination struct {
	rows, columns []int // of the basis; all columns, those of the basis first
	lower, upper  [][]uint32
	inverse       []uint64 // of the diagonal of U
}

// eliminate returns a basis of the first count rows of n, earlier ones first.
func eliminate(n *integers, count int) *elimination {
	e := &elimination{columns: make([]int, n.columns)}
	for c := range e.columns {
		e.columns[c] = c
	}
	rest, lower := make([]uint64, n.columns), make([]uint32, n.columns)
	for k := 0; k < count && len(e.rows) < n.columns; k++ {
		rank := len(e.rows)
		n.modulo(rest, k, e.columns, prime)
		for r := range rank {
			lower[r] = uint32(rest[r] % prime * e.inverse[r] % prime)
			subtract(rest[r+1:], uint64(lower[r]), e.upper[r][r+1:], r)
		}
		reduce(rest)
		pivot := rank
		for pivot < n.columns && rest[pivot] == 0 {
			pivot++
		}
		if pivot == n.columns {
			continue
		}
		upper := make([]uint32, n.columns)
		for c := rank; c < n.columns; c++ {
			upper[c] = uint32(rest[c])
		}
		e.rows, e.inverse = append(e.rows, k), append(e.inverse, invert(rest[pivot]))
		e.lower, e.upper = append(e.lower, append([]uint32(nil), lower[:rank]...)), append(e.upper, upper)
		e.columns[rank], e.columns[pivot] = e.columns[pivot], e.columns[rank]
		for _, u := range e.upper {
			u[rank], u[pivot] = u[pivot], u[rank]
		}
	}
	return e
}

// subtract subtracts factor times u from rest, the r-th of a sequence.
func subtract(rest []uint64, factor uint64, u []uint32, r int) {
	if factor != 0 {
		factor = prime - factor
		rest = rest[:len(u)]
		for c, x := range u {
			rest[c] += factor * uint64(x)
		}
	}
	if r%lazily == lazily-1 {
		reduce(rest)
	}
}

func reduce(rest []uint64) {
	for c := range rest {
		rest[c] %= prime
	}
}

// invert returns 1/x modulo the prime, as x^(prime−2).
func invert(x uint64) uint64 {
	result := uint64(1)
	for k := prime - 2; k > 0; k >>= 1 {
		if k&1 == 1 {
			result = result * x % prime
		}
		x = x * x % prime
	}
	return result
}

// solve replaces b by the solution of Bᵀ x = b modulo the prime.
func (e *elimination) solve(b []uint64) {
	for r := range b { // Uᵀ
		b[r] = b[r] % prime * e.inverse[r] % prime
		subtract(b[r+1:], b[r], e.upper[r][r+1:len(b)], r)
	}
	for r := len(b) - 1; r >= 0; r-- { // Lᵀ
		b[r] %= prime
		subtract(b[:r], b[r], e.lower[r], r)
	}
}
