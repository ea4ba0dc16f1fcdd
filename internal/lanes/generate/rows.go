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

// load loads such a row into registers.
func (u unit) load(from reg.Register) []reg.VecVirtual {
	r := u.registers(u.across())
	for k := range r {
		VMOVUPD(at(from, k*u.bytes()), r[k])
	}
	return r
}

// listed is the memory of the row whose number is at some place of a list, for each of
// its registers.
func (u unit) listed(rows, list reg.Register, place int) (m []Mem) {
	row := GP64()
	MOVLQSX(at(list, 4*place), row)
	SHLQ(Imm(shift), row)
	for k := range u.across() {
		m = append(m, Mem{Base: rows, Index: row, Scale: 1, Disp: k * u.bytes()})
	}
	return m
}

// walk goes through a list of n places, four at a time and then one.
func walk(list, n reg.GPVirtual, body func(place int)) {
	fours := GP64()
	MOVQ(n, fours)
	SHRQ(Imm(2), fours)
	loop("four", fours, func() {
		for place := range 4 {
			body(place)
		}
		ADDQ(Imm(16), list)
	})
	ANDQ(Imm(3), n)
	loop("one", n, func() {
		body(0)
		ADDQ(Imm(4), list)
	})
}

// gather: sums is the sum of the listed rows of w, by four partial sums.
func (u unit) gather() {
	TEXT("gather"+u.suffix, NOSPLIT, "func(sums, w *float64, list *int32, n int)")
	Pragma("noescape")
	out, w, list, n := pointer("sums"), pointer("w"), pointer("list"), pointer("n")
	var sums [4][]reg.VecVirtual
	for place := range sums {
		sums[place] = u.registers(u.across())
		u.zeros(sums[place])
	}
	walk(list, n, func(place int) {
		for k, m := range u.listed(w, list, place) {
			VADDPD(m, sums[place][k], sums[place][k])
		}
	})
	for k := range u.across() {
		VADDPD(sums[1][k], sums[0][k], sums[0][k])
		VADDPD(sums[3][k], sums[2][k], sums[2][k])
		VADDPD(sums[2][k], sums[0][k], sums[0][k])
		VMOVUPD(sums[0][k], at(out, k*u.bytes()))
	}
	finish()
}

// bounded adds a row to one in memory and brings it within bounds. Of a comparison with
// NaN, and of two zeros, the unit gives its first operand, here the weight.
func (u unit) bounded(m Mem, by, low, high reg.VecVirtual) {
	x := u.new()
	VADDPD(m, by, x)
	VMAXPD(x, low, x)
	VMINPD(x, high, x)
	VMOVUPD(x, m)
}

// step: to the listed rows of w is added a row, and they are brought within bounds.
func (u unit) step() {
	TEXT("step"+u.suffix, NOSPLIT, "func(w *float64, list *int32, n int, by, low, high *float64)")
	Pragma("noescape")
	w, list, n := pointer("w"), pointer("list"), pointer("n")
	by, low, high := u.load(pointer("by")), u.load(pointer("low")), u.load(pointer("high"))
	walk(list, n, func(place int) {
		for k, m := range u.listed(w, list, place) {
			u.bounded(m, by[k], low[k], high[k])
		}
	})
	finish()
}

// sweep: to all n rows of w is added a row, and they are brought within bounds.
func (u unit) sweep() {
	TEXT("sweep"+u.suffix, NOSPLIT, "func(w *float64, n int, by, low, high *float64)")
	Pragma("noescape")
	w, n := pointer("w"), pointer("n")
	by, low, high := u.load(pointer("by")), u.load(pointer("low")), u.load(pointer("high"))
	loop("row", n, func() {
		for k := range by {
			u.bounded(at(w, k*u.bytes()), by[k], low[k], high[k])
		}
		ADDQ(U32(neurons), w)
	})
	finish()
}
