package generate_test

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/model"
	"credo/pkg/recordings"
	"credo/pkg/recordings/generate"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

func drawn(t *testing.T, g generate.Generator, run uint64) *generate.Set {
	t.Helper()
	s, err := g.Generate(model.Stream(11, run))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// above is a generator in which the neuron is above threshold throughout, so
// that it fires for certain and the change of each current has a closed form.
func above(condition recordings.Treatment) generate.Generator {
	g := generate.Typical()
	g.Treatment, g.Circuit.Threshold = condition, -1e3
	g.Base = 3 // far from 0
	return g
}

// Pairing changes the paired channel by what the circuit's rules say in closed
// form, and the others by the depression of silent synapses alone: derived here
// from the rules' equations at y = 1, in pA.
func TestPairingInClosedForm(t *testing.T) {
	c := rules.Reported()
	hebb := c.Hebbian.Rate * (1 - c.Hebbian.MeanOutput)
	a, n := c.Acetylcholine.Rate*(1-c.Acetylcholine.Reference), c.Noradrenaline.Rate*(1-c.Noradrenaline.Reference)
	silent := -a * c.Acetylcholine.Depression * 0.2 / 0.8
	for _, test := range []struct {
		condition     recordings.Treatment
		linger        int
		paired, other float64 // in units of λ, a pairing
		lingered      float64 // of the others, a lingering presentation
	}{
		{recordings.ACh, 0, hebb + a, silent, 0},
		{recordings.NE, 0, hebb + n, 0, 0},
		{recordings.NE, 5, hebb + n, 0, hebb + n},
		{recordings.None, 0, hebb, 0, 0},
		{recordings.Drug, 0, hebb, 0, 0},
	} {
		g := above(test.condition)
		g.Linger = test.linger
		for _, truth := range drawn(t, g, 0).Truth {
			ch, unit := truth.Channel, g.Scale*g.Rate
			want := unit * (test.other*float64(g.Pairings) + test.lingered*float64(g.Linger))
			if ch.Paired {
				want = unit * test.paired * float64(g.Pairings)
			}
			if got := ch.E1 - ch.E0; math.Abs(got-want) > 1e-9 {
				t.Fatalf("%v, linger %d, paired %v: change %v pA, want %v", test.condition, test.linger, ch.Paired, got, want)
			}
		}
	}
}

// Below threshold a pairing with acetylcholine fires with probability
// Φ(1 + V/A_A), and the change is that much smaller.
func TestPairingBelowThreshold(t *testing.T) {
	g := generate.Typical()
	g.Pairings, g.Scatter = 1, 0.5
	c, below := g.Circuit, 0
	for _, truth := range drawn(t, g, 14).Truth {
		ch := truth.Channel
		if !ch.Paired {
			continue
		}
		p, v := 1.0, (ch.E0-ch.I0)/g.Scale
		if v <= 0 {
			p = distuv.UnitNormal.CDF(1 + v/c.ACh.Disinhibition)
			below++
		}
		want := g.Scale * g.Rate * (c.Acetylcholine.Rate*(p-c.Acetylcholine.Reference) + c.Hebbian.Rate*(p-c.Hebbian.MeanOutput))
		if math.Abs(ch.E1-ch.E0-want) > 1e-9 {
			t.Errorf("V = %v: change %v pA, want %v", v, ch.E1-ch.E0, want)
		}
	}
	if below < 9 {
		t.Errorf("%d channels below threshold", below)
	}
}

// Balanced depression, β = 1 with one channel of K, conserves the sum of a
// cell's excitation, and half of it does not.
func TestBalancedDepressionConservesTheSum(t *testing.T) {
	for _, beta := range []float64{1, 0.5} {
		g := above(recordings.ACh)
		g.Circuit = g.Circuit.Without("Hebbian")
		g.Circuit.Threshold = -1e3
		g.Circuit.Acetylcholine.Depression, g.Circuit.Acetylcholine.Coding = beta, 1/float64(g.Channels)
		s := drawn(t, g, 1)
		sum, paired := 0.0, 0.0
		for _, truth := range s.Truth[:g.Channels] {
			sum += truth.Channel.E1 - truth.Channel.E0
			if truth.Channel.Paired {
				paired = truth.Channel.E1 - truth.Channel.E0
			}
		}
		if want := (1 - beta) * paired; math.Abs(sum-want) > 1e-9 || paired < 10 {
			t.Errorf("β = %v: the sum changes by %v pA, want %v of %v", beta, sum, want, paired)
		}
	}
}

// Ungated, inhibition relaxes to the line by the share that Relaxed says,
// whatever fires; in every phase.
func TestInhibitionRelaxes(t *testing.T) {
	g := generate.Typical()
	g.Circuit.Balance.Slope, g.Circuit.Balance.Offset, g.Times = 0.8, 0.1, []float64{-30, -5, 0, 2, 13, 60, 600}
	slope, offset := g.Line()
	if r := g.Relaxed(60); math.Abs(r-(1-math.Pow(1-0.05*0.638, 60))) > 1e-12 || g.Relaxed(-5) != 0 {
		t.Errorf("relaxed by %v after 60 min", r)
	}
	s := drawn(t, g, 2)
	moved := 0.0
	for i, truth := range s.Truth {
		ch, time := truth.Channel, s.Responses[i].Time
		want, excitation := ch.I0+g.Relaxed(time)*(slope*ch.E1+offset-ch.I0), ch.E1
		if time < 0 {
			want, excitation = ch.I0, ch.E0
		}
		if math.Abs(truth.Inhibition-want) > 1e-9 || truth.Excitation != excitation {
			t.Fatalf("%v min: %+v, want inhibition %v", time, truth, want)
		}
		moved = max(moved, math.Abs(want-ch.I0))
	}
	if moved < 10 {
		t.Errorf("inhibition moves by %v pA at most: no test", moved)
	}
}

// Gated, a channel that never fires the neuron keeps its inhibition, and one
// that always does relaxes as if there were no gate.
func TestGatedInhibition(t *testing.T) {
	g := generate.Typical()
	g.Circuit = g.Circuit.Without("NE")
	g.Circuit.Balance.WhenFiring, g.Jitter, g.Times = true, 0, []float64{-5, 60}
	g.Drive = 5 // of the potential, so that the drive decides what fires
	slope, offset := g.Line()
	s := drawn(t, g, 3)
	silent, firing := 0, 0
	for i, truth := range s.Truth {
		ch, late := truth.Channel, s.Responses[i].Time > 0
		relaxed := ch.I0 + g.Relaxed(60)*(slope*ch.E1+offset-ch.I0)
		switch {
		case !late:
		case ch.Firing == 0 && truth.Firing == 0:
			silent++
			if truth.Inhibition != ch.I0 {
				t.Errorf("silent: inhibition from %v to %v", ch.I0, truth.Inhibition)
			}
		case ch.Firing == 1 && truth.Firing == 1:
			firing++
			if math.Abs(truth.Inhibition-relaxed) > 1e-9 {
				t.Errorf("firing: inhibition %v, want %v", truth.Inhibition, relaxed)
			}
		}
	}
	if silent < 20 || firing < 20 {
		t.Errorf("%d silent and %d firing channels: no test", silent, firing)
	}
}

// Gated, a single presentation takes λ a_I of the distance from the line with
// the probability that the neuron fires, jitter and drive included.
func TestGateOfOnePresentation(t *testing.T) {
	t.Parallel()
	g := generate.Typical()
	g.Circuit.Balance.WhenFiring, g.Cells, g.Times, g.Pace = true, 500, []float64{-5, 1}, 1
	g.Circuit.NE = model.Modulator{} // or the change would be a mean over its release
	g.Jitter, g.Drive = 0.5, 0.5
	slope, offset := g.Line()
	s := drawn(t, g, 10)
	moved, want, variance := 0.0, 0.0, 0.0
	for i, truth := range s.Truth {
		if ch := truth.Channel; s.Responses[i].Time > 0 {
			share := (truth.Inhibition - ch.I0) / (slope*ch.E1 + offset - ch.I0) / g.Relaxed(1)
			if math.Abs(share) > 1e-6 && math.Abs(share-1) > 1e-6 {
				t.Fatalf("a share %v of a whole presentation", share)
			}
			if ch.Firing < 0.5 { // below threshold but for the jitter
				moved += math.Round(share)
				want += ch.Firing
				variance += ch.Firing * (1 - ch.Firing)
			}
		}
	}
	if math.Abs(moved-want) > 5*math.Sqrt(variance) {
		t.Errorf("%v channels moved, want %v ± %v", moved, want, math.Sqrt(variance))
	}
}

// A rule of one's own whose change depends on the weight: with the losses of
// active and silent synapses excitation decays geometrically.
func TestRulesWithLosses(t *testing.T) {
	g := generate.Typical()
	g.Circuit = rules.Circuit{Coding: 0.2, TargetCoding: 0.2, Balance: rules.Balance{Slope: 1}}
	g.Circuit.Excitatory = []model.Rule{rules.Func(func(*model.Signals) model.Change { return model.Change{ActiveLoss: 0.3, SilentLoss: 0.1} })}
	for _, truth := range drawn(t, g, 12).Truth {
		ch, loss := truth.Channel, 0.1
		if ch.Paired {
			loss = 0.3
		}
		if want := ch.E0 * math.Pow(1-g.Rate*loss, float64(g.Pairings)); math.Abs(ch.E1-want) > 1e-9 {
			t.Fatalf("paired %v: excitation %v, want %v", ch.Paired, ch.E1, want)
		}
	}
}

// With jitter and no modulators the neuron fires with probability Φ(V/J), and
// with noradrenaline as a simulation of single presentations says.
func TestFiring(t *testing.T) {
	t.Parallel()
	g := generate.Typical()
	g.Jitter, g.Drive, g.Times = 0.3, 0.2, []float64{-5}
	g.Circuit.NE = model.Modulator{Probability: 0.5, Error: 0.5, Disinhibition: 0.4}
	g.Sweeps = 2000
	for i, r := range drawn(t, g, 4).Responses {
		p := drawn(t, g, 4).Truth[i].Firing
		if sd := math.Sqrt(p * (1 - p) / float64(2*g.Sweeps)); math.Abs(r.Spikes-p) > 5*sd {
			t.Errorf("%v spikes a sweep, want %v ± %v", r.Spikes, p, sd)
		}
		if i == 3 {
			break
		}
	}
	g.Drive = 0
	for _, modulated := range []bool{false, true} {
		if !modulated {
			g.Circuit = g.Circuit.Without("NE")
		} else {
			g.Circuit.NE = model.Modulator{Probability: 0.9, Error: 0.9, Disinhibition: 0.1}
		}
		rng := model.Stream(12, 0)
		for i, truth := range drawn(t, g, 4).Truth[:8] {
			const draws = 40000
			fired := 0.0
			for range draws {
				v := (truth.Excitation-truth.Inhibition)/g.Scale + g.Jitter*rng.NormFloat64()
				if modulated && rng.Float64() < 0.9 {
					v += 0.1 * max(0, 1+rng.NormFloat64())
				}
				if v > 0 {
					fired++
				}
			}
			if got := fired / draws; math.Abs(got-truth.Firing) > 5*0.5/math.Sqrt(draws) {
				t.Errorf("modulated %v, channel %d: fires with probability %v, want %v", modulated, i, truth.Firing, got)
			}
		}
	}
}

// Without plasticity the truth stays as it is, in each of the ways to say so.
func TestNothingIsPlastic(t *testing.T) {
	for name, still := range map[string]func(*generate.Generator){
		"Rate": func(g *generate.Generator) { g.Rate = 0 },
		"circuit": func(g *generate.Generator) {
			g.Circuit = rules.Circuit{Coding: 0.2, TargetCoding: 0.2, Balance: rules.Balance{Slope: 1}}
		},
		"counts": func(g *generate.Generator) { g.Pairings, g.Pace = 0, 0 },
	} {
		g := generate.Typical()
		still(&g)
		s := drawn(t, g, 5)
		for i, truth := range s.Truth {
			if ch := truth.Channel; truth.Excitation != ch.E0 || truth.Inhibition != ch.I0 || ch.E1 != ch.E0 {
				t.Fatalf("%s: %+v at %v min", name, truth, s.Responses[i].Time)
			}
		}
	}
}

// One sweep scatters by the noise, a cell and phase by the drift, and late
// inhibition is missing as often as asked.
func TestNoiseOfMeasurement(t *testing.T) {
	t.Parallel()
	g := generate.Typical()
	g.Cells, g.Additive, g.Dropout, g.Drift = 100, 3, 0.25, 0
	s := drawn(t, g, 6)
	var z []float64
	missing, late := 0.0, 0.0
	for i, r := range s.Responses {
		for _, x := range r.SweepsE {
			e := s.Truth[i].Excitation
			z = append(z, (x-e)/math.Hypot(0.2*e, 3))
		}
		if r.Time == 60 {
			late++
			if math.IsNaN(r.Inhibition) {
				missing++
			}
		} else if math.IsNaN(r.Inhibition) {
			t.Fatal("inhibition is missing early")
		}
	}
	mean, sd := stat.MeanStdDev(z, nil)
	if n := math.Sqrt(float64(len(z))); math.Abs(mean) > 5/n || math.Abs(sd-1) > 5/n/math.Sqrt2 {
		t.Errorf("standardised noise of mean %v and s.d. %v", mean, sd)
	}
	if share := missing / late; math.Abs(share-0.25) > 5*math.Sqrt(0.25*0.75/late) {
		t.Errorf("missing %v of late inhibition", share)
	}

	g.Noise, g.Additive, g.Dropout, g.Drift = 0, 0, 0, 0.3
	s = drawn(t, g, 6)
	var drift []float64
	for i := 0; i < len(s.Responses); i += g.Channels {
		first := math.Log(s.Responses[i].Excitation / s.Truth[i].Excitation)
		for k := range g.Channels {
			r, truth := s.Responses[i+k], s.Truth[i+k]
			if math.Abs(math.Log(r.Excitation/truth.Excitation)-first) > 1e-9 || math.Abs(math.Log(r.Inhibition/truth.Inhibition)-first) > 1e-9 {
				t.Fatal("the drift differs between channels or kinds")
			}
		}
		drift = append(drift, first)
	}
	if sd := stat.StdDev(drift, nil); math.Abs(sd/0.3-1) > 5/math.Sqrt(2*float64(len(drift))) {
		t.Errorf("drift of s.d. %v", sd)
	}
}

// Where no fluctuation but Drift is asked for, the draws are those of the first
// version, bit for bit, and leave the stream where it left it: the numbers are
// its digests. Where products and sums fuse they are others.
func TestDrawsStay(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("digests of amd64")
	}
	for want, change := range map[uint64]func(*generate.Generator){
		0xaf1fc366b2f97208: func(*generate.Generator) {},
		0x6de8a4205f35648a: func(g *generate.Generator) {
			g.Treatment, g.Circuit.Balance.WhenFiring, g.PairBest, g.Linger = recordings.NE, true, true, 2
			g.Additive, g.Drift, g.Dropout, g.Drive = 3, 0.1, 0.3, 0.2
			g.Times = []float64{-15, -5, 5, 60}
		},
	} {
		g, rng, sum := generate.Typical(), model.Stream(21, 0), fnv.New64a()
		change(&g)
		s, err := g.Generate(rng)
		if err != nil {
			t.Fatal(err)
		}
		add := func(v ...float64) {
			for _, x := range v {
				sum.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(x)))
			}
		}
		for i, r := range s.Responses {
			add(r.SweepsE...)
			add(r.SweepsI...)
			add(r.SweepsSpikes...)
			add(r.Excitation, r.ErrorE, r.ErrorI, s.Truth[i].Excitation, s.Truth[i].Inhibition, s.Truth[i].Firing)
		}
		add(float64(rng.Uint64()))
		if got := sum.Sum64(); got != want {
			t.Errorf("digest %#x, was %#x", got, want)
		}
	}
}

// What the gains fluctuate by between blocks has the s.d. asked for, and is
// shared as the fields say: by all, by the inhibition of a cell, or by nothing.
func TestGainsOfBlocks(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]func(*generate.Generator){
		"Drift":        func(g *generate.Generator) { g.Drift = 0.2 },
		"DriftI":       func(g *generate.Generator) { g.DriftI = 0.2 },
		"DriftChannel": func(g *generate.Generator) { g.DriftChannel = 0.2 },
	} {
		g := generate.Typical()
		g.Cells, g.Times, g.Noise = 150, []float64{-15, -5, 5, 60}, 0
		ask(&g)
		s := drawn(t, g, 15)
		var gains []float64
		for i, r := range s.Responses {
			e, h := math.Log(r.Excitation/s.Truth[i].Excitation), math.Log(r.Inhibition/s.Truth[i].Inhibition)
			if r.Block != i/g.Channels%len(g.Times) || r.Time != g.Times[r.Block] {
				t.Fatalf("response %d is of block %d at %v min", i, r.Block, r.Time)
			}
			if math.Abs(e-map[bool]float64{true: h}[name == "Drift"]) > 1e-9 {
				t.Fatalf("%s: excitation changes by e^%v, inhibition by e^%v", name, e, h)
			}
			switch same := i%g.Channels > 0 && math.Abs(h-gains[len(gains)-1]) < 1e-9; {
			case name == "DriftChannel" && same:
				t.Fatal("two channels have one gain")
			case name == "DriftChannel", i%g.Channels == 0:
				gains = append(gains, h)
			case !same:
				t.Fatalf("%s differs between channels", name)
			}
		}
		n := float64(len(gains))
		if mean, sd := stat.MeanStdDev(gains, nil); math.Abs(mean) > 5*0.2/math.Sqrt(n) || math.Abs(sd/0.2-1) > 5/math.Sqrt(2*n) {
			t.Errorf("%s: gains e^%v ± %v", name, mean, sd)
		}
		if lag := stat.Correlation(gains[1:], gains[:len(gains)-1], nil); math.Abs(lag) > 5/math.Sqrt(n) {
			t.Errorf("%s: successive gains correlated by %v", name, lag)
		}
	}
}

// The errors of sweeps have the s.d., tails, sizes by channel and correlation
// asked for, one by one and together.
func TestErrorsOfSweeps(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]func(*generate.Generator){
		"none":       func(*generate.Generator) {},
		"Tail":       func(g *generate.Generator) { g.Tail = 6 },
		"Correlated": func(g *generate.Generator) { g.Correlated = 0.7 },
		"Unequal":    func(g *generate.Generator) { g.Unequal = 0.4 },
		"all":        func(g *generate.Generator) { g.Tail, g.Correlated, g.Unequal = 6, -0.7, 0.4 },
	} {
		g := generate.Typical()
		g.Cells, g.Times, g.Sweeps = 25, []float64{-5, 60}, 100
		ask(&g)
		s := drawn(t, g, 16)
		standard := func(sweeps []float64, truth float64) []float64 {
			z := make([]float64, len(sweeps))
			for i, x := range sweeps {
				z[i] = (x/truth - 1) / g.Noise
			}
			return z
		}
		var all, allI, size, meanE, meanI []float64
		for i, r := range s.Responses {
			e, h := standard(r.SweepsE, s.Truth[i].Excitation), standard(r.SweepsI, s.Truth[i].Inhibition)
			sd := stat.StdDev(e, nil)
			if i/g.Channels%2 == 0 {
				later := i + g.Channels // of the same cell and channel, late
				size = append(size, math.Log(sd))
				z := standard(s.Responses[later].SweepsE, s.Truth[later].Excitation)
				for _, other := range []float64{stat.StdDev(h, nil), stat.StdDev(z, nil)} {
					if math.Abs(math.Log(other/sd)) > 0.9 { // s.d. of the ln of a ratio of two: 1/√n, or 1.6/√n with these tails
						t.Fatalf("%s: one channel has errors of size %v and %v", name, sd, other)
					}
				}
			}
			if g.Unequal > 0 {
				for k := range e {
					e[k], h[k] = e[k]/sd, h[k]/sd
				}
			}
			all, allI = append(all, e...), append(allI, h...)
			meanE, meanI = append(meanE, stat.Mean(e, nil)), append(meanI, stat.Mean(h, nil))
		}
		n := float64(len(all))
		for k, errors := range [][]float64{all, allI} {
			if v := stat.Variance(errors, nil); math.Abs(v-1) > 5*math.Sqrt(5/n) { // kurtosis 6 of ν = 6, at most
				t.Errorf("%s: errors of variance %v, kind %d", name, v, k)
			}
		}
		far, want := 0.0, 2*distuv.UnitNormal.Survival(3)
		if g.Tail > 0 {
			want = 2 * distuv.StudentsT{Sigma: 1, Nu: g.Tail}.Survival(3*math.Sqrt(g.Tail/(g.Tail-2)))
		}
		for _, z := range all {
			if math.Abs(z) > 3 {
				far++
			}
		}
		if share := far / n; g.Unequal == 0 && math.Abs(share-want) > 5*math.Sqrt(want/n) {
			t.Errorf("%s: %v of the errors beyond 3 s.d., want %v", name, share, want)
		}
		if c := stat.Correlation(meanE, meanI, nil); math.Abs(c-g.Correlated) > 5*(1-g.Correlated*g.Correlated)/math.Sqrt(float64(len(meanE))) {
			t.Errorf("%s: means over blocks correlated by %v, want %v", name, c, g.Correlated)
		}
		sizes := math.Hypot(g.Unequal, 0.07) // 1/√(2 n) of the s.d. itself
		if sd := stat.StdDev(size, nil); g.Tail == 0 && math.Abs(sd/sizes-1) > 5/math.Sqrt(2*float64(len(size))) {
			t.Errorf("%s: ln of the sizes of errors scatters by %v, want %v", name, sd, sizes)
		}
	}
}

// Sham cells are not paired and, but for the rules that go on, do not change; a
// prefix keeps them apart from the others.
func TestSham(t *testing.T) {
	g := generate.Typical()
	g.Treatment, g.Pairings, g.Pace, g.Prefix = recordings.None, 0, 0, "sham "
	s := drawn(t, g, 17)
	for i, r := range s.Responses {
		truth := s.Truth[i]
		if r.Paired || truth.Excitation != truth.Channel.E0 || truth.Inhibition != truth.Channel.I0 || r.Treatment != recordings.None {
			t.Fatalf("%+v of %+v", r, truth)
		}
		if !strings.HasPrefix(r.Animal, "sham A") || !strings.HasPrefix(r.Cell, "sham C") {
			t.Fatalf("animal %q, cell %q", r.Animal, r.Cell)
		}
	}
}

// The baseline lies about the circuit's line by the scatter asked for, and the
// paired channel is the best one only if asked.
func TestBaseline(t *testing.T) {
	t.Parallel()
	g := generate.Typical()
	g.Cells, g.Times = 300, []float64{-5}
	g.Circuit.Balance.Slope, g.Circuit.Balance.Offset = 0.7, 0.1
	slope, offset := g.Line()
	var off []float64
	s := drawn(t, g, 7)
	for i := 0; i < len(s.Truth); i += g.Channels {
		line, best := 0.0, 0
		for _, truth := range s.Truth[i : i+g.Channels] {
			line += (slope*truth.Channel.E0 + offset) / float64(g.Channels)
		}
		for _, truth := range s.Truth[i : i+g.Channels] {
			ch := truth.Channel
			off = append(off, (ch.I0-slope*ch.E0-offset)/line)
			if ch.Best {
				best++
			}
			if ch.Best && ch.Paired {
				t.Fatal("the best channel is paired")
			}
		}
		if best != 1 {
			t.Fatalf("%d best channels", best)
		}
	}
	mean, sd := stat.MeanStdDev(off, nil)
	if n := math.Sqrt(float64(len(off))); math.Abs(mean) > 5*0.2/n || math.Abs(sd-0.2) > 5*0.2/n/math.Sqrt2 {
		t.Errorf("scatter about the line of mean %v and s.d. %v", mean, sd)
	}
	// Excitation at the best channel: the curve's peak, times the cell's gain and
	// the raggedness of the channel.
	var peaks, ragged []float64
	for i := 0; i < len(s.Truth); i += g.Channels {
		cell := s.Truth[i : i+g.Channels]
		best := slices.IndexFunc(cell, func(t generate.Truth) bool { return t.Channel.Best })
		peaks = append(peaks, math.Log(cell[best].Channel.E0/g.Scale/(g.Base+g.Peak)))
		if best+1 < g.Channels && best > 0 { // its neighbours have the same mean
			ragged = append(ragged, (cell[best+1].Channel.E0/cell[best-1].Channel.E0-1)/math.Sqrt2)
		}
	}
	want := math.Hypot(g.Gain, g.Ragged)
	if m, sd := stat.MeanStdDev(peaks, nil); math.Abs(sd/want-1) > 5/math.Sqrt(600) || math.Abs(m) > 5*want/math.Sqrt(300) {
		t.Errorf("ln of the peak of mean %v and s.d. %v, want 0 and %v", m, sd, want)
	}
	if sd := stat.StdDev(ragged, nil); math.Abs(sd/g.Ragged-1) > 0.25 { // 5/√(2·225), and the ratio's own curvature
		t.Errorf("excitation ragged by %v, want %v", sd, g.Ragged)
	}
	g.PairBest = true
	for _, r := range drawn(t, g, 7).Responses {
		if r.Best != r.Paired {
			t.Fatal("the best channel is not paired")
		}
	}
}

// The hooks replace the circuit's rules by what no local rule can say.
func TestHooks(t *testing.T) {
	g := above(recordings.ACh)
	g.Depress = func(c generate.Channel, change float64) float64 {
		if c.Best {
			return -0.5 * change
		}
		return 0
	}
	g.Rebalance = func(c generate.Channel) float64 { return 0.3 * (c.MeanE1 - c.MeanE0) }
	s := drawn(t, g, 8)
	for i := 0; i < len(s.Truth); i += g.Channels {
		change, mean := 0.0, 0.0
		for _, truth := range s.Truth[i : i+g.Channels] {
			if truth.Channel.Paired {
				change = truth.Channel.E1 - truth.Channel.E0
			}
			mean += (truth.Channel.E1 - truth.Channel.E0) / float64(g.Channels)
		}
		for k, truth := range s.Truth[i : i+g.Channels] {
			ch, time := truth.Channel, s.Responses[i+k].Time
			want := 0.0
			switch {
			case ch.Paired:
				want = change
			case ch.Best:
				want = -0.5 * change
			}
			if math.Abs(ch.E1-ch.E0-want) > 1e-9 || math.Abs(truth.Inhibition-ch.I0-g.Relaxed(time)*0.3*mean) > 1e-9 || change < 10 {
				t.Fatalf("%+v at %v min, paired by %v", truth, time, change)
			}
		}
	}
}

func TestGeneratorRefuses(t *testing.T) {
	for want, spoil := range map[string]func(*generate.Generator){
		"Generator.Cells = 0 outside [1, ∞)":                      func(g *generate.Generator) { g.Cells = 0 },
		"Generator.Channels = 1 outside [2, ∞)":                   func(g *generate.Generator) { g.Channels = 1 },
		"Generator.Noise = NaN":                                   func(g *generate.Generator) { g.Noise = math.NaN() },
		"Generator.Dropout = 1.5 outside [0, 1]":                  func(g *generate.Generator) { g.Dropout = 1.5 },
		"Generator.Width = 0 outside (0, ∞)":                      func(g *generate.Generator) { g.Width = 0 },
		"Generator.Series = -1 outside [0, ∞)":                    func(g *generate.Generator) { g.Series = -1 },
		"Generator.Animals = 0 outside [1, ∞)":                    func(g *generate.Generator) { g.Animals = 0 },
		"Generator.Scale = 0 outside (0, ∞)":                      func(g *generate.Generator) { g.Scale = 0 },
		"Generator.Drift = +Inf outside [0, ∞)":                   func(g *generate.Generator) { g.Drift = math.Inf(1) },
		"Generator.DriftI = NaN":                                  func(g *generate.Generator) { g.DriftI = math.NaN() },
		"Generator.DriftChannel = -1 outside [0, ∞)":              func(g *generate.Generator) { g.DriftChannel = -1 },
		"Generator.Unequal = -1 outside [0, ∞)":                   func(g *generate.Generator) { g.Unequal = -1 },
		"Generator.Correlated = 1.5 outside [-1, 1]":              func(g *generate.Generator) { g.Correlated = 1.5 },
		"Generator.Tail = 2, must be 0 or above 2":                func(g *generate.Generator) { g.Tail = 2 },
		"Generator.Tail = +Inf, must be 0 or above 2":             func(g *generate.Generator) { g.Tail = math.Inf(1) },
		"Generator.Treatment = 9 outside [0, 3]":                  func(g *generate.Generator) { g.Treatment = 9 },
		"Generator.len(Times) = 0 outside [1, ∞)":                 func(g *generate.Generator) { g.Times = nil },
		"Generator.Times = [5 -5], must be finite and increasing": func(g *generate.Generator) { g.Times = []float64{5, -5} },
		"Generator.Pace = 1e+09 asks for":                         func(g *generate.Generator) { g.Pace = 1e9 },
		"rules: Balance.Slope = NaN":                              func(g *generate.Generator) { g.Circuit.Balance = rules.Balance{Rate: 1, Slope: math.NaN()} },
		"out of the finite numbers": func(g *generate.Generator) {
			g.Circuit.Excitatory = []model.Rule{rules.Func(func(*model.Signals) model.Change { return model.Change{Active: 1e308} })}
			g.Rate = 1e10
		},
	} {
		g := generate.Typical()
		spoil(&g)
		_, err := g.Generate(model.Stream(1, 0))
		refusal.Mentions(t, err, want)
	}
}

// BenchmarkGenerate draws sets of 12 cells of 8 channels in three phases.
func BenchmarkGenerate(b *testing.B) {
	g := generate.Typical()
	for i := range b.N {
		if _, err := g.Generate(model.Stream(1, uint64(i))); err != nil {
			b.Fatal(err)
		}
	}
}
