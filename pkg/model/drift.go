package model

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"credo/internal/domain"

	"gonum.org/v1/gonum/floats"
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
		a.Fits(l.Neuron), l.fits(a), domain.Check("model: ",
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
		changeE, changeI := l.mean(a.targets[mu], iE, iI, l.told(mu))
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

// chebyshev integrates dy/dt = f(y) by the stabilised explicit method RKC of
// second order (Sommeijer, Shampine & Verwer, J. Comput. Appl. Math. 88:315,
// 1998): s stages are stable over a step of about 0.65 s²/ρ, ρ being the
// spectral radius of the Jacobian. It suits learning, whose fastest mode, the
// mean activity, is a thousand times faster than its slowest.
type chebyshev struct {
	f         func(dy, y []float64)
	bound     func(y []float64) // brings y into its domain
	tolerance float64           // admitted error of a component per step
}

const (
	smallestStep = 0.01 // taken whatever its error: where f jumps no step is small enough
	mostStages   = 40
	radiusLasts  = 20 // steps between two estimates of the spectral radius
)

// integrate moves y over the given time. When ctx is cancelled it returns its
// error, y being the state reached.
func (c chebyshev) integrate(ctx context.Context, y []float64, duration float64) error {
	n := len(y)
	f0, f1, next := make([]float64, n), make([]float64, n), make([]float64, n)
	var work [3][]float64
	for k := range work {
		work[k] = make([]float64, n)
	}
	c.f(f0, y)
	direction, radius := slices.Clone(f0), 0.
	h, last := smallestStep, false
	for t, steps := 0., 0; t < duration; steps++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if steps%radiusLasts == 0 {
			radius = c.radius(y, f0, direction, work)
		}
		h = min(h, 0.65*(mostStages*mostStages-1)/radius)
		if last = t+h >= duration; last {
			h = duration - t
		}
		stages := max(2, int(math.Ceil(math.Sqrt(1+h*radius/0.65))))
		c.step(next, y, f0, h, stages, work)
		c.bound(next)
		c.f(f1, next)
		err := 0.
		for i := range next { // the paper's estimate of the step's error
			err = max(err, math.Abs(0.8*(y[i]-next[i])+0.4*h*(f0[i]+f1[i])))
		}
		if err <= c.tolerance || h <= smallestStep || math.IsNaN(err) {
			t += h
			copy(y, next)
			f0, f1 = f1, f0
			if last {
				break
			}
		}
		h = max(smallestStep, h*min(5, max(0.2, 0.8*math.Cbrt(c.tolerance/err))))
	}
	return nil
}

// radius estimates the spectral radius of the Jacobian at y, where f(y) is f0,
// by power iteration on differences of f. It starts from, and improves,
// direction.
func (c chebyshev) radius(y, f0, direction []float64, work [3][]float64) float64 {
	const iterations, safety, least = 8, 1.2, 1e-6
	moved, fMoved := work[0], work[1]
	size := 1e-4 * (1 + floats.Norm(y, 2))
	estimate := least
	for range iterations {
		norm := floats.Norm(direction, 2)
		if norm == 0 || math.IsNaN(norm) {
			break
		}
		floats.AddScaledTo(moved, y, size/norm, direction)
		c.f(fMoved, moved)
		floats.SubTo(direction, fMoved, f0)
		estimate = max(least, floats.Norm(direction, 2)/size)
	}
	return safety * estimate
}

// step stores in next the state that s ≥ 2 stages reach from y in a step h.
func (c chebyshev) step(next, y, f0 []float64, h float64, s int, work [3][]float64) {
	const damping = 2. / 13
	w0 := 1 + damping/float64(s*s)
	// T_j(w0) and its first two derivatives.
	t, t1, t2 := make([]float64, s+1), make([]float64, s+1), make([]float64, s+1)
	t[0], t[1], t1[1] = 1, w0, 1
	for j := 2; j <= s; j++ {
		t[j] = 2*w0*t[j-1] - t[j-2]
		t1[j] = 2*t[j-1] + 2*w0*t1[j-1] - t1[j-2]
		t2[j] = 4*t1[j-1] + 2*w0*t2[j-1] - t2[j-2]
	}
	w1 := t1[s] / t2[s]
	b := func(j int) float64 { j = max(j, 2); return t2[j] / (t1[j] * t1[j]) }

	out, older, old, f := next, work[0], work[1], work[2]
	copy(older, y)
	floats.AddScaledTo(old, y, b(1)*w1*h, f0)
	for j := 2; j <= s; j++ {
		c.f(f, old)
		mu, nu := 2*b(j)*w0/b(j-1), -b(j)/b(j-2)
		forward := 2 * b(j) * w1 / b(j-1) * h
		first := -(1 - b(j-1)*t[j-1]) * forward
		for i := range next {
			next[i] = (1-mu-nu)*y[i] + mu*old[i] + nu*older[i] + forward*f[i] + first*f0[i]
		}
		older, old, next = old, next, older
	}
	copy(out, old)
}
