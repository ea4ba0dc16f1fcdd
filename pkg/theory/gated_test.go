package theory_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// bare is gated inhibition with acetylcholine alone, whose disinhibition is
// large: c = ρ_A a_A/a_I = 0.7, b = 0.5.
func bare() rules.Circuit {
	return rules.Circuit{
		Acetylcholine: rules.Acetylcholine{Rate: 0.7 / 0.825, Coding: 0.2},
		Balance:       rules.Balance{Rate: 1, Slope: 1, Offset: 0.5, WhenFiring: true},
		ACh:           model.Modulator{Probability: 0.825, Disinhibition: 1000},
		Coding:        0.2, TargetCoding: 0.2,
	}
}

// What gating does to the reported circuit; values from an independent
// program: escape depths by scanning the force downwards, chatter from the two
// forces at threshold.
func TestGatedConditionOfTheReportedCircuit(t *testing.T) {
	full := gated(published())
	full.Acetylcholine.Depression = 0
	short := full
	short.NE.Disinhibition = 0.2
	for _, test := range []struct {
		name string
		c    rules.Circuit
		want float64
	}{
		{"with NE", full, 3.1334}, {"without NE", full.Without("NE"), 0.7621}, {"A_N = 0.2", short, 0.7871}, {"without Hebb", full.Without("Hebbian"), 3.7895},
	} {
		if d := condition(test.c); math.Abs(d.Escape-test.want) > 1.5e-4 { // scanned in steps of 1e-4
			t.Errorf("%s: escape depth %v, want %v", test.name, d.Escape, test.want)
		}
	}
	d := condition(full)
	if d.Learnable || math.Abs(d.Chatter-0.3042146962) > 1e-9 || d.V0 != 0 {
		t.Errorf("β = 0: learnable %v, chatter %v, V_0 %v", d.Learnable, d.Chatter, d.V0)
	}
	// β_min = (1 − f) F(0, 0⁻)/(f_Y A_1) = 0.037.
	betaMin := 0.8 * d.Below[0] / (0.2 * 0.825 * 0.575 * 0.99)
	if math.Abs(betaMin-0.037) > 1e-4 {
		t.Errorf("β_min = %v", betaMin)
	}
	for _, beta := range []float64{betaMin - 1e-4, betaMin + 1e-4, 0.33, 1} {
		full.Acetylcholine.Depression = beta
		if d := condition(full); d.Learnable != (beta > betaMin && beta < 1) {
			t.Errorf("β = %v: learnable %v, Push %v, V_1 %v", beta, d.Learnable, d.Push, d.V1)
		}
	}
}

// The bare rule: window 0 < b < c, no force on silent Y = 0 patterns, no trap.
func TestBareGatedRule(t *testing.T) {
	d := condition(bare())
	if !d.Learnable || d.V0 != 0 || d.Chatter != 0 || math.Abs(d.V1-0.2) > 1e-12 || d.Lower.Value != 0 || math.Abs(d.Upper.Value-0.7) > 1e-12 {
		t.Errorf("%+v", d)
	}
	if !math.IsInf(d.Escape, 1) {
		t.Errorf("escape depth %v", d.Escape)
	}
}

// Potentials at which weak NE and Hebbian depression hold silent patterns:
// roots by an independent program; simulations of N = 200 neurons agreed to
// 0.008.
func TestGatedRestingPotential(t *testing.T) {
	for _, test := range []struct{ hebb, rho, rate, reach, want float64 }{
		{0.05, 0.012, 0.8, 3, -0.7239061826967523},
		{0.02, 0.012, 0.3, 3, -0.6030947238221868},
		{0.1, 0.03, 0.8, 1.5, -0.4890980468058385},
		{0, 0.012, 0.3, 3, -0.2},
	} {
		c := bare()
		c.Hebbian = rules.Hebbian{Rate: test.hebb, MeanOutput: 0.2}
		c.Noradrenaline.Rate, c.NE = test.rate, model.Modulator{Probability: test.rho, Error: test.rho, Disinhibition: test.reach}
		if d := condition(c); math.Abs(d.V0-test.want) > 1e-9 {
			t.Errorf("a_H = %v, a_N = %v: V_0 = %v, want %v", test.hebb, test.rate, d.V0, test.want)
		}
	}
}

// deep tells whether a pattern rises from the start, although others pull.
func deep(c rules.Circuit, d theory.Condition, start float64) bool {
	for v := start; v <= 0; v += 0.01 {
		if of(c).Force(true, v) < d.Loss+0.01 {
			return false
		}
	}
	return true
}

// Sinking Y = 0 patterns drag the Y = 1 patterns: for f_Y = f, ȳ = f_Y and
// many active patterns the Hebbian term drops out of V_1 = c − b. Drift of all
// weights, with the correction 1 − τ for P f_Y f/((1−f)(1−α_1)) = 11.1.
func TestSinkingPatternsDrag(t *testing.T) {
	const n = 400
	a, err := model.Task{Channels: n, Patterns: n / 2, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}.Draw(model.Stream(13, 0))
	if err != nil {
		t.Fatal(err)
	}
	c := bare()
	c.Balance.Offset = 0.3
	c.Hebbian = rules.Hebbian{Rate: 0.1, MeanOutput: 0.2}
	d := condition(c)
	if math.Abs(d.V1-0.4) > 1e-12 || !math.IsInf(d.V0, -1) {
		t.Fatalf("V_1 = %v, V_0 = %v; want 0.4 and −∞", d.V1, d.V0)
	}
	neuron := started(t, a, 0, -0.1)
	if err := (model.Drift{Learner: c.Learner(neuron, 1), Tolerance: 1e-3}).Integrate(t.Context(), a, 100); err != nil {
		t.Fatal(err)
	}
	mean := 0.
	for mu, v := range neuron.Potentials(a) {
		if a.Target(mu) {
			mean += v / 40
		}
	}
	tau := 1 / (1 + 0.2*40/(0.8*0.9))
	if want := d.V1 + tau*d.Loss; math.Abs(mean-want) > 0.006 {
		t.Errorf("V_1 = %.4f, want %.4f; alone it would be 0.48", mean, want)
	}
}

// Cells of the gated phase diagram, β = 0, against the mean drift from
// potentials just below and above threshold. A pattern within 0.003 of it is
// judged by the direction in which the theory's F would leave it.
func TestGatedLearnableAgreesWithTheDrift(t *testing.T) {
	lesson.Long(t)
	const cells, n = 20, 60
	a, err := model.Task{Channels: n, Patterns: n / 2, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}.Draw(model.Stream(13, 0))
	if err != nil {
		t.Fatal(err)
	}
	rng := model.Stream(14, 0)
	agree, counted, learnable := 0, 0, 0
	for counted < cells {
		c := gated(draw(rng))
		c.NE.Disinhibition *= 2
		d := condition(c)
		lower, upper := d.Margins()
		const start = -0.3
		if math.Abs(lower) < 0.02 || math.Abs(upper) < 0.02 || !deep(c, d, start) && d.Escape > -start {
			continue
		}
		counted++
		learned := true
		for _, v := range []float64{start, 1} {
			neuron := started(t, a, 0, v)
			if err := (model.Drift{Learner: c.Learner(neuron, 1), Tolerance: 1e-3}).Integrate(t.Context(), a, 120); err != nil {
				t.Fatal(err)
			}
			for mu, v := range neuron.Potentials(a) {
				switch target := a.Target(mu); {
				case target:
					learned = learned && v > 0
				case v > -0.003:
					learned = false // Hebbian depression would have carried it further
				}
			}
		}
		want := d.Learnable && d.Escape > -start
		if learned == want {
			agree++
		} else {
			t.Logf("learned %v, theory %v: b = %.3f in (%.3f, %.3f), a_H = %.3f, A_A = %.3f, ρ_A = %.2f, ρ_N = %.3f, escape %.3f",
				learned, want, c.Balance.Offset, d.Lower.Value, d.Upper.Value, c.Hebbian.Rate, c.ACh.Disinhibition, c.ACh.Probability, c.NE.Probability, d.Escape)
		}
		if want {
			learnable++
		}
	}
	t.Logf("%d of %d cells agree, %d learnable", agree, counted, learnable)
	if agree < cells*95/100 || learnable < cells/6 || learnable > cells*5/6 {
		t.Errorf("%d of %d cells agree, %d of them learnable", agree, counted, learnable)
	}
}

// With little disinhibition a gated pattern can be stuck below threshold
// although b is inside the window at threshold.
func TestGatedStuckRoot(t *testing.T) {
	c := bare()
	c.ACh.Disinhibition = 0.02
	c.Hebbian = rules.Hebbian{Rate: 0.3, MeanOutput: 0.16}
	c.Noradrenaline.Rate, c.NE = 0.1, model.Modulator{Probability: 0.2, Error: 0.2, Disinhibition: 3}
	c.Balance.Offset = 0.95
	d := condition(c)
	lower, upper := d.Margins()
	if d.Learnable || !d.Bistable || lower <= 0 || upper <= 0 || !strings.Contains(d.Advice(), "at V = −") {
		t.Errorf("learnable %v, bistable %v, margins %v, %v: %s", d.Learnable, d.Bistable, lower, upper, d.Advice())
	}
	// From there the pattern returns: a root of the force of one pattern.
	if end := of(c).End(true, -0.5); !(end < 0) {
		t.Errorf("from V = −0.5 it ends at %v", end)
	}
}

func ExampleCondition_String_gated() {
	c := rules.Reported()
	c.Balance.WhenFiring = true
	fmt.Print(condition(c))
	// Output:
	// At small rate a co-tuned pattern moves by its own force alone,
	//     F(Y, V) = S_E(Y, V) − a_I ȳ(Y, V) (V + b + θ),
	// inhibition being plastic only when the neuron fires.
	// 1. A Y = 0 pattern above threshold must fall: F(0, 0⁺) = −0.009929 < 0.
	//    Below, it must not be driven back: F(0, 0⁻) = 0.004341, against a push of 0.03886 by heterosynaptic depression.
	//    In terms of b, decided just above threshold, b + θ > b_min:
	//        +0.0144  ρ_N0 a_N (1 − y_N)/a_I  noradrenaline
	//        +0.0201  a_H (1 − ȳ)/a_I         Hebbian
	//      =  0.0344
	// 2. A Y = 1 pattern below threshold must rise: F(1, 0⁻) = 0.3896 just below it.
	//    It rises from depths up to 3.133; what starts deeper stays below.
	//    Other patterns take 0.1686 from its force: heterosynaptic depression, and Y = 0 patterns that sink.
	//    In terms of b, decided just above threshold, b + θ < b_max:
	//        +0.7361  ρ_A a_A (1 − y_A)/a_I      acetylcholine
	//        +0.0144  ρ_N a_N (1 − y_N)/a_I      noradrenaline
	//        +0.0201  a_H (1 − ȳ)/a_I            Hebbian
	//        −0.2436  −β A_1/a_I                 heterosynaptic depression
	//        −0.0206  (1−f_Y)/f_Y F(0, V_0)/a_I  drag of the Y = 0 patterns
	//      =  0.5062
	// 3. b + θ = 0.05, which is 0.01556 above b_min and 0.4562 below b_max.
	//    At vanishing rate, with time enough, for fewer patterns than can stand still together, the circuit learns, from potentials above −3.133.
	//    Y = 1 patterns come to rest at V_1 = 0.4562; Y = 0 patterns sink without end.
	//    The nearer edge is the lower one, by 0.01556: to gain margin raise b.
}
