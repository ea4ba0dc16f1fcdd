package model

import (
	"context"
	"fmt"
	"math/rand/v2"

	"credo/internal/domain"
)

// Interneurons are inhibitory cells between the excitatory channels and a
// neuron: each is a [Neuron] of its own on the same excitatory channels, and
// the inhibitory inputs of a pattern are the cells that fire on it, without
// neuromodulators, y = 1[V > 0].
//
// The inhibitory channel 0 of a cell is tonic, active in every pattern, so that
// its weight is a threshold that can learn. Cells are made one after another;
// if Lateral, channel k of a later cell is active where cell k−1 fires, and a
// cell has as many inhibitory weights as its place in the order, counted from
// 1; otherwise it has one.
type Interneurons struct {
	Cells   []*Neuron
	Lateral bool
}

// Train makes count cells in place of those that there are, each by the
// learner for its number, trained for the given epochs on the patterns of a.
// The earlier cells no longer change, a reduction of a layer that learns all at
// once. It takes two words an epoch and cell from rng, as [Learner.Train] does.
//
// It returns an error that names the cell if its learner's training fails, or
// if ctx is cancelled; then Cells are those that were trained before.
func (c *Interneurons) Train(ctx context.Context, a *Associations, count, epochs int, learner func(cell int) *Learner, rng *rand.Rand) error {
	c.Cells = nil
	for k := range count {
		l := learner(k)
		_, seen := c.present(a)
		if _, err := l.Train(ctx, seen, epochs, rng); err != nil {
			return fmt.Errorf("interneuron %d: %w", k, err)
		}
		c.Cells = append(c.Cells, l.Neuron)
	}
	return nil
}

// Inhibit returns the associations with the cells that fire as their inhibitory
// inputs, one channel a cell. It panics if a cell has another number of weights
// than it should, and returns an error if there is no cell.
func (c *Interneurons) Inhibit(a *Associations) (*Associations, error) {
	if err := domain.Check("model: ", domain.Field{Name: "interneurons", Value: float64(len(c.Cells)), In: domain.AtLeast(1)}); err != nil {
		return nil, err
	}
	fire, _ := c.present(a)
	return &Associations{a.excitatoryChannels, len(c.Cells), a.excitatory, fire, a.targets}, nil
}

// present shows the patterns to one cell after another, and returns for each
// pattern the cells that fire, in increasing order, and what the next cell sees.
func (c *Interneurons) present(a *Associations) (fire [][]int32, seen *Associations) {
	fire, seen = make([][]int32, a.Len()), &Associations{a.excitatoryChannels, 1, a.excitatory, make([][]int32, a.Len()), a.targets}
	for mu := range fire {
		seen.inhibitory[mu] = []int32{0}
	}
	for k, n := range c.Cells {
		for mu, v := range n.Potentials(seen) {
			if v > 0 {
				fire[mu] = append(fire[mu], int32(k))
			}
			if v > 0 && c.Lateral {
				seen.inhibitory[mu] = append(seen.inhibitory[mu], int32(k+1))
			}
		}
		if c.Lateral {
			seen.inhibitoryChannels++
		}
	}
	return fire, seen
}
