package scaling

import (
	"math"

	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// Bare is the circuit that theory has most to say of: acetylcholine and balance alone, a_I = 1, ρ_A a_A = 0.7 at the reported ρ_A, and a
// reach of acetylcholine that evokes a spike at any potential. The offset b is given, and whether inhibition is plastic
// only when the neuron fires.
func Bare(offset float64, gated bool) rules.Circuit {
	var c rules.Circuit
	c.ACh = model.Modulator{Probability: rules.Reported().ACh.Probability, Disinhibition: 1000}
	c.Acetylcholine.Rate = 0.7 / c.ACh.Probability
	c.Balance = rules.Balance{Rate: 1, Slope: 1, Offset: offset, WhenFiring: gated}
	return c.With(0.2, 0.2, 0)
}

// Offsets b of the two rules where it is not varied.
const (
	GatedOffset  = 0.5
	LinearOffset = 0.3
)

// distances are the loads at which the gated rule is studied, in standard deviations s/√N of single tasks below the
// capacity of many channels ([theory.Gated.Width]): the same at all sizes, so that these fall together if that is the law.
var distances = []float64{4.6, 3.6, 2.8, 2.1, 1.5, 0.8, 0, -1.5}

// loads are those at which the ungated rule is studied, P/N below, at and beyond its limit of 1.
var loads = []float64{0.7, 0.85, 1, 1.1, 1.17, 1.24, 1.31, 1.45}

// Study is the study of capacity at many sizes, whose table is [Measured]. Its parts:
//
//	sizes    gated at f_Y = 0.2 (N = 50 … 800) and 0.5 (50 … 400), trained for T = 16 N, and
//	         ungated at f_Y = 0.2 for T = 4 N; λ = 0.3
//	rates    gated at λ = 0.1, 0.6 and 1, N = 200
//	surface  both rules over f, b and ρ_A at 0.7 of their capacity, N = 100, λ = 0.2, for the time 256/(a_I f(1−f))
//
// The time grows with the size because it must: what is missing to capacity for want of time falls as T^(−1/2), by the theorem that bounds the
// false alarms ([theory.Theory.FalseAlarmBudget]), and what single tasks differ by as N^(−1/2).
func Study() experiment.Design {
	c := Bare(GatedOffset, true)
	return experiment.Design{
		Name: "scaling", Seed: 1, Circuit: c, Task: experiment.Task(c, 100, 1), Weight: 100, Rate: 0.3, Duration: 1600,
		Points: points(), Measure: Course,
	}
}

// points are those of the study, and layer is the number of the layer among those of the same values.
func points() experiment.List {
	list := experiment.List{Names: []string{"Balance.WhenFiring", "TargetCoding", "Channels", "Load", "Rate", "Duration", "Coding", "Balance.Offset", "ACh.Probability", "layer"}}
	for _, part := range [][]setting{sizes(), rates(), surface()} {
		for _, s := range part {
			for layer := range s.layers {
				list.Values = append(list.Values, append(s.values(), float64(layer)))
			}
		}
	}
	return list
}

// setting is a point, and how many layers are trained there.
type setting struct {
	gated, targets, channels, load, rate, duration, coding, offset, reliability float64
	layers                                                                      int
}

func (s setting) values() []float64 {
	load := math.Round(s.load*s.channels) / s.channels
	return []float64{s.gated, s.targets, s.channels, load, s.rate, s.duration, s.coding, s.offset, s.reliability}
}

var (
	gated  = setting{gated: 1, targets: 0.2, rate: 0.3, coding: 0.2, offset: GatedOffset, reliability: rules.Reported().ACh.Probability}
	linear = setting{gated: 0, targets: 0.2, rate: 0.3, coding: 0.2, offset: LinearOffset, reliability: rules.Reported().ACh.Probability}
)

func sizes() (list []setting) {
	for _, part := range []struct {
		targets, channels float64
		layers            int
		distances         []float64
	}{
		{0.2, 50, 20, distances}, {0.2, 100, 20, distances}, {0.2, 200, 16, distances}, {0.2, 400, 8, distances}, {0.2, 800, 4, distances[1:7]},
		{0.5, 50, 16, distances}, {0.5, 100, 16, distances}, {0.5, 200, 16, distances}, {0.5, 400, 8, distances},
	} {
		s := gated
		s.targets, s.channels, s.duration, s.layers = part.targets, part.channels, 16*part.channels, part.layers
		for _, x := range part.distances {
			s.load = Load(s.targets, s.channels, x)
			list = append(list, s)
		}
	}
	for k, n := range []float64{50, 100, 200, 400, 800} {
		s := linear
		s.channels, s.duration, s.layers = n, 4*n, []int{8, 8, 8, 4, 4}[k]
		for _, s.load = range loads {
			list = append(list, s)
		}
	}
	return list
}

func rates() (list []setting) {
	s := gated
	s.channels, s.duration, s.layers = 200, 16*200, 6
	for _, s.rate = range []float64{0.1, 0.6, 1} {
		for _, x := range distances[1:6] {
			s.load = Load(s.targets, s.channels, x)
			list = append(list, s)
		}
	}
	return list
}

func surface() (list []setting) {
	for _, s := range []setting{gated, linear} {
		s.rate, s.channels, s.layers, s.load = 0.2, 100, 2, 0.7
		if s.gated == 1 {
			s.load *= must(theory.Gated{TargetCoding: s.targets}.Capacity())
		}
		for _, s.coding = range []float64{0.1, 0.2, 0.4} {
			s.duration = math.Round(256 / (s.coding * (1 - s.coding)))
			for _, s.reliability = range []float64{0.35, 0.5, 0.65, 0.8, 0.95} {
				for _, s.offset = range []float64{0.1, 0.2, 0.3, 0.4, 0.5, 0.6} {
					list = append(list, s)
				}
			}
		}
	}
	return list
}

// Load is the load that is so many standard deviations of single tasks of N channels below the gated capacity. It panics if f_Y is outside (0, 1).
func Load(targetCoding, channels, distance float64) float64 {
	g := theory.Gated{TargetCoding: targetCoding}
	return must(g.Capacity()) - distance*must(g.Width())/math.Sqrt(channels)
}

func must(x float64, err error) float64 {
	if err != nil {
		panic(err)
	}
	return x
}
