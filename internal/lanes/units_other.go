//go:build !amd64 || purego

package lanes

func subtract(c, a, b *float64, n int)                  { subtractPlain(c, a, b, n) }
func forward(c, u *float64)                             { forwardPlain(c, u) }
func columns(y, u, x *float64, n int)                   { columnsPlain(y, u, x, n) }
func rowSums(sums, u, x *float64, step, n int)          { rowSumsPlain(sums, u, x, step, n) }
func subsets(table, v *float64)                         { subsetsPlain(table, v) }
func lookUp(c, tables *float64, offsets *uint16, n int) { lookUpPlain(c, tables, offsets, n) }

func gather(sums, w *float64, list *int32, n int) { gatherPlain(sums, w, list, n) }
func step(w *float64, list *int32, n int, by, low, high *float64) {
	stepPlain(w, list, n, by, low, high)
}
func sweep(w *float64, n int, by, low, high *float64) { sweepPlain(w, n, by, low, high) }
