//go:build !windows

package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"

	"credo/pkg/rules"
)

const head = "| task | Go, µs a trial | Go / C | NumPy / Go | allocations a trial | learned alike |\n|---|---|---|---|---|---|\n"

// row measures one setting: Go and the peers in turn, on one task. The error
// may come with a row; then a peer has learned something else.
func (s setting) row(ctx context.Context, dir string, c, numpy *peer, repetitions int) (string, error) {
	a, err := s.draw()
	if err != nil {
		return "", err
	}
	task, err := write(a, dir)
	if err != nil {
		return "", err
	}
	loops := []loop{train(a), nil, nil}
	for k, p := range []*peer{c, numpy} {
		if p.missing != "" || p == numpy && !s.numpy {
			continue
		}
		process, err := p.start(ctx, task)
		if err != nil {
			return "", err
		}
		defer process.stop()
		loops[1+k] = process.do
	}
	outcomes, err := interleave(loops, s.epochs, repetitions, rules.Reported())
	if err != nil {
		return "", err
	}
	allocated, err := allocations(train(a), rules.Reported())
	if err != nil {
		return "", err
	}
	own := outcomes[0]
	var alike, differ []string
	for k, name := range []string{"C", "NumPy"} {
		if len(outcomes[1+k]) == 0 {
			continue
		}
		if d := differences(own, outcomes[1+k]); d != nil {
			differ = append(differ, name+": "+strings.Join(d, ", "))
		} else {
			alike = append(alike, name)
		}
	}
	verdict := strings.Join(alike, ", ")
	if differ != nil {
		verdict = "NOT " + strings.Join(differ, "; ")
		err = fmt.Errorf("bench: %v: a peer has not learned the same: %s", s, verdict)
	}
	return fmt.Sprintf("| %v | %s | %s | %s | %.2g | %s |", s, perTrial(own, s.trials()),
		ratio(own, outcomes[1]), ratio(outcomes[2], own), allocated, verdict), err
}

// ratio is the median of the ratios of two loops' times, and the middle half.
func ratio(above, below []outcome) string {
	if len(above) == 0 || len(below) == 0 {
		return "–"
	}
	r := make([]float64, len(above))
	for k := range r {
		r[k] = above[k].seconds / below[k].seconds
	}
	return spread(r)
}

// perTrial is the median time of a trial in microseconds, and the middle half.
func perTrial(o []outcome, trials float64) string {
	t := make([]float64, len(o))
	for k := range t {
		t[k] = o[k].seconds / trials * 1e6
	}
	return spread(t)
}

// spread is the median of x, and in brackets the quartiles.
func spread(x []float64) string {
	slices.Sort(x)
	at := func(p float64) float64 { return stat.Quantile(p, stat.Empirical, x, nil) }
	return fmt.Sprintf("%.3g (%.3g–%.3g)", at(0.5), at(0.25), at(0.75))
}
