package influence

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"credo/pkg/experiment"
	"credo/pkg/model"

	"gonum.org/v1/gonum/mat"
)

// Survey measures a feedback's operator on random tasks, beside the closed form.
// Run i draws its task and then its noise as an [experiment.Sample] does.
type Survey struct {
	Feedback Feedback
	Task     model.Task
	Seed     uint64
	Runs     int // independent tasks; an interval needs two
}

// Comparison is a measured value beside its prediction.
type Comparison struct {
	Label     string
	Predicted float64
	Measured  experiment.Interval
}

// Deviation returns Measured/Predicted − 1 of the mean; 0 where the prediction
// is infinite and the mean above 10⁹, without meaning where the prediction is 0.
func (c Comparison) Deviation() float64 {
	if math.IsInf(c.Predicted, 1) && c.Measured.Mean > 1e9 {
		return 0
	}
	return c.Measured.Mean/c.Predicted - 1
}

// Estimate returns the measured mean and the half-width of its interval.
func (c Comparison) Estimate() (mean, half float64) { return c.Measured.Estimate() }

// At returns the measured mean and the half-width of its interval at a level in (0, 1).
func (c Comparison) At(level float64) (mean, half float64) { return c.Measured.At(level) }

// Worst returns the largest relative deviation of the comparisons, in
// magnitude; 0 of none, NaN if one is.
func Worst(found []Comparison) (worst float64) {
	for _, c := range found {
		worst = max(worst, math.Abs(c.Deviation()))
	}
	return worst
}

// String names the feedback, what of its inputs is copied, and the load.
func (s Survey) String() string {
	name := s.Feedback.String()
	if s.Feedback == Detailed {
		name = fmt.Sprintf("detailed, r = %v", s.Task.CoTuning)
		if s.Task.ByChannel && s.Task.CoTuning > 0 && s.Task.CoTuning < 1 {
			name += " by channel"
		}
	}
	return fmt.Sprintf("%s, P/N = %.4g", name, load(s.Task))
}

// Own compares the weight of an output's own signal with the prediction.
func (s Survey) Own(ctx context.Context) (Comparison, error) {
	return s.hears(ctx, func(h Hearing) float64 { return h.Own })
}

// Number compares the effective number of signals with the prediction: of mean
// 0 for Global, and for Detailed on inputs that are not copies, else of any.
func (s Survey) Number(ctx context.Context) (Comparison, error) { return s.hears(ctx, Hearing.Number) }

func (s Survey) hears(ctx context.Context, value func(Hearing) float64) (Comparison, error) {
	measure := Measure
	if s.Feedback == Global || s.Feedback == Detailed && s.Task.CoTuning < 1 {
		measure = MeasureCentred
	}
	want, err := s.Feedback.Predict(s.Task)
	return s.compare(ctx, value(want), err, func(m *mat.Dense, _ *model.Associations, _ *rand.Rand) float64 { return value(measure(m)) })
}

// CommonMode compares the spread of potentials that a mean drive of 1 leaves,
// in units of an output's own signal, with [Feedback.CommonMode]. It is the root
// of the mean variance over tasks, since the mean of roots is less.
func (s Survey) CommonMode(ctx context.Context) (Comparison, error) {
	want, err := s.Feedback.CommonMode(s.Task)
	c, err := s.compare(ctx, want, err, func(m *mat.Dense, _ *model.Associations, _ *rand.Rand) float64 {
		_, sd := Mean(m)
		p, _ := m.Dims()
		own := MeasureCentred(m).Own
		return sd * sd / (own * own) * float64(p) / float64(p-1)
	})
	return c.power(0.5), err
}

// power is the comparison of a power of what was measured: of the mean, with
// the half-width in proportion to the derivative there.
func (c Comparison) power(exponent float64) Comparison {
	v := c.Measured
	c.Measured.Mean = math.Pow(v.Mean, exponent)
	c.Measured.Half = 0
	if v.Half != 0 {
		c.Measured.Half = math.Abs(exponent) * c.Measured.Mean / v.Mean * v.Half
	}
	return c
}

// Separation compares the distance of the classes under a drive with
// [Feedback.Discriminability], which says what mean and noise are. It is
// ⟨d′⁻²⟩^(−1/2) over tasks, since the theory is of d′⁻², as [Crosstalk] estimates it; the mean of d′ is more.
func (s Survey) Separation(ctx context.Context, mean, noise float64) (Comparison, error) {
	want, err := s.Feedback.Discriminability(s.Task, mean, noise)
	c, err := s.compare(ctx, want, err, func(m *mat.Dense, a *model.Associations, rng *rand.Rand) float64 {
		drive := Drive(a, s.Task.TargetCoding, mean)
		for mu := range drive.Len() {
			drive.SetVec(mu, drive.AtVec(mu)+noise*rng.NormFloat64())
		}
		var v mat.VecDense
		v.MulVec(m, drive)
		return Crosstalk(a, v.RawVector().Data)
	})
	return c.power(-0.5), err
}

// Damage measures how many other patterns one wrong signal harms, as [Flip]
// counts, averaged over which signal is wrong; NaN if a class has no pattern.
func (s Survey) Damage(ctx context.Context) (experiment.Interval, error) {
	c, err := s.compare(ctx, math.NaN(), nil, func(m *mat.Dense, a *model.Associations, _ *rand.Rand) float64 {
		harmed, scaled := 0, Scaled(m)
		v := Potentials(a, scaled, s.Task.TargetCoding)
		if math.IsNaN(v[0]) {
			return math.NaN()
		}
		for nu := range v {
			_, damaged := Flip(a, scaled, v, nu)
			for _, d := range damaged {
				if d {
					harmed++
				}
			}
		}
		return float64(harmed) / float64(len(v))
	})
	return c.Measured, err
}

// compare measures one value on every task.
func (s Survey) compare(ctx context.Context, want float64, err error, value func(*mat.Dense, *model.Associations, *rand.Rand) float64) (Comparison, error) {
	none := Comparison{Label: s.String(), Predicted: math.NaN()}
	switch {
	case err != nil:
		return none, err
	case s.Task.Patterns == 1:
		return none, fmt.Errorf("influence: Patterns = 1, a signal of mean 0 needs two")
	case s.Runs == 0:
		return none, fmt.Errorf("influence: Survey.Runs = 0, must be at least 1")
	}
	v, err := experiment.Sample(ctx, s.Task, s.Runs, s.Seed, func(a *model.Associations, rng *rand.Rand) ([]float64, error) {
		m, err := s.Feedback.Operator(a)
		if err != nil {
			return nil, err
		}
		return []float64{value(m, a, rng)}, nil
	})
	if err != nil {
		return none, err
	}
	return Comparison{s.String(), want, v[0]}, nil
}
