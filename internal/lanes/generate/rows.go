package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A row of a layer has 8 lanes, one a neuron.
const neurons, shift = 64, 6 // its bytes, and their logarithm

// across is the registers of such a row.
func (u unit) across() int { return neurons / u.bytes() }

// row is the memory of the row of some number, for each of its registers.
func (u unit) row(rows, number reg.Register) (m []Mem) {
	for k := range u.across() {
		m = append(m, Mem{Base: rows, Index: number, Scale: 1, Disp: k * u.bytes()})
	}
	return m
}

// walk goes through a list of n rows, four at a time, and ends with three. Where fewer
// are left the spare one takes their places, since a jump that depends on how many there
// are could not be predicted. The body is given the place of a row among four and a
// register with its offset.
func walk(name string, list, n, spare reg.GPVirtual, body func(place int, offset reg.Register)) {
	fours, end, last := GP64(), GP64(), GP64()
	MOVQ(n, fours)
	SHRQ(Imm(2), fours)
	loop(name+"_four", fours, func() {
		for place := range 4 {
			offset := GP64()
			MOVLQSX(at(list, 4*place), offset)
			SHLQ(Imm(shift), offset)
			body(place, offset)
		}
		ADDQ(Imm(16), list)
	})
	SHLQ(Imm(shift), spare)
	MOVQ(list, end) // a place of the list that may be read
	LEAQ(at(list, -4), last)
	ANDQ(Imm(3), n)
	CMOVQEQ(last, end)
	for place := range 3 {
		from, offset := GP64(), GP64()
		LEAQ(at(list, 4*place), from)
		CMPQ(n, Imm(uint64(place)))
		CMOVQLE(end, from)
		MOVLQSX(at(from, 0), offset)
		SHLQ(Imm(shift), offset)
		CMPQ(n, Imm(uint64(place)))
		CMOVQLE(spare, offset)
		body(0, offset)
	}
}

// kinds are what a function of one kind of weights, or of two with the same list, is
// called, and its parameters.
var kinds = []struct {
	name       string
	parameters string
	weights    []string
}{
	{"", "w *float64", []string{"w"}},
	{"Both", "w, x *float64", []string{"w", "x"}},
}

// gather: sums is the sum of the listed rows, by four partial sums. The spare row is 0.
func (u unit) gather() {
	for _, kind := range kinds {
		TEXT("gather"+kind.name+u.suffix, NOSPLIT, "func(sums, "+kind.parameters+", list *int32, n, spare int)")
		Pragma("noescape")
		out, list, n, spare := pointer("sums"), pointer("list"), pointer("n"), pointer("spare")
		var sums [2][4][]reg.VecVirtual
		var rows []reg.GPVirtual
		for w, name := range kind.weights {
			rows = append(rows, pointer(name))
			for place := range 4 {
				sums[w][place] = u.registers(u.across())
				u.zeros(sums[w][place])
			}
		}
		walk("gather", list, n, spare, func(place int, offset reg.Register) {
			for w := range rows {
				for k, m := range u.row(rows[w], offset) {
					VADDPD(m, sums[w][place][k], sums[w][place][k])
				}
			}
		})
		for w := range rows {
			for k := range u.across() {
				s0, s1, s2, s3 := sums[w][0][k], sums[w][1][k], sums[w][2][k], sums[w][3][k]
				VADDPD(s1, s0, s0)
				VADDPD(s3, s2, s2)
				VADDPD(s2, s0, s0)
				VMOVUPD(s0, at(out, w*neurons+k*u.bytes()))
			}
		}
		finish()
	}
}

// bounds is what is added, and between which bounds the sum is brought.
type bounds struct{ by, low, high []reg.VecVirtual }

// bounded does something once with upper bounds and once without, where the pointer to
// them is nil: they cost a tenth of the time.
func (u unit) bounded(kinds int, do func(name string, b []bounds)) {
	by, low, high := pointer("by"), pointer("low"), pointer("high")
	var b []bounds
	for w := range kinds {
		b = append(b, bounds{by: u.load(by, w), low: u.load(low, w)})
	}
	TESTQ(high, high)
	JZ(LabelRef("unbounded"))
	with := append([]bounds(nil), b...)
	for w := range kinds {
		with[w].high = u.load(high, w)
	}
	do("bounded", with)
	finish()
	Label("unbounded")
	do("above", b)
	finish()
}

// load loads one of the rows into registers.
func (u unit) load(from reg.Register, row int) []reg.VecVirtual {
	r := u.registers(u.across())
	for k := range r {
		VMOVUPD(at(from, row*neurons+k*u.bytes()), r[k])
	}
	return r
}

// add adds to a row in memory and brings it within bounds. Of a comparison with NaN, and
// of two zeros, the unit gives its first operand, here the weight.
func (u unit) add(b bounds, m []Mem) {
	for k := range m {
		x := u.new()
		VADDPD(m[k], b.by[k], x)
		VMAXPD(x, b.low[k], x)
		if b.high != nil {
			VMINPD(x, b.high[k], x)
		}
		VMOVUPD(x, m[k])
	}
}

// step: to the listed rows is added a row, and they are brought within bounds. The spare
// row is of no use.
func (u unit) step() {
	for _, kind := range kinds {
		TEXT("step"+kind.name+u.suffix, NOSPLIT, "func("+kind.parameters+", list *int32, n, spare int, by, low, high *float64)")
		Pragma("noescape")
		list, n, spare := pointer("list"), pointer("n"), pointer("spare")
		var rows []reg.GPVirtual
		for _, name := range kind.weights {
			rows = append(rows, pointer(name))
		}
		u.bounded(len(rows), func(name string, b []bounds) {
			walk(name, list, n, spare, func(_ int, offset reg.Register) {
				for w := range rows {
					u.add(b[w], u.row(rows[w], offset))
				}
			})
		})
	}
}

// sweep: to all n rows of w is added a row, and they are brought within bounds; in
// sweepHalf to four lanes of them.
func (u unit) sweep() {
	u.sweepOf("sweep", u.across())
	if u.lanes == 4 { // also where there are wider registers
		u.sweepOf("sweepHalf", 1)
	}
}

func (u unit) sweepOf(name string, registers int) {
	TEXT(name+u.suffix, NOSPLIT, "func(w *float64, n int, by, low, high *float64)")
	Pragma("noescape")
	w, n := pointer("w"), pointer("n")
	u.bounded(1, func(name string, b []bounds) {
		loop(name, n, func() {
			var row []Mem
			for k := range registers {
				row = append(row, at(w, k*u.bytes()))
			}
			u.add(b[0], row)
			ADDQ(U32(neurons), w)
		})
	})
}
