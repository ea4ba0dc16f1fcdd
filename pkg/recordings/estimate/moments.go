package estimate

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// quantity is one measured mean of a channel.
type quantity int

const (
	e0 quantity = iota // excitation before
	i0                 // inhibition before
	e1                 // excitation after
	i1                 // inhibition after, late
	s1                 // spikes
	quantities
)

func (q quantity) String() string {
	return [...]string{
		e0: "excitation before", i0: "inhibition before", e1: "excitation after", i1: "inhibition late", s1: "spikes",
	}[q]
}

// form is a regressor, affine in a channel's own quantities and in the means
// of its cell.
type form struct {
	constant  float64
	best      bool // 0 at channels that are not the best
	own, mean [quantities]float64
}

func own(q quantity, by float64) (f form)  { f.own[q] = by; return f }
func mean(q quantity, by float64) (f form) { f.mean[q] = by; return f }
func (f form) plus(g form) form {
	f.constant += g.constant
	for q := range f.own {
		f.own[q] += g.own[q]
		f.mean[q] += g.mean[q]
	}
	return f
}

var one = form{constant: 1}

// moments are sums over channels, rid of what errors of measurement add,
//
//	XX = Σ (x xᵀ − cov(u, u)),  XY = Σ (x y − cov(u, e)),  YY = Σ (y² − var e),
//
// for regressors x measured with error u, and y with error e. In the mean they
// are the sums over the true values. They add up over cells.
type moments struct {
	xx []float64 // p × p
	xy []float64 // p
	yy float64
}

func newMoments(p int) moments { return moments{xx: make([]float64, p*p), xy: make([]float64, p)} }

// newMomentsOf returns those of n clusters.
func newMomentsOf(n, p int) []moments {
	out := make([]moments, n)
	for g := range out {
		out[g] = newMoments(p)
	}
	return out
}

// add adds k times another's sums.
func (m *moments) add(o moments, k float64) {
	for i, v := range o.xx {
		m.xx[i] += k * v
	}
	for i, v := range o.xy {
		m.xy[i] += k * v
	}
	m.yy += k * o.yy
}

// sum returns the moments of all clusters.
func sum(clusters []moments) moments {
	out := moments{xx: make([]float64, len(clusters[0].xx)), xy: make([]float64, len(clusters[0].xy))}
	for _, m := range clusters {
		out.add(m, 1)
	}
	return out
}

// within returns the moments of one cell.
func within(samples []sample, y form, x ...form) moments {
	m := newMoments(len(x))
	k := float64(len(samples))
	var centre sample // means of values, variances of these means
	for _, s := range samples {
		for q := range s.value {
			centre.value[q] += s.value[q] / k
			centre.variance[q] += s.variance[q] / (k * k)
		}
	}
	value := make([]float64, len(x))
	for _, s := range samples {
		for i, f := range x {
			value[i] = f.at(s, centre)
		}
		out := y.at(s, centre)
		for i, f := range x {
			for j, g := range x {
				m.xx[i*len(x)+j] += s.weight * (value[i]*value[j] - covariance(f, g, s, centre, k))
			}
			m.xy[i] += s.weight * (value[i]*out - covariance(f, y, s, centre, k))
		}
		m.yy += s.weight * (out*out - covariance(y, y, s, centre, k))
	}
	return m
}

func (f form) at(s, centre sample) float64 {
	if f.best && !s.best {
		return 0
	}
	v := f.constant
	for q := range s.value {
		if f.own[q] != 0 {
			v += f.own[q] * s.value[q]
		}
		if f.mean[q] != 0 {
			v += f.mean[q] * centre.value[q]
		}
	}
	return v
}

// covariance returns that of the errors of two forms of one channel among k.
func covariance(f, g form, s, centre sample, k float64) (c float64) {
	if (f.best || g.best) && !s.best {
		return 0
	}
	for q := range s.value {
		if a, b := f.own[q]*g.own[q], f.own[q]*g.mean[q]+f.mean[q]*g.own[q]; a != 0 || b != 0 {
			c += (a + b/k) * s.variance[q]
		}
		if a := f.mean[q] * g.mean[q]; a != 0 {
			c += a * centre.variance[q]
		}
	}
	return c
}

// solve returns XX⁻¹ XY, NaN where XX is singular to rounding.
func (m moments) solve() []float64 {
	p := len(m.xy)
	out := make([]float64, p)
	if p == 0 {
		return out
	}
	if err := mat.NewVecDense(p, out).SolveVec(mat.NewDense(p, p, m.xx), mat.NewVecDense(p, m.xy)); err != nil {
		for i := range out {
			out[i] = math.NaN()
		}
	}
	return out
}

// loss returns Σ (y − x·θ)² of the true values, in the mean.
func (m moments) loss(theta []float64) float64 {
	p := len(theta)
	v := m.yy
	for i, a := range theta {
		v -= 2 * a * m.xy[i]
		for j, b := range theta {
			v += a * b * m.xx[i*p+j]
		}
	}
	return v
}
