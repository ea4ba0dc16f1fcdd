package explore

import (
	"context"
	"math/rand/v2"
	"time"

	"credo/pkg/experiment"
	"credo/pkg/model"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// learning is a neuron that is taught in slices. What it learns is what it would learn
// in one training: [model.Learner.Train] takes from the stream by the epoch.
type learning struct {
	design       experiment.Design
	learner      *model.Learner
	associations *model.Associations
	rng          *rand.Rand
	slice        int // epochs that took about the time allowed
	course       course
}

// course is what is shown of learning, at the times λ × epochs.
type course struct {
	time                []float64
	mean, sd, nearest   [2][]float64 // of the potentials, by target; the one nearest to the wrong side
	hits, alarms, error []float64
}

// entries is about how many times are shown.
const entries = 60

func newLearning(d experiment.Design) (*learning, error) {
	d.Entries = entries
	l := &learning{design: d, learner: d.Learner(), rng: model.Stream(d.Seed, 1), slice: 1} // run 0 of a study
	var err error
	if l.associations, err = d.Task.Draw(model.Stream(d.Seed, 0)); err == nil {
		l.note(0, l.learner.Neuron.Potentials(l.associations), l.learner.Neuron.Recall(l.associations))
	}
	return l, err
}

// done says whether all epochs are over.
func (l *learning) done() bool { return l.learner.Epochs >= l.design.Epochs() }

// step trains for about as long as it is given, one epoch at least.
func (l *learning) step(ctx context.Context, budget time.Duration) error {
	every := l.learner.Every
	for begin := time.Now(); !l.done(); {
		epochs := min(l.slice, every-l.learner.Epochs%every, l.design.Epochs()-l.learner.Epochs)
		before := time.Now()
		history, err := l.learner.Train(ctx, l.associations, epochs, l.rng)
		if err != nil {
			return err
		}
		if last := history[len(history)-1]; last.Epoch%every == 0 || l.done() {
			l.note(last.Epoch, last.Potentials, last.AtEnd)
		}
		now := time.Now()
		if spent := now.Sub(before); epochs == l.slice {
			l.slice = int(max(1, min(float64(2*l.slice), float64(l.slice)*float64(budget)/float64(spent+1))))
		}
		if left := budget - now.Sub(begin); left < budget/4 {
			return nil
		}
	}
	return nil
}

// note adds what is shown after an epoch.
func (l *learning) note(epoch int, potentials []float64, r model.Recall) {
	c := &l.course
	c.time = append(c.time, l.design.Rate*float64(epoch))
	one, zero := l.associations.ByTarget(potentials)
	for y, v := range [2][]float64{zero, one} {
		c.mean[y], c.sd[y] = append(c.mean[y], stat.Mean(v, nil)), append(c.sd[y], stat.PopStdDev(v, nil))
		c.nearest[y] = append(c.nearest[y], [2]func([]float64) float64{floats.Max, floats.Min}[y](v))
	}
	c.hits, c.alarms, c.error = append(c.hits, r.Hits), append(c.alarms, r.FalseAlarms), append(c.error, r.Error)
}

// late is the mean over the last quarter of the times so far.
func late(x []float64) float64 { return stat.Mean(x[len(x)*3/4:], nil) }
