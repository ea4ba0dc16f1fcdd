package estimate

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"credo/internal/domain"
	"credo/pkg/recordings"
)

// Options are the choices of an analysis; the zero value has the defaults.
type Options struct {
	Early     float64   // min after pairing at which Late begins; default 20, as of Fold
	Level     float64   // of intervals, in (0, 1); default 0.95
	Coding    float64   // f of β, in [0, 1); default one over a cell's channels
	Reference Reference // excitation from which the distance is taken; default AfterPairing
	Draws     int       // of permutations and resamples; default 999
	Rescale   bool      // take the drift of gain out of all estimates of inhibition, by Rescaled
}

// Report is all that Analyse estimates. A part that the data do not allow is nil,
// and Notes say why.
type Report struct {
	Options   Options
	Status    map[recordings.Status]int // responses by where they come from
	Unit      string
	Responses int
	Cells     int
	Animals   int // 0 where none is named

	Restoration *Restoration
	Rescaled    *Restoration // the same with the drift of gain taken out
	Resampled   *Resampled
	Rivals      *Contest // laws of the change of inhibition
	Gating      *Gating
	Asymmetry   *Asymmetry
	Course      *Course
	Excitation  []Potentiation // of each condition with pairing
	Contrast    *Estimate      // unpaired change, ACh minus recordings.NE
	Depression  *Contest       // laws of the depression of unpaired channels, recordings.ACh
	Tuning      *Tuning
	Notes       []string
}

// Analyse estimates everything the responses allow, each estimate with its null.
// Randomness is for permutations and resamples only. It returns an error if
// options are outside their domains or if [Cells] refuses the responses; an
// estimate that is not possible is nil, with the reason in Notes.
func Analyse(responses []recordings.Response, o Options, rng *rand.Rand) (Report, error) {
	o.Early, o.Level, o.Draws = cmp.Or(o.Early, 20), cmp.Or(o.Level, 0.95), cmp.Or(o.Draws, 999)
	r := Report{Options: o, Responses: len(responses), Status: map[recordings.Status]int{}}
	if err := domain.Check("recordings: Options.",
		domain.Field{Name: "Early", Value: o.Early, In: domain.Positive},
		domain.Field{Name: "Level", Value: o.Level, In: domain.Fraction},
		domain.Field{Name: "Coding", Value: o.Coding, In: domain.Below1},
		domain.Field{Name: "Draws", Value: float64(o.Draws), In: domain.NonNegative}); err != nil {
		return r, err
	}
	cells, err := Cells(responses, o.Early)
	if err != nil {
		return r, err
	}
	r.Unit, r.Cells = responses[0].Unit, len(cells)
	animals := map[string]bool{}
	for k := range responses {
		r.Status[responses[k].Status]++
		if a := responses[k].Animal; a != "" {
			animals[a] = true
		}
	}
	r.Animals = len(animals)
	r.inhibition(cells, rng)
	r.excitation(cells)
	tuning, err := Correlate(cells, o.Level, o.Draws, rng)
	if r.Tuning = note(&r, "tuning", tuning, err, 0); err != nil {
		return r, nil
	}
	for p := Before; p <= Late; p++ {
		note(&r, fmt.Sprintf("tuning, %v", p), 0, nil, tuning.Missing[p])
		switch v := tuning.Corrected[p]; {
		case v.N == 0:
			r.add("tuning, %v: not estimated: both currents in fewer than two animals, or without a standard error", p)
		case math.IsNaN(v.Value):
			r.add("tuning, %v: not defined: channels of a cell do not differ by more than their errors", p)
		}
	}
	return r, nil
}

func (r *Report) add(format string, a ...any) { r.Notes = append(r.Notes, fmt.Sprintf(format, a...)) }

// note records why there is no estimate, or how many channels it lacked, and
// returns it, nil if there is none.
func note[T any](r *Report, what string, estimate T, err error, missing int) *T {
	if err != nil {
		r.add("%s: not estimated: %v", what, err)
		return nil
	}
	if missing > 0 {
		r.add("%s: %d channels left out, which lack a measurement it needs", what, missing)
	}
	return &estimate
}

func (r *Report) inhibition(cells []Cell, rng *rand.Rand) {
	o := r.Options
	if steady, err := Restore(Rescaled(cells), o.Reference, o.Level); err == nil {
		r.Rescaled = &steady
	}
	if o.Rescale {
		cells = Rescaled(cells)
	}
	line, err := Restore(cells, o.Reference, o.Level)
	if err != nil {
		note(r, "restoration, and with it laws of ΔI, gating, asymmetry and time course", line, err, 0)
		return
	}
	r.Restoration = note(r, "restoration", line, nil, line.Missing)
	boot, err := Bootstrap(cells, o.Reference, o.Level, o.Draws, rng)
	r.Resampled = note(r, "bootstrap", boot, err, 0)
	rivals, err := Compare(cells, o.Reference)
	r.Rivals = note(r, "laws of ΔI", rivals, err, rivals.Missing)
	gate, err := EstimateGating(cells, o.Reference, o.Level, o.Draws, rng)
	r.Gating = note(r, "gating", gate, err, gate.Missing)
	sides, err := Sides(cells, o.Reference, line.Slope.Value, line.Offset.Value, o.Level)
	r.Asymmetry = note(r, "asymmetry", sides, err, sides.Missing)
	course, err := Follow(cells, o.Reference, o.Level)
	if r.Course = note(r, "time course", course, err, 0); err != nil {
		return
	}
	for k, t := range course.Times {
		note(r, fmt.Sprintf("time course, %.3g min", t), 0, nil, course.Missing[k])
	}
	if math.IsNaN(course.Tau.Value + course.Tau.Low) {
		r.add("time constant: not bounded by these times, with all animals or without one of them")
	}
	for _, t := range course.Few {
		r.add("time course, %.3g min: left out, inhibition of fewer than two animals or without its standard error", t)
	}
}

func (r *Report) excitation(cells []Cell) {
	o := r.Options
	var of [recordings.Drug + 1]*Potentiation
	for t := recordings.None; t <= recordings.Drug; t++ {
		if !slices.ContainsFunc(cells, func(c Cell) bool { return c.Treatment == t }) {
			continue
		}
		p, err := Potentiate(cells, t, o.Coding, o.Level)
		if of[t] = note(r, fmt.Sprintf("excitation, %v", t), p, err, p.Missing); err == nil {
			r.Excitation = append(r.Excitation, p)
		}
	}
	if of[recordings.ACh] == nil {
		return
	}
	if of[recordings.NE] != nil {
		d := Contrast(*of[recordings.ACh], *of[recordings.NE], o.Level)
		r.Contrast = &d
	}
	laws, err := Depression(cells, recordings.ACh)
	r.Depression = note(r, "laws of unpaired ΔE, ACh", laws, err, laws.Missing)
}
