package main

import (
	"flag"
	"math"
	"os"
	"testing"

	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/recordings"
	"credo/pkg/recordings/estimate"

	"gonum.org/v1/gonum/stat"
)

var (
	nullTablePath = flag.String("null", "", "the public table of the real null")
	nullDeals     = flag.Int("deals", 400, "of its sweeps to times")
)

// TestNullRates measures what real cells that were never paired show:
//
//	go test ./cmd/recordings -run NullRates -v -args -null FILE
//
// There is no line to restore, so the ordinary regression takes for it that of
// inhibition on excitation over all channels.
func TestNullRates(t *testing.T) {
	if *nullTablePath == "" {
		t.Skip("no table; give -args -null FILE, see the command null")
	}
	data, err := os.ReadFile(*nullTablePath)
	if err != nil {
		t.Fatal(err)
	}
	sweeps, err := nullSweeps(data)
	if err != nil {
		t.Fatal(err)
	}
	p := func() (naive float64, r estimate.Restoration, responses []recordings.Response) {
		responses, _, err := recordings.Fold{}.Sweeps(func(yield func(recordings.Sweep, error) bool) {
			for _, s := range sweeps {
				if !yield(s, nil) {
					return
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		cells, err := estimate.Cells(responses, 20)
		if err != nil {
			t.Fatal(err)
		}
		r, err = estimate.Restore(cells, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		offset, slope := nullLine(sweeps)
		ordinary, _ := r.Ordinary(slope, offset)
		return ordinary.P, r, responses
	}
	nullDeal(sweeps, nil)
	naive, r, responses := p()
	t.Logf("in recorded order: naive P = %.2g, cured P = %.2g, rate %.2g (%s); %d cells, %d of them replicated, %d channels, %d left out",
		naive, r.P, r.Rate.Value, r.Rate.Range(), r.Cells, r.Replicated, r.Channels, r.Missing)
	report, err := estimate.Analyse(responses, estimate.Options{Draws: 1}, model.Stream(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("gains between the two runs before: s.d. %.2g of both, %.2g of excitation alone, %.2g of inhibition alone",
		report.Groups[0].Fluctuation[0], report.Groups[0].Fluctuation[1], report.Groups[0].Fluctuation[2])
	naives, cures := experiment.Fraction{Trials: *nullDeals}, experiment.Fraction{Trials: *nullDeals}
	for deal := range *nullDeals {
		nullDeal(sweeps, model.Stream(uint64(deal), 0))
		naive, r, _ := p()
		if naive < 0.05 {
			naives.Successes++
		}
		if r.P < 0.05 {
			cures.Successes++
		}
	}
	t.Logf("restoration at P < 0.05 in %d deals: naive %v, cured %v", *nullDeals, naives, cures)
	if middle, half := cures.At(0.999); middle-half > 0.05 {
		t.Errorf("the cured test finds restoration in %v, must be at most 0.05", cures)
	}
}

// nullLine is the regression of inhibition on excitation over all channels, all
// sweeps taken together.
func nullLine(sweeps []recordings.Sweep) (offset, slope float64) {
	type channel struct {
		cell   string
		number float64
	}
	sum, n, order := map[channel]*[2]float64{}, map[channel]*[2]float64{}, []channel{}
	for _, s := range sweeps {
		c, kind := channel{s.Cell, s.Channel}, 0
		if sum[c] == nil {
			sum[c], n[c], order = new([2]float64), new([2]float64), append(order, c)
		}
		if s.Holding > s.Reversal {
			kind = 1
		}
		sum[c][kind] += s.Current * math.Copysign(1, s.Holding-s.Reversal)
		n[c][kind]++
	}
	var e, i []float64
	for _, c := range order {
		if n[c][0] > 0 && n[c][1] > 0 {
			e, i = append(e, sum[c][0]/n[c][0]), append(i, sum[c][1]/n[c][1])
		}
	}
	return stat.LinearRegression(e, i, nil, false)
}
