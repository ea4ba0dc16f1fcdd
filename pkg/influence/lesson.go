package influence

import (
	"fmt"
	"math"
	"math/rand/v2"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// Lesson is what a neuron is taught about patterns with hidden causes, what is
// true of the same patterns, and others of the same causes that it never sees.
type Lesson struct {
	Taught *model.Associations // with the teacher's labels
	Truth  *model.Associations // the same patterns with their targets
	Unseen *model.Associations // with their causes' targets
	Causes int                 // pattern μ has cause μ mod Causes
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
	return Lesson{known, known.WithTargets(truth[:taught]), unseen, causes}, nil
}

// Learner returns a learner whose neuron n, not a copy, is taught the labels by
// the local rules whose rest is the operator of [Structured]: a drive by the label,
// centred on the share of labels that are 1, detailed balance of unit rate, and for 0 < ℓ
// < ∞ a relaxation of all weights to that of the first synapse, of the
// rate r = ℓ f(1−f) √N/P; for ℓ = ∞ nothing but the drive. coding is f and rate
// λ. The neuron's inhibitory inputs copy the excitatory ones.
func (l Lesson) Learner(n *model.Neuron, decay, coding, rate float64) *model.Learner {
	one, _ := l.Taught.ByTarget(make([]float64, l.Taught.Len()))
	share := float64(len(one)) / float64(l.Taught.Len())
	drive := rules.Named("label", func(s *model.Signals) model.Change {
		if s.Target {
			return model.Change{Active: 1 - share}
		}
		return model.Change{Active: -share}
	})
	if math.IsInf(decay, 1) {
		return None.Learner(n, drive, 0, rate)
	}
	learner := Detailed.Learner(n, drive, 0, rate)
	if decay > 0 {
		r := decay * coding * (1 - coding) * math.Sqrt(float64(len(n.Excitatory))) / float64(l.Taught.Len())
		relax := rules.Relaxation{Rate: r, Weight: n.Excitatory[0]}
		learner.Excitatory, learner.Inhibitory = append(learner.Excitatory, relax), append(learner.Inhibitory, relax)
	}
	return learner
}
