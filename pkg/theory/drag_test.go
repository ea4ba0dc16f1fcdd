package theory_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// The potentials of Y = 1 patterns that silent, sinking Y = 0 patterns drag:
// F_1 = −G_11⁻¹ G_10 F_0 solved for random patterns, against Loss and Spread1,
// with the factor 1 − τ for a finite number of patterns.
func TestDragByLinearAlgebra(t *testing.T) {
	lesson.Long(t)
	const n, p = 800, 640
	c := bare()
	c.Balance.Offset = 0.3
	c.Hebbian = rules.Hebbian{Rate: 0.1, MeanOutput: 0.2}
	h, err := of(c).Heterosynaptic(float64(p) / n)
	if err != nil {
		t.Fatal(err)
	}
	var v1 []float64
	for run := range uint64(3) {
		a, err := model.Task{Channels: n, Patterns: p, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}.Draw(model.Stream(61, run))
		if err != nil {
			t.Fatal(err)
		}
		x := mat.NewDense(p/5, n, nil)
		drive := mat.NewVecDense(n, nil) // Σ_ν F_0 x^ν over Y = 0
		row := 0
		for mu := range p {
			for _, i := range a.Excitatory(mu) {
				if a.Target(mu) {
					x.Set(row, int(i), 1)
				} else {
					drive.SetVec(int(i), drive.AtVec(int(i))+of(c).Force(false, -1))
				}
			}
			if a.Target(mu) {
				row++
			}
		}
		var gram mat.SymDense
		gram.SymOuterK(1, x)
		var right, pull mat.VecDense
		right.MulVec(x, drive)
		if err := pull.SolveVec(&gram, &right); err != nil {
			t.Fatal(err)
		}
		for mu := range row {
			v1 = append(v1, 0.4+0.1*0.8+pull.AtVec(mu)) // alone, plus −F_1/a_I
		}
	}
	tau := 1 / (1 + 0.2*p/5/(0.8*(1-0.16)))
	m, s := stat.MeanStdDev(v1, nil)
	if want := h.V1 + tau*0.08; math.Abs(m-want) > 0.003 {
		t.Errorf("V_1 = %.4f, want %.4f", m, want)
	}
	if math.Abs(s/h.Spread1-1) > 0.1 { // 384 patterns: 4 percent, and τ
		t.Errorf("spread %.4f, want %.4f", s, h.Spread1)
	}
	t.Logf("V_1 %.4f (%.4f), spread %.4f (%.4f)", m, h.V1+tau*0.08, s, h.Spread1)
}
