package main

import (
	"strings"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The loops of one neuron, whose listed weights lie anywhere: they take a number at a
// time, on any unit in the same way, and all numbers a register at a time.

// visit goes through a list of n numbers, four at a time and then one. The body is given
// their own numbers.
func visit(name string, list, n reg.GPVirtual, body func(numbers []reg.Register)) {
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
	loop(name+"_four", fours, func() { some(4) })
	ANDQ(Imm(3), n)
	loop(name+"_one", n, func() { some(1) })
}

// listed is the memory of a number.
func listed(x, number reg.Register) Mem { return Mem{Base: x, Index: number, Scale: 8} }

// sumListed: sums are those of the listed numbers, each by four partial sums.
func sumListed() {
	for _, kind := range kinds {
		TEXT("sum"+kind.name+"AVX", NOSPLIT, "func(sums, "+kind.parameters+", list *int32, n int)")
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
		visit("sum", list, n, func(some []reg.Register) {
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

// bound brings a number between the last two of three; where there is no upper bound it
// is not looked at.
func bound(x reg.VecVirtual, move []reg.VecVirtual, bounded bool) {
	VMAXSD(x.AsX(), move[1].AsX(), x.AsX())
	if bounded {
		VMINSD(x.AsX(), move[2].AsX(), x.AsX())
	}
}

// twice emits a body once with upper bounds and once without.
func twice(body func(name string, bounded bool)) {
	bounded := pointer("bounded")
	TESTQ(bounded, bounded)
	JZ(LabelRef("unbounded"))
	body("bounded", true)
	finish()
	Label("unbounded")
	body("above", false)
	finish()
}

// parts are what a move consists of, and moves the parameters of those of some weights.
var parts = []string{"by", "low", "high"}

func moves(weights []string) string {
	var all []string
	for _, name := range weights {
		for _, part := range parts {
			all = append(all, part+name)
		}
	}
	return strings.Join(all, ", ")
}

// shiftListed: to the listed numbers is added a number, and they are brought between two, of
// each kind its own. If bounded is 0 the upper bounds are +∞. The numbers are passed by
// value: they are ready late, and a trip through memory makes the weights wait.
func shiftListed() {
	for _, kind := range kinds {
		TEXT("shift"+kind.name+"AVX", NOSPLIT, "func("+kind.parameters+", list *int32, n int, "+moves(kind.weights)+" float64, bounded int)")
		Pragma("noescape")
		list, n := pointer("list"), pointer("n")
		var numbers []reg.GPVirtual
		var by [2][]reg.VecVirtual
		for w, name := range kind.weights {
			numbers = append(numbers, pointer(name))
			for _, part := range parts {
				by[w] = append(by[w], Load(Param(part+name), XMM()).(reg.VecVirtual))
			}
		}
		// All are read before any is written: the two kinds may lie so that a processor
		// takes one for the other.
		twice(func(name string, bounded bool) {
			visit(name, list, n, func(some []reg.Register) {
				var moved []reg.VecVirtual
				for w, x := range numbers {
					for _, number := range some {
						m := XMM()
						VADDSD(listed(x, number), by[w][0], m)
						bound(m, by[w], bounded)
						moved = append(moved, m)
					}
				}
				for w, x := range numbers {
					for k, number := range some {
						VMOVSD(moved[w*len(some)+k], listed(x, number))
					}
				}
			})
		})
	}
}

// shiftAll is the same for all n numbers.
func (u unit) shiftAll() {
	TEXT("shiftAll"+u.suffix, NOSPLIT, "func(w *float64, n int, move *float64, bounded int)")
	Pragma("noescape")
	w, n, move := pointer("w"), pointer("n"), pointer("move")
	m := u.registers(3)
	for k := range m {
		VBROADCASTSD(at(move, 8*k), m[k])
	}
	const unrolled = 4
	many := GP64()
	MOVQ(n, many)
	SHRQ(Imm(uint64(map[int]int{8: 5, 4: 4}[u.lanes])), many) // four registers at a time
	twice(func(name string, bounded bool) {
		b := bounds{by: m[:1], low: m[1:2]}
		if bounded {
			b.high = m[2:]
		}
		loop(name+"_registers", many, func() {
			for k := range unrolled {
				u.add(b, []Mem{at(w, k*u.bytes())})
			}
			ADDQ(U32(unrolled*u.bytes()), w)
		})
		ANDQ(Imm(uint64(unrolled*u.lanes-1)), n)
		loop(name+"_one", n, func() {
			moved := XMM()
			VADDSD(at(w, 0), m[0].AsX(), moved)
			bound(moved, m, bounded)
			VMOVSD(moved, at(w, 0))
			ADDQ(Imm(8), w)
		})
	})
}
