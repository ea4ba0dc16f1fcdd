// Package hitting finds few elements that hit every set of a family.
package hitting

import (
	"context"
	"slices"
)

// Family is sets of elements, each of which is at least 0.
type Family struct {
	sets     []mask
	contains []mask // by element, the sets that have it
}

// Add adds a set of elements.
func (f *Family) Add(set []int) {
	var elements mask
	for _, e := range set {
		for len(f.contains) <= e {
			f.contains = append(f.contains, nil)
		}
		f.contains[e].set(len(f.sets))
		elements.set(e)
	}
	f.sets = append(f.sets, elements)
}

// Busiest returns the first of those elements of the set that are in the most
// sets of the family. It panics if the set is empty.
func (f *Family) Busiest(set []int) int {
	return slices.MaxFunc(set, func(i, j int) int { return f.contains[i].count() - f.contains[j].count() })
}

// Hit returns at most n elements such that every set has one of them, and whether
// that is possible. It searches all that could be, by branch and bound, unless the
// context is cancelled, whose error it then returns.
//
// Whenever elements hit all sets, it calls check with them, if that is not nil.
// Check may add sets of which they are in none; then the search goes on.
func (f *Family) Hit(ctx context.Context, n int, check func(hit []int)) (hit []int, possible bool, err error) {
	s := search{Family: f, ctx: ctx, check: check, levels: make([]level, n+1)}
	for k := range f.sets {
		s.levels[n].open.set(k)
	}
	possible = s.hit(n)
	slices.Sort(s.hits)
	return s.hits, possible, s.err
}

// search is the state of a search: what may not be taken any more, what is taken,
// and, by the number of elements still to take, which sets are open.
type search struct {
	*Family
	ctx    context.Context
	check  func(hit []int)
	barred mask
	hits   []int
	levels []level
	nodes  int
	err    error
}

type level struct {
	open   mask
	degree []int // by element, the open sets that have it; 0 if it is barred
	choice []int
}

// hit tries to hit the open sets with at most n of the elements that are not barred. It
// takes in turn those of the set with the fewest of them, and bars those that were
// tried.
func (s *search) hit(n int) bool {
	if s.nodes%1024 == 0 && s.err == nil {
		s.err = s.ctx.Err()
	}
	s.nodes++
	l := &s.levels[n]
	left := l.open.count()
	if left == 0 && s.err == nil {
		if left = s.extend(n); left == 0 {
			return true
		}
	}
	if n == 0 || s.err != nil || !s.enough(l, n, left) {
		return false
	}
	l.choice = l.choice[:0]
	for e := range s.sets[s.smallest(l.open)].all() {
		if !s.barred.has(e) {
			l.choice = append(l.choice, e)
		}
	}
	slices.SortStableFunc(l.choice, func(x, y int) int { return l.degree[y] - l.degree[x] })
	hit := false
	for _, e := range l.choice {
		s.barred.set(e)
		s.hits = append(s.hits, e)
		s.levels[n-1].open.difference(l.open, s.contains[e])
		if hit = s.hit(n - 1); hit {
			break
		}
		s.hits = s.hits[:len(s.hits)-1]
	}
	for _, e := range l.choice {
		s.barred.unset(e)
	}
	return hit
}

// extend lets check add sets, which are then open wherever the search is, and
// returns how many it did.
func (s *search) extend(n int) int {
	before := len(s.sets)
	if s.check != nil {
		s.check(slices.Clone(s.hits))
	}
	for k := before; k < len(s.sets); k++ {
		for l := n; l < len(s.levels); l++ {
			s.levels[l].open.set(k)
		}
	}
	return len(s.sets) - before
}

// enough reports whether the n elements with the largest degrees could hit as
// many sets as are left, and sets the degrees.
func (s *search) enough(l *level, n, left int) bool {
	most := slices.Repeat([]int{0}, n) // of the degrees, decreasing
	l.degree = slices.Grow(l.degree, len(s.contains))[:len(s.contains)]
	for e, sets := range s.contains {
		l.degree[e] = 0
		if s.barred.has(e) {
			continue
		}
		d := sets.common(l.open)
		l.degree[e] = d
		for k := 0; k < n && d > 0; k++ {
			if d > most[k] {
				d, most[k] = most[k], d
			}
		}
	}
	for _, d := range most {
		left -= d
	}
	return left <= 0
}

// smallest returns the open set with the fewest elements that are not barred.
func (s *search) smallest(open mask) (best int) {
	fewest := len(s.contains) + 1
	for k := range open.all() {
		if c := s.sets[k].count() - s.sets[k].common(s.barred); c < fewest {
			best, fewest = k, c
		}
	}
	return best
}
