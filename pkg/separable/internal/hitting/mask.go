package hitting

import "math/bits"

// mask is a set of small numbers.
type mask []uint64

func (m *mask) set(k int) {
	for len(*m) <= k/64 {
		*m = append(*m, 0)
	}
	(*m)[k/64] |= 1 << (k % 64)
}

func (m mask) unset(k int) {
	if m.has(k) {
		m[k/64] &^= 1 << (k % 64)
	}
}

func (m mask) has(k int) bool { return k/64 < len(m) && m[k/64]>>(k%64)&1 == 1 }

func (m mask) count() (n int) {
	for _, word := range m {
		n += bits.OnesCount64(word)
	}
	return n
}

// common returns how many numbers are in both.
func (m mask) common(other mask) (n int) {
	other = other[:min(len(m), len(other))]
	for i, word := range other {
		n += bits.OnesCount64(m[i] & word)
	}
	return n
}

// difference sets m to what of x is not in y.
func (m *mask) difference(x, y mask) {
	*m = append((*m)[:0], x...)
	for i := range min(len(x), len(y)) {
		(*m)[i] &^= y[i]
	}
}

// all goes through the numbers, increasing.
func (m mask) all() func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i, word := range m {
			for ; word != 0; word &= word - 1 {
				if !yield(64*i + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}
