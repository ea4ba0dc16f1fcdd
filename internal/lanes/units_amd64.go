//go:build !purego

package lanes

import "golang.org/x/sys/cpu"

// unit is a vector unit that there is assembly for.
type unit int

const (
	plain unit = iota
	avx2
	avx512
)

// best is the unit in use: the widest that the processor has.
var best = func() unit {
	switch {
	case cpu.X86.HasAVX512F:
		return avx512
	case cpu.X86.HasAVX2:
		return avx2
	}
	return plain
}()

func subtract(c, a, b *float64, n int) {
	switch best {
	case avx512:
		subtractAVX512(c, a, b, n)
	case avx2:
		subtractAVX2(c, a, b, n)
	default:
		subtractPlain(c, a, b, n)
	}
}

func forward(c, u *float64) {
	switch best {
	case avx512:
		forwardAVX512(c, u)
	case avx2:
		forwardAVX2(c, u)
	default:
		forwardPlain(c, u)
	}
}

func columns(y, u, x *float64, n int) {
	switch best {
	case avx512:
		columnsAVX512(y, u, x, n)
	case avx2:
		columnsAVX2(y, u, x, n)
	default:
		columnsPlain(y, u, x, n)
	}
}

func rowSums(sums, u, x *float64, step, n int) {
	switch best {
	case avx512:
		rowSumsAVX512(sums, u, x, step, n)
	case avx2:
		rowSumsAVX2(sums, u, x, step, n)
	default:
		rowSumsPlain(sums, u, x, step, n)
	}
}

func subsets(table, v *float64) {
	switch best {
	case avx512:
		subsetsAVX512(table, v)
	case avx2:
		subsetsAVX2(table, v)
	default:
		subsetsPlain(table, v)
	}
}

func lookUp(c, tables *float64, offsets *uint16, n int) {
	switch best {
	case avx512:
		lookUpAVX512(c, tables, offsets, n)
	case avx2:
		lookUpAVX2(c, tables, offsets, n)
	default:
		lookUpPlain(c, tables, offsets, n)
	}
}

func gather(sums, w *float64, list *int32, n, spare int) {
	switch best {
	case avx512:
		gatherAVX512(sums, w, list, n, spare)
	case avx2:
		gatherAVX2(sums, w, list, n, spare)
	default:
		gatherPlain(sums, w, list, n, spare)
	}
}

func gatherBoth(sums, w, x *float64, list *int32, n, spare int) {
	switch best {
	case avx512:
		gatherBothAVX512(sums, w, x, list, n, spare)
	case avx2:
		gatherBothAVX2(sums, w, x, list, n, spare)
	default:
		gatherBothPlain(sums, w, x, list, n, spare)
	}
}

func step(w *float64, list *int32, n, spare int, by, low, high *float64) {
	switch best {
	case avx512:
		stepAVX512(w, list, n, spare, by, low, high)
	case avx2:
		stepAVX2(w, list, n, spare, by, low, high)
	default:
		stepPlain(w, list, n, spare, by, low, high)
	}
}

func stepBoth(w, x *float64, list *int32, n, spare int, by, low, high *float64) {
	switch best {
	case avx512:
		stepBothAVX512(w, x, list, n, spare, by, low, high)
	case avx2:
		stepBothAVX2(w, x, list, n, spare, by, low, high)
	default:
		stepBothPlain(w, x, list, n, spare, by, low, high)
	}
}

func sweep(w *float64, n int, by, low, high *float64) {
	switch best {
	case avx512:
		sweepAVX512(w, n, by, low, high)
	case avx2:
		sweepAVX2(w, n, by, low, high)
	default:
		sweepPlain(w, n, by, low, high)
	}
}

func potentials(v, sums *float64, scale float64, threshold *float64) {
	switch best {
	case avx512:
		potentialsAVX512(v, sums, scale, threshold)
	case avx2:
		potentialsAVX2(v, sums, scale, threshold)
	default:
		potentialsPlain(v, sums, scale, threshold)
	}
}

func respond(r, v, gains, currents, choice0, choice1, lines0, lines1 *float64) {
	switch best {
	case avx512:
		respondAVX512(r, v, gains, currents, choice0, choice1, lines0, lines1)
	case avx2:
		respondAVX2(r, v, gains, currents, choice0, choice1, lines0, lines1)
	default:
		respondPlain(r, v, gains, currents, choice0, choice1, lines0, lines1)
	}
}

func fast() bool { return best > plain }

func shiftAll(w *float64, n int, move *float64, bounded int) {
	switch best {
	case avx512:
		shiftAllAVX512(w, n, move, bounded)
	case avx2:
		shiftAllAVX2(w, n, move, bounded)
	default:
		shiftAllPlain(w, n, move, bounded)
	}
}

func sweepHalf(w *float64, n int, by, low, high *float64) {
	if best == plain {
		sweepHalfPlain(w, n, by, low, high)
		return
	}
	sweepHalfAVX2(w, n, by, low, high)
}
