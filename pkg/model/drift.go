package model

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"credo/internal/domain"
)

// Drift is the limit of learning at vanishing rate: the weights follow the
// mean change of all patterns together,
//
//	dw/dT = (1/√N) Σ_μ ⟨Δw⟩^μ − (P d/λ) w,   T = λ · epochs,
//
// with ⟨Δw⟩^μ from [Learner.Mean], d the decay, and weights held within their
// bounds. If Learner.Memory is positive the running mean of y is its limit,
// the mean over all patterns of [Learner.Firing]. Late release is replaced by
// its mean over random orders, [Modulator.Prompt]. Derived here.
//
// It is a second route to what [Learner.Train] does: the two agree as the rate
// goes to 0.
type Drift struct {
	Learner *Learner
	// Tolerance is the admitted error of a weight per step, in (0, 1);
	// default 1e-4. Where the mean change jumps, at V = 0, steps shrink, but
	// not below 0.01 in T.
	Tolerance float64
}

// Integrate changes the weights of the learner's neuron, and its MeanOutput,
// over a time T ≥ 0. It returns an error if a field is outside its domain, if
// a weight leaves the finite numbers, or if ctx is cancelled; then the weights
// are those of the time reached.
func (d Drift) Integrate(ctx context.Context, a *Associations, duration float64) error {
	l := d.Learner
	if l == nil {
		return errors.New("model: Drift.Learner is nil")
	}
	if err := l.Check(); err != nil {
		return err
	}
	tolerance := cmp.Or(d.Tolerance, 1e-4)
	if err := cmp.Or(CheckPure("model: Learner.Excitatory", l.Excitatory), CheckPure("model: Learner.Inhibitory", l.Inhibitory),
		a.Fits(l.Neuron), domain.Check("model: ",
			domain.Field{Name: "duration T", Value: duration, In: domain.NonNegative},
			domain.Field{Name: "Drift.Tolerance", Value: tolerance, In: domain.Fraction})); err != nil {
		return err
	}
	if l.Decay > 0 && l.Rate == 0 {
		return fmt.Errorf("model: Learner.Decay = %v without a Rate to compare it with", l.Decay)
	}
	one, _ := a.ByTarget(make([]float64, a.Len()))
	prompt, coding := *l, float64(len(one))/float64(a.Len())
	prompt.ACh, prompt.NE = l.ACh.Prompt(coding), l.NE.Prompt(coding)
	maxE, maxI := l.bounds()
	e, i := l.Neuron.Excitatory, l.Neuron.Inhibitory
	f := field{&prompt, a, slices.Concat(slices.Repeat([]float64{maxE}, len(e)), slices.Repeat([]float64{maxI}, len(i)))}
	w := slices.Concat(e, i)
	err := chebyshev{f.drift, f.bound, tolerance}.integrate(ctx, w, duration)
	f.load(w)
	l.MeanOutput = prompt.MeanOutput
	if err = cmp.Or(err, l.checkWeights()); err != nil {
		return fmt.Errorf("model: drift: %w", err)
	}
	return nil
}

// field is the vector field of the mean drift, over the excitatory weights
// followed by the inhibitory ones.
type field struct {
	learner      *Learner // never late
	associations *Associations
	upper        []float64 // bounds
}

// load makes w the neuron's weights.
func (f field) load(w []float64) {
	n := f.learner.Neuron
	copy(n.Excitatory, w)
	copy(n.Inhibitory, w[len(n.Excitatory):])
}

// bound brings w into the weights' bounds.
func (f field) bound(w []float64) {
	for i, x := range w {
		w[i] = clipped(x, f.upper[i])
	}
}

// drift stores dw/dT at w in dw.
func (f field) drift(dw, w []float64) {
	l, a := f.learner, f.associations
	f.load(w)
	if l.Memory > 0 {
		l.MeanOutput = 0
		for mu, v := range l.Neuron.Potentials(a) {
			l.MeanOutput += l.Firing(a.targets[mu], v) / float64(a.Len())
		}
	}
	e := len(l.Neuron.Excitatory)
	clear(dw)
	var silentE, silentI Change // summed over patterns
	for mu := range a.Len() {
		iE, iI := l.Neuron.Currents(a, mu)
		changeE, changeI := l.Mean(a.targets[mu], iE, iI)
		accumulate(dw[:e], w[:e], a.excitatory[mu], changeE, &silentE)
		accumulate(dw[e:], w[e:], a.inhibitory[mu], changeI, &silentI)
	}
	scale, decay := 1/math.Sqrt(float64(e)), 0.
	if l.Decay > 0 {
		decay = float64(a.Len()) * l.Decay / l.Rate
	}
	for i := range dw {
		silent := silentE
		if i >= e {
			silent = silentI
		}
		dw[i] = scale*(dw[i]+silent.Silent-silent.SilentLoss*w[i]) - decay*w[i]
		if w[i] <= 0 && dw[i] < 0 || w[i] >= f.upper[i] && dw[i] > 0 {
			dw[i] = 0 // held at its bound
		}
	}
}

// accumulate adds one pattern's change: to silent what it does to a silent
// weight, and to dw what it does to its active weights beyond that.
func accumulate(dw, w []float64, active []int32, c Change, silent *Change) {
	silent.add(c)
	shift, loss := c.Active-c.Silent, c.ActiveLoss-c.SilentLoss
	for _, i := range active {
		dw[i] += shift - loss*w[i]
	}
}
