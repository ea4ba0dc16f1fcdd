package scaling

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"credo/pkg/experiment"
	"credo/pkg/model"
)

// Tolerance is the share of wrong answers of a neuron that has learned its task.
const Tolerance = 0.01

// stages are the shares of the training time at which a run looks, and how the names of what it sees there end.
var stages = []struct {
	Share float64
	Name  string
}{{1. / 8, "_eighth"}, {1. / 4, "_quarter"}, {1. / 2, "_half"}, {1, ""}}

// Course makes one run of a study: a layer is trained on one set of inputs, as many neurons as the point's own parameter neurons says, each with
// random targets of its own and releases of its own. Like Cover's count of dichotomies the number of targets that can be stored hardly depends on
// the inputs, so that neurons of a layer are as good as independent ones; [Dispersion] tells whether they are. The layer is looked at after an eighth, a quarter,
// a half and the whole of the training time. Measured are, with the end of a name telling when,
//
//	wrong    wrong answers of all neurons together, without neuromodulators, each pattern tested just before it is learned
//	         in the last epoch: the error is wrong/(neurons P)
//	learned  neurons with at most a share [Tolerance] of wrong answers
//	scatter  variance of the potentials about the mean of their class, over both classes and all neurons, at the end of
//	         that epoch, to three digits
//
// It returns an error as [model.Layer.Train] does, and if there are fewer than eight epochs.
func Course(ctx context.Context, r experiment.Run, rng *rand.Rand) (experiment.Values, error) {
	d := r.Design
	a, err := d.Task.Draw(rng)
	if err != nil {
		return nil, err
	}
	layer := model.Layer{Targets: make([][]bool, int(r.At["neurons"]))}
	for j := range layer.Targets {
		targets := make([]bool, a.Len())
		for k, mu := range rng.Perm(a.Len()) {
			targets[mu] = a.Target(k)
		}
		l := d.Learner()
		l.Every = 0
		layer.Targets[j], layer.Learners = targets, append(layer.Learners, l)
	}
	values, done := experiment.Values{}, 0
	for _, s := range stages {
		until := int(math.Round(s.Share * float64(d.Epochs())))
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
			last := h[len(h)-1]
			n := math.Round(last.AtPresentation.Error * float64(a.Len()))
			wrong += n
			if n <= Tolerance*float64(a.Len()) {
				learned++
			}
			scatter += within(last.Potentials, layer.Targets[j])
		}
		values["wrong"+s.Name], values["learned"+s.Name] = wrong, learned
		values["scatter"+s.Name] = digits(scatter/float64(len(histories)), 3)
	}
	return values, nil
}

// within is the variance of x about the mean of its class.
func within(x []float64, class []bool) float64 {
	var n, sum, square [2]float64
	for k, v := range x {
		c := 0
		if class[k] {
			c = 1
		}
		n[c]++
		sum[c] += v
		square[c] += float64(v * v)
	}
	all := 0.
	for c := range n {
		if n[c] > 0 {
			all += square[c] - float64(sum[c]*sum[c])/n[c]
		}
	}
	return all / float64(len(x))
}

// digits rounds to a number of significant decimal digits, so that a table is short.
func digits(x float64, n int) float64 {
	if x == 0 || math.IsInf(x, 0) || math.IsNaN(x) {
		return x
	}
	scale := math.Pow10(n - 1 - int(math.Floor(math.Log10(math.Abs(x)))))
	return math.Round(x*scale) / scale
}
