package broadcast_test

import (
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/broadcast"
	"credo/pkg/model"
	"credo/pkg/rules"
)

var every = flag.Bool("every", false, "TestSimulatedElsewhere by every row, which takes minutes")

// row is a simulation by another program, of one neuron or of all that share: means
// and standard errors over its runs.
type row struct {
	family              string
	m                   int
	param, f, b         float64
	rate, duration      float64
	channels, patterns  int
	runs                float64
	misses, falseAlarms [2]float64
	v1, v0              [2]float64
	potentials          bool
}

func rows(t *testing.T) (list []row) {
	t.Helper()
	file, err := os.Open("testdata/simulated.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		x := make([]float64, len(line))
		for k, s := range line[1:] {
			if s != "" {
				if x[k+1], err = strconv.ParseFloat(s, 64); err != nil {
					t.Fatal(err)
				}
			}
		}
		list = append(list, row{line[0], int(x[1]), x[2], x[3], x[4], x[5], x[6], int(x[7]), int(x[8]), x[9],
			[2]float64{x[10], x[11]}, [2]float64{x[12], x[13]}, [2]float64{x[14], x[15]}, [2]float64{x[16], x[17]}, line[14] != ""})
	}
	return list
}

// class is a run of the row's experiment here.
func (r row) class(run uint64) class {
	c := bare(r.f, r.b)
	s := broadcast.Common{Neurons: float64(r.m)}
	kind, more, _ := strings.Cut(r.family, " ")
	switch more {
	case "reported":
		c = sparse(r.f, r.f, r.b)
	case "gated Hebbian":
		c.Balance.WhenFiring = true
		c.Hebbian = rules.Hebbian{Rate: r.param, MeanOutput: r.f}
	case "gated depression":
		c.Balance.WhenFiring, c.Acetylcholine.Depression = true, r.param
	}
	var of class
	switch kind {
	case "frozen":
		of = common(c, r.m, 1, r.rate, r.duration)
	case "tag":
		of = common(c, r.m, 1, r.rate, r.duration, model.Tag(r.param))
	case "contexts":
		of = released(half(c, 8, r.rate, r.duration, broadcast.Recurring(int(r.param), r.m-1, r.f, run), model.Zones(1, 1)))
	case "at":
		s.Needed = int(r.param)
		of = afresh(c, s, r.rate, r.duration)
	case "fresh":
		if more == "separate" {
			of = afresh(c, broadcast.Separate{Neurons: s.Neurons}, r.rate, r.duration)
			break
		}
		of = afresh(c, s, r.rate, r.duration)
	case "pool":
		of = pool(r.m, r.f, 0, more != "ungated", more != "without lateral inhibition", r.duration)
	}
	of.channels, of.patterns = r.channels, r.patterns
	return of
}

// What another program has simulated, one neuron at a time and in its own way, comes out
// here: means and standard errors of its runs against ours.
func TestSimulatedElsewhere(t *testing.T) {
	lesson.Long(t)
	for k, r := range rows(t) {
		if !*every {
			continue
		}
		name := fmt.Sprintf("%s, M = %d, %v, f = %v, b = %v, λ = %v, P = %d", r.family, r.m, r.param, r.f, r.b, r.rate, r.patterns)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var misses, falseAlarms, v1, v0 []float64
			for run := range uint64(5) {
				x := r.class(run).learns(t, uint64(100+k), run)
				if strings.HasPrefix(r.family, "pool") {
					x.misses, x.falseAlarm = x.pool[0], x.pool[1]
				}
				misses, falseAlarms, v1, v0 = append(misses, x.misses), append(falseAlarms, x.falseAlarm), append(v1, x.v1), append(v0, x.v0)
			}
			agrees(t, "misses", misses, r.misses[0], r.misses[1], r.runs)
			agrees(t, "false alarms", falseAlarms, r.falseAlarms[0], r.falseAlarms[1], r.runs)
			if r.potentials {
				agrees(t, "V_1", v1, r.v1[0], r.v1[1], r.runs)
				agrees(t, "V_0", v0, r.v0[0], r.v0[1], r.runs)
			}
		})
	}
}
