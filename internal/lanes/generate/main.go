// Command generate writes the assembly of package lanes, once for AVX-512 and once for
// AVX2 where that makes a difference, with avo:
//
//	go generate ./internal/lanes
//
// A program for one vector unit is a program for all: it says what happens to rows of
// lanes, and unit says how many lanes a register has and how many registers there are.
// Products are rounded before they are subtracted, so that the results are those of the
// plain version to the bit. It is a module of its own, so that its dependencies are no
// one else's.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const (
	width = 16        // lanes of a row
	row   = 8 * width // its bytes
)

// unit is a vector unit.
type unit struct {
	suffix string
	lanes  int // of a register
	new    func() reg.VecVirtual
	rows   int // of a tile of 8 that are kept in registers at a time
	halves int // how many parts the lanes of a row are then taken in
}

var units = []unit{
	{"AVX512", 8, ZMM, 8, 1},
	{"AVX2", 4, YMM, 4, 2},
}

func main() {
	ConstraintExpr("!purego")
	for _, u := range units {
		u.subtract()
		u.forward()
		u.columns()
		u.rowSums()
		u.subsets()
		u.lookUp()
		u.gather()
		u.step()
		u.sweep()
		u.potentials()
		u.respond()
		u.shiftAll()
	}
	sumListed()
	shiftListed()
	Generate()
}

func (u unit) bytes() int { return 8 * u.lanes }

// registers are n new ones.
func (u unit) registers(n int) (r []reg.VecVirtual) {
	for range n {
		r = append(r, u.new())
	}
	return r
}

// zeros sets registers to 0.
func (u unit) zeros(registers []reg.VecVirtual) {
	for _, r := range registers {
		if u.lanes == 8 {
			VPXORQ(r, r, r)
		} else {
			VPXOR(r, r, r)
		}
	}
}

// loop repeats the body while the counter, brought down by 1, is not 0; not at all if it
// is 0 at first.
func loop(name string, counter reg.GPVirtual, body func()) {
	TESTQ(counter, counter)
	JZ(LabelRef(name + "_done"))
	Label(name)
	body()
	DECQ(counter)
	JNZ(LabelRef(name))
	Label(name + "_done")
}

// finish ends a function.
func finish() {
	VZEROUPPER()
	RET()
}

// pointer loads a parameter.
func pointer(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }

// at is the memory some bytes past a pointer.
func at(base reg.Register, bytes int) Mem { return Mem{Base: base, Disp: bytes} }
