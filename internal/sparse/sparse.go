// Package sparse works on lists of the entries of a vector.
package sparse

// Sum returns the sum of the listed entries of x, four partial sums at a time,
// since one would have to wait for each addition.
func Sum(x []float64, list []int32) float64 {
	var s0, s1, s2, s3 float64
	for ; len(list) >= 4; list = list[4:] {
		s0 += x[list[0]]
		s1 += x[list[1]]
		s2 += x[list[2]]
		s3 += x[list[3]]
	}
	for _, i := range list {
		s0 += x[i]
	}
	return (s0 + s1) + (s2 + s3)
}
