// Package lanes has the inner loops of dense linear algebra, on rows of 16 numbers: in
// assembly where there are vector units of AVX-512 or AVX2, else in Go; and those of
// learning, for eight neurons whose weights lie side by side, [Step], and for one, [Shift].
//
// All give the same bits. A lane never meets another but in one order, and every product
// is rounded before it is added or subtracted; so no sum depends on how many lanes a
// register has, or on whether a processor can fuse the two.
//
// The assembly is written by the program in generate.
package lanes

//go:generate go run -C generate . -pkg lanes -out ../kernels_amd64.s -stubs ../kernels_amd64.go

// Width is the lanes of a row, and Height the rows of a tile.
const (
	Width  = 16
	Height = 8
)

// Of the tables that [LookUp] reads: the rows of which one has all sums, the number of
// tables, and the rows of all together.
const (
	Members = 5
	Tables  = 8
	Entries = Tables << Members
	Part    = 8        // lanes of a table's row
	Offset  = 8 * Part // its bytes
)

// Subtract subtracts from the tile c, of 8 rows, the n products of a column and a row,
//
//	c_rl −= Σ_k a_kr b_kl, k ascending.
//
// Column k is the first 8 lanes of row k of a.
func Subtract(c, a, b []float64, n int) {
	if n == 0 {
		return
	}
	_, _, _ = c[Height*Width-1], a[(n-1)*Width+Height-1], b[n*Width-1]
	subtract(&c[0], &a[0], &b[0], n)
}

// Forward replaces the tile c, of 8 rows, by the solution X of Uᵀ X = c, where U is the
// upper triangle in the first 8 lanes of the 8 rows of u.
func Forward(c, u []float64) {
	_, _ = c[Height*Width-1], u[(Height-1)*Width+Height-1]
	forward(&c[0], &u[0])
}

// Columns subtracts from the row y the n rows of u, each multiplied by its x:
//
//	y_l −= Σ_k x_k u_kl, k ascending.
func Columns(y, u, x []float64, n int) {
	if n == 0 {
		return
	}
	_, _, _ = y[Width-1], u[n*Width-1], x[n-1]
	columns(&y[0], &u[0], &x[0], n)
}

// RowSums sets sums to the products of 16 rows with x, in n blocks of 16 lanes. Block b
// starts at b step + 256 b(b−1)/2. Of the products of a row sums keeps 8 partial sums,
// one of every eighth.
func RowSums(sums, u, x []float64, step, n int) {
	if n == 0 {
		clear(sums[:8*Width])
		return
	}
	last := (n-1)*step + Width*Width*(n-1)*(n-2)/2
	_, _, _ = sums[8*Width-1], u[last+Width*Width-1], x[n*Width-1]
	rowSums(&sums[0], &u[0], &x[0], 8*step, n)
}

// Subsets sets row Σ 2^b of a table, of 32 rows of 8 lanes, to the sum of the first 8
// lanes of the rows b of v, of 5, b ascending.
func Subsets(table, v []float64) {
	_, _ = table[Part<<Members-1], v[(Members-1)*Width+Part-1]
	subsets(&table[0], &v[0])
}

// LookUp adds to the first 8 lanes of each row of c one row of each of the tables, in
// their order. Its offsets, [Tables] a row, are the numbers of the table's rows times
// [Offset].
func LookUp(c, tables []float64, offsets []uint16) {
	n := len(offsets) / Tables
	if n == 0 {
		return
	}
	_, _ = c[(n-1)*Width+Part-1], tables[Entries*Part-1]
	lookUp(&c[0], &tables[0], &offsets[0], n)
}
