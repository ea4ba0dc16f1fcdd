package influence

import (
	"fmt"
	"math/rand/v2"

	"credo/pkg/model"

	"gonum.org/v1/gonum/stat"
)

// Lesson is what a neuron is taught about patterns with hidden causes, what is
// true of the same patterns, and others of the same causes that it never sees.
type Lesson struct {
	Taught *model.Associations // with the teacher's labels
	Truth  *model.Associations // the same patterns with their targets
	Unseen *model.Associations // with their causes' targets
}

// Lesson returns a lesson on the given co-tuned patterns, of which pattern μ has
// cause μ mod causes, as memory.Prototypes draws them: the first m patterns of
// each cause are taught, the others unseen. round(f_Y causes) causes have target 1, in
// random order; each pattern is an exception with probability x and, apart from that,
// mislabelled with probability q. Load and Similarity are those of the
// patterns given. It returns an error as Check does, or if no pattern is left unseen.
func (s Structured) Lesson(a *model.Associations, causes int, rng *rand.Rand) (Lesson, error) {
	if err := s.Check(); err != nil {
		return Lesson{}, err
	}
	taught := causes * s.Members
	if causes < 1 || a.Len() <= taught {
		return Lesson{}, fmt.Errorf("influence: %d patterns for %d causes of %d taught ones each, must be more, for others to be unseen", a.Len(), causes, s.Members)
	}
	target := make([]bool, causes)
	for k := range int(s.TargetCoding*float64(causes) + 0.5) {
		target[k] = true
	}
	rng.Shuffle(causes, func(i, j int) { target[i], target[j] = target[j], target[i] })
	truth, label := make([]bool, a.Len()), make([]bool, a.Len())
	for mu := range truth {
		truth[mu] = target[mu%causes]
		if mu < taught {
			truth[mu] = truth[mu] != (rng.Float64() < s.Exceptions)
			label[mu] = truth[mu] != (rng.Float64() < s.Wrong)
		}
	}
	part := func(from, to int, y []bool) (*model.Associations, error) {
		channels, _ := a.Channels()
		x := make([][]int32, to-from)
		for mu := range x {
			x[mu] = a.Excitatory(from + mu)
		}
		return model.NewAssociations(channels, x, nil, y[from:to])
	}
	known, err := part(0, taught, label)
	if err != nil {
		return Lesson{}, err
	}
	unseen, err := part(taught, a.Len(), truth)
	if err != nil {
		return Lesson{}, err
	}
	return Lesson{known, known.WithTargets(truth[:taught]), unseen}, nil
}

// Errors counts a neuron's wrong answers, with the threshold midway between the
// mean potentials of the teacher's two classes; shares of patterns. It panics
// as [model.Neuron.Potentials] does. NaN if the labels are all alike.
func (l Lesson) Errors(n *model.Neuron) Errors {
	v := n.Potentials(l.Taught)
	one, zero := l.Taught.ByTarget(v)
	middle := (stat.Mean(one, nil) + stat.Mean(zero, nil)) / 2
	wrong := func(a *model.Associations, v []float64) (share float64) {
		for mu, x := range v {
			if x > middle != a.Target(mu) {
				share += 1 / float64(len(v))
			}
		}
		return share
	}
	return Errors{wrong(l.Truth, v), wrong(l.Taught, v), wrong(l.Unseen, n.Potentials(l.Unseen))}
}
