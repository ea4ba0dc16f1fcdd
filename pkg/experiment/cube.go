package experiment

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/pkg/model"
)

// Range is a parameter and where its value is drawn: evenly from [From, To), or evenly in its logarithm.
type Range struct {
	Name string  `json:"name"`
	From float64 `json:"from"`
	To   float64 `json:"to"`  // above From
	Log  bool    `json:"log"` // evenly in the logarithm; From must be positive
}

func (r Range) check() error {
	in := domain.Finite
	if r.Log {
		in = domain.Positive
	}
	return domain.Check(fmt.Sprintf("experiment: the range %q: ", r.Name),
		domain.Field{Name: "From", Value: r.From, In: in},
		domain.Field{Name: "To", Value: r.To, In: domain.Between(r.From, math.Inf(1))})
}

// at is the value at a share u in [0, 1) of the range.
func (r Range) at(u float64) float64 {
	if r.Log {
		return r.From * math.Pow(r.To/r.From, u)
	}
	return r.From + float64(u*(r.To-r.From))
}

// Random is independent points. The first points of a longer one are those of a shorter one.
type Random struct {
	Ranges []Range `json:"ranges"`
	Number int     `json:"number"` // of points, at least 1
	Seed   uint64  `json:"seed"`
}

func (r Random) Points() (names []string, points [][]float64, err error) {
	return cube(r.Ranges, r.Number, func(point, axis int) float64 {
		return model.Stream(r.Seed, uint64(point)<<16|uint64(axis)).Float64()
	})
}

// LatinHypercube is points of which each nth part of each range holds one, in random order: they fill the ranges more
// evenly than random ones. All points depend on Number.
type LatinHypercube struct {
	Ranges []Range `json:"ranges"`
	Number int     `json:"number"` // n, at least 1
	Seed   uint64  `json:"seed"`
}

func (l LatinHypercube) Points() (names []string, points [][]float64, err error) {
	var orders [][]int
	rng := model.Stream(l.Seed, 0)
	return cube(l.Ranges, l.Number, func(point, axis int) float64 {
		for len(orders) < len(l.Ranges) {
			orders = append(orders, rng.Perm(l.Number))
		}
		return (float64(orders[axis][point]) + rng.Float64()) / float64(l.Number)
	})
}

// cube checks the ranges and places points in them.
func cube(ranges []Range, number int, share func(point, axis int) float64) (names []string, points [][]float64, err error) {
	if len(ranges) == 0 || number < 1 || number > most {
		return nil, nil, fmt.Errorf("experiment: %d ranges and %d points, must be at least one of each and at most %d points", len(ranges), number, most)
	}
	for _, r := range ranges {
		if err := r.check(); err != nil {
			return nil, nil, err
		}
		names = append(names, r.Name)
	}
	for point := range number {
		var p []float64
		for axis, r := range ranges {
			p = append(p, r.at(share(point, axis)))
		}
		points = append(points, p)
	}
	return names, points, nil
}
