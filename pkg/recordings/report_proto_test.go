package recordings_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"credo/pkg/model"
	"credo/pkg/recordings"
)

func TestProtoReport(t *testing.T) {
	g := typical(12)
	g.Circuit.Acetylcholine.Coding = 1. / 8
	s, _ := g.Generate(model.Stream(1, 1))
	g2 := g
	g2.Condition = recordings.NE
	s2, _ := g2.Generate(model.Stream(1, 2))
	for i := range s2.Responses {
		s2.Responses[i].Animal += "n"
	}
	start := time.Now()
	r, err := recordings.Analyse(append(s.Responses, s2.Responses...), recordings.Options{}, model.Stream(2, 1))
	fmt.Println(err, time.Since(start))
	fmt.Println(r)
}

func TestProtoMore(t *testing.T) {
	for _, noise := range []float64{.2, .63} {
		for _, coding := range []float64{1. / 8, .2} {
			g := typical(12)
			g.Noise = noise
			g.Circuit.Acetylcholine.Coding = coding
			type out struct{ beta, unp, asym, asymfp, tau, cons, boota, bootb, bootr bool }
			in := func(v recordings.Interval, x float64) bool { return v.Low <= x && x <= v.High }
			slope, off := g.Line()
			res := each(*sets, g, func(i int, s *recordings.Set, c []recordings.Cell) (o out) {
				p, err := recordings.Potentiate(c, recordings.ACh, coding, .95)
				if err != nil {
					panic(err)
				}
				o.beta = in(p.Beta, .331)
				o.unp = p.Unpaired.P < .05
				r, err := recordings.Restore(c, 0, .95)
				a, err := recordings.Sides(c, 0, r.Slope.Estimate, r.Offset.Estimate, .95)
				if err != nil {
					panic(err)
				}
				o.asym = a.Difference.P < .05
				f, err := recordings.Follow(c, 0, .95)
				if err != nil {
					panic(err)
				}
				o.tau = in(f.Tau, -1/math.Log(1-.05*.638))
				b, err := recordings.Bootstrap(c, 0, .95, 400, model.Stream(3, uint64(i)))
				o.boota, o.bootb, o.bootr = in(b.Slope, slope), in(b.Offset, off), in(b.Rate, g.Relaxed(60))
				return o
			})
			var n [8]float64
			for _, x := range res {
				for k, v := range []bool{x.beta, x.unp, x.asym, x.tau, x.boota, x.bootb, x.bootr} {
					if v {
						n[k] += 1 / float64(len(res))
					}
				}
			}
			fmt.Printf("noise %v f %.3v: beta covers %.3f, unpaired<0 %.3f, asym FP %.3f, tau covers %.3f boot %.3f %.3f %.3f\n", noise, coding, n[0], n[1], n[2], n[3], n[4], n[5], n[6])
		}
	}
	for _, noise := range []float64{.2, .63} {
		for law := range 4 {
			g := typical(24)
			g.Noise = noise
			g.Circuit.Acetylcholine.Coding = 1. / 8
			switch law {
			case 0:
				g.Depress = func(recordings.Channel, float64) float64 { return 0 }
			case 1:
				g.Depress = func(c recordings.Channel, change float64) float64 { return -change * 1 / 7 }
			case 2:
				g.Depress = func(c recordings.Channel, change float64) float64 { return -.2 * c.E0 }
			case 3:
				g.Depress = func(c recordings.Channel, change float64) float64 {
					if c.Best {
						return -.38 * c.E0
					}
					return 0
				}
			}
			count := make([]int, 4)
			for _, at := range each(*sets, g, func(i int, s *recordings.Set, c []recordings.Cell) int {
				r, err := recordings.Depression(c, recordings.ACh)
				if err != nil {
					panic(err)
				}
				for k := range r {
					if r[k].Chosen {
						return k
					}
				}
				return -1
			}) {
				count[at]++
			}
			fmt.Println("depression", noise, law, count)
		}
	}
	for _, gate := range []bool{false, true} {
		g := typical(24)
		g.Circuit.Balance.WhenFiring = gate
		var d, e []float64
		for _, a := range each(*sets, g, func(i int, s *recordings.Set, c []recordings.Cell) [2]float64 {
			r, _ := recordings.Restore(c, 0, .95)
			a, _ := recordings.Sides(c, 0, r.Slope.Estimate, r.Offset.Estimate, .95)
			if i == 0 {
				fmt.Printf("%+v\n", a)
			}
			return [2]float64{a.Difference.P, a.Evoked.Estimate}
		}) {
			d = append(d, a[0])
			e = append(e, a[1])
		}
		k := 0
		for _, p := range d {
			if p < .05 {
				k++
			}
		}
		fmt.Println("gate", gate, "asymmetry found", k, len(d), e[:3])
	}
}
