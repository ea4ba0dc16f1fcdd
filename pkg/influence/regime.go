package influence

import (
	"cmp"
	"fmt"
	"math"

	"credo/internal/gauss"
	"credo/pkg/theory"
)

// Regime is the card of a finite experiment on lessons: what the theory of Errors
// assumes, and whether the setting keeps to it. The setting's task gives N, P and f,
// its duration T and its weight w that of every synapse at the start and at rest.
//
//	causes     C = P/m > 5, as five pool their labels with errors a tenth below theory
//	even       (1−2f)²/(f(1−f)C) < 0.7, since channels that few causes share are
//	           uneven: the spread within a cause is larger by a share of 0.15 times it
//	channels   N − df_2 ≥ 75 of them left by what is learned: corrections of the spread
//	           are 1/(N−df_2) for the mean activity, which takes one of them, and as
//	           much for real overlaps, together below a third of the .08 claimed
//	weights    a share Φ(−w/σ) < 0.01 of them at 0, σ² = min(T, 1/(ℓg))² g α(λ_1E_1 + λ_2E_2)
//	           being the variance of what the labels change them by, g = f(1−f)
//
// The numbers of the first two are measured. Derived here.
func (s Structured) Regime(t theory.Setting) (r theory.Regime) {
	add := func(name string, value float64, limit string, holds bool, broken string, a ...any) {
		why := ""
		if !holds {
			why = fmt.Sprintf(broken, a...)
		}
		r.Assumptions = append(r.Assumptions, theory.Assumption{Name: name, Value: value, Limit: limit, Broken: why})
	}
	if err := cmp.Or(s.Check(), t.Task.Check()); err != nil {
		add("setting", math.NaN(), "", false, "%v", err)
		return r
	}
	n, p, f := float64(t.Task.Channels), float64(t.Task.Patterns), t.Task.Coding
	g, causes := f*(1-f), p/float64(s.Members)
	uneven := (1 - 2*f) * (1 - 2*f) / (g * causes)
	add("causes C", causes, "> 5", causes > 5, "where they pool their labels, errors are a tenth below theory at five causes, and less with fewer")
	add("unevenness of channels, (1−2f)²/(f(1−f)C)", uneven, "< 0.7", uneven < 0.7,
		"%.2g causes active in a channel: the spread within a cause is larger by a share of %.2g, and fewer degrees of freedom are left", causes*f, 0.15*uneven)
	left := n
	if !math.IsInf(s.Decay, 1) {
		zeta, err := s.effective()
		if err != nil {
			add("effective decay", math.NaN(), "", false, "%v", err)
			return r
		}
		left -= p * s.freedom(zeta, 2)
	}
	add("channels left by what is learned, N − df₂", left, "≥ 75", left >= 75, "fluctuations of the overlaps change the spread by a share of order %.2g", 2/left)
	grown, time := s, t.Duration
	grown.Decay = math.Inf(1)
	u, _ := grown.answers()
	if s.Decay > 0 && !math.IsInf(s.Decay, 1) {
		time = min(time, 1/(s.Decay*g))
	}
	zero := gauss.CDF(-t.Weight / (time * math.Sqrt(g*u.v)))
	add("share of weights at 0, estimated", zero, "< 0.01", zero < 0.01, "weights at their bound take part in no balance: start from more than %.4g", t.Weight)
	return r
}
