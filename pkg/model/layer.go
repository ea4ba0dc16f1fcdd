package model

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"credo/internal/domain"
	"credo/internal/lanes"
)

// Layer is neurons that see the same inputs, each with its own weights, rules
// and neuromodulators. Eight of them are trained at a time, in the lanes of the
// vector units, and such eights on all cores, unless they act on each other.
//
// They share their random numbers: the patterns come to all in the same order,
// and each draws its own releases from its own copy of the same generator. So
// what each learns is what it would learn alone from that generator, bit for
// bit, and neurons of equal targets that differ in a parameter are compared with
// common random numbers, which leaves only the parameter's effect.
type Layer struct {
	// Learners are the neurons, of as many channels as the associations. No two
	// are the same learner or have the same neuron, and all have done the same
	// number of epochs. Rules that keep state, such as observers, must not be
	// shared either: neurons learn on several cores at a time.
	Learners []*Learner
	// Targets are each neuron's own, Targets[j][μ]; nil: the associations'.
	Targets [][]bool
	// Together is what happens between neurons on every trial, in this order,
	// such as a modulator that they share, [AtLeast] or [Graded], or lateral
	// inhibition, [Winners]; nil: nothing, each neuron has release of its own.
	// With it, a neuron no longer learns what it would learn alone.
	Together []Together
}

// Check returns an error that names the first neuron that cannot be trained on
// a, and what of it is outside its domain.
func (l *Layer) Check(a *Associations) error {
	if len(l.Learners) == 0 {
		return errors.New("model: Layer.Learners is empty, must have a neuron")
	}
	if l.Targets != nil && len(l.Targets) != len(l.Learners) {
		return fmt.Errorf("model: %d Layer.Targets for %d neurons, must be one for each, or nil", len(l.Targets), len(l.Learners))
	}
	for j, targets := range l.Targets {
		if len(targets) != a.Len() {
			return fmt.Errorf("model: Layer.Targets[%d] are %d for %d patterns, must be one for each", j, len(targets), a.Len())
		}
	}
	numbers, own := map[*Neuron]int{}, l.own(a)
	for j, n := range l.Learners {
		if n == nil {
			return fmt.Errorf("model: Layer.Learners[%d] is nil", j)
		}
		if err := cmp.Or(n.Check(), a.Fits(n.Neuron), n.fits(own[j])); err != nil {
			return fmt.Errorf("neuron %d: %w", j, err)
		}
		if first := l.Learners[0].Epochs; n.Epochs != first {
			return fmt.Errorf("model: neuron %d has done %d epochs and neuron 0 %d, must be equal", j, n.Epochs, first)
		}
		if k, ok := numbers[n.Neuron]; ok {
			return fmt.Errorf("model: neurons %d and %d of the layer are one and the same", k, j)
		}
		numbers[n.Neuron] = j
	}
	return l.tractable()
}

// own are the associations with each neuron's targets.
func (l *Layer) own(a *Associations) []*Associations {
	own := slices.Repeat([]*Associations{a}, len(l.Learners))
	for j, targets := range l.Targets {
		own[j] = a.WithTargets(targets)
	}
	return own
}

// Train trains all neurons as [Learner.Train] trains one, and returns their
// histories in order. It takes exactly two words from rng an epoch, whatever the
// number of neurons, so that [Learner.Resume] of any continues the layer.
//
// It returns an error as Learner.Train does, with the number of the neuron. What
// stops one neuron stops all, at the same epoch; what some have done beyond it is undone.
// Words of rng may then be gone for up to 15 epochs that do not stand, as several are
// trained at a time: go on by Learner.Resume, not by the same rng.
// While it runs, the neurons' weights are up to date only where an entry of the
// History is due.
func (l *Layer) Train(ctx context.Context, a *Associations, epochs int, rng *rand.Rand) ([]History, error) {
	if err := cmp.Or(l.Check(a), domain.Check("model: ", domain.Field{Name: "epochs", Value: float64(epochs), In: domain.NonNegative})); err != nil {
		return nil, err
	}
	groups, numbers := l.groups(a)
	histories, err := epochsOf(ctx, groups, epochs, rng)
	for _, g := range groups {
		if b, ok := g.(interface{ store() }); ok {
			b.store()
		}
	}
	inOrder := make([]History, len(l.Learners))
	for k, number := range numbers {
		inOrder[number] = histories[k]
	}
	return inOrder, err
}

// groups are the neurons in blocks of eight, and those one by one that cannot
// be in a block, or would be there alone; and the numbers of the neurons in the
// order of the groups.
func (l *Layer) groups(a *Associations) (groups []group, numbers []int) {
	own := l.own(a)
	var abreast, alone []int
	for j, n := range l.Learners {
		if n.abreast() {
			abreast = append(abreast, j)
		} else {
			alone = append(alone, j)
		}
	}
	var blocks []*block
	for some := range slices.Chunk(abreast, lanes.Neurons) {
		if len(some) == 1 && len(l.Together) == 0 {
			alone = append(alone, some...)
			continue
		}
		b := newBlock(l.Learners, own, some, len(l.Together) > 0)
		blocks, groups, numbers = append(blocks, b), append(groups, b), append(numbers, some...)
	}
	if len(l.Together) > 0 {
		return []group{newCompany(blocks, l.Together)}, numbers
	}
	for _, j := range alone {
		groups, numbers = append(groups, loner{newTraining(l.Learners[j], own[j]), j}), append(numbers, j)
	}
	return groups, numbers
}

// loner is a neuron of a layer that is trained by itself.
type loner struct {
	*training
	number int
}

func (t loner) present(ctx context.Context, words *tape) error {
	err := t.training.present(ctx, words)
	if err != nil && ctx.Err() == nil {
		err = fmt.Errorf("neuron %d: %w", t.number, err)
	}
	return err
}
