package model

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"credo/internal/domain"

	"gonum.org/v1/gonum/mat"
)

// Associations are P pairs of an input pattern and a binary target. Patterns
// are kept as lists of their active channels. They do not change once made.
type Associations struct {
	excitatoryChannels, inhibitoryChannels int

	excitatory, inhibitory [][]int32
	targets                []bool
}

// NewAssociations returns one's own associations: for every pattern the list
// of its active excitatory and of its active inhibitory channels, strictly
// increasing and within [0, channels), and its target. If inhibitory is nil
// every pattern is co-tuned, its inhibitory list being the excitatory one. All
// that is given is copied; a pattern whose two lists are equal shares one copy.
//
// It panics if the three lengths differ, and returns an error if there is no
// channel or no pattern, and one that names the pattern and the channel if a
// list is not as said.
func NewAssociations(channels int, excitatory, inhibitory [][]int32, targets []bool) (*Associations, error) {
	if inhibitory == nil {
		inhibitory = excitatory
	}
	if len(excitatory) != len(targets) || len(inhibitory) != len(targets) {
		panic(fmt.Sprintf("model: %d excitatory and %d inhibitory patterns for %d targets",
			len(excitatory), len(inhibitory), len(targets)))
	}
	if err := domain.Check("model: ",
		domain.Field{Name: "patterns", Value: float64(len(targets)), In: domain.AtLeast(1)},
		domain.Field{Name: "channels", Value: float64(channels), In: domain.AtLeast(1)}); err != nil {
		return nil, err
	}
	a := &Associations{channels, channels, make([][]int32, len(targets)), make([][]int32, len(targets)), slices.Clone(targets)}
	for mu := range targets {
		if err := cmp.Or(checkPattern("excitatory", mu, excitatory[mu], channels), checkPattern("inhibitory", mu, inhibitory[mu], channels)); err != nil {
			return nil, err
		}
		a.excitatory[mu] = slices.Clone(excitatory[mu])
		a.inhibitory[mu] = a.excitatory[mu]
		if !slices.Equal(excitatory[mu], inhibitory[mu]) {
			a.inhibitory[mu] = slices.Clone(inhibitory[mu])
		}
	}
	return a, nil
}

// FromMatrix returns one's own co-tuned associations: x[μ][i] tells whether
// channel i is active in pattern μ. It panics if there are not as many rows as
// targets or if two rows differ in length, and returns an error if there is no
// channel or no pattern.
func FromMatrix(x [][]bool, targets []bool) (*Associations, error) {
	channels, lists := 0, make([][]int32, len(x))
	for mu, row := range x {
		channels = len(x[0])
		if len(row) != channels {
			panic(fmt.Sprintf("model: row %d of %d channels, row 0 of %d", mu, len(row), channels))
		}
		for i, active := range row {
			if active {
				lists[mu] = append(lists[mu], int32(i))
			}
		}
	}
	return NewAssociations(channels, lists, nil, targets)
}

func checkPattern(kind string, mu int, active []int32, channels int) error {
	last := int32(-1)
	for _, i := range active {
		if i < 0 || int(i) >= channels {
			return fmt.Errorf("model: %s pattern %d: channel %d outside [0, %d)", kind, mu, i, channels)
		}
		if i <= last {
			return fmt.Errorf("model: %s pattern %d: channel %d after %d, must be strictly increasing", kind, mu, i, last)
		}
		last = i
	}
	return nil
}

// ByTarget parts one value a pattern, such as the potentials, into those of
// the patterns whose target is 1 and those whose target is 0, in order. It
// panics if there are not as many values as patterns.
func (a *Associations) ByTarget(values []float64) (one, zero []float64) {
	if len(values) != a.Len() {
		panic(fmt.Sprintf("model: %d values for %d patterns", len(values), a.Len()))
	}
	for mu, x := range values {
		if a.targets[mu] {
			one = append(one, x)
		} else {
			zero = append(zero, x)
		}
	}
	return one, zero
}

// WithTargets returns the same patterns with other targets, such as those that
// an imperfect teacher believes in. Lists are shared and targets copied. It
// panics if there are not as many targets as patterns.
func (a *Associations) WithTargets(targets []bool) *Associations {
	if len(targets) != a.Len() {
		panic(fmt.Sprintf("model: %d targets for %d patterns", len(targets), a.Len()))
	}
	other := *a
	other.targets = slices.Clone(targets)
	return &other
}

// Only returns the associations of the given patterns, in that order. Lists are
// shared.
func (a *Associations) Only(patterns []int) *Associations {
	n := len(patterns)
	some := &Associations{a.excitatoryChannels, a.inhibitoryChannels, make([][]int32, n), make([][]int32, n), make([]bool, n)}
	for k, mu := range patterns {
		some.excitatory[k], some.inhibitory[k], some.targets[k] = a.excitatory[mu], a.inhibitory[mu], a.targets[mu]
	}
	return some
}

// Len returns the number of associations, P.
func (a *Associations) Len() int { return len(a.targets) }

// Channels returns the numbers of excitatory and of inhibitory channels.
func (a *Associations) Channels() (excitatory, inhibitory int) {
	return a.excitatoryChannels, a.inhibitoryChannels
}

// Target returns whether the neuron should fire for pattern mu: Y^μ = 1.
func (a *Associations) Target(mu int) bool { return a.targets[mu] }

// Excitatory returns the active excitatory channels of pattern mu, in
// increasing order. The caller must not change them.
func (a *Associations) Excitatory(mu int) []int32 { return a.excitatory[mu] }

// Inhibitory returns the active inhibitory channels of pattern mu, in
// increasing order. Co-tuned patterns share one list with the excitatory ones.
// The caller must not change them.
func (a *Associations) Inhibitory(mu int) []int32 { return a.inhibitory[mu] }

// Fits returns an error if the neuron is nil or has other numbers of channels than a.
func (a *Associations) Fits(n *Neuron) error {
	if n == nil {
		return errors.New("model: neuron is nil")
	}
	if len(n.Excitatory) != a.excitatoryChannels || len(n.Inhibitory) != a.inhibitoryChannels {
		return fmt.Errorf("model: neuron with %d excitatory and %d inhibitory weights for associations of %d and %d channels",
			len(n.Excitatory), len(n.Inhibitory), a.excitatoryChannels, a.inhibitoryChannels)
	}
	return nil
}

// Dense returns the input patterns as P × N matrices of zeros and ones, a row
// for each pattern. Co-tuned patterns give two equal matrices.
func (a *Associations) Dense() (excitatory, inhibitory *mat.Dense) {
	return dense(a.excitatory, a.excitatoryChannels), dense(a.inhibitory, a.inhibitoryChannels)
}

func dense(patterns [][]int32, channels int) *mat.Dense {
	x := mat.NewDense(len(patterns), channels, nil)
	for mu, active := range patterns {
		row := x.RawRowView(mu)
		for _, i := range active {
			row[i] = 1
		}
	}
	return x
}

// Gram returns the overlaps of the patterns' excitatory and of their
// inhibitory inputs, P × P, dimensionless,
//
//	G_E,μν = x_E^μ · x_E^ν / N,  G_I,μν = x_I^μ · x_I^ν / N,
//
// with N the number of excitatory channels in both, as in
// [Neuron.Currents]: where every pattern changes its active excitatory
// weights by s^ν, in units of λ/√N, the excitatory currents change by λ G_E s.
// The overlaps are counts divided by N, exact up to that division. It takes
// P² N additions. Co-tuned patterns give one matrix twice.
func (a *Associations) Gram() (excitatory, inhibitory *mat.SymDense) {
	xE, xI := a.Dense()
	excitatory = gram(xE, a.excitatoryChannels)
	if slices.EqualFunc(a.excitatory, a.inhibitory, slices.Equal) {
		return excitatory, excitatory
	}
	return excitatory, gram(xI, a.excitatoryChannels)
}

func gram(x *mat.Dense, channels int) *mat.SymDense {
	var g mat.SymDense
	g.SymOuterK(1, x)
	counts := g.RawSymmetric().Data
	for k := range counts {
		counts[k] /= float64(channels)
	}
	return &g
}
