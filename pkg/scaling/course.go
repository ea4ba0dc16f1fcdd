package scaling

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"

	"credo/pkg/experiment"
	"credo/pkg/model"

	"gonum.org/v1/gonum/stat"
)

// Tolerance is the share of wrong answers of a neuron that has learned its task.
const Tolerance = 0.01

// Neurons is how many learn side by side in a run.
const Neurons = 8

// looks is about how many epochs of a stage are looked at.
const looks = 20

// stages are the shares of the training time at which a run looks, and how the names of what it sees there end.
var stages = []struct {
	Share float64
	Name  string
}{{1. / 8, "_eighth"}, {1. / 4, "_quarter"}, {1. / 2, "_half"}, {1, ""}}

// Course makes one run of a study: a layer of [Neurons] is trained on one set of inputs, each with random targets and
// releases of its own, and is looked at when an eighth, a quarter, a half and the whole of the training time is over. Measured
// are, with the end of a name telling when (learned_eighth, learned_quarter, learned_half, learned),
//
//	error    of the neurons' answers without neuromodulators, each pattern tested just before it is learned, over the last
//	         quarter of the time up to then, mean over the neurons
//	learned  neurons of which that error is at most [Tolerance]
//	scatter  variance of the potentials about the mean of their class, over both classes, at the end, mean over the neurons
//
// The first and the last have three digits, to keep tables short. It returns an error as [model.Layer.Train] does, and for
// fewer than eight epochs.
func Course(ctx context.Context, r experiment.Run, rng *rand.Rand) (experiment.Values, error) {
	d := r.Design
	a, err := d.Task.Draw(rng)
	if err != nil {
		return nil, err
	}
	layer := model.Layer{Targets: make([][]bool, Neurons)}
	for j := range Neurons {
		targets := make([]bool, a.Len())
		for k, mu := range rng.Perm(a.Len()) {
			targets[mu] = a.Target(k)
		}
		l := d.Learner()
		layer.Targets[j], layer.Learners = targets, append(layer.Learners, l)
	}
	values, done := experiment.Values{}, 0
	for _, s := range stages {
		until := int(math.Round(s.Share * float64(d.Epochs())))
		for _, l := range layer.Learners {
			l.Every = max(1, (until-done)/looks)
		}
		if until == done {
			return nil, fmt.Errorf("scaling: %d epochs, must be at least 8", d.Epochs())
		}
		histories, err := layer.Train(ctx, a, until-done, rng)
		if err != nil {
			return nil, err
		}
		done = until
		wrong, learned, scatter := 0., 0., 0.
		for j, h := range histories {
			presented, _ := h[len(h)/2:].Recall() // the last quarter of the time up to here
			wrong += presented.Error
			if presented.Error <= Tolerance {
				learned++
			}
			scatter += within(h[len(h)-1].Potentials, layer.Targets[j])
		}
		values["learned"+s.Name] = learned
		values["error"+s.Name] = digits(wrong/Neurons, 3)
		values["scatter"+s.Name] = digits(scatter/Neurons, 3)
	}
	return values, nil
}

// within is the variance of x about the mean of its class.
func within(x []float64, class []bool) (sum float64) {
	for _, c := range []bool{false, true} {
		var members []float64
		for k, v := range x {
			if class[k] == c {
				members = append(members, v)
			}
		}
		if len(members) > 0 {
			sum += stat.PopVariance(members, nil) * float64(len(members))
		}
	}
	return sum / float64(len(x))
}

// digits rounds to a number of significant decimal digits.
func digits(x float64, n int) float64 {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', n, 64), 64)
	return rounded
}
