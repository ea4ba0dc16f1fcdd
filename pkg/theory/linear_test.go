package theory_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"credo/pkg/model"
	"credo/pkg/theory"
)

// Closed forms evaluated by an independent program.
func TestLinearOverload(t *testing.T) {
	for _, test := range []struct{ targets, load, dprime, miss, fa, total, offset, balanced float64 }{
		{0.2, 1.1, 7.905694150420944, 7.920742473218642e-05, 1.8280624287842722e-05, 3.0465984376711465e-05, 0.49289155434356197, 3.861339775271739e-05},
		{0.2, 2, 2.5, 0.24337656382764716, 0.035575089992929465, 0.07713538475987301, 0.4609035488895913, 0.10564977366685535},
		{0.5, 1.5, 2.82842712474619, 0.07864960352514258, 0.07864960352514258, 0.07864960352514258, 0.5, 0.07864960352514258},
		{0.5, 4, 1.1547005383792517, 0.28185143082538655, 0.28185143082538655, 0.28185143082538655, 0.5, 0.28185143082538655},
	} {
		l := theory.Linear{TargetCoding: test.targets, Load: test.load}
		miss, fa, total := l.Errors(l.BestOffset())
		_, balanced, _ := l.Errors(l.BalancedOffset())
		got := []float64{l.Discriminability(), miss, fa, total, l.BestOffset(), balanced}
		want := []float64{test.dprime, test.miss, test.fa, test.total, test.offset, test.balanced}
		if !floats.EqualApprox(got, want, 1e-12) {
			t.Errorf("f_Y = %v, α = %v: %v, want %v", test.targets, test.load, got, want)
		}
	}
	if l := (theory.Linear{TargetCoding: 0.2, Load: 0.9}); l.Check() == nil || !math.IsNaN(l.Discriminability()) {
		t.Error("load 0.9 accepted")
	}
}

// Least squares on random patterns: the discriminability of the potentials.
func TestLinearOverloadAgreesWithLeastSquares(t *testing.T) {
	const n = 200
	for _, load := range []float64{1.5, 3} {
		p := int(load * n)
		var values []float64
		for run := range uint64(6) {
			a, err := model.Task{Channels: n, Patterns: p, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}.Draw(model.Stream(41, run))
			if err != nil {
				t.Fatal(err)
			}
			x, y := mat.NewDense(p, n, nil), mat.NewVecDense(p, nil)
			for mu := range p {
				for _, i := range a.Excitatory(mu) {
					x.Set(mu, int(i), 1)
				}
				if a.Target(mu) {
					y.SetVec(mu, 1)
				}
			}
			var w, v mat.VecDense
			if err := w.SolveVec(x, y); err != nil {
				t.Fatal(err)
			}
			v.MulVec(x, &w)
			v1, v0 := a.ByTarget(v.RawVector().Data)
			m0, s0 := stat.MeanVariance(v0, nil)
			m1, s1 := stat.MeanVariance(v1, nil)
			values = append(values, (m1-m0)/math.Sqrt(0.8*s0+0.2*s1))
		}
		want := theory.Linear{TargetCoding: 0.2, Load: load}.Discriminability()
		if got := stat.Mean(values, nil); math.Abs(got/want-1) > 0.05 {
			t.Errorf("α = %v: d' = %v, want %v", load, got, want)
		}
	}
}

func TestLinearCapacity(t *testing.T) {
	for _, test := range []struct{ targets, eps, want float64 }{ // as above
		{0.2, 0.01, 1.3150942089713167}, {0.5, 0.01, 1.184778179386101}, {0.5, 0.05, 1.3696115094682522},
	} {
		c, err := theory.LinearCapacity(test.targets, test.eps)
		if err != nil || math.Abs(c-test.want) > 1e-10 {
			t.Errorf("f_Y = %v, eps = %v: %v (%v), want %v", test.targets, test.eps, c, err, test.want)
		}
	}
	if _, err := theory.LinearCapacity(0.2, 0.2); err == nil {
		t.Error("eps = f_Y accepted")
	}
	if _, err := theory.LinearCapacity(1, 0.2); err == nil {
		t.Error("f_Y = 1 accepted")
	}
}
