package scaling

import (
	"math"

	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// Bare is the circuit that theory has most to say of: acetylcholine and balance alone, a_I = 1, ρ_A a_A = 0.7 at the reported ρ_A and a
// reach of acetylcholine that evokes a spike whatever the potential. The offset b is given, and whether inhibition is plastic only when the neuron fires.
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

// Distances are the loads at which the gated rule is studied, in standard deviations s/√N of single tasks below the
// capacity of many channels ([theory.Gated.Width]): the same at all sizes, so that they fall together if that is the law.
var Distances = []float64{4.6, 3.6, 2.8, 2.1, 1.5, 0.8, 0, -1.5}

// LinearLoads are those at which the ungated rule is studied: P/N below, at and beyond its limit of 1.
var LinearLoads = []float64{0.7, 0.85, 1, 1.1, 1.17, 1.24, 1.31, 1.45}

// Study is the study of capacity at many sizes, whose table is [Measured]. Its parts:
//
//	sizes    gated at f_Y = 0.2 (N = 50 … 800) and 0.5 (50 … 400), trained for T = 16 N, and ungated at f_Y = 0.2 for T = 4 N, at λ = 0.3
//	rates    gated at λ = 0.1, 0.6 and 1, N = 200
//	surface  both rules over f, b and ρ_A at 0.7 of their capacity, N = 100, λ = 0.2, for the time 256/(a_I f(1−f))
func Study() experiment.Design {
	c := Bare(GatedOffset, true)
	return experiment.Design{
		Name: "scaling", Seed: 1, Seeds: 4, Circuit: c, Task: experiment.Task(c, 100, 1), Weight: 100, Rate: 0.3, Duration: 1600,
		Points: points(), Measure: Course,
	}
}

var names = []string{"Balance.WhenFiring", "TargetCoding", "Channels", "Load", "Rate", "Duration", "Coding", "Balance.Offset", "ACh.Probability", "neurons"}

// setting is a point; see names.
type setting struct {
	gated                        bool
	targets, channels, load      float64
	rate, duration, coding       float64
	offset, reliability, neurons float64
}

func (s setting) values() []float64 {
	gated := 0.
	if s.gated {
		gated = 1
	}
	load := math.Round(s.load*s.channels) / s.channels
	return []float64{gated, s.targets, s.channels, load, s.rate, s.duration, s.coding, s.offset, s.reliability, s.neurons}
}

func points() experiment.List {
	list := experiment.List{Names: names}
	add := func(s setting) { list.Values = append(list.Values, s.values()) }
	usual := setting{gated: true, targets: 0.2, rate: 0.3, coding: 0.2, offset: GatedOffset, reliability: rules.Reported().ACh.Probability}
	neurons := map[float64]float64{50: 64, 100: 64, 200: 32, 400: 16, 800: 8}
	for _, f := range []float64{0.2, 0.5} {
		for _, n := range []float64{50, 100, 200, 400, 800} {
			s := usual
			s.targets, s.channels, s.duration, s.neurons = f, n, 16*n, neurons[n]
			distances := Distances
			if n == 800 {
				distances = Distances[1:7]
			}
			if n == 800 && f == 0.5 {
				continue
			}
			for _, x := range distances {
				s.load = At(f, n, x)
				add(s)
			}
		}
	}
	linear := usual
	linear.gated, linear.offset = false, LinearOffset
	for _, n := range []float64{50, 100, 200, 400, 800} {
		s := linear
		s.channels, s.duration, s.neurons = n, 4*n, neurons[n]
		for _, s.load = range LinearLoads {
			add(s)
		}
	}
	for _, rate := range []float64{0.1, 0.6, 1} {
		s := usual
		s.rate, s.channels, s.duration, s.neurons = rate, 200, 16*200, 16
		for _, x := range Distances[1:6] {
			s.load = At(s.targets, s.channels, x)
			add(s)
		}
	}
	for _, s := range []setting{usual, linear} {
		s.rate, s.channels, s.neurons = 0.2, 100, 8
		s.load = 0.7
		if s.gated {
			s.load *= capacity(s.targets)
		}
		for _, s.coding = range []float64{0.1, 0.2, 0.4} {
			s.duration = math.Round(256 / (s.coding * (1 - s.coding)))
			for _, s.reliability = range []float64{0.35, 0.5, 0.65, 0.8, 0.95} {
				for _, s.offset = range []float64{0.1, 0.2, 0.3, 0.4, 0.5, 0.6} {
					add(s)
				}
			}
		}
	}
	return list
}

// At is the load that many standard deviations of single tasks of N channels below the gated capacity.
func At(targetCoding, channels, distance float64) float64 {
	width, err := theory.Gated{TargetCoding: targetCoding}.Width()
	if err != nil {
		panic(err)
	}
	return capacity(targetCoding) - distance*width/math.Sqrt(channels)
}

func capacity(targetCoding float64) float64 {
	c, err := theory.Gated{TargetCoding: targetCoding}.Capacity()
	if err != nil {
		panic(err)
	}
	return c
}
