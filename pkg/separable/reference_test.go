package separable

import (
	"bufio"
	"encoding/json"
	"flag"
	"math"
	"os"
	"strings"
	"testing"

	"credo/pkg/model"
)

var dump = flag.String("dump", "", "file to write the problems of TestReferenceAnswers to")

// reference is what [TestReferenceAnswers] decides: 1,000 problems of ten kinds,
// loads from .8 to 1.2 of the critical ones.
func reference(yield func(kind string, decide func(t *testing.T) Answer, p Problem)) {
	for i, e := range ensembles {
		for k := range 100 {
			n := 12 + 6*(k%7)
			load := []float64{0.8, 0.95, 1, 1.05, 1.2}[k%5] * e.load
			p := e.draw(model.Stream(100+uint64(i), uint64(k)), n, int(load*float64(n)))
			yield(e.name, func(t *testing.T) Answer { return decided(t, p).Answer }, p)
		}
	}
	for kind, coTuning := range []float64{0, 1} {
		for k := range 100 {
			n := 9 * (1 + k%6)
			task := model.Task{Channels: n, Coding: 0.3, TargetCoding: 0.5, CoTuning: coTuning}
			task.Patterns = int([]float64{0.8, 0.95, 1, 1.05, 1.2}[k%5] * float64(2*n))
			a, err := task.Draw(model.Stream(108+uint64(kind), uint64(k)))
			if err != nil {
				panic(err)
			}
			c := every[k%4]
			// Without a margin the unit of the currents is free.
			yield([]string{"Store, independent", "Store, co-tuned"}[kind], func(t *testing.T) Answer { return stored(t, a, c).Answer }, asProblem(a, c, 1))
		}
	}
}

// asProblem is what Store asks of a neuron, in units of currents times √N: y V ≥
// κ is x·w ≥ √N(κ + θ) or ≤ √N(θ − κ), strict for target 1 and κ = 0.
func asProblem(a *model.Associations, c Constraints, root float64) Problem {
	p := Problem{FreeThreshold: c.FreeThreshold}
	for j := range countE(a) + countI(a) {
		least, most := 0.0, inf
		if c.MaxWeight > 0 {
			most = c.MaxWeight
		}
		if j >= countE(a) {
			least, most = -most, 0
		}
		p.Least, p.Most = append(p.Least, least), append(p.Most, most)
	}
	for mu := range a.Len() {
		x := make([]float64, countE(a)+countI(a))
		for j := range inputs(a, mu) {
			x[j] = 1
		}
		low, high := root*(c.Margin+c.Threshold), inf
		if !a.Target(mu) {
			low, high = -inf, root*(c.Threshold-c.Margin)
		}
		p.Inputs, p.Low, p.High = append(p.Inputs, x), append(p.Low, low), append(p.High, high)
		p.Strict = append(p.Strict, a.Target(mu) && c.Margin == 0)
	}
	return p
}

// The answers are those of HiGHS, by scipy 1.10.1, in testdata/highs.txt:
//
//	go test -run Reference -dump /tmp/problems . && python3 testdata/highs.py /tmp/problems >testdata/highs.txt
func TestReferenceAnswers(t *testing.T) {
	t.Parallel()
	answers, err := os.ReadFile("testdata/highs.txt")
	if err != nil && *dump == "" {
		t.Fatal(err)
	}
	want := strings.Fields(string(answers))
	var encoder *json.Encoder
	if *dump != "" {
		f, err := os.Create(*dump)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		w := bufio.NewWriter(f)
		defer w.Flush()
		encoder = json.NewEncoder(w)
	}
	counts, at := map[string]*[3]int{}, 0
	var kinds []string
	reference(func(kind string, decide func(t *testing.T) Answer, p Problem) {
		at++
		if encoder != nil {
			if err := encoder.Encode(printable(p)); err != nil {
				t.Fatal(err)
			}
			return
		}
		if testing.Short() && at%10 != 0 {
			return
		}
		if counts[kind] == nil {
			counts[kind], kinds = new([3]int), append(kinds, kind)
		}
		got := decide(t)
		if counts[kind][got]++; at > len(want) || got.String() != want[at-1] && got != Undecided {
			t.Errorf("%s, problem %d: %v, HiGHS says otherwise", kind, at-1, got)
		}
	})
	for _, kind := range kinds {
		t.Logf("%s: %d undecided, %d feasible, %d infeasible", kind, counts[kind][0], counts[kind][1], counts[kind][2])
		if counts[kind][Undecided] > 0 {
			t.Errorf("%s: %d undecided", kind, counts[kind][Undecided])
		}
	}
}

// printable is the problem for JSON, which has no infinities.
func printable(p Problem) map[string]any {
	ends := func(list []float64) (result []any) {
		for _, x := range list {
			if math.IsInf(x, 0) {
				result = append(result, nil)
			} else {
				result = append(result, x)
			}
		}
		return result
	}
	return map[string]any{
		"inputs": p.Inputs, "low": ends(p.Low), "high": ends(p.High), "strict": p.Strict,
		"least": ends(p.Least), "most": ends(p.Most), "free": p.FreeThreshold,
	}
}
