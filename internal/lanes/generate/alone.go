package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The loops of one neuron, whose listed weights lie anywhere: they take a number at a
// time, and all numbers a register at a time.

// visit goes through a list of n numbers, four at a time and then one. The body is given
// the place of a number among four and its own number.
func visit(list, n reg.GPVirtual, body func(place int, number reg.Register)) {
	fours := GP64()
	MOVQ(n, fours)
	SHRQ(Imm(2), fours)
	loop("four", fours, func() {
		for place := range 4 {
			number := GP64()
			MOVLQSX(at(list, 4*place), number)
			body(place, number)
		}
		ADDQ(Imm(16), list)
	})
	ANDQ(Imm(3), n)
	loop("one", n, func() {
		number := GP64()
		MOVLQSX(at(list, 0), number)
		body(0, number)
		ADDQ(Imm(4), list)
	})
}

// listed is the memory of a number.
func listed(x, number reg.Register) Mem { return Mem{Base: x, Index: number, Scale: 8} }

// sum: sums are those of the listed numbers, each by four partial sums.
func (u unit) sum() {
	for _, kind := range kinds {
		TEXT("sum"+kind.name+u.suffix, NOSPLIT, "func(sums, "+kind.parameters+", list *int32, n int)")
		Pragma("noescape")
		out, list, n := pointer("sums"), pointer("list"), pointer("n")
		var sums [2][4]reg.VecVirtual
		var numbers []reg.GPVirtual
		for w, name := range kind.weights {
			numbers = append(numbers, pointer(name))
			for place := range 4 {
				sums[w][place] = XMM()
				VXORPD(sums[w][place], sums[w][place], sums[w][place])
			}
		}
		visit(list, n, func(place int, number reg.Register) {
			for w, x := range numbers {
				VADDSD(listed(x, number), sums[w][place], sums[w][place])
			}
		})
		for w := range numbers {
			s := sums[w]
			VADDSD(s[1], s[0], s[0])
			VADDSD(s[3], s[2], s[2])
			VADDSD(s[2], s[0], s[0])
			VMOVSD(s[0], at(out, 8*w))
		}
		finish()
	}
}

// shift: to the listed numbers is added the first of three numbers, and they are brought
// between the other two; three for each kind.
func (u unit) shift() {
	for _, kind := range kinds {
		TEXT("shift"+kind.name+u.suffix, NOSPLIT, "func("+kind.parameters+", list *int32, n int, move *float64)")
		Pragma("noescape")
		list, n, move := pointer("list"), pointer("n"), pointer("move")
		var numbers []reg.GPVirtual
		var moves [2][3]reg.VecVirtual
		for w, name := range kind.weights {
			numbers = append(numbers, pointer(name))
			for k := range moves[w] {
				moves[w][k] = XMM()
				VMOVSD(at(move, 24*w+8*k), moves[w][k])
			}
		}
		visit(list, n, func(_ int, number reg.Register) {
			for w, x := range numbers {
				moved, m := XMM(), listed(x, number)
				VADDSD(m, moves[w][0], moved)
				VMAXSD(moved, moves[w][1], moved)
				VMINSD(moved, moves[w][2], moved)
				VMOVSD(moved, m)
			}
		})
		finish()
	}
}

// shiftAll is shift for all n numbers.
func (u unit) shiftAll() {
	TEXT("shiftAll"+u.suffix, NOSPLIT, "func(w *float64, n int, move *float64)")
	Pragma("noescape")
	w, n, move := pointer("w"), pointer("n"), pointer("move")
	var b bounds
	for k, r := range []*[]reg.VecVirtual{&b.by, &b.low, &b.high} {
		*r = u.registers(1)
		VBROADCASTSD(at(move, 8*k), (*r)[0])
	}
	const unrolled = 4
	many := GP64()
	MOVQ(n, many)
	SHRQ(Imm(uint64(map[int]int{8: 5, 4: 4}[u.lanes])), many) // four registers at a time
	loop("registers", many, func() {
		for k := range unrolled {
			u.add(b, []Mem{at(w, k*u.bytes())})
		}
		ADDQ(U32(unrolled*u.bytes()), w)
	})
	ANDQ(Imm(uint64(unrolled*u.lanes-1)), n)
	loop("one", n, func() {
		moved := XMM()
		VADDSD(at(w, 0), b.by[0].AsX(), moved)
		VMAXSD(moved, b.low[0].AsX(), moved)
		VMINSD(moved, b.high[0].AsX(), moved)
		VMOVSD(moved, at(w, 0))
		ADDQ(Imm(8), w)
	})
	finish()
}
