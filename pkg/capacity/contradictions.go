package capacity

import (
	"cmp"
	"fmt"
	"math"

	"credo/internal/domain"
)

// Contradictions asks what fails first where inputs are so sparse, f N of the order of ln P, that potentials are not Gaussian
// and no D or A tells the capacity: single patterns, or pairs, that no weights can store. The neuron is sign-constrained.
type Contradictions struct {
	Excitatory, Inhibitory   int           // N_E and N_I, the numbers of channels
	Coding, InhibitoryCoding float64       // f_E and f_I, in (0, 1); InhibitoryCoding 0 means as Coding
	TargetCoding             float64       // f_Y, in (0, 1)
	Threshold                ThresholdKind // FreeThreshold or PositiveThreshold; NoThreshold is an error
}

// Expected returns the expected numbers among P patterns of
//
//	alone: target 1, but no active excitatory channel, impossible for θ > 0:  f_Y P (1-f_E)^N_E,
//	pairs: targets 1 and 0, but all that excites in the first does so in the second, and all that inhibits in the second does
//	       so in the first, impossible for any θ:  f_Y (1-f_Y) P(P-1) [1-f_E(1-f_E)]^N_E [1-f_I(1-f_I)]^N_I.
//
// With a FreeThreshold alone is 0; with a PositiveThreshold its patterns are not counted in pairs. Both fall exponentially
// with f N. Their sum bounds the probability of a contradiction from above, and is close to it where it is small; with a
// PositiveThreshold 1 - exp(-alone-pairs) is close even where it is not, while with a FreeThreshold pairs share patterns. At
// θ = 0 sums of patterns contradict each other as easily as pairs.
//
// It fails if a field is outside its domain, or if P is negative. Source: derived here.
func (c Contradictions) Expected(patterns int) (alone, pairs float64, err error) {
	fI := cmp.Or(c.InhibitoryCoding, c.Coding)
	if err := cmp.Or(domain.Check("capacity: ",
		domain.Field{Name: "Excitatory", Value: float64(c.Excitatory), In: domain.NonNegative},
		domain.Field{Name: "Inhibitory", Value: float64(c.Inhibitory), In: domain.NonNegative},
		domain.Field{Name: "Coding", Value: c.Coding, In: domain.Fraction},
		domain.Field{Name: "InhibitoryCoding", Value: fI, In: domain.Fraction},
		domain.Field{Name: "TargetCoding", Value: c.TargetCoding, In: domain.Fraction},
		domain.Field{Name: "patterns", Value: float64(patterns), In: domain.NonNegative},
	), c.Threshold.check()); err != nil {
		return math.NaN(), math.NaN(), err
	}
	if c.Threshold == NoThreshold {
		return math.NaN(), math.NaN(), fmt.Errorf("capacity: Threshold = %v; contradictions are counted for a free or a positive one", c.Threshold)
	}
	n := float64(patterns)
	silent := power(c.Coding, c.Excitatory)
	covered := power(c.Coding*(1-c.Coding), c.Excitatory)
	if c.Threshold == PositiveThreshold {
		alone = c.TargetCoding * n * silent
		covered -= silent
	}
	return alone, c.TargetCoding * (1 - c.TargetCoding) * n * (n - 1) * covered * power(fI*(1-fI), c.Inhibitory), nil
}

// power returns (1-x)^n, without rounding 1-x.
func power(x float64, n int) float64 { return math.Exp(float64(n) * math.Log1p(-x)) }
