package sparse

// Transpose returns for each of n places the lists that have it, increasing, given what
// goes through lists of places below n: the number of lists and each of them.
func Transpose(n, lists int, list func(k int) []int32) [][]int32 {
	counts, total := make([]int, n), 0
	for k := range lists {
		for _, j := range list(k) {
			counts[j]++
		}
		total += len(list(k))
	}
	all, result := make([]int32, total), make([][]int32, n)
	for j, count := range counts {
		result[j], all = all[:0:count], all[count:]
	}
	for k := range lists {
		for _, j := range list(k) {
			result[j] = append(result[j], int32(k))
		}
	}
	return result
}
