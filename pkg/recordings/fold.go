package recordings

import (
	"cmp"
	"fmt"
	"iter"

	"credo/internal/domain"
)

// Fold makes responses of sweeps. The zero value is the fold of the defaults.
//
// A sweep held below the reversal potential that its row names, V_h < E, drives
// current inward and measures excitation; held above, inhibition. Of either the
// conductance is
//
//	g = I / (V_h − I R_s − E),
//
// with what is left of the series resistance, R_s, corrected for and not only
// flagged; an empty R_s is not corrected, and counted. As pA, a magnitude is
// g |V_h − E|, the current of an ideal clamp at the mean V_h and E of the cell.
// Filtering by R_s and imperfect space clamp are not corrected.
//
// That holds if the other current does not flow: excitation has to be held at
// the reversal potential of inhibition, and the reverse. Where a cell has both
// and the other is driven by more than Isolation, the response is left out. And
// as R_s moves the potential away from there, some of the other current flows
// all the same, and each g comes out too small by the share R_s g of the other,
// 4 percent at 20 MΩ and 2 nS. Unmix cures both, at a price: the errors of
// excitation and inhibition are then no longer independent.
type Fold struct {
	Unit      string    // "pA", or "nS" for conductances; empty means "pA"
	Edges     []float64 // phases after pairing begin at 0 and at these times in min, increasing; nil means one edge at 20, a choice
	Levels    []float64 // sweeps of these levels alone, dB; nil: a cell has one level, or it is an error
	MaxSeries float64   // sweeps with more series resistance are left out, MΩ; 0: none is
	Isolation float64   // tolerated driving force of the other current, mV; 0 means 10, a choice
	// Unmix solves the two equations for the conductances of excitation and
	// inhibition instead; it needs both in the channel and phase, and the same
	// window after the tone.
	Unmix bool
}

// Check returns an error that names the first field outside its domain.
func (f Fold) Check() error {
	if f.Unit != "" && f.Unit != "pA" && f.Unit != "nS" {
		return fmt.Errorf("recordings: Fold.Unit = %q, must be pA or nS", f.Unit)
	}
	for i, t := range f.Edges {
		if !domain.Positive.Has(t) || i > 0 && t <= f.Edges[i-1] {
			return fmt.Errorf("recordings: Fold.Edges = %v, must be above 0 and increasing", f.Edges)
		}
	}
	return domain.Check("recordings: Fold.",
		domain.Field{Name: "MaxSeries", Value: f.MaxSeries, In: domain.NonNegative},
		domain.Field{Name: "Isolation", Value: f.Isolation, In: domain.NonNegative})
}

// Sweeps folds sweeps into responses, one a channel, cell, condition and phase,
// ordered by cell as they first come, phase and channel, and accounts for every
// row that is left out and every response that lacks something. A response's
// time is the mean of its sweeps'. Memory is that of the responses, three numbers
// a sweep.
//
// It returns an error where the rows end with one, if a field of f is outside
// its domain, if levels are mixed in a cell, and if most of the currents of one
// kind have the wrong sign, which a file without the sign convention has.
func (f Fold) Sweeps(rows iter.Seq2[Sweep, error]) ([]Response, Account, error) {
	if err := f.Check(); err != nil {
		return nil, Account{}, err
	}
	f.Unit, f.Isolation = cmp.Or(f.Unit, "pA"), cmp.Or(f.Isolation, 10)
	if f.Edges == nil {
		f.Edges = []float64{20}
	}
	a := &folding{fold: f, cells: make(map[[2]string]*folded)}
	for s, err := range rows {
		if err != nil {
			return nil, Account{}, err
		}
		if err := a.take(&s); err != nil {
			return nil, Account{}, err
		}
	}
	return a.responses()
}
