package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// columns: y −= Σ_k x_k u_k for a row y of lanes and n rows u.
func (u unit) columns() {
	TEXT("columns"+u.suffix, NOSPLIT, "func(y, u, x *float64, n int)")
	Pragma("noescape")
	y, rows, x, n := pointer("y"), pointer("u"), pointer("x"), pointer("n")
	sums, factor := u.registers(width/u.lanes), u.new()
	for k, s := range sums {
		VMOVUPD(at(y, k*u.bytes()), s)
	}
	loop("row", n, func() {
		VBROADCASTSD(at(x, 0), factor)
		for k, s := range sums {
			product := u.new()
			VMULPD(at(rows, k*u.bytes()), factor, product)
			VSUBPD(product, s, s)
		}
		ADDQ(U32(row), rows)
		ADDQ(Imm(8), x)
	})
	for k, s := range sums {
		VMOVUPD(s, at(y, k*u.bytes()))
	}
	finish()
}

// rowSums: for each of 16 rows, the products of its lanes with x, added up in 8 lanes
// over n blocks of 16 rows that lie step bytes apart, each time 16 rows more.
func (u unit) rowSums() {
	TEXT("rowSums"+u.suffix, NOSPLIT, "func(sums, u, x *float64, step, n int)")
	Pragma("noescape")
	out, rows0, x0, step0 := pointer("sums"), pointer("u"), pointer("x"), pointer("step")
	across := 8 / u.lanes // registers of a row's sums
	some := 16 / across   // rows at a time: 16 registers of sums, or 8
	if u.lanes == 4 {
		some = 4
	}
	for r0 := 0; r0 < 16; r0 += some {
		rows, x, step, n := GP64(), GP64(), GP64(), GP64()
		MOVQ(rows0, rows)
		MOVQ(x0, x)
		MOVQ(step0, step)
		Load(Param("n"), n)
		sums := u.registers(some * across)
		u.zeros(sums)
		loop(fmt.Sprintf("block_%d", r0), n, func() {
			factors := u.registers(width / u.lanes)
			for k, f := range factors {
				VMOVUPD(at(x, k*u.bytes()), f)
			}
			for r := range some {
				for line := 0; line < row; line += 64 {
					PREFETCHT0(Mem{Base: rows, Index: step, Scale: 1, Disp: (r0+r)*row + line})
				}
				for k, f := range factors {
					product, s := u.new(), sums[r*across+k%across]
					VMULPD(at(rows, (r0+r)*row+k*u.bytes()), f, product)
					VADDPD(product, s, s)
				}
			}
			ADDQ(step, rows)
			ADDQ(U32(16*row), step)
			ADDQ(U32(row), x)
		})
		for k, s := range sums {
			VMOVUPD(s, at(out, r0*64+k*u.bytes()))
		}
	}
	finish()
}
