package capacity

import (
	"math"
	"slices"

	"credo/internal/gauss"
	"credo/internal/root"
)

// breaking is the functional of OneStepError at a load and w, as a function of x = (ln r, ln(q₀/(1-q₀)), b), or with ln w as the fourth.
type breaking struct{ rare, load, w float64 }

// point is the functional, with what it says of a neuron and its derivatives, up to positive factors.
type point struct {
	OneStep
	byReach, byOverlap, byOffset, byBreaking float64
}

func (b breaking) stationary(x, residual []float64) {
	p := b.at(x)
	residual[0], residual[1], residual[2] = p.byReach, p.byOverlap, p.byOffset
	if len(x) > 3 {
		residual[3] = p.byBreaking
	}
}

// start returns x near the answer, and sets w, from the replica-symmetric answer and the load over capacity less 1: simple
// formulas fitted to solutions. Newton's method forgets them.
func (b *breaking) start(e ErrorBound, excess float64) []float64 {
	near := math.Sqrt(excess) / (math.Sqrt(excess) + 0.13)
	b.w = 0.75*math.Pow(excess, -0.36)*e.Reach*e.Reach + min(3, 2.3*e.Reach)
	r := max(e.Reach-2.1*near/e.Reach, 0.27*math.Pow(e.Reach, 1+2.4*b.rare))
	apart := min(0.22, 1.5*near/b.w) // 1-q₀
	return []float64{math.Log(r), math.Log(1/apart - 1), -math.Abs(e.Offset) * (1 + 0.2*e.Error/b.rare)}
}

// solve finds the w between two, a fifth apart, at which the error is largest, with the r, q₀ and b that belong to each; then all
// four at once. With all four from the start Newton's method may end at w = 0 or ∞, where the derivative by w vanishes as well.
func (b breaking) solve(x []float64) ([]float64, error) {
	for up := 0; ; {
		if err := root.Newton(b.stationary, x); err != nil {
			return nil, err
		}
		switch gain := b.at(x).byBreaking; {
		case gain > 0 && up < 0 || gain < 0 && up > 0:
			x = append(x, math.Log(b.w))
			return x, root.Newton(b.stationary, x)
		case gain > 0:
			b.w, up = b.w*1.2, 1
		default:
			b.w, up = b.w/1.2, -1
		}
	}
}

// at evaluates the functional. Its derivatives vanish where, with c' the derivative of c and ⟨.⟩ the mean over z weighted by
// exp(-wc), g = ⟨c'⟩, D = x + w(1-q₀) and x = r²/2,
//
//	q₀:  α Σ p_Y ∫ φ g² = q₀/D²,      r:  α Σ p_Y ∫ φ ⟨c'²⟩ = (1-q₀)/(xD) + q₀/D²,      b:  Σ p_Y y ∫ φ g = 0.
func (b breaking) at(v []float64) point {
	if len(v) > 3 {
		b.w = math.Exp(v[3])
	}
	p := point{OneStep: OneStep{ErrorBound: ErrorBound{Reach: math.Exp(v[0]), Offset: v[2]}, Breaking: b.w}}
	p.Overlap = 1 / (1 + math.Exp(-v[1]))
	apart, x := 1/(1+math.Exp(v[1])), p.Reach*p.Reach/2
	d := x + b.w*apart
	hard := b.class(p.OneStep, apart, p.Offset)
	easy := b.class(p.OneStep, apart, -p.Offset)
	mean := func(f func(s states) float64) float64 { return b.rare*f(hard) + (1-b.rare)*f(easy) }
	p.Misses, p.FalseAlarms = hard.wrong, easy.wrong
	logs := mean(func(s states) float64 { return s.log })
	spread := math.Log1p(b.w*apart/x) / (2 * b.w)
	p.Error = -logs/b.w - (spread+p.Overlap/(2*d))/b.load
	p.byOverlap = math.Log(b.load * mean(func(s states) float64 { return s.pull2 }) * d * d / p.Overlap)
	square := mean(func(s states) float64 { return s.square })
	p.byReach = math.Log(b.load * square / (apart/(x*d) + p.Overlap/(d*d)))
	p.byOffset = math.Log(b.rare * hard.pull / ((1 - b.rare) * easy.pull))
	cost := mean(func(s states) float64 { return s.wrong }) + square*x/2
	p.byBreaking = logs/b.w + cost + (spread-apart/(2*d)+p.Overlap*b.w*apart/(2*d*d))/b.load
	p.byBreaking /= p.Error
	return p
}

// states holds the means over t for patterns of one target: of ln I, g, g², ⟨c'²⟩ and the probability of being left wrong.
type states struct{ log, pull, pull2, square, wrong float64 }

func (b breaking) class(p OneStep, apart, offset float64) (mean states) {
	// ln I bends at potential 0 and where leaving a pattern wrong becomes cheaper than correcting it.
	hard := -math.Sqrt(2*b.w*apart + p.Reach*p.Reach)
	width := 4 * min(math.Sqrt(apart), (apart+p.Reach*p.Reach/(2*b.w))/-hard)
	spread := math.Sqrt(p.Overlap)
	const most = 10
	ends := []float64{-most, -4, 0, 4, most}
	for _, bend := range []float64{0, hard} {
		at := (bend - offset) / spread
		ends = append(ends, at)
		for d := width / spread; d < most; d *= 5 {
			ends = append(ends, at-d, at+d)
		}
	}
	slices.Sort(ends)
	rule := gauss.Legendre()
	for i := 1; i < len(ends); i++ {
		from, to := max(ends[i-1], -most), min(ends[i], most)
		if to <= from {
			continue
		}
		for j, node := range rule.Nodes {
			t := from + node*(to-from)
			weight := (to - from) * rule.Weights[j] * gauss.PDF(t)
			s := b.pattern(p, apart, offset+spread*t)
			mean.log += weight * s.log
			mean.pull += weight * s.pull
			mean.pull2 += weight * s.pull * s.pull
			mean.square += weight * s.square
			mean.wrong += weight * s.wrong
		}
	}
	return mean
}

const root2π = 2.5066282746310002

// below is gauss.CDF to ten digits far out, where it is ten times as fast.
func below(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }

// pattern returns ln I, g, ⟨c'²⟩ and the probability of being left wrong at mean potential μ; c' is in units of 1/x: |h| where
// the pattern is corrected.
func (b breaking) pattern(p OneStep, apart, mu float64) states {
	x := p.Reach * p.Reach / 2
	sd, stiff := math.Sqrt(apart), x/b.w
	// Correcting by d = -h has weight φ(h) exp(-wd²/r²): a Gaussian in d between 0 and r, of mean m and standard deviation s.
	s, m := sd*math.Sqrt(stiff/(apart+stiff)), -mu*stiff/(apart+stiff)
	weight := math.Sqrt(stiff/(apart+stiff)) * math.Exp(-mu*mu/(2*(apart+stiff)))
	near, far := m/s, (m-p.Reach)/s
	between := below(near) - below(far)
	if far > 0 {
		between = below(-far) - below(-near)
	}
	atNear, atFar := math.Exp(-near*near/2)/root2π, math.Exp(-far*far/2)/root2π
	first := weight * (m*between + s*(atNear-atFar))
	second := weight * ((m*m+s*s)*between + s*(m*atNear-(m+p.Reach)*atFar))
	wrong := math.Exp(-b.w) * below((-p.Reach-mu)/sd)
	all := below(mu/sd) + weight*between + wrong
	return states{log: math.Log(all), pull: first / all / x, square: second / all / (x * x), wrong: wrong / all}
}
