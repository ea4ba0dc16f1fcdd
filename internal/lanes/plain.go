package lanes

import "unsafe"

// The loops in Go, by pointer like those in assembly. They are what the latter have to
// agree with.

func slice[T any](p *T, n int) []T { return unsafe.Slice(p, n) }

func subtractPlain(pc, pa, pb *float64, n int) {
	c, a, b := slice(pc, Height*Width), slice(pa, (n-1)*Width+Height), slice(pb, n*Width)
	for r := 0; r < Height; r += 2 {
		for l := 0; l < Width; l += 4 { // 2 rows of 4 lanes stay in registers
			c0, c1 := (*[4]float64)(c[r*Width+l:]), (*[4]float64)(c[(r+1)*Width+l:])
			s00, s01, s02, s03 := c0[0], c0[1], c0[2], c0[3]
			s10, s11, s12, s13 := c1[0], c1[1], c1[2], c1[3]
			for k := range n {
				left, right := (*[2]float64)(a[k*Width+r:]), (*[4]float64)(b[k*Width+l:])
				s00 -= float64(left[0] * right[0])
				s01 -= float64(left[0] * right[1])
				s02 -= float64(left[0] * right[2])
				s03 -= float64(left[0] * right[3])
				s10 -= float64(left[1] * right[0])
				s11 -= float64(left[1] * right[1])
				s12 -= float64(left[1] * right[2])
				s13 -= float64(left[1] * right[3])
			}
			*c0, *c1 = [4]float64{s00, s01, s02, s03}, [4]float64{s10, s11, s12, s13}
		}
	}
}

func forwardPlain(pc, pu *float64) {
	c, u := slice(pc, Height*Width), slice(pu, (Height-1)*Width+Height)
	for r := range Height {
		row := (*[Width]float64)(c[r*Width:])
		for l := range row {
			row[l] /= u[r*Width+r]
		}
		for q := r + 1; q < Height; q++ {
			next := (*[Width]float64)(c[q*Width:])
			for l, x := range row {
				next[l] -= float64(u[r*Width+q] * x)
			}
		}
	}
}

func columnsPlain(py, pu, px *float64, n int) {
	y, u := (*[Width]float64)(slice(py, Width)), slice(pu, n*Width)
	for k, x := range slice(px, n) {
		for l, ul := range (*[Width]float64)(u[k*Width:]) {
			y[l] -= float64(x * ul)
		}
	}
}

func rowSumsPlain(psums, pu, px *float64, step, n int) {
	sums, x := slice(psums, 8*Width), slice(px, n*Width)
	step /= 8
	u := slice(pu, (n-1)*step+Width*Width*(n-1)*(n-2)/2+Width*Width)
	clear(sums)
	for b := range n {
		at := b*step + Width*Width*b*(b-1)/2
		factors := (*[Width]float64)(x[b*Width:])
		for r := range Width {
			row, sum := (*[Width]float64)(u[at+r*Width:]), (*[8]float64)(sums[8*r:])
			for l := range sum {
				sum[l] += float64(row[l] * factors[l])
				sum[l] += float64(row[l+8] * factors[l+8])
			}
		}
	}
}

func subsetsPlain(ptable, pv *float64) {
	table, v := slice(ptable, Part<<Members), slice(pv, (Members-1)*Width+Part)
	clear(table[:Part])
	for b := range Members {
		for x := range 1 << b {
			with, without := (*[Part]float64)(table[(x+1<<b)*Part:]), (*[Part]float64)(table[x*Part:])
			for l, more := range (*[Part]float64)(v[b*Width:]) {
				with[l] = without[l] + more
			}
		}
	}
}

func lookUpPlain(pc, ptables *float64, poffsets *uint16, n int) {
	c, tables, offsets := slice(pc, (n-1)*Width+Part), slice(ptables, Entries*Part), slice(poffsets, n*Tables)
	const table = Entries / Tables * Part
	for r := range n {
		row := (*[Part]float64)(c[r*Width:])
		s0, s1, s2, s3, s4, s5, s6, s7 := row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7]
		for t, offset := range (*[Tables]uint16)(offsets[r*Tables:]) {
			more := (*[Part]float64)(tables[t*table+int(offset)/8:])
			s0 += more[0]
			s1 += more[1]
			s2 += more[2]
			s3 += more[3]
			s4 += more[4]
			s5 += more[5]
			s6 += more[6]
			s7 += more[7]
		}
		*row = [Part]float64{s0, s1, s2, s3, s4, s5, s6, s7}
	}
}
