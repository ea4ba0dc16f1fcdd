package influence_test

import (
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/influence"
	"credo/pkg/model"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// copied returns the associations with m_i inhibitory copies of channel i, the
// channels of both kinds being as many as there are copies or channels.
func copied(t *testing.T, a *model.Associations, numbers []float64) *model.Associations {
	t.Helper()
	total := int(mat.Sum(mat.NewVecDense(len(numbers), numbers)))
	excitatory, inhibitory, targets := make([][]int32, a.Len()), make([][]int32, a.Len()), make([]bool, a.Len())
	for mu := range a.Len() {
		excitatory[mu], targets[mu] = a.Excitatory(mu), a.Target(mu)
		next := int32(0)
		for i, m := range numbers {
			for range int(m) {
				if slices.Contains(excitatory[mu], int32(i)) {
					inhibitory[mu] = append(inhibitory[mu], next)
				}
				next++
			}
		}
	}
	b, err := model.NewAssociations(max(total, len(numbers)), excitatory, inhibitory, targets)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// spread returns the numbers of copies of n channels that n inhibitory inputs
// choose at random.
func spread(n int, run uint64) []float64 {
	numbers, rng := make([]float64, n), model.Stream(13, run)
	for range n {
		numbers[rng.IntN(n)]++
	}
	return numbers
}

// The formula against operators of drawn patterns, for copies spread at random
// and for channels with one or three.
func TestCopiesAgainstOperators(t *testing.T) {
	t.Parallel()
	for k, c := range []struct {
		name     string
		patterns int
		numbers  func(run uint64) []float64
	}{
		{"at random", 60, func(run uint64) []float64 { return spread(300, run) }},
		{"at random", 105, func(run uint64) []float64 { return spread(300, run) }},
		{"one or three", 150, func(uint64) []float64 {
			return append(slices.Repeat([]float64{1}, 150), slices.Repeat([]float64{3}, 150)...)
		}},
	} {
		if testing.Short() && k != 0 {
			continue
		}
		var own, number, wantOwn, wantNumber []float64
		for run := range uint64(6) {
			numbers := c.numbers(run)
			h := influence.MeasureCentred(operator(t, influence.Detailed, copied(t, draw(t, task(300, c.patterns, 1), 60+run), numbers)))
			want, err := influence.Copies{Load: float64(c.patterns) / 300, Numbers: numbers}.Hearing()
			if err != nil {
				t.Fatal(err)
			}
			own, number = append(own, h.Own), append(number, h.Number())
			wantOwn, wantNumber = append(wantOwn, want.Own), append(wantNumber, want.Number())
		}
		lesson.Near(t, c.name+": own", stat.Mean(own, nil)/stat.Mean(wantOwn, nil), 1, 0.03)
		lesson.Near(t, c.name+": N_eff", stat.Mean(number, nil)/stat.Mean(wantNumber, nil), 1, 0.06)
	}
}

// One copy each is the identity, and two each half of it, at any load.
func TestCopiesEvenlySpread(t *testing.T) {
	for _, load := range []float64{0.01, 0.5, 0.99} {
		for _, m := range []float64{1, 2} {
			h, err := influence.Copies{Load: load, Numbers: []float64{m, m}}.Hearing()
			if err != nil {
				t.Fatal(err)
			}
			lesson.Near(t, "own", h.Own, 1/m, 1e-9)
			lesson.Near(t, "noise", h.Noise, 0, 1e-9)
		}
	}
}

func TestCopiesRefuse(t *testing.T) {
	_, err := influence.Copies{Load: 0.5, Numbers: []float64{3, 0}}.Hearing()
	refusal.Mentions(t, err, "load P/N = 0.5 outside (0, 0.5)")
	_, err = influence.Copies{Load: 0.1}.Hearing()
	refusal.Mentions(t, err, "Copies.Numbers is empty")
	_, err = influence.Copies{Load: 0.1, Numbers: []float64{1, -1}}.Hearing()
	refusal.Mentions(t, err, "channel 1 has -1 copies")
}
