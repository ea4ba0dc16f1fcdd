package memory

import (
	"cmp"
	"credo/internal/domain"
	"credo/internal/gauss"
	"credo/pkg/model"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Clipped is the memory of the other regime, a < 1. Where inhibition follows
// excitation as i_I = a i_E + b, a pattern is stored on the E/I line itself,
//
//	V = (1−a) i_E − b − θ,
//
// as in a neuron with excitation alone and threshold (b+θ)/(1−a). Acetylcholine
// that depresses silent synapses moves a channel which k of the P_1 targets use
// at a mean speed proportional to
//
//	k − P_1 f β/(1 − f + β f),
//
// at β = 1 its surplus of use. Between hard bounds 0 and w_max the weights so
// end at one of the two, clipped Hebbian weights, and the channels being
// independent the excitatory currents are, with K binomial of P_1 − 1 trials
// for a target and P_1 for another pattern,
//
//	mean √N w_max A_Y,  variance w_max² (A_Y − A_Y²),
//	A_1 = f P(1 + K > k*),  A_0 = f P(K' > k*).
//
// the variance being over patterns and tasks: the threshold is fixed beforehand.
// Channels at k = k* stay anywhere; half of them are taken to be at the bound.
// For many targets and β = 1 the classes differ by √((1−f)/(π (1−f/2) α f_Y))
// standard deviations, or by d' = 1/√(π α f_Y) if the threshold is adapted to the
// neuron, against 1/√(α f_Y) of Hebbian weights of either sign: clipping costs a
// factor √(π/2), and that weights have a mean √2. Derived here.
type Clipped struct {
	Task       model.Task
	Depression float64 // β > 0
	Max        float64 // w_max > 0
}

// Check returns an error that names the first field outside its domain.
func (c Clipped) Check() error {
	return cmp.Or(stores(c.Task), domain.Check("memory: Clipped.",
		domain.Field{Name: "Depression", Value: c.Depression, In: domain.Positive},
		domain.Field{Name: "Max", Value: c.Max, In: domain.Positive}))
}

// Current returns mean and standard deviation over patterns of the excitatory
// current of a class; NaN if Check fails.
func (c Clipped) Current(target bool) (mean, sd float64) {
	if c.Check() != nil {
		return math.NaN(), math.NaN()
	}
	f, users := c.Task.Coding, targets(c.Task)
	edge, own := users*f*c.Depression/(1-f+c.Depression*f), 0.
	if target {
		users, own = users-1, 1
	}
	use, active := distuv.Binomial{N: users, P: f}, 0.
	for k := 0.; k <= users; k++ {
		switch above := own + k - edge; {
		case math.Abs(above) < 1e-9:
			active += f * use.Prob(k) / 2
		case above > 0:
			active += f * use.Prob(k)
		}
	}
	return math.Sqrt(float64(c.Task.Channels)) * c.Max * active, c.Max * math.Sqrt(active-active*active)
}

// Errors returns the probabilities of a miss, a false alarm and either at a
// threshold (b+θ)/(1−a) on the excitatory current; NaN if Check fails.
func (c Clipped) Errors(threshold float64) (miss, falseAlarm, total float64) {
	m1, s1 := c.Current(true)
	m0, s0 := c.Current(false)
	miss, falseAlarm = gauss.CDF((threshold-m1)/s1), gauss.CDF((m0-threshold)/s0)
	f := c.Task.TargetCoding
	return miss, falseAlarm, f*miss + (1-f)*falseAlarm
}

// Threshold returns the threshold on the excitatory current at which misses and
// false alarms are equally probable; NaN if Check fails.
func (c Clipped) Threshold() float64 {
	m1, s1 := c.Current(true)
	m0, s0 := c.Current(false)
	return (m1*s0 + m0*s1) / (s0 + s1)
}
