package influence

import (
	"fmt"
	"math"

	"credo/internal/gauss"
	"credo/pkg/theory"
)

// Doubts says where a finite experiment leaves the theory of Hearing by a tenth
// or more, in sentences; none if nowhere. The setting's task gives N, P and f, its
// duration T and its weight w that of every synapse at the start. It asks for
//
//	f          (1−2f)²/(f(1−f)P) < 0.1, the relative correction of N_eff − 1 by
//	           patterns of unequally many active inputs; copies have none
//	load       N−P > 40 for copies in part, 4/(N−P) being the relative
//	           correction of ⟨w⁻²⟩ = 1/(1−α)³
//	unseen     P−K > 10 where the unseen grow, 1/(P−K) being the relative correction,
//	           since one direction is a shift of all patterns
//	settled    T γ f(1−f)(1−√(αk))² > 3 where the unseen grow, and T f(1−f)(1−√α)² > 3 where feedback brings to rest
//	weights    a share Φ(−w/σ) < 0.01 of them at 0, σ = T √(α f(1−f) f_Y(1−f_Y)) being
//	           what the bare targets change them by
//
// and says so if Hearing itself has no answer. The numbers are measured ones.
func (s Sight) Doubts(t theory.Setting) (list []string) {
	doubt := func(format string, a ...any) { list = append(list, fmt.Sprintf(format, a...)) }
	if _, err := s.Hearing(); err != nil {
		doubt("%v", err)
		return list
	}
	if err := t.Task.Check(); err != nil {
		doubt("%v", err)
		return list
	}
	n, p, f, y := float64(t.Task.Channels), float64(t.Task.Patterns), t.Task.Coding, t.Task.TargetCoding
	g, unseen := f*(1-f), p*(1-s.Seen)
	if few := (1 - 2*f) * (1 - 2*f) / (g * p); few >= 0.1 && !(s.copies() && !s.grows()) {
		doubt("%.3g active patterns per channel, P f(1−f): N_eff − 1 is off by a share of %.2g", g*p, few)
	}
	if !s.grows() && !s.copies() && n-p <= 40 {
		doubt("%.0f channels more than patterns: N_eff − 1 is off by a share of %.2g", n-p, 4/max(1, n-p))
	}
	if s.grows() && s.Seen < 1 && unseen <= 10 {
		doubt("%.3g components are not seen, of which one is a shift of all patterns: N_eff − 1 is off by a share of %.2g", unseen, 1/unseen)
	}
	slowest, held := 1-math.Sqrt(s.Load), 1.
	if s.grows() {
		slowest, held = 1-math.Sqrt(s.Load*s.Seen), s.Gain
	}
	if rest := t.Duration * g * held * slowest * slowest; rest <= 3 && !(s.grows() && s.Seen == 0) {
		doubt("the slowest component had %.2g times its time to settle, 3 needed", rest)
	}
	if zero := gauss.CDF(-t.Weight / (t.Duration * math.Sqrt(s.Load*g*y*(1-y)))); zero >= 0.01 {
		doubt("about %.2g of the weights are at 0: start from more than %v", zero, t.Weight)
	}
	return list
}
