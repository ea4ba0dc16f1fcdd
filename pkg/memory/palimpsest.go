package memory

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"credo/internal/domain"
	"credo/internal/root"
	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// Palimpsest is the memory of patterns learned one after another, each
// presented once and never again, as newer ones overwrite older. A fresh
// pattern meets a potential of mean m and variance q, and the force F on it
// leaves a trace in the weights that later presentations, random and new, wear
// off. After n of them the class means still differ by
//
//	λ g [F(1, m) − F(0, m)] e^{−n/τ},  1/τ = λ a_I g/N + d,  g = f(1−f),
//
// and potentials scatter about them with variance
//
//	q = λ² g {Σ_Y p_Y [F² + σ²](Y, m) + a_I² q_n} / (2 λ a_I + 2 d N/g − λ² g a_I²) + q_n,
//	q_n = (m+θ)² (1−f)/(f N),
//
// where m is what presentations and decay leave in balance,
//
//	Σ_Y p_Y F(Y, m) = [a_I (1−f)/(f N) + d/(λ f²)] (m+θ),
//
// the first term because a pattern of more active inputs lies farther from −θ
// and changes more weights, σ² the variance of a single presentation, q_n that
// of the number of active inputs, and d the decay of the weights per trial. From
// what one presentation does on average to J·x and to |J|², J = w_E − w_I; what
// all patterns share goes within 1/(λ a_I f²) presentations and is left out.
//
// Regime: a = 1, balance on every trial, co-tuned inputs, no depression of
// silent synapses, many channels, no weight at a bound, and a force that is
// straight over the spread √q.
type Palimpsest struct {
	Circuit  rules.Circuit
	Channels int     // N
	Rate     float64 // λ > 0
	Decay    float64 // d in [0, 1), per trial, as Learner.Decay
}

// Check returns an error that names the first field outside its domain.
func (p Palimpsest) Check() error {
	_, err := p.theory()
	return err
}

// theory is that of the circuit, or the error of Check.
func (p Palimpsest) theory() (*theory.Theory, error) {
	th, err := theory.Of(p.Circuit)
	if err != nil {
		return nil, err
	}
	if err := th.Autonomous(); err != nil {
		return nil, fmt.Errorf("memory: the circuit's force is no function of V: %w", err)
	}
	balance := p.Circuit.Balance
	return th, cmp.Or(balances("Palimpsest.Circuit", balance), domain.Check("memory: Palimpsest.",
		domain.Field{Name: "Circuit.Acetylcholine.Depression", Value: p.Circuit.Acetylcholine.Depression, In: zero},
		domain.Field{Name: "Channels", Value: float64(p.Channels), In: domain.AtLeast(1)},
		// Beyond, balance overshoots.
		domain.Field{Name: "Rate", Value: p.Rate, In: domain.Between(0, 2/(balance.Rate*p.variance()))},
		domain.Field{Name: "Decay", Value: p.Decay, In: domain.Below1}))
}

// variance is g.
func (p Palimpsest) variance() float64 { return p.Circuit.Coding * (1 - p.Circuit.Coding) }

// Fresh returns the mean m and the standard deviation √q of the potential of a
// pattern never seen; NaN if Check fails.
func (p Palimpsest) Fresh() (mean, sd float64) {
	th, err := p.theory()
	if err != nil {
		return math.NaN(), math.NaN()
	}
	c, f := p.Circuit, p.Circuit.TargetCoding
	scatter := (1 - c.Coding) / (c.Coding * float64(p.Channels)) // of n/(fN)
	drag := c.Balance.Rate*scatter + p.Decay/(p.Rate*c.Coding*c.Coding)
	both := func(v float64) float64 {
		return f*th.Force(true, v) + (1-f)*th.Force(false, v) - drag*(v+c.Threshold)
	}
	high := 1.
	for both(high) > 0 || both(-high) < 0 {
		high *= 2
	}
	m, err := root.Find(both, -high, high)
	if err != nil {
		return math.NaN(), math.NaN()
	}
	k, g := c.Balance.Rate, p.variance()
	second := func(target bool) float64 { return math.Pow(th.Force(target, m), 2) + th.TrialVariance(target, m) }
	number := (m + c.Threshold) * (m + c.Threshold) * scatter
	square := f*second(true) + (1-f)*second(false) + k*k*number
	loss := 2*p.Rate*k + 2*p.Decay*float64(p.Channels)/g - p.Rate*p.Rate*g*k*k
	return m, math.Sqrt(p.Rate*p.Rate*g*square/loss + number)
}

// Signal returns the difference of the class means of patterns after which age
// ≥ 0 others were learned; NaN if Check fails.
func (p Palimpsest) Signal(age float64) float64 {
	th, err := p.theory()
	if err != nil {
		return math.NaN()
	}
	m, _ := p.Fresh()
	return p.Rate * p.variance() * (th.Force(true, m) - th.Force(false, m)) * math.Exp(-age/p.Time())
}

// Time returns τ, in patterns; NaN if Check fails.
func (p Palimpsest) Time() float64 {
	if p.Check() != nil {
		return math.NaN()
	}
	return 1 / (p.Rate*p.Circuit.Balance.Rate*p.variance()/float64(p.Channels) + p.Decay)
}

// Remembered returns how many of the last patterns have a signal of at least d
// standard deviations, d > 0: τ ln(Signal(0)/(d √q)), or 0. NaN if Check fails.
func (p Palimpsest) Remembered(d float64) float64 {
	_, sd := p.Fresh()
	return max(0, p.Time()*math.Log(p.Signal(0)/(d*sd)))
}

// Study returns the experiment: neurons whose weights start at 100 are taught
// that many patterns one after another, in their own order and each presented
// once. The learner counts every pattern as an epoch.
func (p Palimpsest) Study(patterns int, seed uint64) experiment.Study {
	task := experiment.Task(p.Circuit, p.Channels, 1)
	task.Patterns = patterns
	return experiment.Study{
		Task: task, Seed: seed,
		Learner: func() *model.Learner {
			l := p.Circuit.Learner(model.NewNeuron(p.Channels, 100), p.Rate)
			l.Decay = p.Decay
			return l
		},
		Train: func(ctx context.Context, l *model.Learner, a *model.Associations, rng *rand.Rand) (model.History, error) {
			channels, _ := a.Channels()
			for mu := range a.Len() {
				one, err := model.NewAssociations(channels, [][]int32{a.Excitatory(mu)}, [][]int32{a.Inhibitory(mu)}, []bool{a.Target(mu)})
				if err != nil {
					return nil, err
				}
				if _, err := l.Train(ctx, one, 1, rng); err != nil {
					return nil, err
				}
			}
			return nil, nil
		},
	}
}

// ByAge returns the difference of the class means of the potentials in equal
// bins of age, the last pattern being the youngest; NaN where a class is empty.
func ByAge(t experiment.Trained, bins int) []float64 {
	v := t.Learner.Neuron.Potentials(t.Associations)
	signal := make([]float64, bins)
	for k := range signal {
		var sum, n [2]float64
		for mu := len(v) * (bins - 1 - k) / bins; mu < len(v)*(bins-k)/bins; mu++ {
			class := 0
			if t.Associations.Target(mu) {
				class = 1
			}
			sum[class] += v[mu]
			n[class]++
		}
		signal[k] = sum[1]/n[1] - sum[0]/n[0]
	}
	return signal
}
