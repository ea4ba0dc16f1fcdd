package theory_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"credo/internal/lesson"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// What the rules do to a whole neuron, against theory derived for this
// project. Inputs are co-tuned, f = f_Y = 0.2, and weights start at 20, far
// from their bound, with i_E = i_I.

// interval is the mean and half the 99 percent confidence interval by
// Student's t.
func interval(x []float64) (mean, half float64) {
	mean, sd := stat.MeanStdDev(x, nil)
	n := float64(len(x))
	return mean, sd / math.Sqrt(n) * distuv.StudentsT{Sigma: 1, Nu: n - 1}.Quantile(0.995)
}

// overTime is the mean and the variance over the entries of the potential that
// each pattern has at presentation, averaged over the patterns of each class.
func overTime(a *model.Associations, h model.History) (mean, variance [2]float64) {
	var count [2]float64
	for mu := range a.Len() {
		var v []float64
		for _, e := range h {
			v = append(v, e.PresentedPotentials[mu])
		}
		class := 0
		if a.Target(mu) {
			class = 1
		}
		m, s := stat.MeanVariance(v, nil)
		mean[class] += m
		variance[class] += s
		count[class]++
	}
	for class := range count {
		mean[class] /= count[class]
		variance[class] /= count[class]
	}
	return mean, variance
}

// Mean against closed forms, evaluated once with another program for the
// reported values: the mean excitatory change S, its part A by acetylcholine,
// the mean output, and the variance over trials of the whole force on V.
func TestMeanAgainstStoredDrift(t *testing.T) {
	c := lesson.Circuit()
	n := model.NewNeuron(1, 1)
	l := c.Learner(n, 1)
	ach := c.Learner(n, 1)
	ach.Excitatory = []model.Rule{c.Acetylcholine}
	output := c.Learner(n, 1)
	output.Excitatory = []model.Rule{rules.Func(func(s *model.Signals) model.Change { return model.Change{Active: s.Output} })}
	square := c.Learner(n, 1)
	square.Excitatory = []model.Rule{rules.Func(func(s *model.Signals) model.Change {
		force := 0.0
		for _, r := range l.Excitatory {
			force += r.Change(s).Active
		}
		return model.Change{Active: force * force}
	})}
	for _, row := range []struct{ v, s1, s0, a1, y1, y0, variance1, variance0 float64 }{
		{-3, -0.004497996217172654, -0.0014734936046266723, -0.0033853312038948763, 0.0027664657191906377, 0.002308561415448386, 0.004575301694690755, 0.0014031340956763535},
		{-1, 0.0026474942300289297, 0.00282438511462599, -0.0006004773105608628, 0.008564168023476672, 0.007762722226682729, 0.01354533056322524, 0.004690190887346127},
		{-0.5, 0.05938934746321094, 0.003841180862977301, 0.05358448300509002, 0.1030246928544428, 0.009053072161138709, 0.043742048580071476, 0.005462441598756587},
		{-0.1, 0.34918759915789344, 0.004516118529556622, 0.3344087581652564, 0.5915646275905069, 0.009909592042584547, 0.09283468074594908, 0.005973911185232096},
		{-0.05, 0.3831688367778315, 0.004590726225016944, 0.3673599112214604, 0.6488875496996318, 0.01000427185915856, 0.08755921367250363, 0.006030393176485924},
		{0.05, 0.49160260999999994, 0.021971360000000002, 0.46963124999999994, 1, 1, 0.053709451262487884, 0.0069253731765504},
	} {
		at := func(l *model.Learner, target bool) float64 { e, _ := l.Mean(target, 5+row.v, 5); return e.Active }
		lesson.Near(t, "S of class 1", at(l, true), row.s1, 1e-14)
		lesson.Near(t, "S of class 0", at(l, false), row.s0, 1e-14)
		lesson.Near(t, "A of class 1", at(ach, true), row.a1, 1e-14)
		lesson.Near(t, "A of class 0", at(ach, false), 0, 0)
		lesson.Near(t, "mean output of class 1", at(output, true), row.y1, 1e-14)
		lesson.Near(t, "mean output of class 0", at(output, false), row.y0, 1e-14)
		lesson.Near(t, "variance of class 1", at(square, true)-at(l, true)*at(l, true), row.variance1, 1e-14)
		lesson.Near(t, "variance of class 0", at(square, false)-at(l, false)*at(l, false), row.variance0, 1e-14)
		_, i := l.Mean(true, 5+row.v, 5)
		lesson.Near(t, "inhibition", i.Active, 0.638*(row.v+0.05), 1e-14)
	}
}

// force is the mean drift of V of a pattern that has it, in units of the
// overlap of the pattern with itself: excitatory less inhibitory change.
func force(l *model.Learner, target bool, v float64) float64 {
	e, i := l.Mean(target, 5+v, 5)
	return e.Active - i.Active
}

// Inhibition that is plastic only when the neuron fires brings its mean output
// into the force. Stored as above.
func TestForceWithGatedInhibitionAgainstStoredValues(t *testing.T) {
	c := lesson.Circuit()
	c.Balance.WhenFiring = true
	l := c.Learner(model.NewNeuron(1, 1), 1)
	for _, row := range []struct{ v, f1, f0 float64 }{
		{0.3, 0.26830260999999994, -0.20132864},
		{1e-12, 0.45970260999936197, -0.009928640000637999},
		{-1e-12, 0.38956534379932006, 0.004341049150034177},
		{-0.1, 0.3680585107780306, 0.004832234515715069},
		{-0.5, 0.08896773678172146, 0.006440317880440224},
		{-1.5, 0.007126652183173734, 0.0075221004713309555},
		{-3, 0.000708768912916046, 0.002871449835388735},
	} {
		// 5 + V − 5 keeps V to 1e-15, and the force is as steep as 1.3.
		lesson.Near(t, "F of class 1", force(l, true, row.v), row.f1, 1e-14)
		lesson.Near(t, "F of class 0", force(l, false, row.v), row.f0, 1e-14)
	}
}

// Where the force vanishes learning rests, at V_1 for targets and at V_0 for
// the others. For V > 0 the force is linear, with the root
//
//	V_1 = [ρ_A a_A (1 − y_ref) + ρ_N a_N (1 − y_ref) + a_H (1 − ȳ)]/a_I − b.
//
// Three ways: values stored from another program, root of Mean, simulation
// at a small rate.
func TestStationaryPotentials(t *testing.T) {
	lesson.Long(t)
	const v1, v0 = 0.7205370062695924, -0.04278792348727052
	c := lesson.Circuit()
	l := c.Learner(model.NewNeuron(1, 1), 1)
	lesson.Near(t, "closed form of V_1", (0.825*0.575*0.99+0.012*0.772*0.99+0.016*0.8)/0.638-0.05, v1, 1e-15)
	lesson.Near(t, "force on V_1", force(l, true, v1), 0, 1e-14)
	lesson.Near(t, "force on V_0", force(l, false, v0), 0, 1e-14)

	const rate, seeds = 0.03, 8
	var got1, got0 []float64
	for seed := range uint64(seeds) {
		a := lesson.Drawn(t, lesson.Task(200, 40), seed)
		l := c.Learner(model.NewNeuron(200, 20), rate)
		lesson.Train(t, l, a, 300/rate, model.Stream(21, seed)) // 9 times the slowest mode's time constant
		l.Every = 10
		mean, _ := overTime(a, lesson.Train(t, l, a, 900/rate, l.Resume(21, seed)))
		got1, got0 = append(got1, mean[1]), append(got0, mean[0])
	}
	for _, x := range []struct {
		name  string
		got   []float64
		want  float64
		sharp float64 // half-width beyond which the test would say nothing
	}{{"V_1", got1, v1, 0.002}, {"V_0", got0, v0, 0.0005}} {
		mean, half := interval(x.got)
		t.Logf("%s = %.5f ± %.5f (99%%), theory %.5f", x.name, mean, half, x.want)
		lesson.Near(t, x.name, mean, x.want, half)
		if half > x.sharp {
			t.Errorf("%s is known to ±%v only", x.name, half)
		}
	}
}
