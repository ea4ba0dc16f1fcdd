package separable

import (
	"math"

	"credo/pkg/model"
	"credo/pkg/separable/internal/selfdual"
)

// program is the homogeneous system whose solutions are the weights that
// [Store] looks for, with the way back to weights and multipliers.
//
// Its variables are the weights over √N and, where something sets their scale,
// t > 0: the row of a pattern is y Σ (u_E x_E − u_I x_I) − (κ + yθ) t > 0 and
// u/t is √N times smaller than the weights. Asking for > where ≥ would do
// excludes only the boundary, with one exception, for which see forced.
type program struct {
	selfdual.System
	groups   []group
	patterns []int // of the rows
	forced   []forced
	scale    float64 // the unit of t; 0 if nothing sets the weights' scale
}

// forced is a pattern of target 0 that has at threshold and margin 0 only
// excitatory inputs. It needs V ≤ 0, so these weights must be 0. Such patterns
// and channels are left out of the system, all other patterns of target 0 can
// have V < 0 if they can have V ≤ 0: more inhibition does it.
type forced struct {
	pattern  int
	channels []int // excitatory, all in groups without inhibitory channels
}

func newProgram(a *model.Associations, c Constraints) *program {
	p := &program{groups: groups(a)}
	silent := p.force(a, c)

	live := p.groups[:0:0]
	for g, group := range p.groups {
		if !silent[g] {
			live = append(live, group)
		}
	}
	p.groups = live
	left := make(map[int]bool, len(p.forced))
	for _, f := range p.forced {
		left[f.pattern] = true
	}
	row := make([]int, a.Len())
	for mu := range a.Len() {
		target := a.Target(mu)
		row[mu] = len(p.patterns)
		if !left[mu] {
			p.patterns = append(p.patterns, mu)
			p.Signs = append(p.Signs, sign(target))
		}
	}
	p.Columns = len(p.groups)
	p.Rows = make([][]int32, len(p.patterns))
	for j, g := range p.groups {
		for _, mu := range g.patterns {
			if !left[int(mu)] {
				p.Rows[row[mu]] = append(p.Rows[row[mu]], int32(j))
			}
		}
		if g.excitatory != nil {
			p.Variables = append(p.Variables, selfdual.Variable{Column: j, Sign: 1})
		}
		if g.inhibitory != nil {
			p.Variables = append(p.Variables, selfdual.Variable{Column: j, Sign: -1})
		}
	}
	p.addThreshold(a, c)
	return p
}

// addThreshold adds the dense columns t, with the bounds, and, if it is free,
// θ. The threshold of a solution is not read from the latter but put in the
// middle between the two targets.
func (p *program) addThreshold(a *model.Associations, c Constraints) {
	scaled := !c.FreeThreshold || c.MaxWeight > 0
	if scaled {
		p.scale = math.Abs(c.Threshold) + c.Margin
	}
	if c.Threshold == 0 && c.MaxWeight == 0 {
		p.scale = 0 // a margin alone sets no scale
	}
	if p.scale > 0 {
		t := make([]float64, len(p.patterns))
		for r, mu := range p.patterns {
			t[r] = -p.Signs[r] * c.required(a.Target(mu)) / p.scale
		}
		p.addDense(t, 1)
	}
	if c.FreeThreshold {
		ones := make([]float64, len(p.patterns))
		for r := range ones {
			ones[r] = 1
		}
		p.addDense(ones, 1, -1)
		p.Balance = true
	}
	most := c.MaxWeight / math.Sqrt(float64(countE(a))) / p.scale
	if p.scale > 0 && c.MaxWeight > 0 && !math.IsInf(most, 0) {
		for _, v := range p.Variables {
			if v.Column < p.Columns {
				g := p.groups[v.Column]
				channels := len(g.excitatory)
				if v.Sign < 0 {
					channels = len(g.inhibitory)
				}
				p.Bounds = append(p.Bounds, selfdual.Bound{Column: v.Column, Sign: v.Sign, Scale: most * float64(channels)})
			}
		}
	}
}

// addDense adds a dense column with a variable of each of the signs.
func (p *program) addDense(column []float64, signs ...float64) {
	p.Dense = append(p.Dense, column)
	for _, s := range signs {
		p.Variables = append(p.Variables, selfdual.Variable{Column: p.Columns + len(p.Dense) - 1, Sign: s})
	}
}

// force lists the forced patterns and returns, by group, whether they silence
// it.
func (p *program) force(a *model.Associations, c Constraints) (silent []bool) {
	silent = make([]bool, len(p.groups))
	if c.Threshold != 0 || c.Margin != 0 || c.FreeThreshold {
		return silent
	}
	inhibited := make([]bool, a.Len())
	for _, g := range p.groups {
		if g.inhibitory != nil {
			for _, mu := range g.patterns {
				inhibited[mu] = true
			}
		}
	}
	at := make([]int, a.Len()) // index into forced, plus 1
	for mu := range a.Len() {
		target := a.Target(mu)
		if !target && !inhibited[mu] {
			p.forced = append(p.forced, forced{pattern: mu})
			at[mu] = len(p.forced)
		}
	}
	for j, g := range p.groups {
		for _, mu := range g.patterns {
			if at[mu] > 0 {
				silent[j] = true
				f := &p.forced[at[mu]-1]
				f.channels = append(f.channels, g.excitatory...)
			}
		}
	}
	return silent
}
