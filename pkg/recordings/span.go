package recordings

// span is the mean and range of values.
type span struct {
	sum, low, high float64
	n              int
}

func (s *span) add(x float64) {
	if s.n == 0 {
		s.low, s.high = x, x
	}
	s.sum, s.low, s.high, s.n = s.sum+x, min(s.low, x), max(s.high, x), s.n+1
}

// mean is exact if all values are the same.
func (s *span) mean() float64 {
	if s.low == s.high {
		return s.low
	}
	return s.sum / float64(s.n)
}
