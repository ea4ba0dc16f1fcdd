package influence_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/influence"
	"credo/pkg/model"

	"gonum.org/v1/gonum/mat"
)

func task(channels, patterns int, coTuning float64) model.Task {
	return model.Task{Channels: channels, Patterns: patterns, Coding: 0.2, TargetCoding: 0.2, CoTuning: coTuning}
}

func draw(t testing.TB, task model.Task, run uint64) *model.Associations {
	t.Helper()
	a, err := task.Draw(model.Stream(11, run))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func operator(t testing.TB, k influence.Feedback, a *model.Associations) *mat.Dense {
	t.Helper()
	m, err := k.Operator(a)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// With as many channels as patterns or more, co-tuned balance decouples: each
// output hears its own signal alone, exactly, and so does a delta rule.
func TestCoTunedBalanceDecouples(t *testing.T) {
	a := draw(t, task(120, 60, 1), 0)
	one := mat.NewDiagDense(60, nil)
	for mu := range 60 {
		one.SetDiag(mu, 1)
	}
	for _, k := range []influence.Feedback{influence.Detailed, influence.Delta} {
		if m := operator(t, k, a); !mat.EqualApprox(m, one, 1e-9) {
			t.Errorf("%v: M is not the identity", k)
		}
	}
}

// With more patterns than channels it is the orthogonal projector of rank N.
func TestOverloadedBalanceProjects(t *testing.T) {
	a := draw(t, task(40, 90, 1), 1)
	for _, k := range []influence.Feedback{influence.Detailed, influence.Delta} {
		m := operator(t, k, a)
		var square mat.Dense
		square.Mul(m, m)
		if !mat.EqualApprox(&square, m, 1e-9) || !mat.EqualApprox(m, m.T(), 1e-9) {
			t.Errorf("%v: M is not an orthogonal projector", k)
		}
		lesson.Near(t, "rank", mat.Trace(m), 40, 1e-8)
		lesson.Near(t, "N_eff", influence.Measure(m).Number(), 90./40, 1e-8)
	}
}

// What is added to all signals alike is not heard by centred ones: rows of a
// constant beside the identity, by hand.
func TestCentredSignals(t *testing.T) {
	m := mat.NewDense(3, 3, []float64{6, 5, 5, -2, -1, -2, 7, 7, 8})
	h := influence.MeasureCentred(m)
	lesson.Near(t, "own", h.Own, 1, 1e-12)
	lesson.Near(t, "noise", h.Noise, 0, 1e-12)
	// Of all signals, own is 13/3 and tr MMᵀ 257.
	lesson.Near(t, "N_eff", influence.Measure(m).Number(), 257./3/(13./3)/(13./3), 1e-12)
}

// Global inhibition balances the mean: no drive changes the sum of potentials.
func TestGlobalBalancesTheSum(t *testing.T) {
	m := operator(t, influence.Global, draw(t, task(80, 50, 0.3), 2))
	for nu := range 50 {
		lesson.Near(t, "Σ_μ M_μν", mat.Sum(m.ColView(nu)), 0, 1e-12)
	}
}

// An operator is what it says in its definition: the solution of a linear
// system, here by another route (QR of the inputs, not Cholesky of overlaps).
func TestDetailedByAnotherRoute(t *testing.T) {
	a := draw(t, task(100, 40, 0.4), 3)
	xE, xI := a.Dense()
	var drive, weights, want mat.Dense
	drive.Mul(xE, xE.T())
	// The weights w_I of least norm with x_I w_I = G_E s solve the balance
	// exactly; in potentials, M = (x_I x_Iᵀ)⁻¹ G_E = (x_Iᵀ)⁺ x_I⁺ G_E.
	if err := weights.Solve(xI, &drive); err != nil {
		t.Fatal(err)
	}
	if err := want.Solve(xI.T(), &weights); err != nil {
		t.Fatal(err)
	}
	if m := operator(t, influence.Detailed, a); !mat.EqualApprox(m, &want, 1e-8) {
		t.Error("M differs from the least-squares solution")
	}
}

func TestOperatorRefuses(t *testing.T) {
	_, err := influence.Detailed.Operator(draw(t, task(40, 50, 0), 4))
	refusal.Mentions(t, err, "50 patterns over 40 inhibitory channels", "not co-tuned")
	twice, err := model.NewAssociations(5, [][]int32{{0, 2}, {0, 2}}, nil, []bool{true, false})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []influence.Feedback{influence.Detailed, influence.Delta} {
		_, err = k.Operator(twice)
		refusal.Mentions(t, err, "not linearly independent")
	}
	silent, err := model.NewAssociations(5, [][]int32{{0}, {1}}, [][]int32{{}, {}}, []bool{true, false})
	if err != nil {
		t.Fatal(err)
	}
	_, err = influence.Global.Operator(silent)
	refusal.Mentions(t, err, "no pattern has an active inhibitory channel")
	_, err = influence.Feedback(9).Operator(twice)
	refusal.Mentions(t, err, "Feedback(9)")
	refusal.Panics(t, func() { influence.Measure(mat.NewDense(2, 3, nil)) }, "2 × 3")
	refusal.Panics(t, func() { influence.MeasureCentred(mat.NewDense(1, 1, nil)) }, "1 pattern")
	if h := influence.Measure(mat.NewDense(1, 1, []float64{math.Inf(1)})); !math.IsNaN(h.Number()) {
		t.Errorf("N_eff of an infinite operator: %v", h.Number())
	}
}

// short is part in a short test and else whole.
func short[T any](whole, part T) T {
	if testing.Short() {
		return part
	}
	return whole
}
