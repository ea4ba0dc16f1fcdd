package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// subtract: c −= Σ_k a_k b_kᵀ for a tile c of 8 rows.
func (u unit) subtract() {
	TEXT("subtract"+u.suffix, NOSPLIT, "func(c, a, b *float64, n int)")
	Pragma("noescape")
	c, a0, b0 := pointer("c"), pointer("a"), pointer("b")
	across := width / u.halves / u.lanes // registers of a row
	for r0 := 0; r0 < 8; r0 += u.rows {
		for part := range u.halves {
			left := part * across * u.bytes()
			a, b, n := GP64(), GP64(), GP64()
			MOVQ(a0, a)
			MOVQ(b0, b)
			Load(Param("n"), n)
			sums := u.registers(u.rows * across)
			for k, s := range sums {
				VMOVUPD(at(c, (r0+k/across)*row+left+k%across*u.bytes()), s)
			}
			loop(fmt.Sprintf("k_%d_%d", r0, part), n, func() {
				right, left1, product := u.registers(across), u.new(), u.new()
				for k, r := range right {
					VMOVUPD(at(b, left+k*u.bytes()), r)
				}
				for r := range u.rows {
					VBROADCASTSD(at(a, 8*(r0+r)), left1)
					for k := range right {
						VMULPD(right[k], left1, product)
						VSUBPD(product, sums[r*across+k], sums[r*across+k])
					}
				}
				ADDQ(U32(row), a)
				ADDQ(U32(row), b)
			})
			for k, s := range sums {
				VMOVUPD(s, at(c, (r0+k/across)*row+left+k%across*u.bytes()))
			}
		}
	}
	finish()
}

// forward: c ← U⁻ᵀ c for a tile c of 8 rows.
func (u unit) forward() {
	TEXT("forward"+u.suffix, NOSPLIT, "func(c, u *float64)")
	Pragma("noescape")
	c, factor := pointer("c"), pointer("u")
	for left := 0; left < row; left += u.bytes() {
		rows, product, element := u.registers(8), u.new(), u.new()
		for r, x := range rows {
			VMOVUPD(at(c, r*row+left), x)
		}
		for r, x := range rows {
			VBROADCASTSD(at(factor, r*row+8*r), element)
			VDIVPD(element, x, x)
			VMOVUPD(x, at(c, r*row+left))
			for q := r + 1; q < 8; q++ {
				VBROADCASTSD(at(factor, r*row+8*q), element)
				VMULPD(element, x, product)
				VSUBPD(product, rows[q], rows[q])
			}
		}
	}
	finish()
}
