package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Of a comparison.
const (
	lessThan = 17 // not of NaN
	notEqual = 4  // also of NaN
)

// compare tells in which lanes a is such as b.
func (u unit) compare(how uint8, a, b reg.VecVirtual) (mask reg.Register) {
	if u.lanes == 8 {
		mask = K()
	} else {
		mask = YMM()
	}
	VCMPPD(Imm(uint64(how)), b, a, mask)
	return mask
}

// choose is yes where the mask is and no elsewhere.
func (u unit) choose(mask reg.Register, yes Op, no reg.VecVirtual) reg.VecVirtual {
	out := u.new()
	if u.lanes == 8 {
		VBLENDMPD(yes, no, mask, out)
	} else {
		VBLENDVPD(mask, yes, no, out)
	}
	return out
}

// bits adds to a number those of a mask of the k-th register of a row.
func (u unit) bits(mask reg.Register, k int, sum reg.GPVirtual) {
	bits := GP32()
	if u.lanes == 8 {
		KMOVW(mask, bits)
	} else {
		VMOVMSKPD(mask, bits)
	}
	if k > 0 {
		SHLQ(Imm(uint64(k*u.lanes)), bits.As64())
	}
	ORQ(bits.As64(), sum)
}

// potentials: the sums are multiplied by the scale, and v is their difference less the
// threshold.
func (u unit) potentials() {
	TEXT("potentials"+u.suffix, NOSPLIT, "func(v, sums *float64, scale float64, threshold *float64)")
	Pragma("noescape")
	v, sums, threshold := pointer("v"), pointer("sums"), pointer("threshold")
	scale := u.new()
	address, err := Param("scale").Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSD(address.Addr, scale)
	for at0 := 0; at0 < neurons; at0 += u.bytes() {
		e, i := u.new(), u.new()
		VMULPD(at(sums, at0), scale, e)
		VMULPD(at(sums, neurons+at0), scale, i)
		VMOVUPD(e, at(sums, at0))
		VMOVUPD(i, at(sums, neurons+at0))
		VSUBPD(i, e, e)
		VSUBPD(at(threshold, at0), e, e)
		VMOVUPD(e, at(v, at0))
	}
	finish()
}

// respond: neurons fire whose v and gains are more than 0, and that decides the rows of
// the choices and which lines are followed.
func (u unit) respond() {
	TEXT("respond"+u.suffix, NOSPLIT, "func(response, v, gains, currents, choice0, choice1, lines0, lines1 *float64)")
	Pragma("noescape")
	out, v, gains, currents := pointer("response"), pointer("v"), pointer("gains"), pointer("currents")
	fires, zero := GP64(), u.registers(1)
	u.zeros(zero)
	XORQ(fires, fires)
	var masks []reg.Register
	for k := range u.across() {
		x := u.new()
		VMOVUPD(at(v, k*u.bytes()), x)
		VADDPD(at(gains, k*u.bytes()), x, x)
		VADDPD(at(gains, neurons+k*u.bytes()), x, x)
		masks = append(masks, u.compare(lessThan, zero[0], x))
		u.bits(masks[k], k, fires)
	}
	MOVQ(fires, at(out, 4*neurons))
	for kind, names := range [][2]string{{"choice0", "lines0"}, {"choice1", "lines1"}} {
		choice, lines, sweeps := pointer(names[0]), pointer(names[1]), GP64()
		XORQ(sweeps, sweeps)
		var extra []reg.VecVirtual
		for k, mask := range masks {
			silent, common := u.load(choice, 0)[k], u.load(choice, 1)[k]
			extra = append(extra, u.choose(mask, at(choice, 2*neurons+k*u.bytes()), silent))
			common = u.choose(mask, at(choice, 3*neurons+k*u.bytes()), common)
			VMOVUPD(common, at(out, (2+kind)*neurons+k*u.bytes()))
			u.bits(u.compare(notEqual, common, zero[0]), k, sweeps)
		}
		MOVQ(sweeps, at(out, 4*neurons+8+8*kind))
		chosen := names[0] + "_chosen"
		TESTQ(lines, lines)
		JZ(LabelRef(chosen))
		for k, mask := range masks {
			at := func(row int) Mem { return at(lines, row*neurons+k*u.bytes()) }
			follows, change, spread := u.new(), u.new(), u.new()
			VMOVUPD(at(0), follows)
			follows = u.choose(mask, at(1), follows)
			VMOVUPD(Mem{Base: currents, Disp: k * u.bytes()}, change)
			VMULPD(at(2), change, change)
			VADDPD(at(3), change, change)
			VSUBPD(Mem{Base: currents, Disp: neurons + k*u.bytes()}, change, change)
			VMULPD(at(4), change, change)
			VSUBPD(change, change, spread)
			VMULPD(at(5), change, change)
			VADDPD(spread, change, change)
			chosen := u.choose(u.compare(notEqual, follows, zero[0]), change, extra[k])
			VMOVAPD(chosen, extra[k])
		}
		Label(chosen)
		for k := range masks {
			VMOVUPD(extra[k], at(out, kind*neurons+k*u.bytes()))
		}
	}
	finish()
}
