package broadcast_test

import (
	"math"
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/broadcast"
	"credo/pkg/model"
)

// Neurons that see the same patterns at the same time and share a release learn the
// union of their targets, and those of rows and columns the crossings, each pattern
// exactly; on average that is the formula.
func TestFrozenRequestsAreLearned(t *testing.T) {
	lesson.Long(t)
	const lines = 4
	union := func(targets [][]bool, _, mu int) bool {
		return slices.ContainsFunc(targets, func(y []bool) bool { return y[mu] })
	}
	crossing := func(targets [][]bool, j, mu int) bool {
		row, column := false, false
		for k, y := range targets {
			row, column = row || y[mu] && k/lines == j/lines, column || y[mu] && k%lines == j%lines
		}
		return row && column
	}
	for _, test := range []struct {
		neurons int
		coding  float64
		scheme  broadcast.Scheme
		shared  model.Together
		called  func(targets [][]bool, j, mu int) bool
	}{
		{2, 0.2, broadcast.Common{Neurons: 2}, model.AtLeast(1), union},
		{8, 0.2, broadcast.Common{Neurons: 8}, model.AtLeast(1), union},
		{8, 0.05, broadcast.Common{Neurons: 8}, model.AtLeast(1), union},
		{lines * lines, 0.2, broadcast.Grid{Neurons: lines * lines}, model.RowsAndColumns(lines), crossing},
	} {
		of := released(half(bare(test.coding, 0.5), test.neurons, 0.03, 150, test.shared))
		of.patterns = 40 // at lower load weak eigenmodes are stronger
		for run := range uint64(3) {
			x := of.learns(t, 31, run)
			for j, neuron := range x.layer.Learners {
				for mu, v := range neuron.Neuron.Potentials(x.associations) {
					if want := test.called(x.layer.Targets, j, mu); (v > 0) != want {
						t.Errorf("%T, %d neurons, f = %v: neuron %d, pattern %d: V = %v, called: %v", test.scheme, test.neurons, test.coding, j, mu, v, want)
					}
				}
			}
		}
		_, want, err := broadcast.Frozen(test.scheme, test.coding)
		if err != nil {
			t.Fatal(err)
		}
		var shares []float64 // of the Y = 0 patterns
		for run := range uint64(200) {
			targets, sum := draw(test.neurons, 40, test.coding, model.Stream(32, run)), tally{}
			for mu, y := range targets[0] {
				v := -1.
				if test.called(targets, 0, mu) {
					v = 1
				}
				sum.add(y, v)
			}
			shares = append(shares, sum.wrong[0]/sum.n[0])
		}
		covers(t, "called of Y = 0", shares, want, 0.04)
	}
}

// Of fixed numbers of targets, every subset being as likely, the union is that of the
// formula on average whatever the number of patterns.
func TestFrozenFormula(t *testing.T) {
	for _, row := range [][3]float64{{2, 0.2, 0.2}, {4, 0.2, 0.488}, {8, 0.2, 0.7902848}, {16, 0.2, 0.964815627911}, {4, 0.05, 0.142625}, {32, 0.05, 0.796093174254}} {
		misses, falseAlarms, err := broadcast.Frozen(broadcast.Common{Neurons: row[0]}, row[1])
		if err != nil || misses != 0 {
			t.Errorf("misses %v, %v", misses, err)
		}
		lesson.Near(t, "false alarms", falseAlarms, row[2], 1e-11)
	}
	misses, falseAlarms, err := broadcast.Frozen(broadcast.Common{Neurons: 5, Needed: 3}, 0.3)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "misses, 3 of 5", misses, math.Pow(0.7, 4)+4*0.3*math.Pow(0.7, 3), 1e-14)
	lesson.Near(t, "false alarms, 3 of 5", falseAlarms, math.Pow(0.3, 4)+4*0.7*math.Pow(0.3, 3), 1e-14)
	// Rows by columns, with the simulated .0181(.0014), .0912(.0042) and .238(.006).
	for _, row := range [][3]float64{{4, 0.05, 0.0025}, {16, 0.05, 0.0203}, {64, 0.05, 0.0910}, {16, 0.2, 0.238}} {
		_, hit, err := broadcast.Frozen(broadcast.Grid{row[0]}, row[1])
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, "rows by columns", hit, row[2], 6e-4)
	}
}

// What is said of frozen targets, from the literal joint distribution of all of them.
func TestSaysIsMutualInformation(t *testing.T) {
	for _, f := range []float64{0.05, 0.2, 0.5} {
		for _, m := range []int{1, 2, 3, 5} {
			for needed := 1; needed <= m; needed++ {
				got, err := broadcast.Says(broadcast.Common{Neurons: float64(m), Needed: needed}, f)
				if err != nil {
					t.Fatal(err)
				}
				h := func(ps ...float64) (sum float64) {
					for _, p := range ps {
						if p > 0 {
							sum -= p * math.Log2(p)
						}
					}
					return sum
				}
				var joint [2][2]float64 // of the first target and the release
				counts := make([]float64, m+1)
				for code := range 1 << m {
					p, n := 1., 0
					for j := range m {
						if code>>j&1 == 1 {
							p, n = p*f, n+1
						} else {
							p *= 1 - f
						}
					}
					called := 0
					if n >= needed {
						called = 1
					}
					joint[code&1][called] += p
					counts[n] += p
				}
				own := h(f, 1-f) + h(joint[0][0]+joint[1][0], joint[0][1]+joint[1][1]) - h(joint[0][0], joint[0][1], joint[1][0], joint[1][1])
				lesson.Near(t, "own", got.Own, own, 1e-12)
				lesson.Near(t, "sum", got.Sum, float64(m)*own, 1e-12)
				lesson.Near(t, "limit", got.Limit, h(joint[0][1]+joint[1][1], joint[0][0]+joint[1][0]), 1e-12)
				lesson.Near(t, "count", got.Count, h(counts...), 1e-12)
				if got.Sum > got.Limit+1e-12 || got.Limit > got.Count+1e-12 {
					t.Errorf("%d of %d, f = %v: %+v is out of order", needed, m, f, got)
				}
			}
		}
	}
}

// Numbers from a program in Python, the maximum ln 2 at M f = ln 2, and the count.
func TestSaysAgainstReference(t *testing.T) {
	for _, row := range [][4]float64{
		{0.2, 2, 0.365140713346, 0.942683189255}, {0.2, 8, 0.0598325596569, 0.652582961562}, {0.2, 16, 0.00920743794892, 0.185014830774},
		{0.2, 32, 0.0002551709808, 0.00930441470906}, {0.05, 1, 0.286396957116, 0.286396957116}, {0.05, 2, 0.18894320241, 0.46102031167},
		{0.05, 8, 0.0823597223059, 0.921507917387}, {0.05, 32, 0.0159817482574, 0.709171350554},
	} {
		b, err := broadcast.Says(broadcast.Common{Neurons: row[1]}, row[0])
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, "own", b.Own, row[2], 1e-12)
		lesson.Near(t, "limit", b.Limit, row[3], 1e-12)
	}
	most := 0.
	for m := 400.; m < 1200; m += 10 {
		b, err := broadcast.Says(broadcast.Common{Neurons: m}, 0.001)
		if err != nil {
			t.Fatal(err)
		}
		most = max(most, b.Sum)
	}
	lesson.Near(t, "largest sum", most, math.Ln2, 1e-3)
	many, err := broadcast.Says(broadcast.Common{Neurons: 1000}, 0.2)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "bits of a count", many.Count, math.Log2(2*math.Pi*math.E*160)/2, 1e-3)
}

func TestSaysRefuses(t *testing.T) {
	_, err := broadcast.Says(broadcast.Common{Neurons: 2.5}, 0.2)
	refusal.Mentions(t, err, "broadcast: Neurons", "2.5")
	_, err = broadcast.Says(broadcast.Common{Neurons: 2, Reach: 0.5}, 0.2)
	refusal.Mentions(t, err, "broadcast: Reach = 0.5")
	_, err = broadcast.Says(broadcast.Common{Neurons: 2}, 0)
	refusal.Mentions(t, err, "coding of the targets = 0")
	_, err = broadcast.Says(broadcast.Common{}, 0.2)
	refusal.Mentions(t, err, "Common.Neurons = 0")
}
