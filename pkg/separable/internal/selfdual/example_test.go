package selfdual

import "fmt"

// Exclusive or of two inputs of free weights, with a free threshold: the four
// patterns contradict each other, and the multipliers that say so are equal.
func ExampleInteriorPoint_Repair() {
	p := New(&System{
		Columns: 2, Rows: [][]int32{{}, {0}, {1}, {0, 1}}, Signs: []float64{-1, 1, 1, -1},
		Dense:     [][]float64{{1, 1, 1, 1}}, // the threshold
		Variables: []Variable{{0, 1}, {0, -1}, {1, 1}, {1, -1}, {2, 1}, {2, -1}}, Balance: true,
	})
	var proposed Candidate
	p.Step(func(c Candidate) bool { proposed = c; return false })
	fmt.Println(proposed.Solution, p.Ambiguity() < 1)
	lambda := p.Repair()
	fmt.Println(lambda[0].Cmp(lambda[1]), lambda[1].Cmp(lambda[2]), lambda[2].Cmp(lambda[3]))
	// Output:
	// [] true
	// 0 0 0
}
