// Package estimate estimates, from recordings of excitation and inhibition before
// and after pairing, what acetylcholine and inhibitory plasticity did.
//
// Errors are shared within a block of sweeps and independent between blocks, so
// every sum of products is of measurements from different blocks. Cells of one
// condition, chosen by [Of], are estimated together, animals are left out one at a time
// for the intervals, and what pairing did is set against cells that were not paired. An
// estimate returns an error if conditions are mixed, or if fewer than two animals
// (cells, where none is named) have what it needs; level is that of intervals, in (0, 1).
package estimate

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"credo/internal/domain"
	"credo/pkg/recordings"

	"gonum.org/v1/gonum/stat/distuv"
)

// Options are the choices of an analysis; the zero value has the defaults.
type Options struct {
	Early  float64 // min after pairing at which Late begins; default 20, as of Fold
	Level  float64 // of intervals, in (0, 1); default 0.95
	Coding float64 // f of β, in [0, 1); default one over a cell's channels
	Draws  int     // of permutations; default 999
}

// Report is all that Analyse estimates.
type Report struct {
	Options   Options
	Status    map[recordings.Status]int // responses by where they come from
	Unit      string
	Responses int
	Cells     int
	Animals   int     // 0 where none is named
	Groups    []Group // in order of treatment, the control first
	Notes     []string
}

// Group is what is estimated of the cells of one condition. A part that the data do
// not allow is nil, and Report.Notes say why.
type Group struct {
	Treatment recordings.Treatment
	Cells     int
	Animals   int // 0 where none is named
	Verdicts  []Verdict

	Restoration *Restoration
	Gating      *Gating
	Course      *Course
	Excitation  *Potentiation
	Tuning      *Tuning

	InhibitoryLaws, DepressionLaws Contest // beside Restoration and beside Excitation; without rivals where there are none

	// Control are differences from the estimates of the control, recordings.None,
	// and Noradrenaline of the change of unpaired channels from that with
	// recordings.NE; N is 0 where there is no control, or no estimate.
	Control       Effects
	Noradrenaline Estimate

	// Drift has of each cell one Track: of each block the excitation of the unpaired
	// channels of the cell, and the inhibition of all, as shares of those of the same
	// channels in the first block that has any; Variance is that of sweeps.
	Drift []Cell
	// Fluctuation are the standard deviations of ln of the gain between blocks
	// before pairing, of what excitation and inhibition share, of excitation alone
	// and of inhibition alone; NaN without two such blocks.
	Fluctuation [3]float64
	Replicated  int // cells that tell of it
}

// Effects are what conditions are compared in: the rate, η_1, the changes of
// excitation and those of ρ.
type Effects struct{ Rate, Gated, Paired, Unpaired, Broken, Healed Estimate }

// Analyse estimates everything the responses allow, each condition by itself and
// set against the control, each estimate with its null. Randomness is for
// permutations only. It returns an error if options are outside their domains or
// if [Cells] refuses the responses; an estimate that is not possible is nil, with
// the reason in Notes.
func Analyse(responses []recordings.Response, o Options, rng *rand.Rand) (Report, error) {
	o.Early, o.Level, o.Draws = cmp.Or(o.Early, 20), cmp.Or(o.Level, 0.95), cmp.Or(o.Draws, 999)
	r := Report{Options: o, Responses: len(responses), Status: map[recordings.Status]int{}}
	err := domain.Check("recordings: Options.",
		domain.Field{Name: "Early", Value: o.Early, In: domain.Positive},
		domain.Field{Name: "Level", Value: o.Level, In: domain.Fraction},
		domain.Field{Name: "Coding", Value: o.Coding, In: domain.Below1},
		domain.Field{Name: "Draws", Value: float64(o.Draws), In: domain.NonNegative})
	if err != nil {
		return r, err
	}
	cells, err := Cells(responses, o.Early)
	if err != nil {
		return r, err
	}
	r.Unit, r.Cells, r.Animals = responses[0].Unit, len(cells), animals(cells)
	for k := range responses {
		r.Status[responses[k].Status]++
	}
	for t := recordings.None; t <= recordings.Drug; t++ {
		if of := Of(cells, t); len(of) > 0 {
			r.Groups = append(r.Groups, r.group(of, rng))
		}
	}
	control := r.Group(recordings.None)
	for k := range r.Groups {
		g := &r.Groups[k]
		own, none, ne := g.effects(), Effects{}, Effects{}
		if g != control {
			none = control.effects()
		}
		if g.Treatment == recordings.ACh {
			ne = r.Group(recordings.NE).effects()
		}
		g.Control, g.Noradrenaline = own.minus(none, o.Level), own.Unpaired.Minus(ne.Unpaired, o.Level)
		g.judge(control, 1-o.Level)
	}
	return r, nil
}

// Group returns what was estimated under a condition, nil if no cell has it.
func (r *Report) Group(t recordings.Treatment) *Group {
	if k := slices.IndexFunc(r.Groups, func(g Group) bool { return g.Treatment == t }); k >= 0 {
		return &r.Groups[k]
	}
	return nil
}

// effects are those of a condition, if there is one; N is 0 of what was not estimated.
func (g *Group) effects() Effects {
	of := or(g)
	excitation, tuning := or(of.Excitation), or(of.Tuning)
	return Effects{or(of.Restoration).Rate, or(of.Gating).Gated, excitation.Paired, excitation.Unpaired, tuning.Broken, tuning.Healed}
}

// or is what p points to, or nothing.
func or[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func (e Effects) minus(o Effects, level float64) Effects {
	return Effects{e.Rate.Minus(o.Rate, level), e.Gated.Minus(o.Gated, level), e.Paired.Minus(o.Paired, level),
		e.Unpaired.Minus(o.Unpaired, level), e.Broken.Minus(o.Broken, level), e.Healed.Minus(o.Healed, level)}
}

func animals(cells []Cell) int {
	named := map[string]bool{"": true}
	for _, c := range cells {
		named[c.Animal] = true
	}
	return len(named) - 1
}

// add notes something of a condition.
func (r *Report) add(t recordings.Treatment, format string, a ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf("%v: ", t)+fmt.Sprintf(format, a...))
}

// note records why there is no estimate, or how many channels it lacked, and
// returns it, nil if there is none.
func note[T any](r *Report, t recordings.Treatment, what string, estimate T, err error, missing int) *T {
	if err != nil {
		r.add(t, "%s: not estimated: %v", what, err)
		return nil
	} else if missing > 0 {
		r.add(t, "%s: %d channels left out, which lack a measurement it needs", what, missing)
	}
	return &estimate
}

// group estimates one condition.
func (r *Report) group(cells []Cell, rng *rand.Rand) Group {
	o, t := r.Options, cells[0].Treatment
	g := Group{Treatment: t, Cells: len(cells), Animals: animals(cells)}
	for _, c := range cells {
		g.Drift = append(g.Drift, c.drift())
	}
	g.Fluctuation, g.Replicated = fluctuation(g.Drift)
	line, err := Restore(cells, o.Level)
	if g.Restoration = note(r, t, "restoration, and with it laws of ΔI, gating and time course", line, err, line.Missing); err == nil {
		if g.InhibitoryLaws = InhibitoryLaws(cells); g.InhibitoryLaws.Rivals == nil {
			r.add(t, "laws of ΔI: not estimated: excitation before in fewer than two animals, or without its error")
		}
		gate, err := Gate(cells, o.Level, o.Draws, rng)
		if g.Gating = note(r, t, "gating by spikes", gate, err, gate.Missing); gate.Sided > 0 {
			g.Gating = &gate // the sides need no spikes
		}
		course, err := Follow(cells, o.Level)
		if g.Course = note(r, t, "time course", course, err, 0); err == nil && math.IsNaN(course.Tau.Value+course.Tau.Low) {
			r.add(t, "time constant: not bounded by these times, with all animals or without one of them")
		}
	}
	p, err := Potentiate(cells, o.Coding, o.Level)
	if g.Excitation = note(r, t, "excitation", p, err, p.Missing); err == nil {
		g.DepressionLaws = DepressionLaws(cells)
	}
	tuning, err := Correlate(cells, o.Level, o.Draws, rng)
	if g.Tuning = note(r, t, "tuning", tuning, err, 0); err == nil {
		for p := Before; p <= Late; p++ {
			note(r, t, fmt.Sprintf("tuning, %v", p), 0, nil, tuning.Missing[p])
			if v := tuning.Corrected[p]; v.N == 0 {
				r.add(t, "tuning, %v: not estimated: both currents in fewer than two animals, or without a standard error", p)
			} else if math.IsNaN(v.Value) {
				r.add(t, "tuning, %v: not defined: channels of a cell do not differ by more than their errors", p)
			}
		}
	}
	r.suspect(cells)
	r.slow(cells)
	return g
}

// slow notes how slow a fluctuation the blocks before pairing can tell of.
func (r *Report) slow(cells []Cell) {
	var apart, lag []float64 // min, from the first block before pairing to the last, and to the last of all
	for _, c := range cells {
		blocks := c.Channels[0].Blocks
		if n := slices.IndexFunc(blocks, func(b Block) bool { return b.Phase != Before }); n > 1 {
			apart, lag = append(apart, blocks[n-1].Time-blocks[0].Time), append(lag, blocks[len(blocks)-1].Time-blocks[0].Time)
		}
	}
	slices.Sort(apart)
	slices.Sort(lag)
	if n := len(apart) / 2; len(apart) > 0 && apart[n] < lag[n]/2 {
		r.add(cells[0].Treatment, "blocks before pairing lie %.3g min apart and the late one %.3g: what fluctuates more slowly than %.3g min is not in the errors between blocks; a control tells of it", apart[n], lag[n], apart[n])
	}
}

// suspect notes what in the choice of channels may look like an effect.
func (r *Report) suspect(cells []Cell) {
	t, single, paired, weakest, chance := cells[0].Treatment, 0, 0.0, 0.0, 0.0
	for _, c := range cells {
		n := len(c.Channels)
		if n == 1 {
			single++
			continue
		}
		// NaN is least to cmp.
		least := slices.MaxFunc(c.Channels, func(a, b Track) int { return cmp.Compare(-a.E[Before].Value, -b.E[Before].Value) })
		if least.Paired {
			weakest++
		}
		if slices.ContainsFunc(c.Channels, func(k Track) bool { return k.Paired }) {
			paired, chance = paired+1, chance+1/float64(n)
		}
	}
	if single > 0 {
		r.add(t, "%d cells have one channel: a drift of their excitation cannot be told from what pairing did, and they say nothing of tuning or of a gate", single)
	}
	if paired == 0 {
		return
	}
	r.add(t, "paired and best channels are taken to have been chosen beforehand or by other sweeps than those of the baseline; chosen by them, an error alone changes them back")
	if at := 1 - (distuv.Binomial{N: paired, P: chance / paired}).CDF(weakest-1); weakest > 1 && at < 0.05 {
		r.add(t, "the paired channel is the one of the weakest excitation before in %v of %v cells, by chance with P = %.2g: if it was chosen by these sweeps, its rise is in part the return of an error to the mean", weakest, paired, at)
	}
}
