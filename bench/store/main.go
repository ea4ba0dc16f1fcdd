//go:build !windows

// Command store compares separable.Store with scipy's HiGHS, simplex and interior
// point, on the same instances in the same run. It prints what RESULTS.md
// records. The comparisons need a python3 with scipy (Debian: python3-scipy):
//
//	GOMAXPROCS=1 OMP_NUM_THREADS=1 go run ./bench/store -speed
//	GOMAXPROCS=1 OMP_NUM_THREADS=1 go run ./bench/store -answers
//	GOMAXPROCS=1 OMP_NUM_THREADS=1 go run ./bench/store -speed -plain
//	go run ./bench/store -small
//	GOMAXPROCS=1 go run ./bench/store -parts
//	GOMAXPROCS=1 go run ./bench/store -large
//	GOMAXPROCS=1 go run ./bench/store -large -cotuned
//
// Times are CPU seconds of the process, so that other work on the machine
// disturbs them little.
package main

import (
	"flag"
	"fmt"
	"log"
	"math/big"
	"os"
	"slices"
	"syscall"
	"time"

	"credo/pkg/model"
	"credo/pkg/separable"
)

func main() {
	log.SetFlags(0)
	python := flag.String("python", "/usr/bin/python3", "interpreter that has scipy")
	speed := flag.Bool("speed", false, "time Store and HiGHS, interleaved")
	plain := flag.Bool("plain", false, "ask HiGHS for a feasible point, not for the largest margin")
	answers := flag.Bool("answers", false, "compare answers on both sides of the boundary")
	small := flag.Bool("small", false, "count undecided answers of small tasks")
	large := flag.Bool("large", false, "time and peak memory of N = 2000, P = 1800")
	cotuned := flag.Bool("cotuned", false, "of 2000 co-tuned pairs of channels and P = 4300, whose certificate needs exact repair")
	parts := flag.Bool("parts", false, "time forming and factorising a matrix of 1000 rows")
	repeats := flag.Int("repeats", 5, "instances of each size for -speed")
	flag.Parse()
	switch {
	case *speed:
		compareSpeed(startHiGHS(*python, *plain), *repeats)
	case *answers:
		compareAnswers(startHiGHS(*python, *plain))
	case *small:
		countUndecided()
	case *large:
		if *cotuned {
			run("N = 2000, co-tuned, P = 4300", drawCoTuned(2000, 4300))
		} else {
			run("N = 2000, P = 1800", draw(2000, 1800, 0.5, 0))
		}
		var usage syscall.Rusage
		syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
		fmt.Printf("peak memory %.0f MiB\n", float64(usage.Maxrss)/1024)
	case *parts:
		timeParts()
	default:
		flag.Usage()
		os.Exit(2)
	}
}

// draw returns a random task of n channels, four fifths of them excitatory.
func draw(n, patterns int, targetCoding float64, k uint64) *model.Associations {
	return drawTask(model.Task{
		Channels: n * 4 / 5, InhibitoryChannels: n - n*4/5, Patterns: patterns,
		Coding: 0.2, TargetCoding: targetCoding,
	}, uint64(n)<<20|uint64(patterns), k)
}

// drawCoTuned returns a random task of n pairs of channels of the same input.
func drawCoTuned(n, patterns int) *model.Associations {
	return drawTask(model.Task{
		Channels: n, Patterns: patterns, CoTuning: 1,
		Coding: 0.2, TargetCoding: 0.5,
	}, uint64(n)<<20|uint64(patterns), 0)
}

func drawTask(task model.Task, seed, k uint64) *model.Associations {
	a, err := task.Draw(model.Stream(seed, k))
	if err != nil {
		log.Fatal(err)
	}
	return a
}

var constraints = separable.Constraints{Threshold: 1}

// store returns Store's certificate and its CPU seconds. It then verifies the
// certificate anew.
func store(a *model.Associations) (separable.Certificate, float64) {
	start := cpu()
	certificate, err := separable.Store(a, constraints)
	seconds := cpu() - start
	if err == nil && certificate.Answer != separable.Undecided {
		err = certificate.Verify(a, constraints)
	}
	if err != nil {
		log.Fatal(err)
	}
	return certificate, seconds
}

func run(name string, a *model.Associations) {
	start := time.Now()
	c, seconds := store(a)
	fmt.Printf("%s: %v after %d steps, %.2f s CPU, %.2f s in all\n", name, c.Answer, c.Iterations, seconds, time.Since(start).Seconds())
	if c.Multipliers != nil {
		largest := slices.MaxFunc(c.Multipliers, (*big.Int).Cmp)
		fmt.Printf("largest multiplier of %d digits\n", len(largest.String()))
	}
}

// cpu returns the CPU seconds that this process has used.
func cpu() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func compareSpeed(h *highs, repeats int) {
	fmt.Println("| N | P | answer | steps | Store s | simplex s | interior point s | factor | HiGHS undecided | differs |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|---|")
	store(draw(200, 180, 0.5, 0)) // warm up
	for _, size := range [][2]int{{500, 450}, {500, 700}, {1000, 900}, {1000, 1400}} {
		var ours, simplex, interior, steps []float64
		var count [3]int
		undecided, differs := 0, 0
		for k := range repeats {
			a := draw(size[0], size[1], 0.5, uint64(k))
			c, seconds := store(a)
			reply := h.ask(a, true, true)
			ours, simplex, interior = append(ours, seconds), append(simplex, reply.simplexSeconds), append(interior, reply.interiorSeconds)
			steps = append(steps, float64(c.Iterations))
			count[c.Answer]++
			for _, answer := range []separable.Answer{reply.simplex, reply.interior} {
				if answer == separable.Undecided {
					undecided++
				} else if answer != c.Answer {
					differs++
				}
			}
		}
		answer := fmt.Sprintf("%d feasible, %d infeasible", count[separable.Feasible], count[separable.Infeasible])
		s, i, o := median(simplex), median(interior), median(ours)
		fmt.Printf("| %d | %d | %s | %g | %.4f | %.3f | %.3f | %.1f | %d | %d |\n",
			size[0], size[1], answer, median(steps), o, s, i, min(s, i)/o, undecided, differs)
	}
}

// compareAnswers takes 840 random tasks around the critical load, P/N = 1, of
// which about half can be stored.
func compareAnswers(h *highs) {
	fmt.Println("| N | P/N | feasible | infeasible | undecided | HiGHS differs |")
	fmt.Println("|---|---|---|---|---|---|")
	for _, n := range []int{100, 200, 400} {
		for _, load := range []float64{0.8, 0.95, 0.98, 1, 1.02, 1.05, 1.2} {
			var count [3]int
			differs := 0
			for k := range 40 {
				a := draw(n, int(load*float64(n)), 0.5, uint64(k))
				c, _ := store(a)
				count[c.Answer]++
				if c.Answer != separable.Undecided && h.ask(a, true, false).simplex != c.Answer {
					differs++
				}
			}
			fmt.Printf("| %d | %.2f | %d | %d | %d | %d |\n", n, load, count[separable.Feasible], count[separable.Infeasible], count[separable.Undecided], differs)
		}
	}
}

// countUndecided draws tasks of all loads up to P = 3N + 2. Small ones are full
// of equal patterns and channels and of certificates that need equalities.
func countUndecided() {
	kinds := []separable.Constraints{
		{}, {Threshold: 1}, {Threshold: -1}, {FreeThreshold: true}, {Threshold: 1, Margin: 0.25},
		{Threshold: 1, MaxWeight: 2}, {Margin: 0.125, MaxWeight: 1}, {FreeThreshold: true, Margin: 0.125, MaxWeight: 1},
	}
	fmt.Println("| N | tasks | feasible | infeasible | undecided |")
	fmt.Println("|---|---|---|---|---|")
	for _, n := range []int{2, 3, 5, 10, 20, 50} {
		var count [3]int
		for _, c := range kinds {
			for k := range uint64(1000) {
				rng := model.Stream(uint64(n), k)
				task := model.Task{
					Channels: n, Patterns: 1 + rng.IntN(3*n+2), CoTuning: float64(k % 2),
					Coding: 0.2 + 0.3*rng.Float64(), TargetCoding: 0.5,
				}
				a, err := task.Draw(rng)
				if err != nil {
					log.Fatal(err)
				}
				certificate, err := separable.Store(a, c)
				if err != nil {
					log.Fatal(err)
				}
				count[certificate.Answer]++
			}
		}
		fmt.Printf("| %d | %d | %d | %d | %d |\n", n, 1000*len(kinds), count[separable.Feasible], count[separable.Infeasible], count[separable.Undecided])
	}
}

func median(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	return (x[(len(x)-1)/2] + x[len(x)/2]) / 2
}
