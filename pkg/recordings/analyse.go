package recordings

import (
	"fmt"
	"math"
	"math/rand/v2"

	"credo/internal/domain"
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
	Status    map[Status]int // responses by where they come from
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
	Contrast    *Estimate      // unpaired change, ACh minus NE
	Depression  *Contest       // laws of the depression of unpaired channels, ACh
	Tuning      *Tuning
	Notes       []string
}

// Analyse estimates everything the responses allow, each estimate with its null.
// Randomness is for permutations and resamples only. It returns an error if
// options are outside their domains or if [Cells] refuses the responses; an
// estimate that is not possible is nil, with the reason in Notes.
func Analyse(responses []Response, o Options, rng *rand.Rand) (Report, error) {
	if o.Early == 0 {
		o.Early = 20
	}
	if o.Level == 0 {
		o.Level = 0.95
	}
	if o.Draws == 0 {
		o.Draws = 999
	}
	r := Report{Options: o, Responses: len(responses), Status: map[Status]int{}}
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
	if r.note("tuning", err, 0) {
		r.Tuning = &tuning
		for p := Before; p <= Late; p++ {
			r.note(fmt.Sprintf("tuning, %v", p), nil, tuning.Missing[p])
			switch v := tuning.Corrected[p]; {
			case v.N == 0:
				r.Notes = append(r.Notes, fmt.Sprintf("tuning, %v: not estimated: both currents in fewer than two animals, or without a standard error", p))
			case math.IsNaN(v.Value):
				r.Notes = append(r.Notes, fmt.Sprintf("tuning, %v: not defined: channels of a cell do not differ by more than their errors", p))
			}
		}
	}
	return r, nil
}

// note records why there is no estimate, or how many channels it lacked, and
// tells whether there is one.
func (r *Report) note(what string, err error, missing int) bool {
	if err != nil {
		r.Notes = append(r.Notes, fmt.Sprintf("%s: not estimated: %v", what, err))
		return false
	}
	if missing > 0 {
		r.Notes = append(r.Notes, fmt.Sprintf("%s: %d channels left out, which lack a measurement it needs", what, missing))
	}
	return true
}

func (r *Report) inhibition(cells []Cell, rng *rand.Rand) {
	o := r.Options
	steady, err := Restore(Rescaled(cells), o.Reference, o.Level)
	if err == nil {
		r.Rescaled = &steady
	}
	if o.Rescale {
		cells = Rescaled(cells)
	}
	line, err := Restore(cells, o.Reference, o.Level)
	if err != nil {
		r.note("restoration, and with it laws of ΔI, gating, asymmetry and time course", err, 0)
		return
	}
	r.note("restoration", nil, line.Missing)
	r.Restoration = &line
	boot, err := Bootstrap(cells, o.Reference, o.Level, o.Draws, rng)
	if r.note("bootstrap", err, 0) {
		r.Resampled = &boot
	}
	rivals, err := Compare(cells, o.Reference)
	if r.note("laws of ΔI", err, rivals.Missing) {
		r.Rivals = &rivals
	}
	gate, err := EstimateGating(cells, o.Reference, o.Level, o.Draws, rng)
	if r.note("gating", err, gate.Missing) {
		r.Gating = &gate
	}
	a, b := line.Slope.Value, line.Offset.Value
	sides, err := Sides(cells, o.Reference, a, b, o.Level)
	if r.note("asymmetry", err, sides.Missing) {
		r.Asymmetry = &sides
	}
	course, err := Follow(cells, o.Reference, o.Level)
	if r.note("time course", err, 0) {
		r.Course = &course
		for k, t := range course.Times {
			r.note(fmt.Sprintf("time course, %.3g min", t), nil, course.Missing[k])
		}
		if math.IsNaN(course.Tau.Value + course.Tau.Low) {
			r.Notes = append(r.Notes, "time constant: not bounded by these times, with all animals or without one of them")
		}
		for _, t := range course.Few {
			r.Notes = append(r.Notes, fmt.Sprintf("time course, %.3g min: left out, inhibition of fewer than two animals or without its standard error", t))
		}
	}
}

func (r *Report) excitation(cells []Cell) {
	o := r.Options
	var of [Drug + 1]*Potentiation
	for c := None; c <= Drug; c++ {
		if !has(cells, c) {
			continue
		}
		p, err := Potentiate(cells, c, o.Coding, o.Level)
		if r.note(fmt.Sprintf("excitation, %v", c), err, p.Missing) {
			r.Excitation = append(r.Excitation, p)
			of[c] = &p
		}
	}
	if of[ACh] != nil && of[NE] != nil {
		d := Contrast(*of[ACh], *of[NE], o.Level)
		r.Contrast = &d
	}
	if of[ACh] != nil {
		laws, err := Depression(cells, ACh)
		if r.note("laws of unpaired ΔE, ACh", err, laws.Missing) {
			r.Depression = &laws
		}
	}
}

func has(cells []Cell, c Treatment) bool {
	for k := range cells {
		if cells[k].Treatment == c {
			return true
		}
	}
	return false
}
