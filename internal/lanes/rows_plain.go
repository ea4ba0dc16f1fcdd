package lanes

import "math"

// The loops on rows of eight neurons, in Go.

func gatherPlain(psums, pw *float64, plist *int32, n, _ int) {
	list := slice(plist, n)
	w := slice(pw, (int(list[n-1])+1)*Neurons)
	var sums [4]Row
	add := func(sum *Row, i int32) {
		for l, x := range (*Row)(w[int(i)*Neurons:]) {
			sum[l] += x
		}
	}
	for ; len(list) >= 4; list = list[4:] {
		add(&sums[0], list[0])
		add(&sums[1], list[1])
		add(&sums[2], list[2])
		add(&sums[3], list[3])
	}
	for _, i := range list {
		add(&sums[0], i)
	}
	out := (*Row)(slice(psums, Neurons))
	for l := range out {
		out[l] = (sums[0][l] + sums[1][l]) + (sums[2][l] + sums[3][l])
	}
}

func stepPlain(pw *float64, plist *int32, n, _ int, pby, plow, phigh *float64) {
	by, low, high := (*Row)(slice(pby, Neurons)), (*Row)(slice(plow, Neurons)), upper(phigh)
	list := slice(plist, n)
	w := slice(pw, (int(list[n-1])+1)*Neurons)
	for _, i := range list {
		(*Row)(w[int(i)*Neurons:]).add(by, low, high)
	}
}

func gatherBothPlain(psums, pw, px *float64, plist *int32, n, spare int) {
	gatherPlain(psums, pw, plist, n, spare)
	gatherPlain(&slice(psums, 2*Neurons)[Neurons], px, plist, n, spare)
}

func stepBothPlain(pw, px *float64, plist *int32, n, spare int, pby, plow, phigh *float64) {
	second := func(p *float64) *float64 {
		if p == nil {
			return nil
		}
		return &slice(p, 2*Neurons)[Neurons]
	}
	stepPlain(pw, plist, n, spare, pby, plow, phigh)
	stepPlain(px, plist, n, spare, second(pby), second(plow), second(phigh))
}

func sweepPlain(pw *float64, n int, pby, plow, phigh *float64) {
	by, low, high := (*Row)(slice(pby, Neurons)), (*Row)(slice(plow, Neurons)), upper(phigh)
	w := slice(pw, n*Neurons)
	for i := range n {
		(*Row)(w[i*Neurons:]).add(by, low, high)
	}
}

func sweepHalfPlain(pw *float64, n int, pby, plow, phigh *float64) {
	const half = Neurons / 2
	by, low, w := slice(pby, half), slice(plow, half), slice(pw, n*Neurons-half)
	for i := range n {
		for l := range half {
			high := math.Inf(1)
			if phigh != nil {
				high = slice(phigh, half)[l]
			}
			w[i*Neurons+l] = moved(w[i*Neurons+l], Move{by[l], low[l], high})
		}
	}
}

// upper is a row of upper bounds, none if it is nil.
func upper(p *float64) *Row {
	if p == nil {
		none := math.Inf(1)
		return &Row{none, none, none, none, none, none, none, none}
	}
	return (*Row)(slice(p, Neurons))
}

// add adds by and brings the sum within [low, high].
func (w *Row) add(by, low, high *Row) {
	for l, x := range w {
		w[l] = moved(x, Move{by[l], low[l], high[l]})
	}
}
