package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The loops of one neuron, whose listed weights lie anywhere: they take a number at a
// time, and all numbers a register at a time.

// visit goes through a list of n numbers, four at a time and then one. The body is given
// their own numbers.
func visit(list, n reg.GPVirtual, body func(numbers []reg.Register)) {
	fours := GP64()
	MOVQ(n, fours)
	SHRQ(Imm(2), fours)
	some := func(n int) {
		var numbers []reg.Register
		for place := range n {
			number := GP64()
			MOVLQSX(at(list, 4*place), number)
			numbers = append(numbers, number)
		}
		body(numbers)
		ADDQ(Imm(uint64(4*n)), list)
	}
	loop("four", fours, func() { some(4) })
	ANDQ(Imm(3), n)
	loop("one", n, func() { some(1) })
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
		visit(list, n, func(some []reg.Register) {
			for w, x := range numbers {
				for place, number := range some {
					VADDSD(listed(x, number), sums[w][place], sums[w][place])
				}
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
		// All are read before any is written: the two kinds may lie so that a processor
		// takes one for the other.
		visit(list, n, func(some []reg.Register) {
			var moved []reg.VecVirtual
			for w, x := range numbers {
				for _, number := range some {
					m := XMM()
					VADDSD(listed(x, number), moves[w][0], m)
					VMAXSD(m, moves[w][1], m)
					VMINSD(m, moves[w][2], m)
					moved = append(moved, m)
				}
			}
			for w, x := range numbers {
				for k, number := range some {
					VMOVSD(moved[w*len(some)+k], listed(x, number))
				}
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
