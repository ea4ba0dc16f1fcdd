package influence_test

import (
	"context"
	"fmt"
	"math"
	"testing"
	"time"

	"credo/pkg/experiment"
	"credo/pkg/influence"
	"credo/pkg/model"

	"gonum.org/v1/gonum/floats"
)

func TestScratch3(t *testing.T) {
	one := func(k influence.Feedback, n, p int, f, r float64, seen int, gain, T, rate, w0 float64, runs int) {
		type res struct{ own, dm2, err, zero float64 }
		start := time.Now()
		out, err := experiment.Ensemble(context.Background(), runs, func(ctx context.Context, i int) (res, error) {
			run := uint64(i)
			ta := model.Task{Channels: n, Patterns: p, Coding: f, TargetCoding: 0.2, CoTuning: r}
			a, err := ta.Draw(model.Stream(77, run))
			if err != nil {
				return res{}, err
			}
			o := influence.Observer{influence.RandomComponents(p, seen, model.Stream(78, run)), gain}
			nn, err := influence.Poised(a, w0, 0)
			if err != nil {
				return res{}, err
			}
			y := influence.Drive(a, 0.2, 0)
			l, err := o.Learner(k, nn, a, y, 0, rate)
			if err != nil {
				return res{}, err
			}
			if _, err := l.Train(ctx, a, int(T/rate), model.Stream(79, run)); err != nil {
				return res{}, err
			}
			v := nn.Potentials(a)
			s := influence.Separation(a, v)
			one, zero := a.ByTarget(v)
			m1, m0 := floats.Sum(one)/float64(len(one)), floats.Sum(zero)/float64(len(zero))
			mid := (m1 + m0) / 2
			e := 0.
			for _, x := range one {
				if x <= mid {
					e += 0.5 / float64(len(one))
				}
			}
			for _, x := range zero {
				if x > mid {
					e += 0.5 / float64(len(zero))
				}
			}
			z := 0.
			for _, w := range [][]float64{nn.Excitatory, nn.Inhibitory} {
				for _, x := range w {
					if x == 0 {
						z++
					}
				}
			}
			return res{m1 - m0, 1 / s / s, e, z / float64(2*n)}, nil
		}, nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		var c [4][]float64
		for _, x := range out {
			c[0] = append(c[0], x.own)
			c[1] = append(c[1], x.dm2)
			c[2] = append(c[2], x.err)
			c[3] = append(c[3], x.zero)
		}
		h, err := influence.Sight{Feedback: k, Load: float64(p) / float64(n), CoTuning: r, Seen: float64(seen) / float64(p), Gain: gain, Time: T * f * (1 - f)}.Hearing()
		dm := experiment.NewInterval(c[1], 0.683)
		fmt.Printf("%-8v r=%-4v K=%-3d T=%-4v rate=%v: own %.3f th %.3f; d'^-2 %.4f(%.4f) th %.4f ratio %.3f; err %.3f th %.3f; zero %.4f %v  %v\n", k, r, seen, T, rate, floats.Sum(c[0])/float64(runs), h.Own, dm.Mean, dm.Half, 0.16*(h.Number()-1), dm.Mean/(0.16*(h.Number()-1)), floats.Sum(c[2])/float64(runs), h.Error(0.2), floats.Sum(c[3])/float64(runs), err, time.Since(start)/time.Duration(runs))
	}
	for _, rate := range []float64{0.1, 0.3} {
		for _, kk := range []int{0, 50, 90, 100} {
			for _, r := range []float64{0, 0.9, 0.95, 1} {
				one(influence.Detailed, 200, 100, 0.2, r, kk, 1, 400, rate, 1000, 8)
			}
			one(influence.None, 200, 100, 0.2, 1, kk, 1, 400, rate, 1000, 8)
			one(influence.Global, 200, 100, 0.2, 1, kk, 1, 400, rate, 1000, 8)
		}
	}
	_ = math.Pi
}
