package recordings_test

import (
	"context"
	"flag"
	"fmt"
	"math"
	"testing"

	"credo/pkg/model"
	"credo/pkg/recordings"
	"credo/pkg/rules"
)

var sets = flag.Int("sets", 40, "")

func typical(cells int) recordings.Generator {
	g := recordings.Typical()
	g.Cells, g.Animals = cells, cells
	g.Circuit = g.Circuit.Without("Hebbian")
	return g
}

func each[T any](n int, g recordings.Generator, f func(i int, s *recordings.Set, c []recordings.Cell) T) []T {
	out, err := model.Ensemble(context.Background(), n, func(_ context.Context, i int) (T, error) {
		rng := model.Stream(5, uint64(i))
		set, err := g.Generate(rng)
		if err != nil {
			panic(err)
		}
		cells, err := recordings.Cells(set.Responses, 30)
		if err != nil {
			panic(err)
		}
		return f(i, set, cells), nil
	}, nil)
	if err != nil {
		panic(err)
	}
	return out
}

func share(x []bool) (s float64) {
	for _, v := range x {
		if v {
			s += 1 / float64(len(x))
		}
	}
	return s
}

func TestProtoCal(t *testing.T) {
	g := typical(12)
	fmt.Printf("%+v\n", g)
	for _, noise := range []float64{.2, .4, .63} {
		for _, kind := range []string{"null", "excitation", "drift.1", "scatter0", "scatter.4"} {
			g := typical(12)
			g.Noise = noise
			switch kind {
			case "null":
				g.Rate = 0
			case "excitation":
				g.Pace = 0
			case "drift.1":
				g.Rate = 0
				g.Drift = .1
			case "scatter0":
				g.Rate = 0
				g.Scatter = 0
			case "scatter.4":
				g.Rate = 0
				g.Scatter = .4
			}
			var naive []bool
			a := each(*sets, g, func(i int, s *recordings.Set, c []recordings.Cell) [2]bool {
				r, err := recordings.Restore(c, 0, .95)
				if err != nil {
					panic(err)
				}
				slope, off := g.Line()
				n, _, _ := recordings.Naive(c, 0, slope, off, .95)
				return [2]bool{r.P < .05, n.P < .05 && n.Estimate > 0}
			})
			var fp []bool
			for _, x := range a {
				fp, naive = append(fp, x[0]), append(naive, x[1])
			}
			fmt.Println(noise, kind, "FP", share(fp), "naive", share(naive))
		}
		g := typical(12)
		g.Noise = noise
		slope, off := g.Line()
		rate := g.Relaxed(60)
		type cov struct{ a, b, r, pos bool }
		res := each(*sets, g, func(i int, s *recordings.Set, c []recordings.Cell) cov {
			r, _ := recordings.Restore(c, 0, .95)
			in := func(v recordings.Interval, x float64) bool { return v.Low <= x && x <= v.High }
			if i == 0 {
				fmt.Printf("%+v %v %v %v\n", r, slope, off, rate)
			}
			return cov{in(r.Slope, slope), in(r.Offset, off), in(r.Rate, rate), r.P < .05}
		})
		var a, b, r, p []bool
		for _, x := range res {
			a, b, r, p = append(a, x.a), append(b, x.b), append(r, x.r), append(p, x.pos)
		}
		fmt.Println("cover", share(a), share(b), share(r), "power", share(p))
	}
}

func TestProtoRivals(t *testing.T) {
	for _, noise := range []float64{.2, .4, .63} {
		for kind := range 6 {
			g := typical(24)
			g.Noise = noise
			slope, off := g.Line()
			switch kind {
			case 0:
				g.Pace = 0
			case 1:
				g.Rebalance = func(c recordings.Channel) float64 { return -.3 * c.I0 }
			case 2:
				g.Rebalance = func(c recordings.Channel) float64 { return slope * (c.E1 - c.E0) }
			case 3:
				g.Rebalance = func(c recordings.Channel) float64 { return slope*c.MeanE1 + off - c.MeanI0 }
			case 4:
				g.Rebalance = func(c recordings.Channel) float64 { return .3 * c.MeanI0 * (c.Firing - .2) }
			}
			count, ic := make([]int, 6), make([]int, 6)
			for _, x := range each(*sets, g, func(i int, s *recordings.Set, c []recordings.Cell) [2]int {
				r, err := recordings.Compare(c, 0)
				if err != nil {
					panic(err)
				}
				at, best := 0, 0
				for k := range r {
					if r[k].Chosen {
						at = k
					}
					if r[k].Criterion < r[best].Criterion {
						best = k
					}
				}
				if i == 0 {
					fmt.Printf("%.3v\n", r)
				}
				return [2]int{at, best}
			}) {
				count[x[0]]++
				ic[x[1]]++
			}
			fmt.Println(noise, kind, count, ic)
		}
	}
}

func TestProtoGate(t *testing.T) {
	for _, gate := range []bool{false, true} {
		for _, drive := range []float64{0, .3} {
			g := typical(12)
			g.Circuit.Balance.WhenFiring = gate
			g.Drive = drive
			fmt.Println("Gate", gate, drive)
			p := each(*sets, g, func(i int, s *recordings.Set, c []recordings.Cell) bool {
				r, err := recordings.Gate(c, 0, .95, 99, model.Stream(9, uint64(i)))
				if err != nil {
					panic(err)
				}
				if i < 3 {
					fmt.Printf("%+.3v\n", r)
				}
				return r.P < .05
			})
			fmt.Println("P", share(p))
		}
	}
	_ = math.Pi
	_ = rules.Reported
}
