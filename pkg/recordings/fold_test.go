package recordings_test

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/model"
	"credo/pkg/recordings"

	"gonum.org/v1/gonum/stat"
)

// clamped is the current in pA of two conductances in nS at a holding potential
// through a series resistance, solved for by iteration.
func clamped(gE, gI, holding, series float64) float64 {
	const reversalE, reversalI = 0, -65
	current := 0.
	for range 200 {
		v := holding - current*series/1000
		current += (gE*(v-reversalE) + gI*(v-reversalI) - current) / 2
	}
	return current
}

// sweepsOf is one sweep of excitation, held at −65 mV, and one of inhibition,
// held at the given potential, of every channel before and after pairing.
func sweepsOf(held, series float64, noise func() float64, n int) (rows []recordings.Sweep) {
	for number := range n {
		for i, time := range []float64{-10, 3, 40} {
			for channel := range 3 {
				gE, gI := conductances(i, channel)
				current := func(held float64) float64 { return clamped(gE*(1+noise()), gI*(1+noise()), held, series) }
				row := recordings.Sweep{
					Animal: "A1", Cell: "C1", Number: 2 * number, Time: time, Treatment: recordings.ACh, Channel: float64(channel), Level: 70, Paired: channel == 2,
					Holding: -65, Reversal: 0, Series: series, Current: current(-65), Window: 50, Spikes: 1,
				}
				rows = append(rows, row)
				row.Number++
				row.Holding, row.Reversal, row.Current = held, -65, current(held)
				rows = append(rows, row)
			}
		}
	}
	return rows
}

func conductances(phase, channel int) (gE, gI float64) {
	return 1 + 0.5*float64(channel) + 0.2*float64(phase), 2 + 0.3*float64(channel*phase)
}

// alone is what is always noted of sweepsOf: one baseline block, and no control.
var alone = []recordings.Item{
	{What: "experiments with one baseline block, so that the fluctuation between blocks is unknown", Count: 1, First: "animal A1, cell C1, ACh"},
	{What: "experiments without controls, no cell having the condition none", Count: 1, First: "animal A1, cell C1, ACh"},
}

func none() float64 { return 0 }

func values(rows []recordings.Sweep) iter.Seq2[recordings.Sweep, error] {
	return func(yield func(recordings.Sweep, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func folded(t *testing.T, f recordings.Fold, rows []recordings.Sweep) ([]recordings.Response, recordings.Account) {
	t.Helper()
	all, account, err := f.Sweeps(values(rows))
	if err != nil {
		t.Fatal(err)
	}
	return all, account
}

// Conductances behind a clamp with series resistance, simulated by iteration,
// come back exactly where both are solved for; as currents they are those of an
// ideal clamp. Each on its own is too small by the share R_s g of the other.
func TestFoldRecoversConductances(t *testing.T) {
	const series = 20
	rows := sweepsOf(0, series, none, 2)
	for unit, force := range map[string]float64{"nS": 1, "pA": 65} {
		for _, unmix := range []bool{true, false} {
			all, account := folded(t, recordings.Fold{Unit: unit, Unmix: unmix}, rows)
			if len(all) != 9 || account.LeftOut != nil || !slices.Equal(account.Notes, alone) || account.Rows != len(rows) {
				t.Fatalf("%d responses, %v", len(all), account)
			}
			for i, r := range all {
				gE, gI := conductances(i/3, i%3)
				wantE, wantI := gE*force, gI*force
				if !unmix { // the clamp divides by 1 + R_s (g_E + g_I), the correction multiplies by 1 + R_s g
					wantE /= 1 + gI*series/1000
					wantI /= 1 + gE*series/1000
				}
				if math.Abs(r.Excitation/wantE-1) > 1e-9 || math.Abs(r.Inhibition/wantI-1) > 1e-9 || r.Unit != unit {
					t.Errorf("Unmix %v: %+v, want %v and %v %s", unmix, r, wantE, wantI, unit)
				}
				if r.Time != []float64{-10, 3, 40}[i/3] || r.Channel != float64(i%3) || r.Paired != (i%3 == 2) || len(r.SweepsE) != 2 || r.Spikes != 1 {
					t.Errorf("%+v", r)
				}
			}
		}
	}
}

// Inhibition held at −40 mV, where excitation flows too, is left out and said
// to be, or unmixed; excitation, held at the reversal potential of inhibition,
// stays as it is.
func TestFoldOfMixedCurrents(t *testing.T) {
	rows := sweepsOf(-40, 0, none, 2)
	all, account := folded(t, recordings.Fold{Unit: "nS"}, rows)
	const reason = "responses in which inhibition is mixed with the other current, Fold.Unmix not being set"
	if noted(account, reason).Count != 9 {
		t.Errorf("%v, want 9 %s", account, reason)
	}
	for i, r := range all {
		if gE, _ := conductances(i/3, i%3); math.Abs(r.Excitation-gE) > 1e-9 || !math.IsNaN(r.Inhibition) || !math.IsNaN(r.ErrorI) || r.SweepsI != nil {
			t.Errorf("%+v, want excitation %v alone", r, gE)
		}
	}
	all, account = folded(t, recordings.Fold{Unit: "nS", Unmix: true}, rows)
	if account.LeftOut != nil || !slices.Equal(account.Notes, alone) { // net currents are inward at −40 mV, and rightly so
		t.Error(account)
	}
	for i, r := range all {
		if gE, gI := conductances(i/3, i%3); math.Abs(r.Excitation-gE) > 1e-9 || math.Abs(r.Inhibition-gI) > 1e-9 {
			t.Errorf("%+v, want %v and %v", r, gE, gI)
		}
	}
	// One sweep held elsewhere is enough for its cell.
	rows = sweepsOf(0, 0, none, 2)
	rows[1].Holding = -20
	if _, account = folded(t, recordings.Fold{}, rows); noted(account, reason).Count != 9 {
		t.Errorf("%v, want 9 %s", account, reason)
	}
	rows = sweepsOf(-40, 0, none, 2)
	// Excitation that was not measured cannot be taken away.
	_, account = folded(t, recordings.Fold{Unmix: true}, rows[1:])
	if n := noted(account, "responses in which inhibition is mixed with the other current, which was not measured").Count; n != 0 {
		t.Errorf("%v: its second sweep was", account)
	}
	_, account = folded(t, recordings.Fold{Unmix: true}, append(rows[1:2:2], rows[2:18]...))
	if n := noted(account, "responses in which inhibition is mixed with the other current, which was not measured").Count; n != 1 {
		t.Errorf("%v, want one that was not measured", account)
	}
}

// The standard error of an unmixed conductance covers both currents: it is the
// scatter over repetitions.
func TestUnmixedStandardError(t *testing.T) {
	t.Parallel()
	const sweeps = 4
	repetitions := recordings.Shorter(1500, 5)
	rng := model.Stream(5, 0)
	noise := func() float64 { return 0.2 * rng.NormFloat64() }
	var means, errors []float64
	for range repetitions {
		all, _ := folded(t, recordings.Fold{Unit: "nS", Unmix: true}, sweepsOf(-40, 0, noise, sweeps))
		means, errors = append(means, all[0].Inhibition), append(errors, all[0].ErrorI*all[0].ErrorI)
	}
	scatter, claimed := stat.Variance(means, nil), stat.Mean(errors, nil)
	if s := 5 * math.Sqrt(2/float64(repetitions)); math.Abs(claimed/scatter-1) > s { // five standard errors of a variance
		t.Errorf("variance %v, claimed %v", scatter, claimed)
	}
}

// Phases divide at pairing and at the edges; what belongs to none is not lost.
func TestPhases(t *testing.T) {
	var rows []recordings.Sweep
	for i, time := range []float64{-1e9, -0.01, 0, 19.99, 20, 60, 1e9} {
		row := sweepsOf(0, 0, none, 1)[0]
		row.Number, row.Time = i, time
		rows = append(rows, row)
	}
	for _, test := range []struct {
		edges []float64
		want  string
	}{
		{nil, "[2 2 3]"},
		{[]float64{}, "[2 5]"},
		{[]float64{20, 60, 100}, "[2 2 1 1 1]"},
	} {
		all, _ := folded(t, recordings.Fold{Edges: test.edges, Gap: 1e10}, rows)
		var sizes []int
		for _, r := range all {
			sizes = append(sizes, len(r.SweepsE))
		}
		if got := fmt.Sprint(sizes); got != test.want {
			t.Errorf("edges %v: %s sweeps a phase, want %s", test.edges, got, test.want)
		}
	}
}

// at is one sweep of excitation, "E", or inhibition, "I", or of current clamp,
// "S" with one spike, of a channel at a time.
func at(kind string, channel int, time float64) recordings.Sweep {
	s := sweepsOf(0, 0, none, 1)[strings.Index("EI", kind[:1])&1]
	if kind == "S" {
		s.Holding, s.Reversal, s.Current, s.Window = math.NaN(), math.NaN(), math.NaN(), math.NaN()
	} else {
		s.Spikes = math.NaN()
	}
	s.Channel, s.Time, s.Paired = float64(channel), time, channel == 2
	return s
}

// Runs of sweeps make blocks, whatever the order of the rows, and the two
// currents and spikes of a run belong to one.
func TestBlocks(t *testing.T) {
	const uneven = "phases with more runs of one current than of the other, taken as one block"
	type run struct {
		kind           string
		from, to, step float64
		own            int
	}
	for _, test := range []struct {
		name string
		fold recordings.Fold
		runs []run
		want string // block: sweeps of excitation, inhibition and spikes in channel 1, mean time
		note int
	}{
		{"two baselines", recordings.Fold{}, []run{{"E", -20, -18, 1, 0}, {"I", -20, -18, 1, 0}, {"E", -6, -5, 1, 0}, {"I", -6, -5, 1, 0}, {"E", 5, 6, 1, 0}, {"I", 5, 6, 1, 0}, {"E", 60, 60, 1, 0}, {"I", 60, 60, 1, 0}}, "0: 3 3 0 at -19, 1: 2 2 0 at -5.5, 2: 2 2 0 at 5.5, 3: 1 1 0 at 60", 0},
		{"inhibition after excitation", recordings.Fold{}, []run{{"E", -20, -18, 1, 0}, {"I", -16, -14, 1, 0}, {"E", -10, -8, 1, 0}, {"I", -4, -2, 1, 0}}, "0: 3 3 0 at -17, 1: 3 3 0 at -6", 0},
		{"a gap as long as is tolerated", recordings.Fold{}, []run{{"E", -9, -3, 3, 0}, {"I", -9, -3, 3, 0}}, "0: 3 3 0 at -6", 0},
		{"a smaller gap", recordings.Fold{Gap: 2}, []run{{"E", -9, -3, 3, 0}, {"I", -9, -3, 3, 0}}, "0: 1 1 0 at -9, 1: 1 1 0 at -6, 2: 1 1 0 at -3", 0},
		{"an own count", recordings.Fold{}, []run{{"E", -9, -6, 1, 7}, {"I", -9, -6, 1, 7}, {"E", -5, -4, 1, 9}, {"I", -5, -4, 1, 9}}, "0: 4 4 0 at -7.5, 1: 2 2 0 at -4.5", 0},
		{"an own count at one time", recordings.Fold{}, []run{{"E", -9, -9, 1, 1}, {"I", -9, -9, 1, 1}, {"E", -9, -9, 1, 2}, {"I", -9, -9, 1, 2}}, "0: 1 1 0 at -9, 1: 1 1 0 at -9", 0},
		{"runs unlike", recordings.Fold{}, []run{{"E", -20, -18, 1, 0}, {"I", -14, -12, 1, 0}, {"E", -8, -6, 1, 0}, {"E", 5, 6, 1, 0}, {"I", 5, 6, 1, 0}}, "0: 6 3 0 at -13, 1: 2 2 0 at 5.5", 1},
		{"one kind alone", recordings.Fold{}, []run{{"E", -20, -18, 1, 0}, {"E", -8, -6, 1, 0}}, "0: 3 0 0 at -19, 1: 3 0 0 at -7", 0},
		{"an edge", recordings.Fold{}, []run{{"E", 18, 21, 1, 0}, {"I", 18, 21, 1, 0}}, "0: 2 2 0 at 18.5, 1: 2 2 0 at 20.5", 0},
		{"one long baseline", recordings.Fold{Length: 5}, []run{{"E", -20, -11, 1, 0}, {"I", -19.5, -10.5, 1, 0}, {"E", 5, 6, 1, 0}, {"I", 5, 6, 1, 0}}, "0: 5 5 0 at -17.8, 1: 5 5 0 at -12.8, 2: 2 2 0 at 5.5", 0},
		{"one long baseline of runs unlike", recordings.Fold{Length: 5}, []run{{"E", -20, -11, 1, 0}, {"I", -20, -17, 1, 0}, {"I", -12, -11, 1, 0}}, "0: 5 4 0 at -18.2, 1: 5 2 0 at -12.6", 1},
		{"a part without sweeps", recordings.Fold{Length: 1, Gap: 9}, []run{{"E", -9, -8, 1, 0}, {"E", -3, -3, 1, 0}, {"S", -1, -1, 1, 0}}, "0: 1 0 0 at -9, 1: 1 0 0 at -8, 2: 1 0 1 at -3", 0},
		{"spikes", recordings.Fold{}, []run{{"E", -20, -18, 1, 0}, {"I", -20, -18, 1, 0}, {"S", -13, -13, 1, 0}, {"S", -17, -14, 1, 0}, {"S", -12, -11, 1, 0}, {"E", -8, -6, 1, 0}, {"I", -8, -6, 1, 0}, {"S", -1, -1, 1, 0}, {"S", 0, 0, 1, 0}, {"E", 8, 9, 1, 0}, {"I", 8, 9, 1, 0}}, "0: 3 3 5 at -19, 1: 3 3 3 at -7, 2: 2 2 1 at 8.5", 0},
		{"spikes alone", recordings.Fold{}, []run{{"E", -20, -18, 1, 0}, {"S", 5, 6, 1, 0}, {"S", 13, 13, 1, 0}}, "0: 3 0 0 at -19, 1: 0 0 2 at 5.5, 2: 0 0 1 at 13", 0},
	} {
		var rows []recordings.Sweep
		for _, r := range test.runs {
			for time := r.from; time <= r.to; time += r.step {
				for _, channel := range []int{1, 2} {
					s := at(r.kind, channel, time)
					s.Block, s.Number = r.own, len(rows)
					rows = append(rows, s)
				}
			}
		}
		for order := range 3 {
			all, account := folded(t, test.fold, rows)
			var got []string
			for i, r := range all {
				if r.Channel == 1 {
					got = append(got, fmt.Sprintf("%d: %d %d %d at %.3g", r.Block, len(r.SweepsE), len(r.SweepsI), len(r.SweepsSpikes), r.Time))
					if other := all[i+1]; other.Block != r.Block || other.Channel != 2 || math.Abs(other.Time-r.Time) > 1e-9 {
						t.Errorf("%s: the channels have blocks of their own: %+v and %+v", test.name, r, other)
					}
				}
			}
			if got := strings.Join(got, ", "); got != test.want || noted(account, uneven).Count != test.note {
				t.Errorf("%s, order %d:\n got %s\nwant %s\n%v", test.name, order, got, test.want, account)
			}
			model.Stream(8, uint64(order)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		}
	}
}

// A cell under two conditions has blocks of either from 0.
func TestBlocksOfConditions(t *testing.T) {
	var rows []recordings.Sweep
	for _, time := range []float64{-20, -5, 5, 30} {
		s := at("E", 1, time)
		if time >= 0 {
			s.Treatment = recordings.None
		}
		rows = append(rows, s)
	}
	all, account := folded(t, recordings.Fold{}, rows)
	for i, r := range all {
		if r.Block != i%2 || (r.Treatment == recordings.None) != (r.Time > 0) {
			t.Errorf("response %d: %+v", i, r)
		}
	}
	if noted(account, alone[0].What).Count+noted(account, alone[1].What).Count != 0 {
		t.Errorf("%v: there are two baseline blocks and a control", account)
	}
}

// Spikes come from current clamp where a channel and block have it, with their
// error, and from voltage clamp elsewhere.
func TestSpikesOfCurrentClamp(t *testing.T) {
	var rows []recordings.Sweep
	for _, channel := range []int{1, 2} {
		for i, kind := range []string{"E", "I", "E", "I"} {
			s := at(kind, channel, -5)
			s.Spikes, s.Number = 0, i
			rows = append(rows, s)
		}
	}
	for i, spikes := range []float64{1, 3, 2, 0} {
		s := at("S", 1, -4)
		s.Number, s.Spikes, s.Series = i, spikes, 1e9 // of no consequence
		rows = append(rows, s)
	}
	s := at("S", 1, -4)
	s.Spikes = math.NaN()
	all, account := folded(t, recordings.Fold{MaxSeries: 30}, append(rows, s))
	if len(all) != 2 || !slices.Equal(all[0].SweepsSpikes, []float64{1, 3, 2, 0}) || all[0].Spikes != 1.5 || math.Abs(all[0].ErrorSpikes-math.Sqrt(5./3/4)) > 1e-12 || all[0].Time != -5 {
		t.Errorf("%+v", all)
	}
	if len(all[1].SweepsSpikes) != 4 || all[1].Spikes != 0 || all[1].ErrorSpikes != 0 {
		t.Errorf("%+v", all[1])
	}
	for what, want := range map[string]int{
		"counts of spikes in voltage clamp, of responses that have current clamp": 1,
		"sweeps with neither a current nor a count of spikes":                     1,
		"sweeps without a series resistance, not corrected":                       0,
	} {
		if got := noted(account, what).Count; got != want {
			t.Errorf("%d %s, want %d", got, what, want)
		}
	}
}

// Every row that is left out is counted, with the reason and the first place.
func TestAccount(t *testing.T) {
	change := func(change func(i int, s *recordings.Sweep)) []recordings.Sweep {
		rows := sweepsOf(0, 10, none, 2)
		for i := range rows {
			change(i, &rows[i])
		}
		return rows
	}
	for _, test := range []struct {
		name string
		fold recordings.Fold
		rows []recordings.Sweep
		what string
		want recordings.Item
	}{
		{"series resistance", recordings.Fold{MaxSeries: 25}, change(func(i int, s *recordings.Sweep) {
			if i == 4 || i == 7 {
				s.Series = 30
			}
		}), "sweeps with a series resistance above 25 MΩ", recordings.Item{Count: 2, First: "row 5"}},
		{"series resistance as large as tolerated", recordings.Fold{MaxSeries: 30}, change(func(i int, s *recordings.Sweep) {
			if i == 4 {
				s.Series = 30
			} else if i == 7 {
				s.Series = 30.5
			}
		}), "sweeps with a series resistance above 30 MΩ", recordings.Item{Count: 1, First: "row 8"}},
		{"at pairing is after it", recordings.Fold{}, change(func(i int, s *recordings.Sweep) { s.Time = 0 }), "experiments without a baseline", recordings.Item{Count: 1, First: "animal A1, cell C1, ACh"}},
		{"no series resistance", recordings.Fold{}, change(func(i int, s *recordings.Sweep) {
			if i < 3 {
				s.Series = math.NaN()
			}
		}), "sweeps without a series resistance, not corrected", recordings.Item{Count: 3, First: "row 1"}},
		{"loss of control", recordings.Fold{}, change(func(i int, s *recordings.Sweep) {
			if i == 2 {
				s.Current, s.Series = -400, 100
			}
		}), "sweeps in which the series resistance takes half of the driving force or more", recordings.Item{Count: 1, First: "row 3"}},
		{"wrong sign", recordings.Fold{}, change(func(i int, s *recordings.Sweep) {
			if i == 3 {
				s.Current = -5
			}
		}), "sweeps of the wrong sign, kept as noise", recordings.Item{Count: 1, First: "row 4"}},
		{"levels", recordings.Fold{Levels: []float64{70}}, change(func(i int, s *recordings.Sweep) {
			if i == 5 {
				s.Level = 50
			}
		}), "sweeps of another level than asked for", recordings.Item{Count: 1, First: "row 6"}},
		{"windows", recordings.Fold{}, change(func(i int, s *recordings.Sweep) {
			if i == 5 {
				s.Window = 20
			}
		}), "cells with windows of several lengths", recordings.Item{Count: 1, First: "animal A1, cell C1"}},
		{"spikes", recordings.Fold{}, change(func(i int, s *recordings.Sweep) {
			if s.Channel == 1 {
				s.Spikes = math.NaN()
			}
		}), "responses without a count of spikes", recordings.Item{Count: 3, First: "animal A1, cell C1, channel 1 at -10 min"}},
		{"one sweep", recordings.Fold{}, sweepsOf(0, 10, none, 1), "responses without a standard error of inhibition", recordings.Item{Count: 9, First: "animal A1, cell C1, channel 0 at -10 min"}},
		{"nothing paired", recordings.Fold{}, change(func(i int, s *recordings.Sweep) { s.Paired = false }), "experiments without a paired channel", recordings.Item{Count: 1, First: "animal A1, cell C1, ACh"}},
		{"no baseline", recordings.Fold{}, change(func(i int, s *recordings.Sweep) { s.Time += 100 }), "experiments without a baseline", recordings.Item{Count: 1, First: "animal A1, cell C1, ACh"}},
		{"baseline alone", recordings.Fold{}, change(func(i int, s *recordings.Sweep) { s.Time -= 100 }), "experiments without a phase after pairing", recordings.Item{Count: 1, First: "animal A1, cell C1, ACh"}},
		{"a condition that begins at pairing", recordings.Fold{}, change(func(i int, s *recordings.Sweep) {
			if s.Time < 0 {
				s.Treatment = recordings.None
			}
		}), "experiments without a baseline", recordings.Item{Count: 1, First: "animal A1, cell C1, ACh"}},
		{"a sham cell with nothing paired", recordings.Fold{}, change(func(i int, s *recordings.Sweep) { s.Paired, s.Treatment = false, recordings.None }), "experiments without a paired channel", recordings.Item{}},
		{"inhibition in no sweep", recordings.Fold{}, change(func(i int, s *recordings.Sweep) { s.Holding, s.Reversal, s.Current, s.Number = -65, 0, -50, i }), "responses whose isolation is unknown, the other current not being in the cell", recordings.Item{Count: 9, First: "animal A1, cell C1, channel 0 at -10 min"}},
	} {
		_, account := folded(t, test.fold, test.rows)
		if item := noted(account, test.what); item.Count != test.want.Count || item.First != test.want.First {
			t.Errorf("%s: %+v, want %+v of\n%v", test.name, item, test.want, account)
		}
	}
}

// noted is what the account left out or noted of one kind.
func noted(a recordings.Account, what string) recordings.Item {
	for _, i := range append(append([]recordings.Item{}, a.LeftOut...), a.Notes...) {
		if i.What == what {
			return i
		}
	}
	return recordings.Item{}
}

func TestFoldRefuses(t *testing.T) {
	rows := sweepsOf(0, 10, none, 2)
	for name, flip := range map[string]func(*recordings.Sweep){
		"below": func(s *recordings.Sweep) { s.Current = math.Abs(s.Current) },
		"above": func(s *recordings.Sweep) { s.Current = -math.Abs(s.Current) },
	} {
		flipped := append([]recordings.Sweep(nil), rows...)
		for i := range flipped {
			flip(&flipped[i])
		}
		_, _, err := recordings.Fold{}.Sweeps(values(flipped))
		refusal.Mentions(t, err, "18 of the 18 currents held "+name+" the reversal potential", "wrong sign")
	}
	mixed := append([]recordings.Sweep(nil), rows...)
	mixed[3].Level = 50
	_, _, err := recordings.Fold{}.Sweeps(values(mixed))
	refusal.Mentions(t, err, "cell C1 of animal A1", "at 70 and at 50 dB", "Fold.Levels")
	mixed[3].Level = math.NaN()
	_, _, err = recordings.Fold{}.Sweeps(values(mixed))
	refusal.Mentions(t, err, "at 70 and at NaN dB")
	for want, f := range map[string]recordings.Fold{
		`Fold.Unit = "nA", must be pA or nS`:                   {Unit: "nA"},
		"Fold.Edges = [0], must be above 0":                    {Edges: []float64{0}},
		"Fold.Edges = [20 10], must be above 0 and increasing": {Edges: []float64{20, 10}},
		"Fold.MaxSeries = -1 outside [0, ∞)":                   {MaxSeries: -1},
		"Fold.Gap = -1 outside [0, ∞)":                         {Gap: -1},
		"Fold.Length = NaN":                                    {Length: math.NaN()},
		"Fold.Isolation = NaN outside [0, ∞)":                  {Isolation: math.NaN()},
	} {
		_, _, err := f.Sweeps(values(rows))
		refusal.Mentions(t, err, want)
	}
	_, _, err = recordings.Fold{}.Sweeps(func(yield func(recordings.Sweep, error) bool) {
		_ = yield(rows[0], nil) && yield(recordings.Sweep{}, fmt.Errorf("line 3 is bad"))
	})
	refusal.Mentions(t, err, "line 3 is bad")
}
