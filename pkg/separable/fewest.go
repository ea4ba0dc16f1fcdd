package separable

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"credo/internal/domain"
	"credo/pkg/model"
	"credo/pkg/separable/internal/hitting"
)

// Fewest says how many patterns must be given up, at the least, so that all
// others can be stored, with proofs of both sides.
type Fewest struct {
	Low     int  // the proven lower bound: at least so many
	Errors  int  // the proven upper bound: so many will do, those of Lost
	Reached bool // the two are equal: this is the least number

	Lost        []int       // the patterns given up, increasing
	Certificate Certificate // of Feasible, for the associations without Lost
	// Conflicts cannot be stored, each by itself. To store the rest one pattern
	// of each must be given up, and fewer than Low patterns do not hit them all.
	Conflicts []Conflict

	Reason string // why the bounds differ, in a sentence; empty if they do not
}

// Conflict is patterns that cannot be stored together.
type Conflict struct {
	Patterns    []int       // increasing
	Certificate Certificate // of Infeasible, for the associations of Patterns alone
}

// FewestErrors returns the least number of patterns that must be given up so
// that a neuron can store the rest within the constraints. It searches up to
// most: of more errors than that Low says no more than most + 1, and Errors is
// what was found on the way. The two bounds also differ where [Store] leaves a
// subset undecided, and if the context is cancelled, whose error comes with them.
//
// The method is that of the implicit hitting set: a search for few patterns that
// hit all conflicts known, which asks Store whether all others can be stored, and
// if not takes a further conflict from the multipliers. Time grows exponentially
// with the number of errors; up to about five it is mostly that of some hundred
// calls of Store. Command bench/fewest measures it.
//
// It returns an error if a constraint is outside its domain or most is negative.
//
// Source: Parker & Ryan, Annals of Mathematics and Artificial Intelligence 17,
// 107 (1996), for covers of the irreducible infeasible subsystems, from memory.
func FewestErrors(ctx context.Context, a *model.Associations, c Constraints, most int) (Fewest, error) {
	if err := cmp.Or(c.Check(), domain.Check("separable: ", domain.Field{Name: "most", Value: float64(most), In: domain.NonNegative})); err != nil {
		return Fewest{}, err
	}
	f, family := Fewest{Errors: a.Len(), Lost: without(a.Len(), nil)}, &hitting.Family{}
	for f.Low <= most {
		_, possible, err := family.Hit(ctx, f.Low, func(lost []int) { f.Reason = f.complete(ctx, lost, a, c, family) })
		if err == nil && !possible {
			f.Low++
		}
		if f.Reached = f.Errors == f.Low; f.Reached {
			break
		}
		if err = cmp.Or(err, ctx.Err()); err != nil {
			f.Reason = "the search was cancelled"
			return f, fmt.Errorf("separable: between %d and %d errors: %w", f.Low, f.Errors, err)
		}
		if possible { // for all that could be decided
			return f, nil
		}
	}
	f.Reason = ""
	if !f.Reached {
		f.Reason = fmt.Sprintf("there are more than %d errors", most)
	}
	return f, nil
}

// complete gives up patterns beside those of lost until the rest can be stored,
// and keeps the conflicts met on the way. It returns why it could not.
func (f *Fewest) complete(ctx context.Context, lost []int, a *model.Associations, c Constraints, family *hitting.Family) (reason string) {
	for len(lost) < a.Len() && ctx.Err() == nil {
		rest := without(a.Len(), lost)
		certificate, err := Store(a.Only(rest), c)
		switch {
		case err != nil:
			return err.Error()
		case certificate.Answer == Undecided:
			return fmt.Sprintf("the patterns without %v are undecided", lost)
		case certificate.Answer == Feasible:
			if len(lost) < f.Errors {
				slices.Sort(lost)
				f.Errors, f.Lost, f.Certificate = len(lost), lost, certificate
			}
			return ""
		}
		conflict := newConflict(rest, certificate, a, c)
		f.Conflicts = append(f.Conflicts, conflict)
		family.Add(conflict.Patterns)
		lost = append(slices.Clip(lost), family.Busiest(conflict.Patterns))
	}
	return ""
}

// without returns the patterns of 0 to n − 1 that are not lost.
func without(n int, lost []int) (rest []int) {
	for mu := range n {
		if !slices.Contains(lost, mu) {
			rest = append(rest, mu)
		}
	}
	return rest
}

// Verify proves both bounds anew: that the weights store all patterns but the
// Errors of Lost, that each conflict cannot be stored, and that no Low − 1
// patterns hit all conflicts. It returns an error that names the first thing
// that fails. The time is that of the last search, without that of [Store].
func (f Fewest) Verify(a *model.Associations, c Constraints) error {
	if f.Low < 0 || f.Low > f.Errors || f.Reached != (f.Low == f.Errors) || f.Errors != len(f.Lost) {
		return fmt.Errorf("separable: %d patterns given up and bounds of %d and %d, reached %t", len(f.Lost), f.Low, f.Errors, f.Reached)
	}
	if err := increasing(f.Lost, a.Len()); err != nil {
		return err
	}
	if f.Errors < a.Len() {
		if f.Certificate.Answer != Feasible {
			return errors.New("separable: no weights for the patterns that are left")
		}
		if err := f.Certificate.Verify(a.Only(without(a.Len(), f.Lost)), c); err != nil {
			return err
		}
	}
	family := &hitting.Family{}
	for k, conflict := range f.Conflicts {
		if err := increasing(conflict.Patterns, a.Len()); err != nil {
			return err
		}
		if conflict.Certificate.Answer != Infeasible {
			return fmt.Errorf("separable: conflict %d without multipliers", k)
		}
		if err := conflict.Certificate.Verify(a.Only(conflict.Patterns), c); err != nil {
			return fmt.Errorf("separable: conflict %d: %w", k, err)
		}
		family.Add(conflict.Patterns)
	}
	if f.Low > 0 {
		if hit, possible, _ := family.Hit(context.Background(), f.Low-1, nil); possible {
			return fmt.Errorf("separable: the %d patterns %v hit all conflicts", len(hit), hit)
		}
	}
	return nil
}

func increasing(patterns []int, n int) error {
	for k, mu := range patterns {
		if mu < 0 || mu >= n || k > 0 && mu <= patterns[k-1] {
			return fmt.Errorf("separable: patterns %v, must increase from at least 0 to below %d", patterns, n)
		}
	}
	return nil
}
