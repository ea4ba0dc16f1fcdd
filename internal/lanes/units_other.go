//go:build !amd64 || purego

package lanes

func subtract(c, a, b *float64, n int)                  { subtractPlain(c, a, b, n) }
func forward(c, u *float64)                             { forwardPlain(c, u) }
func columns(y, u, x *float64, n int)                   { columnsPlain(y, u, x, n) }
func rowSums(sums, u, x *float64, step, n int)          { rowSumsPlain(sums, u, x, step, n) }
func subsets(table, v *float64)                         { subsetsPlain(table, v) }
func lookUp(c, tables *float64, offsets *uint16, n int) { lookUpPlain(c, tables, offsets, n) }

func gather(sums, w *float64, list *int32, n, spare int) {
	gatherPlain(sums, w, list, n, spare)
}

func gatherBoth(sums, w, x *float64, list *int32, n, spare int) {
	gatherBothPlain(sums, w, x, list, n, spare)
}

func step(w *float64, list *int32, n, spare int, by, low, high *float64) {
	stepPlain(w, list, n, spare, by, low, high)
}

func stepBoth(w, x *float64, list *int32, n, spare int, by, low, high *float64) {
	stepBothPlain(w, x, list, n, spare, by, low, high)
}

func sweep(w *float64, n int, by, low, high *float64) {
	sweepPlain(w, n, by, low, high)
}

func potentials(v, sums *float64, scale float64, threshold *float64) {
	potentialsPlain(v, sums, scale, threshold)
}

func respond(r, v, gains, currents, choice0, choice1, lines0, lines1 *float64) {
	respondPlain(r, v, gains, currents, choice0, choice1, lines0, lines1)
}

func fast() bool { return false }

// What is called where there are fast units alone.
const none = "lanes: no vector units"

func sumAVX(sums, w *float64, list *int32, n int)        { panic(none) }
func sumBothAVX(sums, w, x *float64, list *int32, n int) { panic(none) }

func shiftAVX(w *float64, list *int32, n int, by, low, high float64, bounded int) { panic(none) }

func shiftBothAVX(w, x *float64, list *int32, n int, byw, loww, highw, byx, lowx, highx float64, bounded int) {
	panic(none)
}

func shiftAll(w *float64, n int, move *float64, bounded int) {
	shiftAllPlain(w, n, move, bounded)
}

func sweepHalf(w *float64, n int, by, low, high *float64) {
	sweepHalfPlain(w, n, by, low, high)
}
