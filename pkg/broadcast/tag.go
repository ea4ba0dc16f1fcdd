package broadcast

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// Tag is a weak tag of a neuron's own. A neuron with a drive of its own, Y = 1, fires
// on a release whenever its potential and the disinhibition let it; one without, held
// by lateral inhibition, only with probability σ of that. Potentiation needs y = 1, so
// that a Y = 0 pattern that brings a release with probability ε at every presentation
// feels
//
//	F_σ(0, V) = F(0, V) − ε (1−σ) [p_A (a_A + a_H) + ρ_N0 p_AN a_N],
//
// p_A and p_AN the probabilities that the disinhibition suffices, with and without
// noradrenaline, both 1 for V > 0. From σ = Onset on, F_σ(0, 0⁺) ≥ 0, a wrong state
// exists; from Loss on the right one is lost. For acetylcholine alone and ε = ρ
//
//	Onset = a_I (b+θ)/(ρ a_A) + y_ref,  Loss = Onset/Φ(1) if disinhibition is large,
//
// whatever the number of neurons and the coding, for frozen requests too. At the upper
// edge of the window Onset is Φ(1), so a tag that makes no drive fire 0.84 times as
// often as drive is enough: release says when, the tag says who. Both may exceed 1,
// where no tag is needed.
type Tag struct{ Onset, Loss float64 }

// Tagged returns the σ of a circuit of the four standard rules for a Y = 0 pattern that
// brings a release with the given probability ε in (0, 1] at each presentation; the
// worst brings ρ. What silences it is not derived from a circuit. It returns an error if there are
// further rules, for releases of uneven amplitude or that depend on the potential, and the errors of [Tolerate].
func Tagged(c rules.Circuit, release float64) (Tag, error) {
	if err := (domain.Interval{High: 1, OpenLow: true}).Check("broadcast: release", release); err != nil {
		return Tag{}, err
	}
	without, with, err := extremes(c)
	if err != nil {
		return Tag{}, err
	}
	if len(c.Excitatory)+len(c.Inhibitory) > 0 || c.ACh.Coupling != 0 || c.ACh.Variation != 0 {
		return Tag{}, fmt.Errorf("broadcast: a tag is derived for the four standard rules, and releases of ACh.Coupling = 0 and ACh.Variation = 0; got %d further rules, %v and %v",
			len(c.Excitatory)+len(c.Inhibitory), c.ACh.Coupling, c.ACh.Variation)
	}
	at := func(v float64) float64 {
		force := without.Force(false, v) + release*(with.Force(false, v)-without.Force(false, v))
		return 1 - force/(release*potentiation(c, v))
	}
	above := 1e-12 * max(1, math.Abs(c.Threshold))
	if err := domain.Positive.Check("broadcast: potentiation by firing on a release", potentiation(c, above)); err != nil {
		return Tag{}, err
	}
	return Tag{Onset: at(above), Loss: most(at, -deepest(without))}, nil
}

// potentiation is what y = 1 adds to the mean change on a release.
func potentiation(c rules.Circuit, v float64) float64 {
	ach := model.Modulator{Disinhibition: c.ACh.Disinhibition}
	ne := model.Modulator{Disinhibition: c.NE.Disinhibition}
	p, both, rho := ach.Spike(v), ach.SpikeWith(ne, v), c.NE.Error
	mean := p + rho*(both-p)
	return mean*(c.Acetylcholine.Rate+c.Hebbian.Rate) + rho*both*c.Noradrenaline.Rate
}
