package rules_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"gonum.org/v1/gonum/stat"

	"credo/internal/lesson"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// No law may pass because a rule is missing from the list.
func TestEveryRuleIsInTheList(t *testing.T) {
	listed := map[string]bool{}
	for _, k := range kinds() {
		listed[strings.TrimPrefix(fmt.Sprintf("%T", k.rule), "rules.")] = true
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || f.Name.Name != "Change" {
				continue
			}
			found++
			if name := fmt.Sprint(f.Recv.List[0].Type); !listed[name] {
				t.Errorf("rule %s is not in the list of kinds", name)
			}
		}
	}
	if found < 14 {
		t.Errorf("%d rules found in the packages", found)
	}
}

// scene is what a synapse may see, drawn at random and often enough at values
// where rules switch.
func scene(rng *rand.Rand) model.Signals {
	s := model.Signals{
		Output:     float64(rng.IntN(2)),
		MeanOutput: rng.Float64(),
		Excitation: 3 * rng.Float64(), Inhibition: 3 * rng.Float64(),
		Threshold: rng.Float64() - 0.5,
		ACh:       rng.IntN(2) == 0, NE: rng.IntN(2) == 0,
		AChExcess: rng.Float64() - 0.5, NEExcess: rng.Float64() - 0.5,
		Target: rng.IntN(2) == 0, Told: rng.Float64() - 0.5,
	}
	s.Reward = (s.Output == 1) == s.Target
	return s
}

func TestLocalRulesNeverReadTheTarget(t *testing.T) {
	for _, k := range kinds() {
		rng, differ := model.Stream(1, 1), 0
		for range 1000 {
			s := scene(rng)
			other := s
			other.Target, other.Told = !s.Target, -s.Told // what a reference rule alone may read
			if k.rule.Change(&s) != k.rule.Change(&other) {
				differ++
			}
		}
		switch {
		case k.told && differ == 0:
			t.Errorf("%s: is called a reference rule, but never reads the target", k.name)
		case !k.told && differ > 0:
			t.Errorf("%s: reads the target", k.name)
		}
	}
}

func TestRulesArePure(t *testing.T) {
	for _, k := range kinds() {
		rng := model.Stream(2, 1)
		var seen []model.Signals
		var first []model.Change
		for range 500 {
			s := scene(rng)
			before := s
			first = append(first, k.rule.Change(&s))
			seen = append(seen, before)
			if s != before {
				t.Fatalf("%s: changed the signals from %+v to %+v", k.name, before, s)
			}
		}
		for n := len(seen) - 1; n >= 0; n-- { // in another order
			if got := k.rule.Change(&seen[n]); got != first[n] {
				t.Fatalf("%s: %+v gives %+v, earlier %+v", k.name, seen[n], got, first[n])
			}
		}
	}
}

// ledger keeps what a rule did on every trial.
type ledger struct {
	rule                                   model.Rule
	active, silent, activeLoss, silentLoss []float64
}

func (l *ledger) Change(s *model.Signals) model.Change {
	c := l.rule.Change(s)
	l.active, l.silent = append(l.active, c.Active), append(l.silent, c.Silent)
	l.activeLoss, l.silentLoss = append(l.activeLoss, c.ActiveLoss), append(l.silentLoss, c.SilentLoss)
	return c
}

// The law that ties theory to simulation: Mean is the average of Change over
// the trials that Train runs, at any potential, for either target.
func TestMeanIsTheAverageOverTrials(t *testing.T) {
	lesson.Long(t)
	const repeats, epochs = 1000, 20
	reported := rules.Reported()
	for _, modulators := range [][2]model.Modulator{
		{reported.ACh, reported.NE},
		{{Probability: 0.6, Error: 0.2, Disinhibition: 0.3}, {Probability: 0.4, Error: 0.3, Disinhibition: 0.8}},
		{{Probability: 1, Error: 1}, {}}, // released, without disinhibition
		{{Probability: 0.7, Error: 0.3, Disinhibition: 0.3, Coupling: -0.4, Variation: 0.6}, {Probability: 0.5, Error: 0.4, Disinhibition: 0.8, Coupling: 0.5, Variation: 1}},
	} {
		for run, v := range []float64{-1.2, -0.4, -0.05, 0, 0.15} {
			for _, target := range []bool{false, true} {
				// One channel and one pattern, presented many times.
				n := model.NewNeuron(1, 1.5)
				n.Excitatory[0], n.Threshold = 2, 0.5-v
				a := repeated(t, repeats, target)
				learner := func(rule model.Rule) *model.Learner {
					return &model.Learner{
						Neuron: n, ACh: modulators[0], NE: modulators[1], MeanOutput: 0.3,
						Excitatory: []model.Rule{rule}, Inhibitory: []model.Rule{rule},
					}
				}
				l := learner(rules.Hebbian{})
				var ledgers []*ledger
				for _, k := range kinds() {
					ledgers = append(ledgers, &ledger{rule: k.rule})
					l.Excitatory = append(l.Excitatory, ledgers[len(ledgers)-1])
				}
				lesson.Train(t, l, a, epochs, model.Stream(3, uint64(run)))
				iE, iI := n.Currents(a, 0)
				for i, k := range kinds() {
					mean, inhibitory := learner(k.rule).Mean(target, iE, iI)
					if mean != inhibitory {
						t.Errorf("%s: means %+v and %+v of one rule", k.name, mean, inhibitory)
					}
					for _, c := range []struct {
						what   string
						trials []float64
						want   float64
					}{
						{"Active", ledgers[i].active, mean.Active}, {"Silent", ledgers[i].silent, mean.Silent},
						{"ActiveLoss", ledgers[i].activeLoss, mean.ActiveLoss}, {"SilentLoss", ledgers[i].silentLoss, mean.SilentLoss},
					} {
						got, sd := stat.MeanStdDev(c.trials, nil)
						se := sd / math.Sqrt(repeats*epochs)
						// An outcome of probability p may be missing from all
						// trials; at 5 standard errors p is below 25/trials.
						rare := 25 * 1.0 / (repeats * epochs)
						if !(math.Abs(got-c.want) <= 5*se+rare+1e-12) {
							t.Errorf("%s, V = %v, target %v: %s is %.5f ± %.5f on average, Mean says %.5f",
								k.name, v, target, c.what, got, se, c.want)
						}
					}
				}
			}
		}
	}
}

// repeated is one active channel, presented many times with one target.
func repeated(t testing.TB, times int, target bool) *model.Associations {
	t.Helper()
	targets := slices.Repeat([]bool{target}, times)
	a, err := model.NewAssociations(1, slices.Repeat([][]int32{{0}}, times), nil, targets)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// learning is a neuron whose excitatory and inhibitory synapses both learn by
// the rule.
func learning(k kind, a *model.Associations, rate float64) *model.Learner {
	channels, _ := a.Channels()
	return &model.Learner{
		Neuron: model.NewNeuron(channels, 1), Excitatory: []model.Rule{k.rule}, Inhibitory: []model.Rule{k.rule},
		ACh:  model.Modulator{Probability: 0.8, Error: 0.1, Disinhibition: 0.3},
		NE:   model.Modulator{Probability: 0.1, Error: 0.1, Disinhibition: 1.5},
		Rate: rate, MeanOutput: 0.3, Memory: 100, Teacher: saying(0.2),
	}
}

// saying is a teacher that always says the same.
type saying float64

func (s saying) Tell(*model.Neuron, int) float64 { return float64(s) }

var small = model.Task{Channels: 40, Patterns: 20, Coding: 0.3, TargetCoding: 0.4, CoTuning: 0.5}

func TestRateZeroChangesNothing(t *testing.T) {
	for _, k := range kinds() {
		a := lesson.Drawn(t, small, 4)
		l := learning(k, a, 0)
		before := l.Neuron.Clone()
		lesson.Train(t, l, a, 20, model.Stream(4, 1))
		if !slices.Equal(l.Neuron.Excitatory, before.Excitatory) || !slices.Equal(l.Neuron.Inhibitory, before.Inhibitory) {
			t.Errorf("%s: weights changed", k.name)
		}
		l.Rate = 0.1 // and any other rate does
		lesson.Train(t, l, a, 20, model.Stream(4, 1))
		if slices.Equal(l.Neuron.Excitatory, before.Excitatory) && slices.Equal(l.Neuron.Inhibitory, before.Inhibitory) {
			t.Errorf("%s: never changes a weight", k.name)
		}
	}
}

func TestPermutingChannelsPermutesWeights(t *testing.T) {
	a := lesson.Drawn(t, small, 5)
	n, _ := a.Channels()
	to := model.Stream(5, 2).Perm(n)
	permuted := func(list func(int) []int32) (out [][]int32) {
		for mu := range a.Len() {
			var p []int32
			for _, i := range list(mu) {
				p = append(p, int32(to[i]))
			}
			slices.Sort(p)
			out = append(out, p)
		}
		return out
	}
	var targets []bool
	for mu := range a.Len() {
		targets = append(targets, a.Target(mu))
	}
	b, err := model.NewAssociations(n, permuted(a.Excitatory), permuted(a.Inhibitory), targets)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kinds() {
		one, other := learning(k, a, 0.2), learning(k, b, 0.2)
		for i := range n { // weights that differ, away from any tie
			one.Neuron.Excitatory[i] += math.Sqrt(float64(i)) / 10
			other.Neuron.Excitatory[to[i]] = one.Neuron.Excitatory[i]
		}
		lesson.Train(t, one, a, 30, model.Stream(5, 1))
		lesson.Train(t, other, b, 30, model.Stream(5, 1))
		for i := range n {
			// Sums in another order round otherwise.
			lesson.Near(t, k.name+": w_E", other.Neuron.Excitatory[to[i]], one.Neuron.Excitatory[i], 1e-11)
			lesson.Near(t, k.name+": w_I", other.Neuron.Inhibitory[to[i]], one.Neuron.Inhibitory[i], 1e-11)
		}
	}
}

// Weights stay within their bounds, or training is undone, for any input.
func FuzzWeightsStayWithinBounds(f *testing.F) {
	for which := range len(kinds()) {
		f.Add(uint64(which), byte(which), 0.3, 0.0, 5.0, 5.0)
	}
	f.Add(uint64(1), byte(3), 10.0, 0.01, 0.0, 3.0)
	f.Add(uint64(2), byte(9), 1e3, 0.5, 2.0, math.Inf(1))
	f.Add(uint64(3), byte(11), 1e308, 0.0, 1e300, 0.0)
	f.Add(uint64(4), byte(0), 1e-300, 0.999, 1e-3, 1e-3)
	f.Add(uint64(5), byte(8), 30.0, 0.0, 0.0, 0.0) // losses above 1: the map turns weights over
	f.Fuzz(func(t *testing.T, seed uint64, which byte, rate, decay, maxE, maxI float64) {
		all := kinds()
		rng := model.Stream(seed, 9)
		task := model.Task{
			Channels: 1 + rng.IntN(60), Patterns: 1 + rng.IntN(30),
			Coding: 0.01 + 0.98*rng.Float64(), TargetCoding: 0.5, CoTuning: float64(rng.IntN(3)) / 2,
		}
		a := lesson.Drawn(t, task, seed)
		l := learning(all[int(which)%len(all)], a, rate)
		l.Inhibitory = []model.Rule{all[rng.IntN(len(all))].rule, all[rng.IntN(len(all))].rule}
		l.Decay, l.MaxWeight, l.MaxInhibitory = decay, maxE, maxI
		boundE, boundI := maxE, maxI
		if maxE == 0 {
			boundE = math.Inf(1)
		}
		if maxI == 0 {
			boundI = boundE
		}
		for i := range l.Neuron.Excitatory {
			l.Neuron.Excitatory[i] = min(boundE, rng.ExpFloat64())
			l.Neuron.Inhibitory[i] = min(boundI, rng.ExpFloat64())
		}
		if l.Check() != nil {
			return // not a learner: the table of bad input is tested elsewhere
		}
		_, err := l.Train(context.Background(), a, 10, model.Stream(seed, 1))
		within := func(what string, weights []float64, bound float64) {
			for i, w := range weights {
				if !(w >= 0 && w <= bound && w <= math.MaxFloat64) {
					t.Fatalf("%s %d = %v outside [0, %v] (error: %v)", what, i, w, bound, err)
				}
			}
		}
		within("w_E", l.Neuron.Excitatory, boundE)
		within("w_I", l.Neuron.Inhibitory, boundI)
	})
}

func TestSameSeedSameBytesOnAnyNumberOfGoroutines(t *testing.T) {
	const runs = 16
	a := lesson.Drawn(t, small, 6)
	digest := func(workers int) [runs]uint64 {
		var sums [runs]uint64
		next := make(chan int)
		var done sync.WaitGroup
		for range workers {
			done.Go(func() {
				for run := range next {
					k := kinds()[run%len(kinds())]
					l := learning(k, a, 0.2)
					if _, err := l.Train(context.Background(), a, 30, model.Stream(6, uint64(run))); err != nil {
						t.Error(err)
					}
					h := fnv.New64a()
					for _, w := range slices.Concat(l.Neuron.Excitatory, l.Neuron.Inhibitory) {
						fmt.Fprintf(h, "%x ", math.Float64bits(w))
					}
					sums[run] = h.Sum64()
				}
			})
		}
		for run := range runs {
			next <- run
		}
		close(next)
		done.Wait()
		return sums
	}
	one := digest(1)
	for _, workers := range []int{2, 8} {
		if got := digest(workers); got != one {
			t.Errorf("%d goroutines give %x, one gives %x", workers, got, one)
		}
	}
	if one[0] == one[12] { // the same rule, another stream
		t.Error("two streams give the same bytes")
	}
}
