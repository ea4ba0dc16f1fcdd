package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

const (
	members = 5  // rows of which a table has every sum
	tables  = 8  // at a time
	part    = 64 // bytes of a table's row: 8 lanes
)

// subsets: entry Σ 2^b of the table is the sum of the first 8 lanes of the rows b of v.
func (u unit) subsets() {
	TEXT("subsets"+u.suffix, NOSPLIT, "func(table, v *float64)")
	Pragma("noescape")
	table, v := pointer("table"), pointer("v")
	for left := 0; left < part; left += u.bytes() {
		sums := u.registers(8) // of the first three
		u.zeros(sums[:1])
		for b := range 3 {
			VMOVUPD(at(v, b*row+left), sums[1<<b])
			for x := 1; x < 1<<b; x++ {
				VADDPD(sums[1<<b], sums[x], sums[1<<b+x])
			}
		}
		third, fourth, more := u.new(), u.new(), u.new()
		VMOVUPD(at(v, 3*row+left), third)
		VMOVUPD(at(v, 4*row+left), fourth)
		for x, s := range sums {
			VMOVUPD(s, at(table, x*part+left))
			VADDPD(third, s, more)
			VMOVUPD(more, at(table, (x+8)*part+left))
			VADDPD(fourth, s, s)
			VMOVUPD(s, at(table, (x+16)*part+left))
			VADDPD(fourth, more, more)
			VMOVUPD(more, at(table, (x+24)*part+left))
		}
	}
	finish()
}

// lookUp: to the first 8 lanes of each of n rows c is added one row of each table, at the
// bytes that the row's offsets give.
func (u unit) lookUp() {
	TEXT("lookUp"+u.suffix, NOSPLIT, "func(c, table *float64, offsets *uint16, n int)")
	Pragma("noescape")
	c, table, offsets, n := pointer("c"), pointer("table"), pointer("offsets"), pointer("n")
	loop("row", n, func() {
		sums := u.registers(part / u.bytes())
		for k, s := range sums {
			VMOVUPD(at(c, k*u.bytes()), s)
		}
		for t := range tables {
			offset := GP64()
			MOVWQZX(at(offsets, 2*t), offset)
			for k, s := range sums {
				VADDPD(Mem{Base: table, Index: offset, Scale: 1, Disp: t<<members*part + k*u.bytes()}, s, s)
			}
		}
		for k, s := range sums {
			VMOVUPD(s, at(c, k*u.bytes()))
		}
		ADDQ(U32(row), c)
		ADDQ(Imm(2*tables), offsets)
	})
	finish()
}
